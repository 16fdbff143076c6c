package waybill.shipping.karrio;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import waybill.catalog.Address;
import waybill.messages.PickupPoint;
import waybill.messages.Scan;
import waybill.messages.ShipmentStatus;
import waybill.platform.webhook.LenientObject;
import waybill.shipping.carrier.CarrierStatuses;
import waybill.shipping.carrier.CarrierText;
import waybill.shipping.carrier.CarrierTimes;
import waybill.shipping.carrier.PickupDays;

/**
 * The scans of a tracker of Karrio, all that there were, the newest first. One or all of them may lack a status, a time or its zone: one
 * that cannot be read spoils no other.
 */
final class KarrioScans {
  private static final String BROKER = "karrio";
  /** Of the tracker itself, and of no parcel. */
  private static final String WITHOUT_NEWS = "cancelled";
  private static final DateTimeFormatter TIME_OF_DAY = new DateTimeFormatterBuilder().parseCaseInsensitive()
      .appendPattern("[h:mm[:ss] a][H:mm[:ss]]").toFormatter(Locale.ROOT);

  private KarrioScans() {}

  static List<Scan> read(LenientObject tracker) {
    var scans = new ArrayList<Scan>();
    var said = new HashSet<Object>();
    Instant newest = Instant.MIN;
    for (LenientObject event : tracker.objects("events")) {
      Optional<Instant> at = time(event.get("timestamp"), event.get("date"), event.get("time"));
      if (at.isPresent()) {
        newest = newest.isAfter(at.get()) ? newest : at.get();
        said.add(event.get("status"));
        ours(event, tracker).map(status -> scan(status, at.get(), event, tracker)).ifPresent(scans::add);
      }
    }
    // If a scan has the tracker's status, its carrier's own code may have said more about it.
    if (newest.isAfter(Instant.MIN) && !said.contains(tracker.get("status"))) {
      addTrackers(scans, tracker, newest);
    }
    return PickupDays.waiting(scans, CarrierText.name(tracker.get("carrier_name"))).distinct().toList();
  }

  /** The tracker's own status is that of its newest scan, which often has none itself. */
  private static void addTrackers(List<Scan> scans, LenientObject tracker, Instant newest) {
    Optional<ShipmentStatus> status = status(tracker.get("status"));
    if (status.isPresent() && scans.stream().noneMatch(it -> it.status() == status.get())) {
      scans.add(new Scan(status.get(), newest));
    }
  }

  /** By the carrier's own code, which says more than Karrio's. Empty if a scan says nothing; unknown if nobody knows what it says. */
  private static Optional<ShipmentStatus> ours(LenientObject event, LenientObject tracker) {
    return CarrierStatuses.own(CarrierText.name(tracker.get("carrier_name")), CarrierText.name(event.get("code")))
        .or(() -> event.get("status") instanceof String text && !text.equals(WITHOUT_NEWS)
            ? Optional.of(status(text).orElse(ShipmentStatus.UNKNOWN))
            : Optional.empty());
  }

  /** Karrio's status in our terms; empty for those that do not say where a parcel is, and for new ones. */
  static Optional<ShipmentStatus> status(Object code) {
    return code instanceof String text ? CarrierStatuses.find(BROKER, null, text) : Optional.empty();
  }

  private static Scan scan(ShipmentStatus status, Instant at, LenientObject event, LenientObject tracker) {
    String code = CarrierText.name(event.get("code"));
    String place = CarrierText.name(event.get("location"));
    return new Scan(status, at,
        code == null && status == ShipmentStatus.UNKNOWN ? CarrierText.name(event.get("status")) : code,
        words(event, tracker), status == ShipmentStatus.READY_FOR_PICKUP
            ? new PickupPoint(place == null ? null : CarrierText.cut(place), null)
            : null);
  }

  /** The carrier's words without who signed, who ordered, and where that was. */
  private static String words(LenientObject event, LenientObject tracker) {
    if (!(event.get("description") instanceof String text) || text.isBlank()) {
      return null;
    }
    Optional<LenientObject> info = tracker.objectIfAny("info");
    return CarrierText.cut(CarrierText.without(new Address(named(info, "signed_by"), null, named(info, "customer_name"),
        null, CarrierText.name(event.get("location")), null, named(info, "shipment_destination_postal_code"), null,
        null), text.strip()));
  }

  private static String named(Optional<LenientObject> info, String field) {
    return info.map(it -> CarrierText.name(it.get(field))).orElse(null);
  }

  /**
   * Karrio's reading of the carrier's time, or else the carrier's own day and time of day, whose clock is then taken for that of Greenwich;
   * empty if neither can be read. A day alone is its beginning.
   */
  static Optional<Instant> time(Object timestamp, Object date, Object timeOfDay) {
    try {
      if (timestamp instanceof String text) {
        return Optional.of(CarrierTimes.read(text));
      }
    } catch (DateTimeException e) {
      // The carrier's own, then.
    }
    try {
      if (date instanceof String day) {
        LocalTime time = timeOfDay instanceof String text ? LocalTime.parse(text.strip(), TIME_OF_DAY) : LocalTime.MIN;
        return Optional.of(CarrierTimes.read(LocalDate.parse(day).atTime(time).toInstant(ZoneOffset.UTC).toString()));
      }
    } catch (DateTimeException e) {
      // None that can be read.
    }
    return Optional.empty();
  }
}
