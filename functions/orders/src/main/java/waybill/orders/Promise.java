package waybill.orders;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
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
