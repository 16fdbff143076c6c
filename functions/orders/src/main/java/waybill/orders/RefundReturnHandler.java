package waybill.orders;

import module java.base;
import waybill.messages.*;
import waybill.messages.Choreography.RefundReturn;
import waybill.messages.OrderMessages.OrderDue;
import waybill.messages.ReturnMessages.*;
import waybill.orders.OrderCommands.*;
import waybill.platform.*;

/**
 * Grants the money of units that came back, once for each decision about them, and reports how much it is. It moves as every refund does: by each
 * payment under a key of its own.
 */
public record RefundReturnHandler(Orders orders, Sender<RefundReturn.Output> sender, InstantSource clock)
    implements QueueFunction<ReturnDisposed> {
  private static final Log LOG = Log.of(RefundReturnHandler.class);

  public RefundReturnHandler() { this(Ports.ofProcess()); }

  public RefundReturnHandler(Ports ports) { this(new Orders(ports), new Sender<>(ports), ports.clock()); }

  @Override
  public void work(ReturnDisposed news) {
    OrderContent content = orders.content(news.order()).orElseThrow();
    if (news.refunds().isEmpty()) {
      sender.send(List.of(settled(news, Money.zero(content.form().currency()), List.of())));
      return;
    }
    var asked = new OrderCommand.Asked(OrderCommand.Kind.REFUND, "/returns/" + news.returned(),
        Integer.toString(news.disposal()), content(news), news.by());
    Outcome<Done> outcome = orders.commands().run(news.order(), OptionalInt.empty(), asked, false,
        (state, before, command) -> grant(content, state, before, command, news));
    if (outcome instanceof Outcome.Declined<Done>(Refused refused)) {
      throw new RetryLater("%s is not refunded now: %s".formatted(news.returned(), refused.code()));
    }
    OrderCommand command = asked.of(news.order(), null, clock.instant());
    Adjustment granted = outcome.orElseThrow().commands().stream().filter(it -> it.id().equals(command.id()))
        .findFirst().orElseThrow().adjustment();
    sender.send(List.of(new OrderDue(news.order(), clock.instant()),
        settled(news, new Money(granted.amount(), content.form().currency()),
            granted.parts().stream().map(Adjustment.Part::refund).toList())));
    LOG.info("Return refunded", "order", news.order(), "return", news.returned(), "amount", granted.amount());
  }

  private static String content(ReturnDisposed news) {
    return "%s %d %s".formatted(news.refunds(), news.feePercent(), news.shipping());
  }

  private static ReturnRefunded settled(ReturnDisposed news, Money amount, List<RefundId> refunds) {
    return new ReturnRefunded(news.order(), news.returned(), news.disposal(), amount, refunds, news.at());
  }

  private Outcome<Decided> grant(OrderContent content, OrderState state, List<OrderCommand> before,
      OrderCommand command, ReturnDisposed news) {
    Instant now = clock.instant();
    return new ReturnRefunding(Refunding.of(content, state, before, command.id(), now), news).grant()
        .map(it -> new Decided(it.state().unsent(now), it.adjustment()));
  }
}
