package waybill.shipping.easypost;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import waybill.messages.Scan;
import waybill.messages.ShipmentMessages.TrackingNoticed;
import waybill.messages.ShipmentStatus;
import waybill.platform.Outcome;
import waybill.platform.webhook.Event;
import waybill.platform.webhook.Event.Ignored;
import waybill.platform.webhook.Event.News;
import waybill.platform.webhook.LenientObject;
import waybill.shipping.carrier.CarrierProvider.NoNews;

/**
 * Reads EasyPost's events (docs.easypost.com/docs/events, /docs/trackers) leniently: of some fifty fields it uses eleven, never
 * who signed or where a parcel was, and ignores changes to all others.
 */
final class EasyPostEvents {
  private static final Set<String> TRACKER_NEWS = Set.of("tracker.created", "tracker.updated");
  private static final Predicate<String> EVENT_ID = Pattern.compile("evt_[A-Za-z0-9_]{1,250}").asMatchPredicate();
  private static final Predicate<String> EVENT_TYPE = Pattern.compile("[a-z0-9_.]{1,100}").asMatchPredicate();
  private static final Predicate<String> TRACKING_CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ./_-]{0,99}")
      .asMatchPredicate();
  private static final Predicate<String> ZONE = Pattern.compile(".*[+-][0-9]{2}:?[0-9]{2}").asMatchPredicate();
  /** What EasyPost says if it cannot say where a parcel is. */
  private static final Set<Object> WITHOUT_NEWS = Set.of("unknown", "cancelled", "error");
  private static final Instant LAST_TIME = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private EasyPostEvents() {}

  /**
   * What an event means; refused if a field that Waybill needs is not what EasyPost documents.
   *
   * @param livemode whether the account's parcels are real
   */
  static Outcome<Event<TrackingNoticed>> read(Map<String, Object> event, boolean livemode) {
    return LenientObject.read(event, "EasyPost", it -> event(it, livemode));
  }

  private static Event<TrackingNoticed> event(LenientObject event, boolean livemode) {
    String id = event.text("id", EVENT_ID, "is an event's id");
    String type = event.text("description", EVENT_TYPE, "is an event's type");
    String mode = event.text("mode", Set.of("test", "production")::contains, "is test or production");
    if (mode.equals("production") != livemode) {
      return new Ignored<>(id, type, NoNews.MODE);
    }
    if (!"Event".equals(event.get("object")) || !TRACKER_NEWS.contains(type)) {
      return new Ignored<>(id, type, NoNews.TYPE);
    }
    LenientObject tracker = event.object("result");
    if (!"Tracker".equals(tracker.get("object"))) {
      return new Ignored<>(id, type, NoNews.TYPE);
    }
    String trackingCode = tracker.text("tracking_code", TRACKING_CODE, "is a tracking number");
    List<Scan> scans = scans(tracker);
    if (scans.isEmpty()) {
      return new Ignored<>(id, type, isKnown(tracker.get("status")) ? NoNews.STATUS : NoNews.UNKNOWN);
    }
    Instant estimate = estimatedDeliveryAt(tracker.get("est_delivery_date"));
    return new News<>(id, type, new TrackingNoticed(trackingCode, scans, estimate, id));
  }

  /** One that cannot be read spoils no other: it is refused only if none can be read. */
  private static List<Scan> scans(LenientObject tracker) {
    var scans = new ArrayList<Scan>();
    LenientObject.Illegible bad = null;
    for (LenientObject detail : tracker.objects("tracking_details")) {
      Optional<ShipmentStatus> status = status(detail.get("status"), detail.get("status_detail"));
      if (status.isPresent() && detail.get("datetime") != null) {
        try {
          scans.add(new Scan(status.get(), time(detail, "datetime")));
        } catch (LenientObject.Illegible e) {
          bad = bad == null ? e : bad;
        }
      }
    }
    if (scans.isEmpty() && bad != null) {
      throw bad;
    }
    status(tracker.get("status"), tracker.get("status_detail"))
        .ifPresent(status -> statusAt(status, scans, tracker).ifPresent(at -> scans.add(new Scan(status, at))));
    if (Boolean.TRUE.equals(tracker.get("is_return"))) {
      // What is delivered on its way back is delivered to us.
      scans.stream().filter(it -> it.status() == ShipmentStatus.DELIVERED).max(Comparator.comparing(Scan::at))
          .ifPresent(it -> scans.add(new Scan(ShipmentStatus.RETURNED, it.at())));
    }
    return scans.stream().distinct().toList();
  }

  /**
   * Since when the tracker has its status: the time of the newest detail with it, or else of the tracker's last change; empty if that
   * cannot be read and something else can.
   */
  private static Optional<Instant> statusAt(ShipmentStatus status, List<Scan> scans, LenientObject tracker) {
    Optional<Instant> told = scans.stream().filter(it -> it.status() == status).map(Scan::at)
        .max(Comparator.naturalOrder());
    if (told.isPresent()) {
      return told;
    }
    try {
      return Optional.of(time(tracker, "updated_at"));
    } catch (LenientObject.Illegible e) {
      if (scans.isEmpty()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /** Whether this version of Waybill knows what EasyPost says, also if that moves no parcel. */
  private static boolean isKnown(Object code) {
    return code == null || WITHOUT_NEWS.contains(code) || status(code, null).isPresent();
  }

  /**
   * A status in our terms; empty for those that do not say where a parcel is: unknown, cancelled, error and new ones. Carriers call it
   * delivered, too, if a parcel lies at a pickup point, or if another carrier has taken it for the last mile.
   *
   * @param detail EasyPost's own code that explains the status, or anything else
   */
  private static Optional<ShipmentStatus> status(Object code, Object detail) {
    return Optional.ofNullable(switch (code instanceof String text ? text : "") {
      case "pre_transit" -> ShipmentStatus.PRE_TRANSIT;
      case "in_transit" -> ShipmentStatus.IN_TRANSIT;
      case "out_for_delivery" -> ShipmentStatus.OUT_FOR_DELIVERY;
      case "available_for_pickup" -> ShipmentStatus.READY_FOR_PICKUP;
      case "failure" -> ShipmentStatus.DELIVERY_FAILED;
      case "delivered" -> delivered(detail);
      case "return_to_sender" -> ShipmentStatus.RETURNED;
      default -> null;
    });
  }

  private static ShipmentStatus delivered(Object detail) {
    return switch (detail instanceof String text ? text : "") {
      case "arrived_at_pickup_location" -> ShipmentStatus.READY_FOR_PICKUP;
      case "transferred_to_destination_carrier" -> ShipmentStatus.IN_TRANSIT;
      default -> ShipmentStatus.DELIVERED;
    };
  }

  /** Null if the carrier gives none, or one that cannot be read: no scan is lost because of an estimate. */
  private static Instant estimatedDeliveryAt(Object estimate) {
    if (!(estimate instanceof String text)) {
      return null;
    }
    try {
      return text.length() == 10
          ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
          : time(text);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** @throws DateTimeException also for a time outside 1970 to 9999: it would stay the newest scan for ever */
  private static Instant time(String text) {
    Instant time = instant(text);
    if (time.isBefore(Instant.EPOCH) || time.isAfter(LAST_TIME)) {
      throw new DateTimeException("not from 1970 to 9999");
    }
    return time;
  }

  /** Some carriers give no zone: their clock is then taken for that of Greenwich, which is wrong by half a day at most. */
  private static Instant instant(String text) {
    boolean zoned = text.endsWith("Z") || ZONE.test(text);
    return zoned ? OffsetDateTime.parse(text).toInstant() : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
  }

  private static Instant time(LenientObject object, String name) {
    try {
      if (object.get(name) instanceof String text) {
        return time(text);
      }
    } catch (DateTimeException e) {
      // Reported below, like every other value that is not a time.
    }
    throw object.illegible(name, "is a time in ISO-8601 with its offset");
  }
}
