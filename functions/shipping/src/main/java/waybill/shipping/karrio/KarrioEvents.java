package waybill.shipping.karrio;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import waybill.messages.Scan;
import waybill.messages.ShipmentMessages.TrackingNoticed;
import waybill.messages.ShipmentStatus;
import waybill.platform.Json;
import waybill.platform.Outcome;
import waybill.platform.Sha256;
import waybill.platform.webhook.Event;
import waybill.platform.webhook.Event.Ignored;
import waybill.platform.webhook.Event.News;
import waybill.platform.webhook.LenientObject;
import waybill.shipping.carrier.CarrierProvider.NoNews;

/**
 * Reads Karrio's events leniently. They have no id: two with the same words are one event. A tracker holds all scans that there were, the
 * newest first, of which one or all may lack a status, a time or its zone.
 */
final class KarrioEvents {
  private static final Set<String> TRACKER_NEWS = Set.of("tracker_created", "tracker_updated");
  private static final Predicate<String> EVENT_TYPE = Pattern.compile("[a-z0-9_.]{1,100}").asMatchPredicate();
  private static final Predicate<String> TRACKING_NUMBER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ./_-]{0,99}")
      .asMatchPredicate();
  /** What Karrio says if that moves no parcel: a parcel on hold stays where it is. */
  private static final Set<Object> WITHOUT_NEWS = Set.of("unknown", "cancelled", "on_hold");
  private static final Instant LAST_TIME = Instant.parse("9999-12-31T23:59:59.999999999Z");
  private static final DateTimeFormatter TIME_OF_DAY = new DateTimeFormatterBuilder().parseCaseInsensitive()
      .appendPattern("[h:mm[:ss] a][H:mm[:ss]]").toFormatter(Locale.ROOT);

  private KarrioEvents() {}

  /**
   * What an event means; refused if a field that Waybill needs is not what Karrio documents.
   *
   * @param livemode whether the account's parcels are real
   */
  static Outcome<Event<TrackingNoticed>> read(Map<String, Object> event, boolean livemode) {
    String id = "karrio_" + HexFormat.of().formatHex(Sha256.hash(Json.write(event)), 0, 16);
    return LenientObject.read(event, "Karrio", it -> event(it, id, livemode));
  }

  private static Event<TrackingNoticed> event(LenientObject event, String id, boolean livemode) {
    String type = event.text("event", EVENT_TYPE, "is an event's type");
    LenientObject tracker = event.object("data");
    if (tracker.flag("test_mode") == livemode) {
      return new Ignored<>(id, type, NoNews.MODE);
    }
    if (!TRACKER_NEWS.contains(type)) {
      return new Ignored<>(id, type, NoNews.TYPE);
    }
    String number = tracker.text("tracking_number", TRACKING_NUMBER, "is a tracking number");
    List<Scan> scans = scans(tracker);
    if (scans.isEmpty()) {
      return new Ignored<>(id, type, isKnown(tracker.get("status")) ? NoNews.STATUS : NoNews.UNKNOWN);
    }
    return new News<>(id, type, new TrackingNoticed(number, scans, estimate(tracker.get("estimated_delivery")), id));
  }

  private static List<Scan> scans(LenientObject tracker) {
    var scans = new ArrayList<Scan>();
    var times = new ArrayList<Instant>();
    for (LenientObject event : tracker.objects("events")) {
      Optional<Instant> at = at(event);
      at.ifPresent(times::add);
      Optional<ShipmentStatus> status = status(event.get("status"));
      if (at.isPresent() && status.isPresent()) {
        scans.add(new Scan(status.get(), at.get()));
      }
    }
    // The tracker's own status is that of its newest scan, which often has none itself.
    status(tracker.get("status")).flatMap(status -> since(status, scans, times).map(at -> new Scan(status, at)))
        .ifPresent(scans::add);
    return scans.stream().distinct().toList();
  }

  private static Optional<Instant> since(ShipmentStatus status, List<Scan> scans, List<Instant> times) {
    return scans.stream().filter(it -> it.status() == status).map(Scan::at).max(Comparator.naturalOrder())
        .or(() -> times.stream().max(Comparator.naturalOrder()));
  }

  /** Whether this version of Waybill knows what Karrio says, also if that moves no parcel. */
  private static boolean isKnown(Object code) {
    return code == null || WITHOUT_NEWS.contains(code) || status(code).isPresent();
  }

  /** A status in our terms; empty for those that do not say where a parcel is, and for new ones. */
  private static Optional<ShipmentStatus> status(Object code) {
    return Optional.ofNullable(switch (code instanceof String text ? text : "") {
      case "created", "pending" -> ShipmentStatus.PRE_TRANSIT;
      case "picked_up", "in_transit", "delivery_delayed" -> ShipmentStatus.IN_TRANSIT;
      case "out_for_delivery" -> ShipmentStatus.OUT_FOR_DELIVERY;
      case "ready_for_pickup" -> ShipmentStatus.READY_FOR_PICKUP;
      case "delivery_failed" -> ShipmentStatus.DELIVERY_FAILED;
      case "delivered" -> ShipmentStatus.DELIVERED;
      case "return_to_sender" -> ShipmentStatus.RETURNED;
      default -> null;
    });
  }

  /** Karrio's reading of the carrier's time, or else the carrier's own; empty if neither can be read. */
  private static Optional<Instant> at(LenientObject event) {
    return time(event.get("timestamp")).or(() -> local(event.get("date"), event.get("time")));
  }

  /** Some carriers give no zone: their clock is then taken for that of Greenwich, which is wrong by half a day at most. */
  private static Optional<Instant> local(Object date, Object time) {
    try {
      if (!(date instanceof String day)) {
        return Optional.empty();
      }
      LocalTime hour = time instanceof String text ? LocalTime.parse(text.trim(), TIME_OF_DAY) : LocalTime.MIN;
      return legible(LocalDate.parse(day).atTime(hour).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> time(Object time) {
    try {
      return time instanceof String text ? legible(instant(text)) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Instant instant(String text) {
    return text.matches(".*(Z|[+-][0-9]{2}:[0-9]{2})")
        ? OffsetDateTime.parse(text).toInstant()
        : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
  }

  /** A time outside 1970 to 9999 would stay the newest scan for ever. */
  private static Optional<Instant> legible(Instant time) {
    return time.isBefore(Instant.EPOCH) || time.isAfter(LAST_TIME) ? Optional.empty() : Optional.of(time);
  }

  /** Null if the carrier gives none, or one that cannot be read: no scan is lost because of an estimate. */
  private static Instant estimate(Object day) {
    return time(day).or(() -> local(day, null)).orElse(null);
  }
}
