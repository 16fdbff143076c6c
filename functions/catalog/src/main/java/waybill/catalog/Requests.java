package waybill.catalog;

import java.time.Instant;
import java.time.ZoneId;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import waybill.catalog.Channel.Capture;
import waybill.catalog.Channel.PaymentAccount;
import waybill.messages.ChannelId;
import waybill.messages.LocationId;
import waybill.messages.Sku;
import waybill.messages.StockPool;
import waybill.messages.WithoutMulticapture;
import waybill.platform.Fields;

/** What operators put, read from a request's body. Each reading refuses all that is wrong at once. */
final class Requests {
  private static final StockPool DEFAULT_POOL = new StockPool("default");
  private static final int MAX_GRAMS = 10_000_000;
  private static final int MAX_MILLIMETRES = 100_000;
  private static final int DEFAULT_MINUTES_TO_PAY = 30;
  private static final int MAX_MINUTES_TO_PAY = 60 * 24 * 60;
  /** BCP 47, 4.4.1: what must be held of a language; private parts can go on for ever. */
  private static final int MAX_LOCALE = 35;
  private static final Pattern GS1_PREFIX = Pattern.compile("[0-9]{4,12}");
  private static final Pattern HS_CODE = Pattern.compile("[0-9]{6,10}");
  private static final Pattern CODE = Pattern.compile("[a-z0-9][a-z0-9_-]{0,39}");
  private static final Pattern TIME_OF_DAY = Pattern.compile("(?:[01][0-9]|2[0-3]):[0-5][0-9]");
  private static final int MAX_HANDLING_DAYS = 60;
  private static final long MAX_PARCEL_PRICE = 1_000_000_000;
  private static final int MAX_DIVISOR = 100_000;
  private static final int MAX_CAPACITY = 100_000;
  private static final int MAX_SENDER_NAME = 64;
  private static final int MAX_MANUFACTURER_NUMBER = 64;
  private static final int MAX_IMPRINT = 1_000;
  private static final Pattern COLOR = Pattern.compile("#[0-9A-Fa-f]{6}");
  private static final Pattern LOGO_URL = Pattern.compile("(?=.{1,500}$)https://[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+"
      + "(?::[0-9]{1,5})?/[A-Za-z0-9._~:/?#\\[\\]@!$&'()*+,;=%-]*");
  private static final Pattern PAY_URL = Pattern
      .compile("(?=.{1,500}$)(?=.*\\{(?:order_id|reference)})https://[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+"
          + "(?::[0-9]{1,5})?/(?:[A-Za-z0-9._~:/?#\\[\\]@!$&'()*+,;=%-]|\\{order_id}|\\{reference})*");
  private static final String PAY_URL_RULE = "is the https address of a page, with {order_id} or {reference} in it: at most 500 characters of ASCII";
  private static final Pattern ASSET_URL = Pattern.compile("(?=.{1,1000}$)https://[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+"
      + "(?::[0-9]{1,5})?/[A-Za-z0-9._~:/?#\\[\\]@!$&'()*+,;=%-]*");
  private static final int DEFAULT_VALID_DAYS = 30;
  private static final int MAX_VALID_DAYS = 3_650;
  private static final int DEFAULT_DOWNLOADS = 5;
  private static final int MAX_DOWNLOADS = 1_000;
  private static final int DEFAULT_LOW_AT = 10;
  private static final int MAX_LOW_AT = 100_000;
  private static final int MAX_LIFE_DAYS = 3_650;
  private static final int MAX_OVERSOLD = 1_000_000;
  private static final String ASCII_ADDRESS_RULE = "is a mail address in ASCII, whose domain has a dot";
  private static final int MAX_EXCHANGES = 50;
  private static final String POOL_RULE = "is a stock pool: 1 to 40 small letters, digits or dashes";

  private Requests() {}

