package waybill.orders;

import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import waybill.catalog.Channel;
import waybill.catalog.Component;
import waybill.catalog.Digital;
import waybill.catalog.Product;
import waybill.catalog.addresses.AddressCheck;
import waybill.messages.Sku;
import waybill.orders.OrderForm.Discount;
import waybill.orders.OrderForm.Line;
import waybill.orders.OrderForm.NamedPayment;
import waybill.orders.OrderForm.Tax;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.platform.Violation;

/** The rules that an order's form must keep before it becomes an order. Each break names the field by its pointer. */
final class Placing {

  /** Licence keys of one line. */
  static final int MOST_KEYS = 100;

  private Placing() {}

  /** The sums of the form: lines, shipping and payments, each with where it is wrong and what it should be. */
  static List<Violation> checkSums(OrderForm form) {
    var errors = new ArrayList<Violation>();
    long sum = 0;
    for (int i = 0; i < form.lines().size(); i++) {
      Line line = form.lines().get(i);
      checkSum(errors, "/lines/" + i, line, form.taxesIncluded());
      sum += line.total();
    }
    if (form.shipping() != null) {
      var shipping = form.shipping();
      long expected = sum(shipping.price(), shipping.discounts(), shipping.taxes(), form.taxesIncluded());
      check(errors, "/shipping/total", shipping.total(), expected,
          "price - discounts" + (form.taxesIncluded() ? "" : " + taxes"));
      sum += shipping.total();
    }
    checkRounding(errors, form);
    check(errors, "/total", form.total(), sum + form.roundingAmount(),
        "the totals of lines and shipping" + (form.rounding() == null ? "" : " and the rounding"));
    long paid = form.payments().stream().mapToLong(NamedPayment::amount).sum();
    if (paid > form.total()) {
      errors.add(new Violation("/payments", "too_much",
          "payments add up to %d, more than the total of %d".formatted(paid, form.total())));
    }
    return errors;
  }

  static void checkSum(List<Violation> errors, String pointer, Line line, boolean taxesIncluded) {
    long expected = sum(line.quantity() * line.unitPrice(), line.discounts(), line.taxes(), taxesIncluded);
    check(errors, pointer + "/total", line.total(), expected,
        "quantity x unit_price - discounts" + (taxesIncluded ? "" : " + taxes"));
  }

  /** A tax that is included is a part of what it is included in; together they are no more than that. */
  static List<Violation> checkTaxes(OrderForm form) {
    var errors = new ArrayList<Violation>();
    if (form.taxesIncluded()) {
      for (int i = 0; i < form.lines().size(); i++) {
        checkTaxes(errors, "/lines/" + i, form.lines().get(i).taxes(), form.lines().get(i).total());
      }
      if (form.shipping() != null) {
        checkTaxes(errors, "/shipping", form.shipping().taxes(), form.shipping().total());
      }
    }
    return errors;
  }

  static void checkTaxes(List<Violation> errors, String pointer, List<Tax> taxes, long total) {
    long sum = taxes.stream().mapToLong(Tax::amount).sum();
    if (sum > total) {
      errors.add(new Violation(pointer + "/taxes", "too_much",
          "included taxes are at most the total of %d, not %d".formatted(total, sum)));
    }
  }

  private static void checkRounding(List<Violation> errors, OrderForm form) {
    long most = 5 * unit(form.currency());
    if (Math.abs(form.roundingAmount()) > most) {
      errors.add(new Violation("/rounding/amount", "out_of_range",
          "is at most five units of the currency: from %d to %d".formatted(-most, most)));
    }
  }

