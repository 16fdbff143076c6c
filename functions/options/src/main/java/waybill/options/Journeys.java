package waybill.options;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import waybill.catalog.Workdays;
import waybill.messages.Scan;
import waybill.messages.ShipmentStatus;

/** Measures the way of a parcel by its scans. */
final class Journeys {
  private static final Set<ShipmentStatus> ATTEMPTS = Set.of(ShipmentStatus.OUT_FOR_DELIVERY,
      ShipmentStatus.READY_FOR_PICKUP, ShipmentStatus.DELIVERY_FAILED, ShipmentStatus.DELIVERED);

  private Journeys() {}

  /**
   * On how many days the carrier worked, from the day on which it had the parcel to the first on which it tried to deliver it.
   *
   * @return empty if no scan says when it got the parcel
   */
  static Optional<Integer> days(List<Scan> scans, Workdays carrier, ZoneId clock) {
    Optional<Instant> had = scans.stream().filter(it -> it.status() == ShipmentStatus.IN_TRANSIT).map(Scan::at)
        .min(Comparator.naturalOrder());
    Optional<Instant> tried = scans.stream().filter(it -> ATTEMPTS.contains(it.status())).map(Scan::at)
        .min(Comparator.naturalOrder());
    if (had.isEmpty() || tried.isEmpty() || tried.get().isBefore(had.get())) {
      return Optional.empty();
    }
    return Optional.of(carrier.between(day(had.get(), clock), day(tried.get(), clock)));
  }

  private static LocalDate day(Instant at, ZoneId clock) {
    return at.atZone(clock).toLocalDate();
  }
}
