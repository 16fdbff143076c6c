package waybill.orders;

import module java.base;
import waybill.messages.Choreography.GrantRefund;
import waybill.messages.IncidentMessages.RefundAnswered;
import waybill.messages.IncidentMessages.RefundAsked;
import waybill.messages.Money;
import waybill.messages.OrderMessages.OrderDue;
import waybill.orders.OrderCommands.Decided;
import waybill.orders.OrderCommands.Done;
import waybill.platform.*;
import waybill.platform.Outcome.Accepted;
import waybill.platform.Outcome.Declined;

/**
 * Grants what another capability has decided to refund, by the same rule and with the same command as {@code POST /orders/{id}/refunds}. The
 * command is named by its cause, so however often it is asked for, it is granted once.
 */
public record GrantRefundHandler(Orders orders, Sender<GrantRefund.Output> sender, InstantSource clock)
    implements QueueFunction<RefundAsked> {
  private static final Log LOG = Log.of(GrantRefundHandler.class);
  /** In the place of a request's path: causes and the keys of requests are apart. */
  private static final String PATH = "refund asked";
  /** What ends by itself. */
  /** Refusals that pass. */
  static final Set<String> LATER = Set.of("change_pending");

  public GrantRefundHandler() { this(Ports.ofProcess()); }

  public GrantRefundHandler(Ports ports) { this(new Orders(ports), new Sender<>(ports), ports.clock()); }

  @Override
  public void work(RefundAsked asked) {
    OrderContent content = orders.content(asked.order())
        .orElseThrow(() -> new IllegalStateException("there is no order " + asked.order()));
    var form = new Refunding.Form(Adjustment.Kind.REFUND,
        asked.lines().stream().map(it -> new Refunding.Units(it.lineId(), it.quantity())).toList(), false,
        asked.amount(), asked.reason(), null, null, false);
    var command = new OrderCommand.Asked(OrderCommand.Kind.REFUND, PATH, asked.cause(), Json.write(form), asked.by());
    String id = command.of(asked.order(), null, clock.instant()).id();
    Outcome<Done> done = orders.commands().run(asked.order(), OptionalInt.empty(), command, false,
        (state, before, made) -> grant(content, state, before, made.id(), form));
    switch (done) {
      case Accepted<Done>(Done it) -> granted(asked, it.commands().stream().filter(made -> made.id().equals(id))
          .map(OrderCommand::adjustment).findFirst().orElseThrow(), content.form().currency());
      case Declined<Done>(Refused refused) -> refuse(asked, refused);
    }
  }

  private Outcome<Decided> grant(OrderContent content, OrderState state, List<OrderCommand> before, String id,
      Refunding.Form form) {
    Instant now = clock.instant();
    return Refunding.of(content, state, before, id, now).grant(form)
        .map(it -> new Decided(it.state().unsent(now), it.adjustment()));
  }

  private void granted(RefundAsked asked, Adjustment adjustment, String currency) {
    var amount = new Money(adjustment.amount(), currency);
    sender.send(List.of(new OrderDue(asked.order(), clock.instant()),
        new RefundAnswered(asked.order(), asked.cause(), asked.number(), amount, null)));
    LOG.info("Refund granted", "order", asked.order(), "cause", asked.cause(), "amount", amount.minorUnits(),
        "currency", currency);
  }

  private void refuse(RefundAsked asked, Refused refused) {
    if (LATER.contains(refused.code())) {
      throw new RetryLater("%s: %s".formatted(asked.order(), refused.detail()));
    }
    sender.send(List.of(new RefundAnswered(asked.order(), asked.cause(), asked.number(), null, refused.detail())));
    LOG.warn("Refund refused", "order", asked.order(), "cause", asked.cause(), "code", refused.code());
  }
}
