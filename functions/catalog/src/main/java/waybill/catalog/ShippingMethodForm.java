package waybill.catalog;

import java.util.List;
import java.util.regex.Pattern;
import waybill.platform.Fields;

/** A shipping method as an operator puts it with its channel. */
final class ShippingMethodForm {
  private static final int MAX_ZONES = 100;
  private static final int MAX_PRICES = 50;
  private static final int MAX_PREFIXES = 500;
  private static final int MAX_COUNTRIES = 250;
  private static final int MAX_DAYS = 120;
  private static final int MAX_AGE = 99;
  private static final int MAX_GRAMS = 100_000_000;
  private static final long MAX_AMOUNT = 1_000_000_000L;
  private static final Pattern CODE = Pattern.compile("[a-z0-9][a-z0-9_-]{0,39}");
  private static final Pattern SERVICE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_./-]{0,59}");

  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 -]{0,9}");

  static final String CODE_RULE = "is a method's code, for example express";
  static final String PREFIX_RULE = "is how postal codes begin: 1 to 10 letters, digits, blanks or hyphens";

  private ShippingMethodForm() {}

  /** @param livemode whether its channel is live */
  static ShippingMethod read(Fields fields, boolean livemode) {
    var method = new ShippingMethod(fields.matching("code", CODE, CODE_RULE),
        fields.text("name", 100), account(fields.objectOrNull("carrier_account"), livemode),
        fields.has("service")
            ? fields.matching("service", SERVICE,
                "is a carrier's service as the carrier names it, of letters, digits, dots, dashes, slashes and underscores")
            : null,
        calendar(fields), fields.integerOr("age_check", 0, MAX_AGE, 0),
        fields.listOrEmpty("zones", MAX_ZONES, ShippingMethodForm::zone));
    if (method.carrierAccount() == null && method.zones().stream().anyMatch(ShippingMethod.Zone::asksCarrier)) {
      fields.refuse("carrier_account", "asked",
          "is who is asked for the price and the days of zones that have none: name it, or prices, min_days and max_days");
    }
    if (method.service() != null && method.carrierAccount() == null) {
      fields.refuse("service", "not_allowed", "is a service of a carrier account, which the method does not name");
    }
    return method;
  }

  private static CarrierAccountId account(Fields fields, boolean livemode) {
    return fields == null ? null : Requests.carrierAccount(fields, livemode);
  }

  private static CalendarId calendar(Fields fields) {
    return fields.parsedOrNull("calendar", CalendarId::new, CalendarId.RULE);
  }

  private static ShippingMethod.Zone zone(Fields fields) {
    var zone = new ShippingMethod.Zone(
        fields.parsedListOrEmpty("countries", MAX_COUNTRIES, Country::checked, Country.RULE),
        fields.parsedListOrEmpty("postal_prefixes", MAX_PREFIXES, ShippingMethodForm::prefix,
            PREFIX_RULE),
        prices(fields), fields.has("min_days") ? fields.integer("min_days", 0, MAX_DAYS) : null,
        fields.has("max_days") ? fields.integer("max_days", 0, MAX_DAYS) : null, calendar(fields));
    if (zone.minDays() == null != (zone.maxDays() == null)) {
      fields.refuse(zone.minDays() == null ? "min_days" : "max_days", "incomplete",
          "min_days and max_days go together");
    } else if (zone.minDays() != null && zone.minDays() > zone.maxDays()) {
      fields.refuse("max_days", "too_few", "is at least min_days");
    }
    if (!zone.postalPrefixes().isEmpty() && zone.countries().size() != 1) {
      fields.refuse("postal_prefixes", "not_allowed", "are for a zone of one country, whose postal codes they begin");
    }
    return zone;
  }

  private static List<ShippingMethod.Price> prices(Fields zone) {
    return zone.listOrEmpty("prices", MAX_PRICES, it -> new ShippingMethod.Price(
        it.parsed("currency", CurrencyCode::checked, "is a currency by ISO 4217"), it.whole("amount", 0, MAX_AMOUNT),
        it.has("up_to_grams") ? it.integer("up_to_grams", 1, MAX_GRAMS) : null));
  }

  static String code(String text) {
    if (!CODE.matcher(text).matches()) {
      throw new IllegalArgumentException();
    }
    return text;
  }

  static String prefix(String text) {
    if (!PREFIX.matcher(text).matches()) {
      throw new IllegalArgumentException();
    }
    return Destination.plain(text);
  }
}
