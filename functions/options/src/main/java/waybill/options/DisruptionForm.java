package waybill.options;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import waybill.catalog.Country;
import waybill.messages.DisruptionId;
import waybill.messages.IdText;
import waybill.messages.LocationId;
import waybill.options.Disruption.Area;
import waybill.options.Disruption.Reason;
import waybill.platform.Fields;
import waybill.platform.Json;

/** A disruption, as it is reported. @param startsAt null for at once */
record DisruptionForm(Reason reason, String note, String carrier, String country, String postalPrefix,
    LocationId location, Instant startsAt, Instant endsAt, Integer delayDays) {
  static final Duration LONGEST = Duration.ofDays(90);
  private static final int MOST_DELAY_DAYS = 30;
  private static final int POSTAL_CHARACTERS = 10;

  static DisruptionForm read(Fields fields) {
    for (String name : new String[]{"reason", "ends_at"}) {
      if (!fields.has(name)) {
        fields.refuse(name, "required", "is required");
      }
    }
    return new DisruptionForm(fields.choiceOr("reason", Reason.OTHER), fields.textOrNull("note", 500),
        fields.textOrNull("carrier", 100), fields.parsedOrNull("country", Country::checked, Country.RULE),
        fields.textOrNull("postal_prefix", POSTAL_CHARACTERS),
        fields.parsedOrNull("location_id", LocationId::new, "is the id of a location"), fields.timeOrNull("starts_at"),
        fields.timeOrNull("ends_at"),
        fields.has("delay_days") ? (Integer) fields.integer("delay_days", 1, MOST_DELAY_DAYS) : null);
  }

  /** What each field on its own cannot say. To be verified by the caller. */
  void check(Fields fields, Instant now) {
    if (carrier == null && country == null && location == null) {
      fields.refuse("carrier", "required", "name a carrier, a country or a location");
    }
    if (postalPrefix != null && country == null) {
      fields.refuse("postal_prefix", "without_country", "is the beginning of a country's postal codes: name that, too");
    }
    if (endsAt != null) {
      checkEnd(fields, startsAt == null ? now : startsAt, endsAt, now);
    }
  }

  static void checkEnd(Fields fields, Instant start, Instant end, Instant now) {
    if (!end.isAfter(start) || end.isAfter(now.plus(LONGEST)) || end.isAfter(start.plus(LONGEST))) {
      fields.refuse("ends_at", "out_of_range",
          "is after its start, and in the next %d days".formatted(LONGEST.toDays()));
    }
  }

  Disruption of(String key, String by, Instant now) {
    String prefix = postalPrefix == null
        ? null
        : postalPrefix.toUpperCase(Locale.ROOT).replaceAll("[\\s-]", "");
    return new Disruption(DisruptionId.of(key), reason, note, new Area(carrier, country, prefix, location),
        startsAt == null ? now : startsAt, endsAt, delayDays, by, null, IdText.digest(Json.write(this)),
        endsAt.getEpochSecond() + Disruption.KEPT_SECONDS);
  }
}