  /** So many minor units are one of the currency. */
  private static long unit(String currency) {
    return (long) Math.pow(10, Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits()));
  }

  private static long sum(long price, List<Discount> discounts, List<Tax> taxes, boolean taxesIncluded) {
    long discounted = price - discounts.stream().mapToLong(Discount::amount).sum();
    return taxesIncluded ? discounted : discounted + taxes.stream().mapToLong(Tax::amount).sum();
  }

  private static void check(List<Violation> errors, String pointer, long actual, long expected, String rule) {
    if (actual != expected) {
      errors.add(
          new Violation(pointer, "sum_mismatch", "is %s, which is %d, not %d".formatted(rule, expected, actual)));
    }
  }

  /** What the form says against what the channel allows. */
  static List<Violation> checkChannel(OrderForm form, Channel channel) {
    var errors = new ArrayList<Violation>();
    if (!channel.currencies().contains(form.currency())) {
      errors.add(new Violation("/currency", "not_of_channel",
          "the channel takes " + String.join(", ", channel.currencies())));
    }
    if (form.shipping() != null && form.shipping().method() != null && !channel.shippingMethods().isEmpty()
        && channel.shippingMethods().stream().noneMatch(it -> it.code().equals(form.shipping().method()))) {
      errors.add(new Violation("/shipping/method", "not_of_channel", "is none of the channel's shipping methods"));
    }
    Set<Object> seen = new HashSet<>();
    for (int i = 0; i < form.payments().size(); i++) {
      NamedPayment payment = form.payments().get(i);
      if (payment.isWatched()
          && channel.paymentAccounts().stream().noneMatch(it -> it.is(payment.provider(), payment.account()))) {
        errors.add(new Violation("/payments/" + i + "/account", "not_of_channel",
            "is none of the channel's payment accounts"));
      }
      if (payment.isCredit() && form.credit().isEmpty()) {
        errors.add(new Violation("/payments/" + i + "/provider", "guest", "a guest has no store credit"));
      }
      if (!seen.add(List.of(payment.provider(), payment.account(), payment.reference()))) {
        errors.add(new Violation("/payments/" + i + "/reference", "repeated", "the same payment is named twice"));
      }
    }
    return errors;
  }

  /**
   * In which steps a provider charges a currency. Stripe wants the last digit of three decimals to be 0, and knows no decimals of MGA
   * (docs.stripe.com/currencies, "Three-decimal currencies", "Zero-decimal currencies").
   */
  static long step(String provider, String currency) {
    if (!provider.equals("stripe")) {
      return 1;
    }
    return switch (currency) {
      case "BHD", "JOD", "KWD", "OMR", "TND" -> 10;
      case "MGA" -> 100;
      default -> 1;
    };
  }

  /**
   * The lines against the products that there are; a line that ships needs an address to ship to.
   *
   * @param products also the components of kits
   */
  static List<Violation> checkProducts(OrderForm form, Map<Sku, Product> products) {
    var errors = new ArrayList<Violation>();
    for (int i = 0; i < form.lines().size(); i++) {
      if (!products.containsKey(form.lines().get(i).sku())) {
        errors.add(new Violation("/lines/" + i + "/sku", "unknown", "there is no such product"));
      } else if (isTooManyKeys(form.lines().get(i), products.get(form.lines().get(i).sku()).digital())) {
        errors.add(new Violation("/lines/" + i + "/quantity", "too_many_keys",
            "an order takes at most %d licence keys a line".formatted(MOST_KEYS)));
      } else {
        checkKit(errors, "/lines/" + i, form.lines().get(i), products.get(form.lines().get(i).sku()), products);
      }
    }
    if (packedLines(form.lines(), products) > FormReader.MAX_LINES) {
      errors.add(new Violation("/lines", "too_many",
          "an order has at most %d lines, and each component of a kit is one".formatted(FormReader.MAX_LINES)));
    }
    boolean ships = form.lines().stream().map(it -> products.get(it.sku()))
        .anyMatch(it -> it != null && it.requiresShipping());
    if (ships && form.shippingAddress() == null) {
      errors.add(new Violation("/shipping_address", "required", "is required if a line ships"));
    } else if (ships) {
      errors.addAll(AddressCheck.of(form.shippingAddress()).refusals("/shipping_address"));
    }
    return errors;
  }

  /** Kits that can no longer be packed as the catalog has them, or that are too many units for one line. */
  static void checkKit(List<Violation> errors, String pointer, Line line, Product product,
      Map<Sku, Product> products) {
    List<Sku> gone = product.packedFrom().stream().map(Component::sku)
        .filter(it -> !products.containsKey(it) || !products.get(it).requiresShipping()).toList();
    if (!gone.isEmpty()) {
      errors.add(new Violation(pointer + "/sku", "kit_incomplete",
          "is a kit of which %s is not shipped: put what it is made of".formatted(gone.getFirst())));
    }
    checkUnits(errors, pointer + "/quantity", product.packedFrom().stream().mapToInt(Component::quantity).sum(),
        line.quantity());
  }

  /** @param packed how many units each of the line's is packed out of */
  static void checkUnits(List<Violation> errors, String pointer, int packed, int quantity) {
    if ((long) packed * quantity > FormReader.MAX_QUANTITY) {
      errors.add(new Violation(pointer, "too_many_units",
          "so many kits are more than the %d units that a line takes".formatted(FormReader.MAX_QUANTITY)));
    }
  }

  /** How many lines these are, where each component of a kit is one. */
  static int packedLines(List<Line> lines, Map<Sku, Product> products) {
    return lines.stream().mapToInt(it -> products.containsKey(it.sku())
        ? Math.max(1, products.get(it.sku()).packedFrom().size())
        : 1).sum();
  }

  /** Each is named where it is kept that it was given. */
  private static boolean isTooManyKeys(Line line, Digital digital) {
    return digital != null && !digital.isLink() && line.quantity() > MOST_KEYS;
  }

  /** What was ordered, if it is the form; refused if its channel has ordered something else under the form's reference. */
  static Outcome<OrderContent> asOrdered(OrderContent ordered, OrderForm form) {
    return ordered.placedForm().equals(form)
        ? Outcome.of(ordered)
        : Refused.of(Refused.Kind.INVALID, "reference_reused",
            "the channel has placed another order under this reference").about("order_id", ordered.id().value())
            .outcome();
  }
}
