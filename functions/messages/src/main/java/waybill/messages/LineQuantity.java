package waybill.messages;

import java.util.List;
import java.util.TreeMap;

/** So many units of an order's line. */
public record LineQuantity(LineId lineId, Sku sku, int quantity) {

  /** The units per SKU, in the order of the SKUs: two lines of one SKU become one entry. */
  public static List<SkuQuantity> bySku(List<LineQuantity> lines) {
    var quantities = new TreeMap<Sku, Integer>();
    lines.forEach(line -> quantities.merge(line.sku(), line.quantity(), Math::addExact));
    return quantities.entrySet().stream().map(it -> new SkuQuantity(it.getKey(), it.getValue())).toList();
  }
}
