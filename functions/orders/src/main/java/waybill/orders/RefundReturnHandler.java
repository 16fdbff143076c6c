package waybill.orders;

import module java.base;
import waybill.messages.*;
import waybill.messages.Choreography.RefundReturn;
import waybill.messages.OrderMessages.OrderDue;
import waybill.messages.ReturnMessages.*;
import waybill.orders.GrantedRefunds.Granted;
import waybill.platform.*;
import waybill.platform.Outcome.Accepted;
import waybill.platform.Outcome.Declined;

/**
 * Grants the money of units that came back, once for each decision about them, and reports how much it is. It moves as every refund does: by each
 * payment under a key of its own.
 */
public record RefundReturnHandler(GrantedRefunds refunds, Sender<RefundReturn.Output> sender, InstantSource clock)
    implements QueueFunction<ReturnDisposed> {
  private static final Log LOG = Log.of(RefundReturnHandler.class);

  public RefundReturnHandler() { this(Ports.ofProcess()); }

  public RefundReturnHandler(Ports ports) {
    this(new GrantedRefunds(new Orders(ports), ports.clock()), new Sender<>(ports), ports.clock());
  }

  @Override
  public void work(ReturnDisposed news) {
    OrderContent content = refunds.content(news.order());
    if (news.refunds().isEmpty() && news.credit() == 0) {
      sender.send(List.of(settled(news, Money.zero(content.form().currency()), List.of(), List.of(), false,
          news.at())));
      return;
    }
    var asked = new OrderCommand.Asked(OrderCommand.Kind.REFUND, "/returns/" + news.returned(),
        Integer.toString(news.disposal()), "", news.by()); // a decision never changes
    ReturnRefunding.Most most = most(news);
    switch (refunds.grant(content, asked, it -> new ReturnRefunding(it, news, most).grant())) {
      case Accepted<Granted>(Granted it) -> granted(news, content, it);
      case Declined<Granted>(Refused refused) -> throw new IllegalStateException(
          "%s is not refunded: %s".formatted(news.returned(), refused.code()));
    }
  }

  /** What may be refunded. Its units are taken before, so that they are not sent again meanwhile. */
  private ReturnRefunding.Most most(ReturnDisposed news) {
    if (news.refunds().isEmpty()) {
      return ReturnRefunding.Most.ALL;
    }
    Orders.Order order = refunds.orders().find(news.order()).orElseThrow();
    String cause = news.returned() + "_" + news.disposal(); // as what is sent instead of them is asked for
    Replacements now = refunds.orders().returned(order, cause, news.refunds());
    return new ReturnRefunding.Most(now.repaid(cause), !now.sendsMore());
  }

  private void granted(ReturnDisposed news, OrderContent content, Granted it) {
    var messages = new ArrayList<RefundReturn.Output>();
    GrantedRefunds.credit(content, it).ifPresent(messages::add); // before anybody hears of it
    messages.add(new OrderDue(news.order(), clock.instant()));
    messages.add(settled(news, it.amount(), it.adjustment().parts().stream().map(Adjustment.Part::refund).toList(),
        it.adjustment().kept(), it.adjustment().credited(), it.at()));
    sender.send(messages);
    LOG.info("Return refunded", "order", news.order(), "return", news.returned(), "amount", it.amount().minorUnits());
  }

  private static ReturnRefunded settled(ReturnDisposed news, Money amount, List<RefundId> refunds,
      List<KeptWorth> kept, boolean credited, Instant at) {
    return new ReturnRefunded(news.order(), news.returned(), news.disposal(), amount, refunds, kept, credited, at);
  }
}
