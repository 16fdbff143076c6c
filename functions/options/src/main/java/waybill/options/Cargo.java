package waybill.options;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import waybill.catalog.Component;
import waybill.catalog.Product;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.platform.Violation;

/**
 * What of a request is carried.
 *
 * @param lines those that ship, as they were asked for, by SKU
 * @param items what they are packed out of: of a kit its components
 * @param age which whoever takes it must have reached; 0 if anybody may
 */
record Cargo(List<SkuQuantity> lines, List<SkuQuantity> items, long grams, int age) {

  static Cargo of(List<SkuQuantity> asked, Map<Sku, Product> products) {
    var units = new LinkedHashMap<Sku, Integer>();
    var lines = new ArrayList<SkuQuantity>();
    long grams = 0;
    int age = 0;
    for (SkuQuantity line : asked) {
      Product product = products.get(line.sku());
      if (product.requiresShipping()) {
        lines.add(line);
        age = Math.max(age, product.minimumAge());
        for (Component part : parts(product)) {
          int quantity = Math.multiplyExact(part.quantity(), line.quantity());
          units.merge(part.sku(), quantity, Math::addExact);
          age = Math.max(age, products.get(part.sku()).minimumAge());
          grams += (long) products.get(part.sku()).weightGrams() * quantity;
        }
      }
    }
    lines.sort(Comparator.comparing(it -> it.sku().value()));
    return new Cargo(List.copyOf(lines),
        units.entrySet().stream().map(it -> new SkuQuantity(it.getKey(), it.getValue())).toList(), grams, age);
  }

  private static List<Component> parts(Product product) {
    return product.isKit() ? product.components() : List.of(new Component(product.sku(), 1, 1));
  }

  /** What of the request cannot be carried at all. @param products also the components of kits */
  static List<Violation> check(List<SkuQuantity> asked, Map<Sku, Product> products) {
    var errors = new ArrayList<Violation>();
    for (int i = 0; i < asked.size(); i++) {
      Product product = products.get(asked.get(i).sku());
      if (product == null) {
        errors.add(new Violation("/lines/%d/sku".formatted(i), "unknown_product", "there is no such product"));
      } else if (product.isIncomplete(products)) {
        errors.add(new Violation("/lines/%d/sku".formatted(i), "kit_incomplete",
            "is a kit of which something is not shipped"));
      }
    }
    if (errors.isEmpty() && asked.stream().noneMatch(it -> products.get(it.sku()).requiresShipping())) {
      errors.add(new Violation("/lines", "nothing_ships", "nothing of it is carried"));
    }
    return errors;
  }
}
