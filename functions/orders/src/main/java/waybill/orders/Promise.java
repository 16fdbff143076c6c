package waybill.orders;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  Map<String, Object> toTree() {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("quantity", quantity);
    tree.put("original_at", Records.toTree(originally));
    tree.put("promised_at", Records.toTree(now));
    return tree;
  }
}
