package waybill.orders;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.OrderId;
import waybill.messages.IncidentMessages.RefundAsked;
import waybill.messages.OrderMessages.ReplacementAsked;
import waybill.messages.ReturnId;
import waybill.messages.ReturnMessages.RefundedUnits;
import waybill.platform.Outcome;
import waybill.platform.Records;
import waybill.platform.Refused;
import waybill.platform.Table.Key;
import waybill.platform.TimeText;
import waybill.platform.Violation;

/**
 * The orders that send units of an order again, and the units that another capability has refunded, also as they came back: an item beside the order, of
 * which the order itself knows nothing. No unit is sent again twice, and none is both sent again and refunded, unless one cause asks for both;
 * if the replacement is lost too, it is an order of its own, and is replaced as one.
 */
record Replacements(OrderId order, List<Replacement> all, List<Repaid> repaid) {
  private static final int MOST = 50;

  /**
   * One of them.
   *
   * @param cause what asked for it
   * @param lines as they are packed, by the lines of the order that is replaced
   */
  record Replacement(OrderId order, String cause, List<LineQuantity> lines, String reason, String by, Instant at) {}

  /**
   * Units that are refunded for what went wrong with them.
   *
   * @param cause what asked for it
   * @param number of its asking, as a cause asks again after it was refused; 0 for units that came back
   */
  record Repaid(String cause, int number, List<LineQuantity> lines) {}

  static Key key(OrderId order) {
    return new Key(order.value(), "replacements");
  }

  static Replacements none(OrderId order) {
    return new Replacements(order, List.of(), List.of());
  }

  Optional<Replacement> by(String cause) {
    return all.stream().filter(it -> it.cause.equals(cause)).findFirst();
  }

  /** How many units of each line can still be sent again: what has left, without what was sent again or refunded before. */
  private Map<LineId, Integer> left(String cause, List<OrderParcel> parcels) {
    var left = shipped(parcels);
    taken(cause).forEach((line, quantity) -> left.merge(line, -quantity, Integer::sum));
    return left;
  }

  /** The units that other causes than this have compensated: those that one both sends again and refunds are the same. */
  private Map<LineId, Integer> taken(String cause) {
    var taken = new HashMap<LineId, Integer>();
    Stream.concat(all.stream().map(Replacement::cause), repaid.stream().map(Repaid::cause)).distinct()
        .filter(it -> !it.equals(cause)).forEach(other -> {
          Map<LineId, Integer> units = units(repaid.stream().filter(it -> it.cause.equals(other)).map(Repaid::lines));
          if (!isReturn(other) || repaid.stream().noneMatch(it -> it.cause.equals(other))) {
            units(by(other).stream().map(Replacement::lines)).forEach((line, it) -> units.merge(line, it, Math::max));
          }
          units.forEach((line, it) -> taken.merge(line, it, Integer::sum));
        });
    return taken;
  }

  private static Map<LineId, Integer> units(Stream<List<LineQuantity>> lines) {
    var units = new HashMap<LineId, Integer>();
    lines.flatMap(List::stream).forEach(it -> units.merge(it.lineId(), it.quantity(), Integer::sum));
    return units;
  }

  /** What is sent instead of units that came back is sent for no more of them than are refunded. */
  private static boolean isReturn(String cause) {
    return cause.startsWith(ReturnId.PREFIX);
  }

  /**
   * With units whose worth goes back as they came back: of those that were sent again meanwhile none. What stands of this cause stays, so that a
   * repeated decision finds the same.
   */
  Replacements returning(String cause, List<RefundedUnits> units, List<OrderParcel> parcels) {
    if (repaid.stream().anyMatch(it -> it.cause.equals(cause))) {
      return this;
    }
    List<LineQuantity> packed = parcels.stream().filter(OrderParcel::isShipped)
        .flatMap(it -> it.parcel().lines().stream()).toList();
    Map<LineId, Integer> left = left(cause, parcels);
    var lines = new ArrayList<LineQuantity>();
    units.stream().map(RefundedUnits::lineId).distinct().forEach(line -> {
      int asked = units.stream().filter(it -> it.lineId().equals(line)).mapToInt(RefundedUnits::quantity).sum();
      boolean again = all.stream().filter(it -> !isReturn(it.cause)).flatMap(it -> it.lines.stream())
          .anyMatch(it -> it.lineId().equals(line));
      int most = again ? Math.max(0, left.getOrDefault(line, 0)) : asked;
      packed.stream().filter(it -> it.lineId().equals(line)).findFirst()
          .ifPresent(it -> lines.add(new LineQuantity(line, it.sku(), Math.min(asked, most))));
    });
    return new Replacements(order, all,
        Stream.concat(repaid.stream(), Stream.of(new Repaid(cause, 0, lines))).toList());
  }

  /** How many units of its lines this cause has refunded. */
  Map<LineId, Integer> repaid(String cause) {
    return units(repaid.stream().filter(it -> it.cause.equals(cause)).map(Repaid::lines));
  }

