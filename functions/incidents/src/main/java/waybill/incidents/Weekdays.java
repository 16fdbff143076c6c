package waybill.incidents;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import waybill.catalog.Workdays;

/** Times that are some working days later. No weekend makes a carrier silent; its holidays are not known here, and are given by the days that are waited. */
final class Weekdays {

  private Weekdays() {}

  static Instant after(Instant from, int days) {
    LocalDate day = from.atZone(ZoneOffset.UTC).toLocalDate();
    return from.plus(Duration.ofDays(Workdays.MONDAY_TO_FRIDAY.plus(day, days).toEpochDay() - day.toEpochDay()));
  }
}
