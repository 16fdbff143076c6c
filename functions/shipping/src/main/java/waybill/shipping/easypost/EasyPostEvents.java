package waybill.shipping.easypost;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
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
import waybill.messages.ShipmentStatus;
import waybill.platform.Problem;
import waybill.platform.Violation;
import waybill.shipping.carrier.TrackingEvent;
import waybill.shipping.carrier.TrackingEvent.Ignored;
import waybill.shipping.carrier.TrackingEvent.News;
import waybill.shipping.carrier.TrackingEvent.Reason;

/**
 * Reads EasyPost's events (docs.easypost.com/docs/events, /docs/trackers) leniently: of some fifty fields it uses nine, never
 * who signed or where a parcel was, and ignores changes to all others.
 */
final class EasyPostEvents {
  private static final String RESULT = "/result";
  private static final Set<String> TRACKER_NEWS = Set.of("tracker.created", "tracker.updated");
  private static final Predicate<String> EVENT_ID = Pattern.compile("evt_[A-Za-z0-9_]{1,250}").asMatchPredicate();
  private static final Predicate<String> EVENT_TYPE = Pattern.compile("[a-z0-9_.]{1,100}").asMatchPredicate();
  private static final Predicate<String> TRACKING_CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ./_-]{0,99}")
      .asMatchPredicate();

  private static final Instant LAST_TIME = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private EasyPostEvents() {}

  /**
   * @param livemode whether the account's parcels are real
   * @throws Problem 400 if a field that Waybill needs is not what EasyPost documents
   */
  static TrackingEvent read(Map<String, Object> event, boolean livemode) {
    String id = text(event, "", "id", EVENT_ID, "is an event's id");
    String type = text(event, "", "description", EVENT_TYPE, "is an event's type");
    String mode = text(event, "", "mode", Set.of("test", "production")::contains, "is test or production");
    if (mode.equals("production") != livemode) {
      return new Ignored(id, type, Reason.MODE);
    }
    if (!"Event".equals(event.get("object")) || !TRACKER_NEWS.contains(type)) {
      return new Ignored(id, type, Reason.TYPE);
    }
    Map<String, Object> tracker = object(event.get("result"), RESULT);
    if (!"Tracker".equals(tracker.get("object"))) {
      return new Ignored(id, type, Reason.TYPE);
    }
    String trackingCode = text(tracker, RESULT, "tracking_code", TRACKING_CODE, "is a tracking number");
    List<Scan> scans = scans(tracker);
    if (scans.isEmpty()) {
      return new Ignored(id, type, Reason.STATUS);
    }
    return new News(id, type, trackingCode, scans, estimatedDeliveryAt(tracker.get("est_delivery_date")));
  }

  private static List<Scan> scans(Map<String, Object> tracker) {
    List<?> details = tracker.get("tracking_details") instanceof List<?> list ? list : List.of();
    var scans = new ArrayList<Scan>();
    for (int i = 0; i < details.size(); i++) {
      String pointer = RESULT + "/tracking_details/" + i;
      Map<String, Object> detail = object(details.get(i), pointer);
      Optional<ShipmentStatus> status = status(detail.get("status"));
      if (status.isPresent() && detail.get("datetime") != null) {
        scans.add(new Scan(status.get(), time(detail.get("datetime"), pointer + "/datetime")));
      }
    }
    status(tracker.get("status")).ifPresent(status -> scans.add(new Scan(status, statusAt(status, scans, tracker))));
    return scans.stream().distinct().toList();
  }

  /** Since when the tracker has its status: the time of the newest detail with it, or else of the tracker's last change. */
  private static Instant statusAt(ShipmentStatus status, List<Scan> scans, Map<String, Object> tracker) {
    return scans.stream().filter(it -> it.status() == status).map(Scan::at).max(Comparator.naturalOrder())
        .orElseGet(() -> time(tracker.get("updated_at"), RESULT + "/updated_at"));
  }

  /** A status in our terms; empty for those that do not say where a parcel is: unknown, cancelled, error and new ones. */
  private static Optional<ShipmentStatus> status(Object code) {
    return Optional.ofNullable(switch (code instanceof String text ? text : "") {
      case "pre_transit" -> ShipmentStatus.PRE_TRANSIT;
      case "in_transit" -> ShipmentStatus.IN_TRANSIT;
      case "out_for_delivery" -> ShipmentStatus.OUT_FOR_DELIVERY;
      case "available_for_pickup" -> ShipmentStatus.READY_FOR_PICKUP;
      case "failure" -> ShipmentStatus.DELIVERY_FAILED;
      case "delivered" -> ShipmentStatus.DELIVERED;
      case "return_to_sender" -> ShipmentStatus.RETURNED;
      default -> null;
    });
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
    Instant time = OffsetDateTime.parse(text).toInstant();
    if (time.isBefore(Instant.EPOCH) || time.isAfter(LAST_TIME)) {
      throw new DateTimeException("not from 1970 to 9999");
    }
    return time;
  }

  private static Instant time(Object value, String pointer) {
    try {
      if (value instanceof String text) {
        return time(text);
      }
    } catch (DateTimeException e) {
      // Reported below, like every other value that is not a time.
    }
    throw invalid(pointer, "is a time in ISO-8601 with its offset");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(Object tree, String pointer) {
    if (tree instanceof Map<?, ?> object) {
      return (Map<String, Object>) object;
    }
    throw invalid(pointer, "is an object");
  }

  private static String text(Map<String, Object> tree, String pointer, String name, Predicate<String> legal,
      String rule) {
    if (tree.get(name) instanceof String text && legal.test(text)) {
      return text;
    }
    throw invalid(pointer + "/" + name, rule);
  }

  private static Problem invalid(String pointer, String rule) {
    return Problem.of(400, "invalid_event", "this is not an event as EasyPost sends it",
        Map.of("errors", List.of(new Violation(pointer, "invalid", rule))));
  }
}
