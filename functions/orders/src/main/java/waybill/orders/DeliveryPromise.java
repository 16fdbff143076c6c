package waybill.orders;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import waybill.catalog.DeliveryOption;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.platform.Records;
import waybill.platform.TimeText;

/**
 * When units of an order come, as its checkout was offered, and what has moved that since. It follows from what was offered, the order's parcels and the stock
 * that it waits for, so nothing can disagree with it.
 *
 * @param part what of the order it is about: a parcel, what waits for stock, or the rest
 * @param lines its units
 * @param earliest null if nobody knows any more when it comes
 * @param latest the end of the last day; the same as offered unless something has moved it
 */
record DeliveryPromise(String part, DeliveryOption option, List<LineQuantity> lines, Instant earliest, Instant latest,
    MovedBy movedBy, Instant deliveredAt) {

  /** What a promise was moved by. */
  enum MovedBy {
    /** Units come later than they were to leave. */
    STOCK,
    /** The carrier says another day. */
    CARRIER
  }

  /** One for each parcel, one for what waits for stock, and one for the rest. */
  static List<DeliveryPromise> of(OrderContent content, OrderProgress order, DeliveryOption option) {
    var promises = new ArrayList<DeliveryPromise>();
    if (order.state().isCancelled()) {
      return promises;
    }
    var left = new LinkedHashMap<LineId, LineQuantity>();
    content.shippedLines().forEach(it -> left.put(it.lineId(), it));
    order.packed().forEach(parcel -> {
      parcel.parcel().lines().forEach(it -> take(left, it));
      promises.add(parcel(option, parcel));
    });
    waiting(content, order, left).forEach((at, lines) -> {
      lines.forEach(it -> take(left, it));
      promises.add(waiting(option, at.orElse(null), lines));
    });
    List<LineQuantity> rest = left.values().stream().filter(it -> it.quantity() > 0).toList();
    if (!rest.isEmpty()) {
      promises.add(new DeliveryPromise("rest", option, rest, option.earliestAt(), option.latestAt(), null, null));
    }
    return promises;
  }

  /** What waits for stock, by the day on which it is there, if somebody knows it. */
  private static Map<Optional<Instant>, List<LineQuantity>> waiting(OrderContent content, OrderProgress order,
      Map<LineId, LineQuantity> left) {
    var waiting = new LinkedHashMap<Optional<Instant>, List<LineQuantity>>();
    Promise.of(content.shippedLines(), order.promises()).forEach((line, units) -> units.stream()
        .filter(_ -> left.containsKey(line))
        .forEach(it -> waiting.computeIfAbsent(Optional.ofNullable(it.now()), _ -> new ArrayList<>()).add(
            new LineQuantity(line, left.get(line).sku(), Math.min(it.quantity(), left.get(line).quantity())))));
    return waiting;
  }

  private static void take(Map<LineId, LineQuantity> left, LineQuantity taken) {
    left.computeIfPresent(taken.lineId(),
        (line, it) -> new LineQuantity(line, it.sku(), Math.max(0, it.quantity() - taken.quantity())));
  }

  private static DeliveryPromise parcel(DeliveryOption option, OrderParcel parcel) {
    Instant estimate = parcel.isDelivered() ? null : parcel.estimatedDeliveryAt();
    boolean moved = estimate != null && estimate.isAfter(option.latestAt());
    return new DeliveryPromise(parcel.parcel().id().value(), option, parcel.parcel().lines(),
        moved ? estimate : option.earliestAt(), moved ? estimate : option.latestAt(), moved ? MovedBy.CARRIER : null,
        parcel.isDelivered() ? parcel.scan().at() : null);
  }

  /** It leaves as many days later as its last unit comes after the day on which it was to leave. */
  private static DeliveryPromise waiting(DeliveryOption option, Instant at, List<LineQuantity> lines) {
    if (at == null) {
      return new DeliveryPromise("waiting", option, lines, null, null, MovedBy.STOCK, null);
    }
    long days = Math.max(0,
        at.atZone(ZoneOffset.UTC).toLocalDate().toEpochDay() - option.dispatchOn().toEpochDay());
    Duration later = Duration.ofDays(days);
    return new DeliveryPromise("waiting", option, lines, option.earliestAt().plus(later),
        option.latestAt().plus(later), days > 0 ? MovedBy.STOCK : null, null);
  }

  /** When what has not come yet comes, by all of these; empty if all has come, or nobody knows of some of it. */
  static Optional<Orders.Expected> expected(List<DeliveryPromise> promises) {
    List<DeliveryPromise> open = promises.stream().filter(it -> it.deliveredAt == null).toList();
    if (open.isEmpty() || open.stream().anyMatch(it -> it.latest == null)) {
      return Optional.empty();
    }
    return Optional.of(new Orders.Expected(
        open.stream().map(DeliveryPromise::earliest).min(Comparator.naturalOrder()).orElseThrow(),
        open.stream().map(DeliveryPromise::latest).max(Comparator.naturalOrder()).orElseThrow(),
        open.stream().anyMatch(it -> it.movedBy != null)));
  }

  /** Whether it came in time; null as long as it has not come. */
  private Boolean kept() {
    return deliveredAt == null ? null : (Boolean) !deliveredAt.isAfter(option.latestAt());
  }

  /** @param shown its units by the lines that were ordered */
  Map<String, Object> toTree(List<Map<String, Object>> shown) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("id", option.id() + "." + part);
    tree.put("lines", shown);
    tree.put("method", option.method());
    tree.put("earliest_at", Records.toTree(earliest));
    tree.put("latest_at", Records.toTree(latest));
    tree.put("offered_latest_at", TimeText.of(option.latestAt()));
    tree.put("moved_by", movedBy == null ? null : movedBy.name().toLowerCase(Locale.ROOT));
    tree.put("confidence", option.confidence());
    tree.put("delivered_at", Records.toTree(deliveredAt));
    tree.put("kept", kept());
    return tree;
  }
}
