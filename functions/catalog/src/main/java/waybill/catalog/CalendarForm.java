package waybill.catalog;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import waybill.platform.Fields;
import waybill.platform.Unusable;

/** A calendar as an operator puts it. */
final class CalendarForm {
  private static final int MAX_REGIONS = 20;
  private static final int MAX_OVERRIDES = 500;
  private static final Pattern SUBDIVISION = Pattern.compile("[A-Za-z0-9]{1,3}");
  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final String DATE_RULE = "is a date, for example 2026-12-24";

  private CalendarForm() {}

  /** The calendar, yet without holidays. */
  static Calendar read(CalendarId id, Fields fields) {
    var calendar = new Calendar(id, fields.text("name", 200),
        fields.parsedList("weekdays", 1, 7, CalendarForm::weekday,
            "is one of monday, tuesday, wednesday, thursday, friday, saturday, sunday"),
        fields.listOrEmpty("holidays", MAX_REGIONS, CalendarForm::region),
        fields.listOrEmpty("overrides", MAX_OVERRIDES,
            it -> new Calendar.SpecialDay(it.parsed("date", CalendarForm::date, DATE_RULE), it.flag("open"),
                it.textOrNull("name", 200))),
        List.of(), 0);
    if (calendar.weekdays().stream().distinct().count() < calendar.weekdays().size()) {
      fields.refuse("weekdays", "repeated", "each day is named once");
    }
    if (calendar.overrides().stream().map(Calendar.SpecialDay::date).distinct().count() < calendar.overrides().size()) {
      fields.refuse("overrides", "repeated", "each date is named once");
    }
    fields.verify();
    return calendar;
  }

  private static Calendar.Region region(Fields fields) {
    String country = fields.parsed("country", Country::checked, Country.RULE);
    String subdivision = fields.has("subdivision")
        ? fields.matching("subdivision", SUBDIVISION, PublicHolidays.SUBDIVISION_RULE)
        : null;
    if (country != null) {
      check(fields, country, subdivision);
    }
    return new Calendar.Region(country, subdivision);
  }

  private static void check(Fields fields, String country, String subdivision) {
    try {
      PublicHolidays.check(country, subdivision);
    } catch (Unusable e) {
      fields.refuse(e.code().equals("unknown_country") ? "country" : "subdivision", e.code(), e.getMessage());
    }
  }

  private static DayOfWeek weekday(String name) {
    for (DayOfWeek day : DayOfWeek.values()) {
      if (day.name().toLowerCase(Locale.ROOT).equals(name)) {
        return day;
      }
    }
    throw new IllegalArgumentException();
  }

  static LocalDate date(String text) {
    try {
      if (DATE.matcher(text).matches()) {
        return LocalDate.parse(text);
      }
    } catch (DateTimeParseException e) {
      // Refused below, as every other text that is no date.
    }
    throw new IllegalArgumentException();
  }
}
