package waybill.shipping;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import waybill.messages.ShipmentStatus;

/** What the tracking page speaks. */
public enum PageLanguage {
  ENGLISH("en", "d MMMM uuuu"), GERMAN("de", "d. MMMM uuuu");

  private final String tag;
  private final DateTimeFormatter day;
  private final DateTimeFormatter time;

  PageLanguage(String tag, String day) {
    this.tag = tag;
    this.day = DateTimeFormatter.ofPattern(day, Locale.forLanguageTag(tag)).withZone(ZoneOffset.UTC);
    this.time = DateTimeFormatter.ofPattern(day + ", HH:mm 'UTC'", Locale.forLanguageTag(tag)).withZone(ZoneOffset.UTC);
  }

  /** The one that a reader likes best. @param acceptLanguage the header; null where it was not sent */
  static PageLanguage of(String acceptLanguage) {
    String best = Preference.among(List.of(ENGLISH.tag, GERMAN.tag), acceptLanguage);
    return best.equals(GERMAN.tag) ? GERMAN : ENGLISH;
  }

  /** By BCP 47. */
  public String tag() {
    return tag;
  }

  public String say(String english, String german) {
    return this == GERMAN ? german : english;
  }

  String say(ShipmentStatus status) {
    return switch (status) {
      case PRE_TRANSIT -> say("Ready to leave", "Bereit zum Versand");
      case IN_TRANSIT -> say("On its way", "Unterwegs");
      case OUT_FOR_DELIVERY -> say("Out for delivery", "In Zustellung");
      case READY_FOR_PICKUP -> say("Ready to be picked up", "Zur Abholung bereit");
      case DELIVERY_FAILED -> say("Could not be delivered yet", "Noch nicht zustellbar");
      case DELIVERED -> say("Delivered", "Zugestellt");
      case RETURNED -> say("Going back to the sender", "Auf dem Rückweg zum Absender");
    };
  }

  /** A day; carriers estimate in days and write them in UTC. */
  String day(Instant instant) {
    return day.format(instant);
  }

  String time(Instant instant) {
    return time.format(instant);
  }
}