  private static Map<LineId, Integer> shipped(List<OrderParcel> parcels) {
    var units = new HashMap<LineId, Integer>();
    parcels.stream().filter(OrderParcel::isShipped).flatMap(it -> it.parcel().lines().stream())
        .forEach(it -> units.merge(it.lineId(), it.quantity(), Integer::sum));
    return units;
  }

  /** With units that are to be refunded whole; refused if another cause has them sent again. A later asking of the same cause stands. */
  Outcome<Replacements> repaying(RefundAsked asked, List<OrderParcel> parcels) {
    var again = new HashMap<LineId, Integer>();
    all.stream().filter(it -> !it.cause.equals(asked.cause())).flatMap(it -> it.lines.stream())
        .forEach(it -> again.merge(it.lineId(), it.quantity(), Integer::sum));
    Map<LineId, Integer> shipped = shipped(parcels);
    boolean twice = asked.lines().stream().anyMatch(it -> again.getOrDefault(it.lineId(), 0) > 0
        && it.quantity() > shipped.getOrDefault(it.lineId(), 0) - again.get(it.lineId()));
    if (twice) {
      return Refused.conflict("replaced_before", "units of it are sent again already").outcome();
    }
    boolean later = repaid.stream().anyMatch(it -> it.cause.equals(asked.cause()) && it.number > asked.number());
    var others = repaid.stream().filter(it -> !it.cause.equals(asked.cause()));
    return Outcome.of(asked.lines().isEmpty() || later
        ? this
        : new Replacements(order, all, Stream.concat(others,
            Stream.of(new Repaid(asked.cause(), asked.number(), asked.lines()))).toList()));
  }

  /** The order has refused this asking. A later one of the same cause may have been granted meanwhile: its units stay. */
  Replacements without(RefundAsked refused) {
    return new Replacements(order, all, repaid.stream()
        .filter(it -> !it.cause.equals(refused.cause()) || it.number != refused.number()).toList());
  }

  /** Whether units are sent again that did not come back: what comes back then is not all that its customer has. */
  boolean sendsMore() {
    return all.stream().anyMatch(it -> !isReturn(it.cause));
  }

  /** What its customer was compensated for, by whatever asked for it. */
  Stream<Orders.Compensated> compensated() {
    return Stream.concat(all.stream().map(it -> new Orders.Compensated(it.cause, it.lines)),
        repaid.stream().map(it -> new Orders.Compensated(it.cause, it.lines)));
  }

  /** With what is asked for; the same if that is there already. */
  Outcome<Replacements> with(ReplacementAsked asked, List<OrderParcel> parcels) {
    Optional<Replacement> before = by(asked.cause());
    if (before.isPresent()) {
      return before.get().lines.equals(asked.lines())
          ? Outcome.of(this)
          : Refused.of(Refused.Kind.INVALID, "idempotency_key_reused", "it was asked for with other lines before")
              .outcome();
    }
    if (all.size() >= MOST) {
      return Refused.conflict("too_many_changes", "an order is replaced at most %d times".formatted(MOST)).outcome();
    }
    Map<LineId, Integer> left = left(asked.cause(), parcels);
    // What has come back and something else is sent for may have been sent again before, as it was missed.
    List<Violation> errors = !asked.instead().isEmpty()
        ? List.of()
        : asked.lines().stream().filter(it -> it.quantity() > left.getOrDefault(it.lineId(), 0))
            .map(it -> new Violation("/lines", "too_much",
                "of %s %d can be sent again: what has left, and was neither sent again nor refunded before"
                    .formatted(it.lineId(), Math.max(0, left.getOrDefault(it.lineId(), 0)))))
            .toList();
    return errors.isEmpty()
        ? Outcome.of(new Replacements(order, Stream.concat(all.stream(), Stream.of(new Replacement(
            OrderId.replacing(order, asked.cause()), asked.cause(), asked.lines(), asked.reason(), asked.by(),
            asked.at()))).toList(), repaid))
        : Refused.invalid(errors).outcome();
  }

  /** The replacement's place among them, from 1. */
  int number(OrderId replacement) {
    return all.stream().map(Replacement::order).toList().indexOf(replacement) + 1;
  }

  /** @param forOperator whether it says who decided it and why */
  List<Map<String, Object>> view(boolean forOperator) {
    return all.stream().map(it -> {
      var view = new LinkedHashMap<String, Object>();
      view.put("order_id", it.order.value());
      view.put("lines", it.lines.stream()
          .collect(Collectors.groupingBy(line -> line.lineId().value(), TreeMap::new,
              Collectors.summingInt(LineQuantity::quantity)))
          .entrySet().stream().map(line -> new Refunding.Units(new LineId(line.getKey()), line.getValue()))
          .map(Records::toObject).toList());
      view.put("reason", forOperator ? it.reason : null);
      view.put("by", forOperator ? it.by : null);
      view.put("created_at", TimeText.of(it.at));
      return (Map<String, Object>) view;
    }).toList();
  }
}
