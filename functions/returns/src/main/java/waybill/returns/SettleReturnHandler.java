package waybill.returns;

import module java.base;
import waybill.messages.*;
import waybill.messages.Choreography.SettleReturn;
import waybill.messages.EventMessages.OrderChanged;
import waybill.messages.ReturnMessages.*;
import waybill.orders.OrderContent;
import waybill.platform.*;
import waybill.returns.Exchanging.Back;
import waybill.returns.Exchanging.Sent;
import waybill.returns.Return.Disposal;
import waybill.returns.Return.Settled;

/**
 * The order has granted the money of a disposition: the return keeps how much, and by which refunds. What is sent instead is ordered now. If it is
 * such goods that came back, what was kept for them goes back, too.
 */
public record SettleReturnHandler(ReturnDesk desk, Sender<SettleReturn.Output> sender)
    implements QueueFunction<ReturnRefunded> {
  private static final Log LOG = Log.of(SettleReturnHandler.class);

  public SettleReturnHandler() { this(Ports.ofProcess()); }

  public SettleReturnHandler(Ports ports) { this(ReturnDesk.of(ports), new Sender<>(ports)); }

  @Override
  public void work(ReturnRefunded news) {
    Optional<Sent> sent = sent(desk.order(news.order()).content());
    sent.ifPresent(it -> creditOrigin(it, news)); // before it is settled here, so that neither is without the other
    OrderReturns now = desk.returns().change(ReturnsTable.key(news.order()),
        found -> settled(found.orElseThrow(), news)).value();
    Return of = now.find(news.returned()).orElseThrow();
    Disposal disposal = of.disposals().get(news.disposal() - 1);
    var messages = new ArrayList<SettleReturn.Output>(List.of(new OrderChanged(news.order(), EventType.RETURN_SETTLED,
        news.returned() + " " + news.disposal())));
    if (of.refunds() && isNewsToCustomer(disposal, sent.isPresent())) {
      messages.add(new ReturnSettled(news.order(), news.returned(), news.disposal(), disposal.settled().amount(),
          due(disposal), disposal.settled().credited(), disposal.settled().at()));
    }
    String cause = new Sent(of.id(), news.disposal()).cause();
    Exchanging.asked(of).stream().filter(it -> it.cause().equals(cause)).forEach(messages::add);
    sender.send(messages);
    LOG.info("Return settled", "order", news.order(), "return", news.returned(), "amount",
        disposal.settled().amount().minorUnits(), "currency", disposal.settled().amount().currency());
  }

  /** Empty if the order sends nothing instead of another one's units. */
  private static Optional<Sent> sent(OrderContent content) {
    return content.replaces() == null ? Optional.empty() : Sent.parse(content.form().reference());
  }

  /** The customer hears of what came. That what was kept for it goes back is said by the mail about that refund. */
  private static boolean isNewsToCustomer(Disposal it, boolean sentInstead) {
    boolean came = it.lines().stream().anyMatch(one -> one.lineId() != null && one.came());
    return came && (!sentInstead || it.settled().amount().isPositive());
  }

  private static Money due(Disposal it) {
    return it.settled().kept().isEmpty()
        ? null
        : new Money(Exchanging.due(it), it.settled().amount().currency());
  }

  private void creditOrigin(Sent sent, ReturnRefunded news) {
    Return back = desk.returns().find(ReturnsTable.key(news.order())).orElseThrow().value().find(news.returned())
        .orElseThrow();
    Disposal of = back.disposals().get(news.disposal() - 1);
    String key = "came back %s %d".formatted(news.returned(), news.disposal());
    OrderReturns origin = desk.returns().change(ReturnsTable.key(sent.of().order()), found -> new Exchanging(
        found.orElseThrow(), desk.now()).cameBack(sent, key, of.location(), units(back, of), of.by())).value();
    sender.send(List.copyOf(origin.unsettled(origin.find(sent.of()).orElseThrow(), it -> it.key().equals(key))));
  }

  private static List<Back> units(Return back, Disposal of) {
    return of.lines().stream().filter(it -> it.lineId() != null && it.came() && it.refundPercent() > 0)
        .filter(it -> !back.isSentInAdvance(it.lineId()))
        .map(it -> new Back(it.lineId(), it.quantity(), it.refundPercent())).toList();
  }

  private static OrderReturns settled(OrderReturns returns, ReturnRefunded news) {
    Return of = returns.find(news.returned()).orElseThrow();
    var all = new ArrayList<>(of.disposals());
    Disposal disposal = all.get(news.disposal() - 1);
    if (disposal.settled() == null) {
      boolean waived = of.exchange() != null && of.exchange().waived() != null;
      all.set(news.disposal() - 1, disposal.settled(
          new Settled(news.amount(), news.refunds(), news.kept(), waived, news.credited(), news.at())));
    }
    return returns.with(of.with(all));
  }
}
