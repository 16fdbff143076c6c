package waybill.orders;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import waybill.catalog.DeliveryOption;
import waybill.catalog.DeliveryQuote;
import waybill.catalog.Destination;
import waybill.catalog.Product;
import waybill.messages.Sku;
import waybill.orders.OrderForm.Line;
import waybill.platform.Violation;

/** The rules for an order that names a delivery option: it is what was offered, for this order, and in time. */
final class NamedOption {
  private static final String POINTER = "/delivery_option_id";

  private NamedOption() {}

  /**
   * @param quote the one that has the option; empty if nobody was offered it
   * @param products those of the form
   */
  static List<Violation> check(OrderForm form, Optional<DeliveryQuote> quote, Map<Sku, Product> products,
      Instant now) {
    if (quote.isEmpty()) {
      return List.of(new Violation(POINTER, "unknown", "there is no such delivery option"));
    }
    var errors = new ArrayList<Violation>();
    DeliveryQuote offered = quote.get();
    if (!now.isBefore(offered.expiresAt())) {
      errors.add(new Violation(POINTER, "expired", "expired at %s: ask for delivery options again"
          .formatted(offered.expiresAt())));
    }
    if (!offered.channel().equals(form.channel())) {
      errors.add(new Violation(POINTER, "other_channel", "was offered by another channel"));
    }
    if (!offered.currency().equals(form.currency())) {
      errors.add(new Violation("/currency", "not_as_offered", "the delivery option is in " + offered.currency()));
    }
    if (form.shippingAddress() != null && !offered.destination().isSame(Destination.of(form.shippingAddress()))) {
      errors.add(new Violation("/shipping_address", "not_as_offered",
          "has another country, state or postal code than the delivery option was offered for"));
    }
    if (!units(form.lines(), products).equals(units(offered))) {
      errors.add(new Violation("/lines", "not_as_offered",
          "has other units to ship than the delivery option was offered for"));
    }
    errors.addAll(checkShipping(form, offered.option(form.deliveryOptionId()).orElseThrow()));
    return errors;
  }

  private static List<Violation> checkShipping(OrderForm form, DeliveryOption option) {
    if (form.shipping() == null) {
      return List.of(new Violation("/shipping", "required", "is required with a delivery option"));
    }
    var errors = new ArrayList<Violation>();
    if (!option.method().equals(form.shipping().method())) {
      errors
          .add(new Violation("/shipping/method", "not_as_offered", "is %s, as was offered".formatted(option.method())));
    }
    if (option.price() != form.shipping().price()) {
      errors.add(new Violation("/shipping/price", "not_as_offered",
          "is %d, as was offered; what it is lowered by is a discount".formatted(option.price())));
    }
    return errors;
  }

  private static Map<Sku, Long> units(List<Line> lines, Map<Sku, Product> products) {
    var units = new HashMap<Sku, Long>();
    lines.stream().filter(it -> products.containsKey(it.sku()) && products.get(it.sku()).requiresShipping())
        .forEach(it -> units.merge(it.sku(), (long) it.quantity(), Math::addExact));
    return units;
  }

  private static Map<Sku, Long> units(DeliveryQuote offered) {
    var units = new HashMap<Sku, Long>();
    offered.lines().forEach(it -> units.merge(it.sku(), (long) it.quantity(), Math::addExact));
    return units;
  }
}
