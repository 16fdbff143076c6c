package waybill.orders;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import waybill.messages.CancelReason;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.orders.Refunding.Granted;
import waybill.orders.Refunding.Units;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.platform.Violation;

/**
 * Cancels units of an order's lines: those that are not dispatched, and that nobody has been refunded for. Their stock is released, and
 * what was paid for them goes back. Whoever cancels the last units that are open before anything is dispatched cancels the order.
 *
 * @param before what was done to the order before
 * @param id of this change: refunds are named by it
 */
record CancellingLines(OrderLines lines, OrderState state, List<OrderCommand> before, String id, Instant now) {

  static CancellingLines of(OrderContent placed, OrderState state, List<OrderCommand> before, String id,
      Instant now) {
    return new CancellingLines(OrderLines.of(placed, state.changes(), before), state, before, id, now);
  }

  /** @param key of the request, in case it cancels the order */
  Outcome<Granted> cancel(CancelReason reason, String key, List<Units> units) {
    return cancel(reason, key, units, List.of());
  }

  /**
   * @param components units of kits' components alone, which no location has while others of their kits have left: the kits stay on
   *     their lines, and are worth less
   */
  Outcome<Granted> cancel(CancelReason reason, String key, List<Units> units, List<Units> components) {
    if (state.isCancelled()) {
      return Refused.conflict("already_cancelled", "it was cancelled before").outcome();
    }
    if (state.changes().open() != null) {
      return Refused.conflict("change_pending", "another change of its lines still waits for stock: retry later")
          .outcome();
    }
    List<Violation> errors = check(units);
    errors.addAll(checkComponents(components));
    if (!errors.isEmpty()) {
      return Refused.invalid(errors).outcome();
    }
    return endsOrder(units)
        ? state.cancelled(reason, key, now).map(it -> new Granted(it, whole(reason, units)))
        : Outcome.of(part(reason, units, components));
  }

  private List<Violation> checkComponents(List<Units> components) {
    TakenUnits taken = TakenUnits.of(lines, before);
    return components.stream().filter(it -> it.quantity() > taken.left(it.lineId()))
        .map(it -> new Violation("/resolution", "too_much",
            "of %s %d can still be cancelled".formatted(it.lineId(), taken.left(it.lineId()))))
        .toList();
  }

  private List<Violation> check(List<Units> units) {
    var errors = new ArrayList<Violation>();
    var open = new OpenUnits(lines, state, before);
    for (int i = 0; i < units.size(); i++) {
      LineId line = units.get(i).lineId();
      if (!lines.knows(line)) {
        errors.add(new Violation("/lines/" + i + "/line_id", "unknown", "the order has no such line"));
      } else if (units.subList(0, i).stream().anyMatch(it -> it.lineId().equals(line))) {
        errors.add(new Violation("/lines/" + i + "/line_id", "repeated", "the line is named twice"));
      } else {
        open.check(line, units.get(i).quantity(), "/lines/" + i + "/quantity").ifPresent(errors::add);
      }
    }
    return errors;
  }

  /** Whether nothing is left of the order, and nothing of it has left. */
  private boolean endsOrder(List<Units> units) {
    int left = IntStream.range(0, lines.size()).map(it -> lines.quantity(OrderContent.lineId(it))).sum();
    return left == units.stream().mapToInt(Units::quantity).sum() && !state.isDispatchClosed();
  }

  private Granted part(CancelReason reason, List<Units> units, List<Units> components) {
    TakenUnits taken = TakenUnits.of(lines, before);
    List<Adjustment.Line> shares = Stream.concat(units.stream().map(this::share),
        components.stream().map(it -> taken.next(it.lineId(), it.quantity()))).toList();
    List<LineQuantity> changed = Stream.concat(units.stream()
        .flatMap(it -> lines.changed(it.lineId(), lines.quantity(it.lineId()) - it.quantity()).stream()),
        components.stream().map(it -> new LineQuantity(it.lineId(),
            lines.content().component(it.lineId()).orElseThrow().sku(), lines.quantity(it.lineId()) - it.quantity())))
        .toList();
    long amount = shares.stream().mapToLong(Adjustment.Line::amount).sum();
    int ships = Stream.concat(units.stream(), components.stream()).filter(it -> lines.ships(it.lineId()))
        .mapToInt(it -> lines.packedUnits(it.lineId(), it.quantity())).sum();
    OrderState after = PriceChange.applied(state, changed, true, -amount, -ships, id, now).unsent(now);
    return new Granted(after, adjustment(reason, shares, 0, amount, shares.stream()
        .mapToLong(Adjustment.Line::taxes).sum(), after.changes().number()));
  }

  /** All that is left of the order goes back, also its shipping. */
  private Adjustment whole(CancelReason reason, List<Units> units) {
    List<Adjustment> refunds = before.stream().map(OrderCommand::adjustment).filter(Objects::nonNull)
        .filter(it -> !it.type().isOfLines()).toList();
    OrderForm.Shipping shipped = lines.content().form().shipping();
    boolean shipping = shipped != null && refunds.stream().allMatch(it -> it.shipping() == 0);
    long refunded = refunds.stream().mapToLong(Adjustment::amount).sum();
    List<Adjustment.Line> shares = units.stream().map(this::share).toList();
    long taxes = shares.stream().mapToLong(Adjustment.Line::taxes).sum()
        + (shipping ? Shares.taxes(shipped.taxes()) : 0);
    return adjustment(reason, shares, shipping ? shipped.total() : 0,
        Math.max(0, lines.now().form().total() - refunded), taxes, 0);
  }

  private static Adjustment adjustment(CancelReason reason, List<Adjustment.Line> shares, long shipping, long amount,
      long taxes, int change) {
    return new Adjustment(Adjustment.Kind.CANCELLATION, shares, shipping, amount, taxes,
        reason.name().toLowerCase(java.util.Locale.ROOT), null, false, List.of(), change, List.of());
  }

  /** The last units of a line go first, so what is refunded later, from its first units on, adds up with them to its total. */
  private Adjustment.Line share(Units units) {
    int quantity = lines.quantity(units.lineId());
    int left = quantity - units.quantity();
    return new Adjustment.Line(units.lineId(), units.quantity(),
        lines.worth(units.lineId(), quantity) - lines.worth(units.lineId(), left),
        lines.taxes(units.lineId(), quantity) - lines.taxes(units.lineId(), left));
  }
}