  static Product product(Sku sku, Fields fields) {
    List<Component> components = KitForm.read(sku, fields);
    var product = new Product(sku, fields.text("name", 200), fields.integerOr("weight_grams", 0, MAX_GRAMS, 0),
        fields.integerOr("length_mm", 0, MAX_MILLIMETRES, 0), fields.integerOr("width_mm", 0, MAX_MILLIMETRES, 0),
        fields.integerOr("height_mm", 0, MAX_MILLIMETRES, 0), fields.flagOr("requires_shipping", true),
        digital(fields),
        fields.has("hs_code") ? fields.matching("hs_code", HS_CODE, "is a tariff number of 6 to 10 digits") : null,
        fields.has("origin")
            ? fields.parsed("origin", Country::checked, Country.RULE)
            : null,
        fields.metadata(), oversell(fields), components, fields.flagOr("lot_tracked", false),
        fields.flagOr("expires", false), fields.integerOr("minimum_life_days", 0, MAX_LIFE_DAYS, 0),
        KitForm.soldFrom(fields, components),
        fields.parsedListOrEmpty("requires", Requirement.values().length, Requirement::parse, Requirement.RULE),
        CustomsForm.product(fields.objectOrNull("customs")),
        fields.parsedOrNull("gtin", PacksForm::gtin, Gtin.RULE),
        fields.textOrNull("manufacturer_number", MAX_MANUFACTURER_NUMBER), PacksForm.read(fields),
        fields.flagOr("quality_hold", false),
        fields.parsedListOrEmpty("exchange_for", MAX_EXCHANGES, Sku::new, "is a SKU"));
    if (product.exchangeFor().contains(sku)) {
      fields.refuse("exchange_for", "not_allowed", "another unit of the same product needs no mention");
    }
    refuseLots(product, fields);
    PacksForm.check(product, fields);
    fields.verify();
    return product;
  }

  private static void refuseLots(Product product, Fields fields) {
    if (product.lotTracked() && (product.isKit() || !product.requiresShipping())) {
      fields.refuse("lot_tracked", "not_allowed", "is for products that have stock of their own");
    }
    if (product.expires() && !product.lotTracked()) {
      fields.refuse("expires", "not_allowed", "is for products with lot_tracked: true, as each lot has its day");
    }
    if (product.minimumLifeDays() > 0 && !product.expires()) {
      fields.refuse("minimum_life_days", "not_allowed", "is for products with expires: true");
    }
  }

  private static Oversell oversell(Fields product) {
    Fields fields = product.objectOrNull("oversell");
    if (fields == null) {
      return null;
    }
    Oversell oversell = oversellForm(fields);
    if (oversell.policy() != Oversell.Policy.REFUSE && !product.flagOr("requires_shipping", true)) {
      product.refuse("oversell", "not_allowed", "is for products with requires_shipping: true; no others are counted");
    }
    return oversell;
  }

  /** To be verified by the caller. */
  static Oversell oversellForm(Fields fields) {
    Oversell.Policy policy = fields.choiceOr("policy", Oversell.Policy.REFUSE);
    if (!fields.has("policy")) {
      fields.refuse("policy", "required", "is required");
    }
    return switch (policy) {
      case REFUSE -> Oversell.NONE;
      case BACKORDER -> new Oversell(policy, fields.integer("limit", 1, MAX_OVERSOLD), null);
      case PREORDER -> new Oversell(policy, fields.integer("limit", 1, MAX_OVERSOLD), availableFrom(fields));
    };
  }

  private static Instant availableFrom(Fields fields) {
    if (!fields.has("available_from")) {
      fields.refuse("available_from", "required", "says when the product is out");
    }
    return fields.timeOrNull("available_from");
  }

  private static Digital digital(Fields product) {
    Fields fields = product.objectOrNull("digital");
    if (fields != null && product.flagOr("requires_shipping", true)) {
      product.refuse("digital", "not_allowed", "is for products with requires_shipping: false");
    }
    return fields == null ? null : digitalForm(fields);
  }

  /** To be verified by the caller. */
  static Digital digitalForm(Fields fields) {
    Digital.Kind kind = fields.parsed("kind", Digital.Kind::parse, "is one of link, licence_key");
    if (kind == Digital.Kind.LICENCE_KEY) {
      return new Digital(kind, null, null, null, fields.integerOr("low_at", 0, MAX_LOW_AT, DEFAULT_LOW_AT));
    }
    return new Digital(kind,
        fields.matching("url", ASSET_URL, "is an https address of at most 1,000 characters of ASCII"),
        fields.integerOr("valid_days", 1, MAX_VALID_DAYS, DEFAULT_VALID_DAYS),
        fields.integerOr("downloads", 1, MAX_DOWNLOADS, DEFAULT_DOWNLOADS), null);
  }

