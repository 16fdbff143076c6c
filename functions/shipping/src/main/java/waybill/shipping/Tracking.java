package waybill.shipping;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
 * @param unlabelled how long it is waiting for its label; null as soon as one has joined
 */
record Tracking(TrackingNumber trackingNumber, List<ParcelId> parcels, Scan latest, List<Scan> history,
    Estimate estimate, Unlabelled unlabelled) {
  /** A label that is this much later than its first scan will hardly come any more. */
  static final Duration LATEST_LABEL = Duration.ofDays(1);
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

  /**
   * What came before its label.
   *
   * @param since when its first news was heard
   * @param reportedAt when a person was told that no label comes; null before
   */
  record Unlabelled(Instant since, Instant reportedAt) {

    Unlabelled join(Unlabelled other) {
      return new Unlabelled(earlier(since, other.since), earlier(reportedAt, other.reportedAt));
    }

    private static Instant earlier(Instant one, Instant other) {
      return Stream.of(Optional.ofNullable(one), Optional.ofNullable(other)).flatMap(Optional::stream)
          .min(Comparator.naturalOrder()).orElse(null);
    }
  }

  /** What a label alone tells. */
  static Tracking of(TrackingNumber number, ParcelId parcel) {
    return new Tracking(number, List.of(parcel), null, List.of(), null, null);
  }

  /** What a carrier's event alone tells. @param heardAt when it reached us */
  static Tracking of(TrackingNoticed noticed, Instant heardAt) {
    Instant asOf = noticed.scans().stream().map(Scan::at).max(Comparator.naturalOrder()).orElse(Instant.EPOCH);
    Estimate estimate = noticed.estimatedDeliveryAt() == null
        ? null
        : new Estimate(noticed.estimatedDeliveryAt(), asOf);
    return new Tracking(new TrackingNumber(noticed.trackingNumber()), List.of(), greatest(noticed.scans()),
        newest(noticed.scans().stream()), estimate, new Unlabelled(heardAt, null));
  }

  /** All that the two tell together. */
  Tracking join(Tracking other) {
    List<ParcelId> all = Stream.concat(parcels.stream(), other.parcels.stream()).distinct().sorted().toList();
    return new Tracking(trackingNumber, all, Scan.later(latest, other.latest),
        newest(Stream.concat(history.stream(), other.history.stream())),
        later(estimate, other.estimate), all.isEmpty() ? waiting(other) : null);
  }

  private Unlabelled waiting(Tracking other) {
    if (unlabelled == null || other.unlabelled == null) {
      return unlabelled == null ? other.unlabelled : unlabelled;
    }
    return unlabelled.join(other.unlabelled);
  }

  /** Whether its label is so late that a person must look, and none has been told. */
  boolean overdue(Instant now) {
    return unreported() && !now.isBefore(unlabelled.since.plus(LATEST_LABEL));
  }

  /** Whether it is waiting for its label and nobody has been told. */
  boolean unreported() {
    return unlabelled != null && unlabelled.reportedAt == null;
  }

  /** A person has been told. */
  Tracking reported(Instant now) {
    return unreported()
        ? new Tracking(trackingNumber, parcels, latest, history, estimate, new Unlabelled(unlabelled.since, now))
        : this;
  }

  /** Those scans that can make a difference: the newest, and the greatest. */
  static List<Scan> significant(List<Scan> all) {
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
