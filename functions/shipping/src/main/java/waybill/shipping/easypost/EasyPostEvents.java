package waybill.shipping.easypost;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import waybill.messages.Bill;
import waybill.messages.Money;
import waybill.messages.Scan;
import waybill.messages.ShipmentMessages.TrackingNoticed;
import waybill.platform.Outcome;
import waybill.platform.webhook.Event;
import waybill.platform.webhook.Event.Ignored;
import waybill.platform.webhook.Event.News;
import waybill.platform.webhook.LenientObject;
import waybill.shipping.carrier.Amounts;
import waybill.shipping.carrier.CarrierProvider.NoNews;
import waybill.shipping.carrier.CarrierTimes;

/**
 * Reads EasyPost's events (docs.easypost.com/docs/events, /docs/trackers) leniently: of some fifty fields it uses a few, never
 * who signed, nor where a parcel was unless it waits there for its recipient, and ignores changes to all others.
 */
final class EasyPostEvents {
  private static final Set<String> TRACKER_NEWS = Set.of("tracker.created", "tracker.updated");
  /** A carrier has found a parcel to be heavier or larger than its label said, for example. */
  private static final Set<String> INVOICE_NEWS = Set.of("shipment.invoice.created", "shipment.invoice.updated");
  private static final Predicate<String> INVOICE_ID = Pattern.compile("[A-Za-z0-9_]{1,100}").asMatchPredicate();
  private static final Predicate<String> EVENT_ID = Pattern.compile("evt_[A-Za-z0-9_]{1,250}").asMatchPredicate();
  private static final Predicate<String> EVENT_TYPE = Pattern.compile("[a-z0-9_.]{1,100}").asMatchPredicate();
  private static final Predicate<String> TRACKING_CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ./_-]{0,99}")
      .asMatchPredicate();
  /** What EasyPost says if it cannot say where a parcel is. */
  private static final Set<Object> WITHOUT_NEWS = Set.of("unknown", "cancelled", "error");

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
    if ("Event".equals(event.get("object")) && INVOICE_NEWS.contains(type)) {
      return invoice(event.object("result"), id, type);
    }
    if (!"Event".equals(event.get("object")) || !TRACKER_NEWS.contains(type)) {
      return new Ignored<>(id, type, NoNews.TYPE);
    }
    LenientObject tracker = event.object("result");
    if (!"Tracker".equals(tracker.get("object"))) {
      return new Ignored<>(id, type, NoNews.TYPE);
    }
    String trackingCode = tracker.text("tracking_code", TRACKING_CODE, "is a tracking number");
    List<Scan> scans = EasyPostScans.read(tracker);
    if (scans.isEmpty()) {
      return new Ignored<>(id, type, isKnown(tracker.get("status")) ? NoNews.STATUS : NoNews.UNKNOWN);
    }
    Instant estimate = estimatedDeliveryAt(tracker.get("est_delivery_date"));
    return new News<>(id, type, new TrackingNoticed(trackingCode, scans, estimate, id));
  }

  /** What the carrier charges for a parcel in all, with what was paid for its label. */
  private static Event<TrackingNoticed> invoice(LenientObject invoice, String event, String type) {
    if (!"ShipmentInvoice".equals(invoice.get("object"))) {
      return new Ignored<>(event, type, NoNews.TYPE);
    }
    String number = invoice.text("tracking_code", TRACKING_CODE, "is a tracking number");
    String id = invoice.text("id", INVOICE_ID, "is an invoice's id");
    Money amount = Amounts.money(invoice.get("final_invoice_amount"), invoice.get("quoted_currency"))
        .orElseThrow(() -> invoice.illegible("final_invoice_amount", "is an amount of quoted_currency"));
    Instant at = CarrierTimes.read(invoice, invoice.get("updated_at") == null ? "created_at" : "updated_at");
    return new News<>(event, type,
        new TrackingNoticed(number, List.of(), null, event, new Bill(id, amount, at)));
  }

  /** Whether this version of Waybill knows what EasyPost says, also if that moves no parcel. */
  private static boolean isKnown(Object code) {
    return code == null || WITHOUT_NEWS.contains(code) || EasyPostScans.status(code, null).isPresent();
  }

  /** Null if the carrier gives none, or one that cannot be read: no scan is lost because of an estimate. */
  private static Instant estimatedDeliveryAt(Object estimate) {
    if (!(estimate instanceof String text)) {
      return null;
    }
    try {
      return text.length() == 10
          ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
          : CarrierTimes.read(text);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
