package waybill.shipping.karrio;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import waybill.messages.Scan;
import waybill.messages.ShipmentMessages.TrackingNoticed;
import waybill.platform.Json;
import waybill.platform.Outcome;
import waybill.platform.Sha256;
import waybill.platform.webhook.Event;
import waybill.platform.webhook.Event.Ignored;
import waybill.platform.webhook.Event.News;
import waybill.platform.webhook.LenientObject;
import waybill.shipping.carrier.CarrierProvider.NoNews;

/** Reads Karrio's events leniently. They have no id: two with the same words are one event. */
final class KarrioEvents {
  private static final Set<String> TRACKER_NEWS = Set.of("tracker_created", "tracker_updated");
  private static final Predicate<String> EVENT_TYPE = Pattern.compile("[a-z0-9_.]{1,100}").asMatchPredicate();
  private static final Predicate<String> TRACKING_NUMBER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ./_-]{0,99}")
      .asMatchPredicate();
  private static final Set<Object> WITHOUT_NEWS = Set.of("unknown", "cancelled");

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
    List<Scan> scans = KarrioScans.read(tracker);
    if (scans.isEmpty()) {
      return new Ignored<>(id, type, isKnown(tracker.get("status")) ? NoNews.STATUS : NoNews.UNKNOWN);
    }
    return new News<>(id, type, new TrackingNoticed(number, scans,
        KarrioScans.time(tracker.get("estimated_delivery"), tracker.get("estimated_delivery"), null).orElse(null), id));
  }

  /** Whether this version of Waybill knows what Karrio says, also if that moves no parcel. */
  private static boolean isKnown(Object code) {
    return code == null || WITHOUT_NEWS.contains(code) || KarrioScans.status(code).isPresent();
  }
}
