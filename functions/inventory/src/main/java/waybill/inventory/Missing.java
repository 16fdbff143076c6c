package waybill.inventory;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;

/** Units per SKU that are missing of others. */
final class Missing {

  private Missing() {}

  /** What is left of items. @param missing how much of them is missing */
  static List<SkuQuantity> without(List<SkuQuantity> items, Map<Sku, Integer> missing) {
    return items.stream().map(it -> new SkuQuantity(it.sku(), it.quantity() - missing.getOrDefault(it.sku(), 0)))
        .filter(it -> it.quantity() > 0).toList();
  }

  /** What is missing of items that have become others: if they are fewer, those that were missing go first. */
  static List<SkuQuantity> after(List<SkuQuantity> missing, List<SkuQuantity> before, List<SkuQuantity> now) {
    Map<Sku, Integer> fewer = new HashMap<>(units(before));
    now.forEach(it -> fewer.merge(it.sku(), -it.quantity(), Integer::sum));
    fewer.values().removeIf(it -> it < 0);
    return without(missing, fewer);
  }

  static Map<Sku, Integer> units(List<SkuQuantity> items) {
    return items.stream().collect(Collectors.toMap(SkuQuantity::sku, SkuQuantity::quantity, Math::addExact));
  }

  static List<SkuQuantity> items(Map<Sku, Integer> units) {
    return new TreeMap<>(units).entrySet().stream().filter(it -> it.getValue() > 0)
        .map(it -> new SkuQuantity(it.getKey(), it.getValue())).toList();
  }
}
