package waybill.returns;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import waybill.catalog.Product;
import waybill.messages.LineId;
import waybill.messages.Sku;
import waybill.orders.OrderContent;
import waybill.platform.Fields;
import waybill.platform.Violation;

/**
 * What somebody wants instead of units of a line that come back.
 *
 * @param sku null for another unit of the same product
 * @param unitPrice null if it costs what the unit is worth
 */
record WantedInstead(Sku sku, Long unitPrice) {
  private static final long HIGHEST_PRICE = 1_000_000_000;

  /** Null if nothing is wanted but money. */
  static WantedInstead read(Fields line) {
    Fields exchange = line.objectOrNull("exchange");
    return exchange == null
        ? null
        : new WantedInstead(exchange.parsedOrNull("sku", Sku::new, "is a SKU"),
            exchange.has("unit_price") ? exchange.whole("unit_price", 0, HIGHEST_PRICE) : null);
  }

  /** What is wanted for a line, by its place in the request. */
  record Line(int index, LineId line, Sku sku, WantedInstead wanted) {
    /** Null for another unit of a kit, or of what the order has not. */
    Sku instead() {
      return wanted.sku == null ? sku : wanted.sku;
    }

    private Violation refused(String field, String code, String detail) {
      return new Violation("/lines/" + index + "/exchange" + field, code, detail);
    }
  }

  /**
   * Why what is wanted cannot be sent.
   *
   * @param customers the policy of a channel whose customer asks, who names no price; null if somebody else asks
   * @param products at least those of what is wanted, and of what comes back
   */
  static List<Violation> check(List<Line> lines, OrderContent order, ReturnPolicy customers,
      Map<Sku, Product> products) {
    var errors = new ArrayList<Violation>();
    for (Line it : lines) {
      Product product = it.instead() == null ? null : products.get(it.instead());
      if (order.replaces() != null && Exchanging.Sent.parse(order.form().reference()).isPresent()) {
        errors.add(it.refused("", "exchanged_before", "was sent in an exchange: return it for its money"));
      } else if (order.kit(it.line).isPresent()) {
        errors.add(it.refused("", "not_allowed", "of a kit name the components that are exchanged"));
      } else if (customers != null && (it.wanted.unitPrice != null || !isListed(it, customers, products))) {
        errors.add(it.refused("", "not_allowed",
            "customers exchange for what the channel's policy and the product's exchange_for list, and name no price"));
      } else if (product == null) {
        errors.add(it.refused("/sku", "unknown", "there is no such product"));
      } else if (product.isKit() || !product.requiresShipping()) {
        errors.add(it.refused("/sku", "not_allowed", "is a kit, or is not carried"));
      }
    }
    return errors;
  }

  private static boolean isListed(Line it, ReturnPolicy policy, Map<Sku, Product> products) {
    boolean same = it.instead().equals(it.sku);
    return switch (policy.exchanges()) {
      case NEVER -> false;
      case SAME -> same;
      // A line that the order has not is refused as such.
      case LISTED -> same || Optional.ofNullable(it.sku).map(products::get)
          .filter(one -> one.exchangeFor().contains(it.instead())).isPresent();
    };
  }

  /** What a customer may have instead of a unit of a line. @param products also those that these are exchanged for */
  static List<Sku> choices(LineId line, Sku sku, OrderContent order, ReturnPolicy policy, Map<Sku, Product> products) {
    return Stream.concat(Stream.of(sku), Stream.ofNullable(products.get(sku)).flatMap(it -> it.exchangeFor().stream()))
        .filter(it -> check(List.of(new Line(0, line, sku, new WantedInstead(it, null))), order, policy, products)
            .isEmpty())
        .toList();
  }

  /** Null if no line wants anything. */
  static Exchange exchange(List<Line> lines, boolean inAdvance, boolean onScan) {
    return Optional.of(lines).filter(it -> !it.isEmpty()).map(all -> new Exchange(all.stream()
        .map(it -> new Exchange.Item(it.line, it.instead(), it.wanted.unitPrice)).toList(), inAdvance, onScan, null,
        null))
        .orElse(null);
  }
}
