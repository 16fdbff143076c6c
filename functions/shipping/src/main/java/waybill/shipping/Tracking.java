package waybill.shipping;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import waybill.messages.Message.TrackingNoticed;
import waybill.messages.ParcelId;
import waybill.messages.Scan;
import waybill.messages.ShipmentStatus;

/**
 * What is known of a tracking number: what the carrier said, and which parcels bear it. Either may come first. Joining is
 * commutative, associative and idempotent, so late, doubled and reordered news end the same and move nothing back.
 *
 * @param parcels those whose labels bear the number, in order; several where a carrier takes boxes under one number, none
 *     while no label has joined
 * @param latest where the parcels stand: the greatest scan; null before the first
 * @param history the newest scans, the newest first
 * @param estimate null where the carrier gave none
 */
record Tracking(TrackingNumber trackingNumber, List<ParcelId> parcels, Scan latest, List<Scan> history,
    Estimate estimate) {
  private static final int MAX_HISTORY = 30;
  private static final Comparator<Scan> NEWEST_FIRST = Comparator.comparing(Scan::at).thenComparing(Scan::status)
      .reversed();

  /**
   * When the carrier expects to deliver.
   *
   * @param asOf the newest scan that the carrier knew of when it said so: news is as old as what it tells
   */
  record Estimate(Instant deliveryAt, Instant asOf) implements Comparable<Estimate> {

    @Override
    public int compareTo(Estimate other) {
      return Comparator.comparing(Estimate::asOf).thenComparing(Estimate::deliveryAt).compare(this, other);
    }
  }

  /** What a label alone tells. */
  static Tracking of(TrackingNumber number, ParcelId parcel) {
    return new Tracking(number, List.of(parcel), null, List.of(), null);
  }

  /** What a carrier's event alone tells. */
  static Tracking of(TrackingNoticed noticed) {
    Instant asOf = noticed.scans().stream().map(Scan::at).max(Comparator.naturalOrder()).orElse(Instant.EPOCH);
    Estimate estimate = noticed.estimatedDeliveryAt() == null
        ? null
        : new Estimate(noticed.estimatedDeliveryAt(), asOf);
    return new Tracking(new TrackingNumber(noticed.trackingNumber()), List.of(), greatest(noticed.scans()),
        newest(noticed.scans().stream()), estimate);
  }

  /** All that the two tell together. */
  Tracking join(Tracking other) {
    List<ParcelId> all = Stream.concat(parcels.stream(), other.parcels.stream()).distinct().sorted().toList();
    return new Tracking(trackingNumber, all, Scan.later(latest, other.latest),
        newest(Stream.concat(history.stream(), other.history.stream())),
        later(estimate, other.estimate));
  }

  /** Those scans that can make a difference: the newest, and the greatest. */
  static List<Scan> telling(Stream<Scan> scans) {
    List<Scan> all = scans.toList();
    return all.isEmpty()
        ? all
        : Stream.concat(newest(all.stream()).stream(), Stream.of(greatest(all))).distinct().toList();
  }

  private static Scan greatest(List<Scan> scans) {
    return scans.stream().max(Comparator.naturalOrder()).orElse(null);
  }

  private static List<Scan> newest(Stream<Scan> scans) {
    return scans.distinct().sorted(NEWEST_FIRST).limit(MAX_HISTORY).toList();
  }

  private static Estimate later(Estimate one, Estimate other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return other.compareTo(one) > 0 ? other : one;
  }

  /** Where the parcels stand; at first they only have their labels. */
  ShipmentStatus status() {
    return latest == null ? ShipmentStatus.PRE_TRANSIT : latest.status();
  }

  /** When the carrier expects to deliver; null where it never said. */
  Instant estimatedDeliveryAt() {
    return estimate == null ? null : estimate.deliveryAt;
  }
}
