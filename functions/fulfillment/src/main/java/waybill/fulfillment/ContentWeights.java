package waybill.fulfillment;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import waybill.catalog.Product;
import waybill.messages.LineQuantity;
import waybill.messages.Sku;
import waybill.platform.Outcome;
import waybill.platform.Refused;

/**
 * What the content of a parcel weighs by the catalog, if nobody has weighed the parcel.
 *
 * @param products those of the catalog; asked for only then
 */
record ContentWeights(Function<Collection<Sku>, Map<Sku, Product>> products) {

  /** In grams; refused by name if a product has no weight, as a label for a lighter parcel would be billed again. */
  Outcome<Long> of(List<LineQuantity> units) {
    Map<Sku, Product> known = products.apply(units.stream().map(LineQuantity::sku).distinct().toList());
    String missing = units.stream().map(LineQuantity::sku).distinct()
        .filter(it -> !known.containsKey(it) || known.get(it).weightGrams() < 1).map(Sku::value).sorted()
        .collect(Collectors.joining(", "));
    return missing.isEmpty()
        ? Outcome.of(units.stream().mapToLong(it -> (long) it.quantity() * known.get(it.sku()).weightGrams()).sum())
        : Refused.conflict("required", "is required: the catalog has no weight of " + missing).outcome();
  }
}
