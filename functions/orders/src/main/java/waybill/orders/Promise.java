package waybill.orders;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.Sku;
import waybill.messages.StockPromise;
import waybill.platform.Records;

/**
 * Units of a line that are not there yet.
 *
 * @param originally when they were first said to come; null if nobody knew
 * @param now when they are said to come now; null if nobody knows
 */
record Promise(int quantity, Instant originally, Instant now) {

  /** Which lines wait for what of their SKU is not there: the last ones, as the first are served first. */
  static Map<LineId, List<Promise>> of(List<LineQuantity> lines, OrderPromises promises) {
    var left = new HashMap<Sku, Integer>();
    promises.promises().forEach(it -> left.put(it.sku(), it.units()));
    var waiting = new HashMap<LineId, List<Promise>>();
    for (LineQuantity line : lines.reversed()) {
      int units = Math.min(line.quantity(), left.getOrDefault(line.sku(), 0));
      if (units > 0) {
        StockPromise promise = promises.open(line.sku());
        waiting.put(line.lineId(), List.of(new Promise(units, promise.originally(), promise.now())));
        left.merge(line.sku(), -units, Integer::sum);
      }
    }
    return waiting;
  }

  /** Which lines wait, a kit for the last of its components. @param ordered what is ordered now */
  static Map<LineId, List<Promise>> of(OrderContent ordered, OrderPromises promises) {
    Map<LineId, List<Promise>> waiting = of(ordered.shippedLines(), promises);
    for (Kit kit : ordered.kits()) {
      List<Promise> parts = kit.components().stream()
          .flatMap(it -> waiting.getOrDefault(it.id(), List.of()).stream()).toList();
      if (!parts.isEmpty()) {
        int kits = kit.begun(id -> waiting.getOrDefault(id, List.of()).stream().mapToInt(Promise::quantity).sum());
        waiting.put(kit.line(),
            List.of(new Promise(kits, last(parts, Promise::originally), last(parts, Promise::now))));
      }
    }
    return waiting;
  }

  /**
   * The units that leave later than the others, if what is there leaves at once: those that are not there yet, and of a kit all of its components,
   * as it leaves whole.
   *
   * @param ordered what is ordered now
   */
  static List<LineQuantity> following(OrderContent ordered, OrderPromises promises) {
    Map<LineId, List<Promise>> waiting = of(ordered, promises);
    ToIntFunction<LineId> units = id -> waiting.getOrDefault(id, List.of()).stream().mapToInt(Promise::quantity).sum();
    return ordered.shippedLines().stream().map(it -> {
      int later = ordered.component(it.lineId())
          .map(one -> Math.min(it.quantity(), units.applyAsInt(it.lineId().ordered()) * one.quantity()))
          .orElseGet(() -> units.applyAsInt(it.lineId()));
      return new LineQuantity(it.lineId(), it.sku(), later);
    }).filter(it -> it.quantity() > 0).toList();
  }

  /** When units are there that leave later than others: those of a kit with its last component. Null if nobody knows. */
  static Instant day(List<LineQuantity> following, LineQuantity units, OrderPromises promises) {
    List<StockPromise> parts = following.stream().filter(it -> it.lineId().ordered().equals(units.lineId().ordered()))
        .map(it -> promises.open(it.sku())).filter(Objects::nonNull).toList();
    return parts.isEmpty() || parts.stream().anyMatch(it -> it.now() == null)
        ? null
        : parts.stream().map(StockPromise::now).max(Instant::compareTo).orElseThrow();
  }

  /** Null if nobody knows one of them. */
  private static Instant last(List<Promise> parts, Function<Promise, Instant> day) {
    return parts.stream().map(day).anyMatch(Objects::isNull)
        ? null
        : parts.stream().map(day).max(Instant::compareTo).orElseThrow();
  }

  Map<String, Object> toTree() {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("quantity", quantity);
    tree.put("original_at", Records.toTree(originally));
    tree.put("promised_at", Records.toTree(now));
    return tree;
  }
}
