package waybill.shipping.easypost;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import waybill.catalog.Address;
import waybill.messages.PickupPoint;
import waybill.messages.Scan;
import waybill.messages.ShipmentStatus;
import waybill.platform.webhook.LenientObject;
import waybill.shipping.carrier.CarrierStatuses;
import waybill.shipping.carrier.CarrierText;
import waybill.shipping.carrier.CarrierTimes;
import waybill.shipping.carrier.PickupDays;

/** The scans of an EasyPost tracker. */
final class EasyPostScans {
  private static final String BROKER = "easypost";
  /** Of the tracker itself, and of no parcel. */
  private static final Set<String> WITHOUT_NEWS = Set.of("cancelled", "error");

  private EasyPostScans() {}

  /** One that cannot be read spoils no other: it is refused only if none can be read. */
  static List<Scan> read(LenientObject tracker) {
    var scans = new ArrayList<Scan>();
    LenientObject.Illegible bad = null;
    for (LenientObject detail : tracker.objects("tracking_details")) {
      if (saysSomething(detail)) {
        try {
          scans.add(scan(detail, tracker));
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
    return PickupDays.waiting(scans, text(tracker.get("carrier"))).distinct().toList();
  }

  private static boolean saysSomething(LenientObject detail) {
    return detail.get("datetime") != null && detail.get("status") instanceof String status
        && !WITHOUT_NEWS.contains(status);
  }

  private static Scan scan(LenientObject detail, LenientObject tracker) {
    Instant at = CarrierTimes.read(detail, "datetime");
    String carrierCode = text(detail.get("carrier_code"));
    ShipmentStatus status = CarrierStatuses.own(text(tracker.get("carrier")), carrierCode)
        .or(() -> status(detail.get("status"), detail.get("status_detail"))).orElse(ShipmentStatus.UNKNOWN);
    String ours = Stream
        .of(status == ShipmentStatus.UNKNOWN ? text(detail.get("status")) : null, text(detail.get("status_detail")))
        .filter(Objects::nonNull).collect(Collectors.joining("/"));
    String code = carrierCode == null ? ours.isEmpty() ? null : ours : carrierCode;
    return new Scan(status, at, code == null ? null : CarrierText.cut(code), words(detail, tracker),
        status == ShipmentStatus.READY_FOR_PICKUP ? new PickupPoint(place(detail), null) : null);
  }

  /** A status in our terms; empty for those that do not say where a parcel is: unknown, cancelled, error and new ones. */
  static Optional<ShipmentStatus> status(Object code, Object detail) {
    return code instanceof String text ? CarrierStatuses.find(BROKER, text, text(detail)) : Optional.empty();
  }

  /** The carrier's words without who signed and where that was. */
  private static String words(LenientObject detail, LenientObject tracker) {
    String words = text(detail.get("message"));
    if (words == null) {
      return null;
    }
    Optional<LenientObject> place = detail.objectIfAny("tracking_location");
    return CarrierText.cut(CarrierText.without(new Address(text(tracker.get("signed_by")), null, null, null,
        place.map(it -> text(it.get("city"))).orElse(null), null, place.map(it -> text(it.get("zip"))).orElse(null),
        null, null), words));
  }

  private static String place(LenientObject detail) {
    return detail.objectIfAny("tracking_location")
        .map(it -> Stream.of("city", "state", "zip", "country").map(it::get).map(EasyPostScans::text)
            .filter(Objects::nonNull).collect(Collectors.joining(", ")))
        .filter(it -> !it.isEmpty()).map(CarrierText::cut).orElse(null);
  }

  /**
   * Since when the tracker has its status: the time of the newest detail with it, or else of the tracker's last change; empty if that
   * cannot be read and something else can.
   */
  private static Optional<Instant> statusAt(ShipmentStatus status, List<Scan> scans, LenientObject tracker) {
    if (tracker.objects("tracking_details").stream().filter(EasyPostScans::saysSomething)
        .anyMatch(it -> tracker.get("status").equals(it.get("status")))
        && scans.stream().noneMatch(it -> it.status() == status)) {
      // The carrier's own code says more about it than the broker's status.
      return Optional.empty();
    }
    Optional<Instant> told = scans.stream().filter(it -> it.status() == status).map(Scan::at)
        .max(Comparator.naturalOrder());
    if (told.isPresent()) {
      return told;
    }
    try {
      return Optional.of(CarrierTimes.read(tracker, "updated_at"));
    } catch (LenientObject.Illegible e) {
      if (scans.isEmpty()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /** Null if it is no text, or none that says something. */
  private static String text(Object value) {
    return value instanceof String text && !text.isBlank() ? text.strip() : null;
  }
}
