package waybill.orders;

import java.util.List;
import java.util.regex.Pattern;
import waybill.catalog.Address;
import waybill.catalog.CurrencyCode;
import waybill.catalog.DeliveryOptionId;
import waybill.catalog.MailAddress;
import waybill.messages.ChannelId;
import waybill.messages.CreditId;
import waybill.messages.ReservationId;
import waybill.messages.Sku;
import waybill.orders.OrderForm.Backorders;
import waybill.orders.OrderForm.Customer;
import waybill.orders.OrderForm.Discount;
import waybill.orders.OrderForm.Gift;
import waybill.orders.OrderForm.Line;
import waybill.orders.OrderForm.NamedPayment;
import waybill.orders.OrderForm.Rounding;
import waybill.orders.OrderForm.Shipping;
import waybill.orders.OrderForm.Tax;
import waybill.platform.Fields;

/** Reads an order's form from a request's body; what breaks a rule is remembered by the fields. */
final class FormReader {
  static final int MAX_LINES = 500;
  static final int MAX_TAGS = 50;
  static final String TAG_RULE = "has 1 to 40 characters";
  static final int MAX_CUSTOMER_ID = 100;
  static final int MAX_QUANTITY = 1_000_000;
  /** So that a quantity times a price, and 500 such lines, stay far within a long. */
  static final long MAX_AMOUNT = 1_000_000_000_000L;
  /** Five units of a currency with three decimals; how much it may be in a currency is for {@link Placing}. */
  private static final long MAX_ROUNDING = 5_000;
  private static final Pattern RATE = Pattern.compile("0(\\.[0-9]{1,6})?|1(\\.0{1,6})?");
  private static final Pattern LOCALE = Pattern.compile("[A-Za-z]{2,3}([_-][A-Za-z0-9]{2,8}){0,3}");
  private static final Pattern PROVIDER = Pattern.compile("stripe|external|store_credit");

  private FormReader() {}

  static OrderForm read(Fields fields) {
    return new OrderForm(fields.text("reference", 200), fields.textOrNull("number", 100),
        fields.parsed("channel", ChannelId::new, "is a channel's id: 1 to 40 small letters, digits or dashes"),
        fields.timeOrNull("placed_at"),
        fields.parsed("currency", CurrencyCode::checked, "is a currency by ISO 4217, for example EUR"),
        fields.flag("taxes_included"), customer(fields.object("customer")),
        address(fields, "shipping_address"), address(fields, "billing_address"),
        fields.list("lines", 1, MAX_LINES, FormReader::line),
        shipping(fields.objectOrNull("shipping")),
        rounding(fields.objectOrNull("rounding")), fields.whole("total", 0, MAX_AMOUNT),
        fields.listOrEmpty("payments", 20, FormReader::payment),
        fields.timeOrNull("payment_expires_at"), gift(fields.objectOrNull("gift")), fields.textOrNull("note", 1_000),
        fields.parsedListOrEmpty("tags", MAX_TAGS, FormReader::tag, TAG_RULE),
        fields.textOrNull("seller_id", 100),
        fields.parsedOrNull("reservation_id", ReservationId::new, "is the id of a reservation"),
        fields.parsedOrNull("delivery_option_id", DeliveryOptionId::new, DeliveryOptionId.RULE),
        fields.choiceOr("backorders", Backorders.WHOLE), fields.metadata());
  }

  private static Customer customer(Fields fields) {
    return new Customer(fields.textOrNull("id", MAX_CUSTOMER_ID),
        fields.parsed("email", MailAddress::checked, MailAddress.RULE),
        fields.textOrNull("phone", 40), fields.textOrNull("name", 200),
        fields.has("locale") ? fields.matching("locale", LOCALE, "is a language by BCP 47, for example de-DE") : null);
  }

  static Address address(Fields fields, String name) {
    Fields address = fields.objectOrNull(name);
    return address == null ? null : Address.read(address);
  }

  static Line line(Fields fields) {
    return new Line(fields.textOrNull("reference", 200),
        fields.parsed("sku", Sku::new, "is a SKU: 1 to 64 letters, digits, dots, dashes or underscores"),
        fields.textOrNull("name", 200), fields.integer("quantity", 1, MAX_QUANTITY), amount(fields, "unit_price"),
        discounts(fields), taxes(fields),
        amount(fields, "total"), fields.metadata());
  }

  private static Shipping shipping(Fields fields) {
    return fields == null
        ? null
        : new Shipping(fields.textOrNull("method", 100), fields.textOrNull("name", 100), amount(fields, "price"),
            discounts(fields), taxes(fields),
            amount(fields, "total"));
  }

  private static Rounding rounding(Fields fields) {
    return fields == null
        ? null
        : new Rounding(fields.whole("amount", -MAX_ROUNDING, MAX_ROUNDING),
            fields.choiceOr("reason", Rounding.Reason.TOTAL));
  }

  private static List<Discount> discounts(Fields fields) {
    return fields.listOrEmpty("discounts", 20, it -> new Discount(it.textOrNull("code", 100), amount(it, "amount")));
  }

  private static List<Tax> taxes(Fields fields) {
    return fields.listOrEmpty("taxes", 10, it -> new Tax(it.textOrNull("name", 100),
        it.has("rate")
            ? it.matching("rate", RATE, "is a decimal of at most 1 as text, for example \"0.19\" for 19 percent")
            : null,
        amount(it, "amount")));
  }

  static NamedPayment payment(Fields fields) {
    String provider = fields.matching("provider", PROVIDER, "is stripe, external or store_credit");
    boolean external = "external".equals(provider);
    String account = "stripe".equals(provider) ? fields.text("account", 40) : "";
    return new NamedPayment(provider, account, fields.text("reference", 100),
        external ? fields.textOrNull("method", 40) : null,
        fields.whole("amount", CreditId.PROVIDER.equals(provider) ? 1 : 0, MAX_AMOUNT),
        external && fields.choiceOr("status", ExternalStatus.PENDING) == ExternalStatus.CAPTURED,
        external ? fields.timeOrNull("due_at") : null);
  }

  /** What a storefront may say of money that others took. */
  private enum ExternalStatus {
    PENDING, CAPTURED
  }

  private static Gift gift(Fields fields) {
    return fields == null ? null : new Gift(fields.textOrNull("message", 1_000), fields.flagOr("hide_prices", false));
  }

  private static long amount(Fields fields, String name) {
    return fields.whole(name, 0, MAX_AMOUNT);
  }

  static String tag(String text) {
    if (Fields.isInvisible(text) || text.codePointCount(0, text.length()) > 40) {
      throw new IllegalArgumentException();
    }
    return text;
  }
}
