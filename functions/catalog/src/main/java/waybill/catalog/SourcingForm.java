package waybill.catalog;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import waybill.messages.LocationId;
import waybill.messages.StockPool;
import waybill.platform.Fields;

/** The rules of a pool as an operator puts them. */
final class SourcingForm {
  private static final int MAX_LOCATIONS = 200;
  private static final int MAX_REACHES = 50;
  private static final int MAX_COUNTRIES = 250;
  private static final int MAX_PREFIXES = 100;
  private static final int MAX_METHODS = 50;
  private static final int MAX_UNITS = 1_000_000;
  private static final int MAX_DAYS = 120;
  private static final int MAX_WAIT_DAYS = 60;
  private static final long MAX_AMOUNT = 1_000_000_000L;

  private SourcingForm() {}

  /** @param known the locations of the pool */
  static SourcingRules read(StockPool pool, Fields fields, Set<LocationId> known) {
    var named = new HashSet<LocationId>();
    var rules = new SourcingRules(pool,
        fields.parsed("currency", CurrencyCode::checked, "is a currency by ISO 4217"),
        fields.has("extra_parcel_cost") ? fields.whole("extra_parcel_cost", 0, MAX_AMOUNT) : 0,
        fields.parsedListOrEmpty("urgent_methods", MAX_METHODS, ShippingMethodForm::code, ShippingMethodForm.CODE_RULE),
        fields.list("locations", 1, MAX_LOCATIONS, it -> place(it, known, named)),
        split(fields.objectOrNull("split")));
    fields.verify();
    return rules;
  }

  private static SourcingRules.Split split(Fields fields) {
    return fields == null
        ? null
        : new SourcingRules.Split(fields.integer("margin_percent", 1, 100),
            fields.integer("wait_days", 1, MAX_WAIT_DAYS));
  }

  private static SourcingRules.Place place(Fields fields, Set<LocationId> known, Set<LocationId> named) {
    LocationId location = fields.parsed("location_id", LocationId::new, "is a location's id");
    if (location != null && !known.contains(location)) {
      fields.refuse("location_id", "unknown", "there is no location %s in this pool".formatted(location));
    } else if (location != null && !named.add(location)) {
      fields.refuse("location_id", "repeated", "each location is named once");
    }
    return new SourcingRules.Place(location, fields.integerOr("keep_back", 0, MAX_UNITS, 0),
        fields.listOrEmpty("ships_to", MAX_REACHES, SourcingForm::reach));
  }

  private static SourcingRules.Reach reach(Fields fields) {
    List<String> prefixes = fields.parsedListOrEmpty("postal_prefixes", MAX_PREFIXES, ShippingMethodForm::prefix,
        ShippingMethodForm.PREFIX_RULE);
    List<String> countries = fields.parsedList("countries", 1, MAX_COUNTRIES, Country::checked, Country.RULE);
    if (!prefixes.isEmpty() && countries.size() > 1) {
      fields.refuse("postal_prefixes", "not_allowed", "are for one country, whose postal codes they begin");
    }
    return new SourcingRules.Reach(countries, prefixes, fields.whole("parcel_cost", 0, MAX_AMOUNT),
        fields.integer("days", 0, MAX_DAYS),
        fields.has("duty_per_tariff_number") ? fields.whole("duty_per_tariff_number", 0, MAX_AMOUNT) : 0);
  }
}
