package waybill.returns;

import module java.base;
import waybill.messages.*;
import waybill.messages.Choreography.SettleReturn;
import waybill.messages.EventMessages.OrderChanged;
import waybill.messages.ReturnMessages.*;
import waybill.platform.*;
import waybill.returns.Return.Disposal;
import waybill.returns.Return.Settled;

/** The order has granted the money of a disposition: the return keeps how much, and by which refunds. */
public record SettleReturnHandler(ReturnDesk desk, Sender<SettleReturn.Output> sender)
    implements QueueFunction<ReturnRefunded> {
  private static final Log LOG = Log.of(SettleReturnHandler.class);

  public SettleReturnHandler() { this(Ports.ofProcess()); }

  public SettleReturnHandler(Ports ports) { this(ReturnDesk.of(ports), new Sender<>(ports)); }

  @Override
  public void work(ReturnRefunded news) {
    OrderReturns now = desk.returns().change(ReturnsTable.key(news.order()),
        found -> settled(found.orElseThrow(), news)).value();
    Disposal disposal = now.find(news.returned()).orElseThrow().disposals().get(news.disposal() - 1);
    boolean announced = disposal.lines().stream().anyMatch(it -> it.lineId() != null && it.came());
    var sent = new ArrayList<SettleReturn.Output>(List.of(new OrderChanged(news.order(), EventType.RETURN_SETTLED,
        news.returned() + " " + news.disposal())));
    if (announced) {
      sent.add(new ReturnSettled(news.order(), news.returned(), news.disposal(), disposal.settled().amount(),
          disposal.settled().at()));
    }
    sender.send(sent);
    LOG.info("Return settled", "order", news.order(), "return", news.returned(), "amount",
        disposal.settled().amount().minorUnits(), "currency", disposal.settled().amount().currency());
  }

  private static OrderReturns settled(OrderReturns returns, ReturnRefunded news) {
    Return of = returns.find(news.returned()).orElseThrow();
    var all = new ArrayList<>(of.disposals());
    Disposal disposal = all.get(news.disposal() - 1);
    if (disposal.settled() == null) {
      all.set(news.disposal() - 1, disposal.settled(new Settled(news.amount(), news.refunds(), news.at())));
    }
    return returns.with(of.with(all));
  }
}