  static Channel channel(ChannelId id, Fields fields) {
    boolean livemode = fields.flagOr("livemode", false);
    var channel = new Channel(id, fields.text("name", 200),
        fields.parsedList("currencies", 1, 50, CurrencyCode::checked, "is a currency by ISO 4217"),
        fields.parsed("locale", Requests::locale, "is a language by BCP 47, for example de-DE"),
        fields.parsed("time_zone", Requests::zone, "is a time zone, for example Europe/Berlin"),
        fields.matching("mail_sender", MailAddress.ASCII, ASCII_ADDRESS_RULE),
        livemode,
        fields.listOrEmpty("payment_accounts", 20,
            account -> new PaymentAccount(account.matching("provider", CODE, "is a provider, for example stripe"),
                account.matching("account", CODE, "is an account's name"),
                account.choiceOr("without_multicapture", WithoutMulticapture.HOLD))),
        fields.listOrEmpty("carrier_accounts", 20, account -> carrierAccount(account, livemode)),
        pool(fields), fields.integerOr("minutes_to_pay", 1, MAX_MINUTES_TO_PAY, DEFAULT_MINUTES_TO_PAY),
        fields.has("pay_url") ? fields.matching("pay_url", PAY_URL, PAY_URL_RULE) : null,
        fields.integerOr("payment_reminder_minutes", 0, MAX_MINUTES_TO_PAY, 0),
        fields.choiceOr("capture", Capture.MANUAL),
        fields.listOrEmpty("shipping_methods", 50,
            method -> ShippingMethodForm.read(method, livemode)),
        brand(fields.objectOrNull("brand")), CustomsForm.channel(fields.objectOrNull("customs")),
        fields.has("gs1_prefix")
            ? fields.matching("gs1_prefix", GS1_PREFIX, "is a GS1 company prefix of 4 to 12 digits")
            : null);
    fields.verify();
    return channel;
  }

  private static Brand brand(Fields fields) {
    if (fields == null) {
      return Brand.PLAIN;
    }
    return new Brand(fields.textOrNull("sender_name", MAX_SENDER_NAME),
        fields.has("reply_to") ? fields.matching("reply_to", MailAddress.ASCII, ASCII_ADDRESS_RULE) : null,
        fields.has("color") ? fields.matching("color", COLOR, "is a color as #rrggbb") : Brand.PLAIN.color(),
        fields.has("logo_url")
            ? fields.matching("logo_url", LOGO_URL, "is the https address of an image: at most 500 characters of ASCII")
            : null,
        fields.textOrNull("imprint", MAX_IMPRINT));
  }

  static CarrierAccountId carrierAccount(Fields account, boolean livemode) {
    var id = new CarrierAccountId(account.matching("carrier", CODE, "is a carrier, for example easypost"),
        account.matching("account", CODE, "is an account's name"));
    if (livemode && id.isStandIn()) {
      account.refuse("carrier", "stand_in",
          "is a stand-in, whose labels move no parcel: a live channel names a real carrier");
    }
    return id;
  }

  static Location location(LocationId id, Fields fields) {
    Fields address = fields.object("address");
    var location = new Location(id, fields.text("name", 200), Address.read(address),
        fields.parsed("time_zone", Requests::zone, "is a time zone, for example Europe/Berlin"),
        fields.decimalOrNull("latitude", -90, 90),
        fields.decimalOrNull("longitude", -180, 180), fields.flagOr("active", true), pool(fields),
        fields.parsedOrNull("calendar", CalendarId::new, CalendarId.RULE),
        fields.has("cut_off") ? fields.matching("cut_off", TIME_OF_DAY, "is a time of day, for example 14:00") : null,
        fields.integerOr("handling_days", 0, MAX_HANDLING_DAYS, 0),
        fields.has("capacity") ? fields.integer("capacity", 1, MAX_CAPACITY) : null,
        parcelPrice(fields.objectOrNull("parcel_price")));
    fields.verify();
    return location;
  }

  private static ParcelPrice parcelPrice(Fields fields) {
    return fields == null
        ? null
        : new ParcelPrice(fields.whole("amount", 0, MAX_PARCEL_PRICE),
            fields.has("amount_per_step") ? fields.whole("amount_per_step", 0, MAX_PARCEL_PRICE) : 0,
            fields.integerOr("step_grams", 1, MAX_GRAMS, 1_000), fields.has("dimensional_divisor")
                ? fields.integer("dimensional_divisor", 1, MAX_DIVISOR)
                : null);
  }

  private static StockPool pool(Fields fields) {
    return fields.has("stock_pool") ? fields.parsed("stock_pool", StockPool::new, POOL_RULE) : DEFAULT_POOL;
  }

  private static String zone(String zone) {
    return ZoneId.of(zone).getId();
  }

  private static String locale(String tag) {
    if (tag.length() > MAX_LOCALE) {
      throw new IllegalArgumentException("longer than any language");
    }
    try {
      Locale locale = new Locale.Builder().setLanguageTag(tag).build();
      if (locale.getLanguage().isEmpty()) {
        throw new IllegalArgumentException("no language");
      }
      return locale.toLanguageTag();
    } catch (IllformedLocaleException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
