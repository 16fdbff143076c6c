package waybill.options;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import waybill.catalog.CustomsTerms;
import waybill.catalog.Destination;
import waybill.catalog.Product;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.Parcel;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.orders.Sale.Sold;
import waybill.orders.Sale;
import waybill.platform.Outcome.Accepted;
import waybill.platform.Outcome.Declined;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.shipping.customs.Declaration;
import waybill.shipping.customs.Declaring;
import waybill.shipping.customs.Duty;

/**
 * What is known of an order's way across a customs border before it is placed, as if it went in one parcel.
 *
 * @param duty null if none is due, or if nobody knows it here
 * @param declaration null if no border is crossed, or if something is missing
 * @param problems what would keep its parcels from crossing
 */
record Border(Duty duty, Declaration declaration, List<Objection> problems) {
  static final Border NONE = new Border(null, null, List.of());

  /**
   * @param prices of one unit without taxes, by product; a product that is not named is worth what its customs data says
   * @param day on which the order would be declared
   */
  static Border of(Cargo cargo, Map<Sku, Product> products, Map<Sku, Long> prices, Destination from, Destination to,
      CustomsTerms terms, String currency, LocalDate day) {
    if (!Declaring.isNeeded(from, to)) {
      return NONE;
    }
    var sold = new ArrayList<Sold>();
    for (SkuQuantity item : cargo.items()) {
      sold.add(new Sold(new LineId("line_" + (sold.size() + 1)), item.sku(), products.get(item.sku()).name(),
          item.quantity(),
          worth(item, products.get(item.sku()), prices, currency)));
    }
    var declaring = new Declaring(from, to, terms, day);
    if (sold.stream().anyMatch(it -> it.net() <= 0)) {
      return new Border(null, null, sold.stream()
          .flatMap(it -> declaring.check("/products/" + it.sku(), products.get(it.sku())).stream())
          .map(it -> Objection.ofAll("customs_incomplete", it.pointer() + ": " + it.detail())).toList());
    }
    var parcel = new Parcel(null,
        sold.stream().map(it -> new LineQuantity(it.line(), it.sku(), it.quantity())).toList(), 0, 0, 0,
        0, null, null);
    Outcome<Declaration> outcome = declaring.declare(parcel, new Sale(currency, 0, false, sold), products);
    return switch (outcome) {
      case Accepted<Declaration>(Declaration declared) -> new Border(
          Duty.of(from, to, declared.items().stream().map(it -> new Duty.Charged(it.hsCode())).toList(),
              declared.goods(), currency,
              terms, day).orElse(null),
          declared, List.of());
      case Declined<Declaration>(Refused refused) ->
        new Border(null, null, List.of(Objection.ofAll(refused.code(), refused.detail())));
    };
  }

  private static long worth(SkuQuantity item, Product product, Map<Sku, Long> prices, String currency) {
    if (prices.containsKey(item.sku())) {
      return Math.multiplyExact(prices.get(item.sku()), item.quantity());
    }
    var value = product.customs().value();
    return value == null || !value.currency().equals(currency)
        ? 0
        : Math.multiplyExact(value.amount(), item.quantity());
  }

  /** As the answer shows it; null for nothing that is known. */
  Map<String, Object> toTree() {
    if (duty == null) {
      return null;
    }
    var tree = new LinkedHashMap<String, Object>();
    tree.put("duty", duty.duty());
    tree.put("tax", duty.tax());
    tree.put("total", duty.total());
    tree.put("currency", duty.currency());
    tree.put("paid_by", duty.paidBy().name().toLowerCase(Locale.ROOT));
    return tree;
  }
}
