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
      sender.send(List.of(settled(news, Money.zero(content.form().currency()), List.of(), news.at())));
      return;
    }
    var asked = new OrderCommand.Asked(OrderCommand.Kind.REFUND, "/returns/" + news.returned(),
        Integer.toString(news.disposal()), "", news.by()); // a decision never changes
    Outcome<Done> outcome = orders.commands().run(news.order(), OptionalInt.empty(), asked, false,
        (state, before, command) -> grant(content, state, before, command, news));
    if (outcome instanceof Outcome.Declined<Done>(Refused refused)) {
      String why = "%s is not refunded: %s".formatted(news.returned(), refused.code());
      throw GrantRefundHandler.LATER.contains(refused.code()) ? new RetryLater(why) : new IllegalStateException(why);
    }
    String id = asked.of(news.order(), null, clock.instant()).id();
    OrderCommand command = outcome.orElseThrow().commands().stream().filter(it -> it.id().equals(id)).findFirst()
        .orElseThrow();
    Adjustment granted = command.adjustment();
    sender.send(List.of(new OrderDue(news.order(), clock.instant()),
        settled(news, new Money(granted.amount(), content.form().currency()),
            granted.parts().stream().map(Adjustment.Part::refund).toList(), command.at())));
    LOG.info("Return refunded", "order", news.order(), "return", news.returned(), "amount", granted.amount());
  }

  /** @param at when it was granted, which may be days after it was decided */
  private static ReturnRefunded settled(ReturnDisposed news, Money amount, List<RefundId> refunds, Instant at) {
    return new ReturnRefunded(news.order(), news.returned(), news.disposal(), amount, refunds, at);
  }

  private Outcome<Decided> grant(OrderContent content, OrderState state, List<OrderCommand> before,
      OrderCommand command, ReturnDisposed news) {
    Instant now = clock.instant();
    return new ReturnRefunding(Refunding.of(content, state, before, command.id(), now), news).grant()
        .map(it -> new Decided(it.state().unsent(now), it.adjustment()));
  }
}
