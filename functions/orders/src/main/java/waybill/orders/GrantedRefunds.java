package waybill.orders;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import waybill.messages.CreditMessages.CreditGranted;
import waybill.messages.IncidentMessages.RefundAsked;
import waybill.messages.Money;
import waybill.messages.OrderId;
import waybill.platform.Outcome;
import waybill.platform.Outcome.Accepted;
import waybill.platform.Outcome.Declined;
import waybill.platform.RetryLater;

/**
 * Refunds that other capabilities have decided, granted by the same command as {@code POST /orders/{id}/refunds}. The command is named by its
 * cause, so however often it is asked for, it is granted once.
 */
record GrantedRefunds(Orders orders, InstantSource clock) {
  /** Refusals that pass. */
  private static final Set<String> LATER = Set.of("change_pending");

  /** How it is refused that another asking of the same cause was granted at the same moment. */
  static final String OTHERWISE = "idempotency_key_reused";

  /**
   * @param id of the command that has granted it
   * @param at when it was granted, which may be days after it was decided
   */
  record Granted(String id, Adjustment adjustment, Money amount, String by, Instant at) {}

  /** What its customer is to have as store credit by that; empty if its money goes back on its own way. */
  static Optional<CreditGranted> credit(OrderContent content, Granted it) {
    return it.adjustment.credited() && it.amount.isPositive()
        ? Optional.of(new CreditGranted(content.id(), content.form().credit().orElseThrow(), it.id, it.amount,
            it.adjustment.reason(), it.by, it.at))
        : Optional.empty();
  }

  static Refunding.Form form(RefundAsked asked) {
    return new Refunding.Form(Adjustment.Kind.REFUND,
        asked.lines().stream().map(it -> new Refunding.Units(it.lineId(), it.quantity())).toList(), false,
        asked.amount(), asked.reason(), null, null, false, asked.toCredit());
  }

  OrderContent content(OrderId order) {
    return orders.content(order).orElseThrow(() -> new IllegalStateException("there is no order " + order));
  }

  /** What was granted before for this cause, whatever was asked for then. */
  Optional<Granted> granted(OrderContent content, OrderCommand.Asked asked) {
    String id = asked.of(content.id(), null, clock.instant()).id();
    return orders.commands().find(content.id()).stream().filter(it -> it.id().equals(id)).findFirst()
        .map(it -> granted(content, it));
  }

  /**
   * @param rule what is granted, by what was refunded before
   * @throws RetryLater if what it is refused for passes
   */
  Outcome<Granted> grant(OrderContent content, OrderCommand.Asked asked,
      Function<Refunding, Outcome<Refunding.Granted>> rule) {
    Instant now = clock.instant();
    String id = asked.of(content.id(), null, now).id();
    Outcome<OrderCommands.Done> done = orders.commands().run(content.id(), OptionalInt.empty(), asked, false,
        (state, before, command) -> rule.apply(Refunding.of(content, state, before, command.id(), now))
            .map(it -> new OrderCommands.Decided(it.state().unsent(now), it.adjustment())));
    return switch (done) {
      case Accepted<OrderCommands.Done>(var it) -> Outcome.of(it.commands().stream()
          .filter(made -> made.id().equals(id)).findFirst().map(made -> granted(content, made)).orElseThrow());
      case Declined<OrderCommands.Done>(var refused) when LATER.contains(refused.code()) -> throw new RetryLater(
          "%s: %s".formatted(content.id(), refused.detail()));
      case Declined<OrderCommands.Done>(var refused) -> refused.outcome();
    };
  }

  private static Granted granted(OrderContent content, OrderCommand made) {
    return new Granted(made.id(), made.adjustment(),
        new Money(made.adjustment().amount(), content.form().currency()), made.by(), made.at());
  }
}
