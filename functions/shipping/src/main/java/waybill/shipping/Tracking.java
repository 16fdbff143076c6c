package waybill.shipping;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import waybill.messages.Bill;
import waybill.messages.ParcelId;
import waybill.messages.Scan;
import waybill.messages.ShipmentMessages.TrackingNoticed;
import waybill.messages.ShipmentStatus;

/**
 * What is known of a tracking number: what the carrier said, and which parcels bear it. Either may come first. Joining is
 * commutative, associative and idempotent, so late, doubled and reordered news end the same and move nothing back.
 *
 * <p>Carriers use numbers again. News and parcels from long before the newest label belong to an earlier parcel and are
 * forgotten, so an old delivery never ends a new order.
 *
 * @param parcels those that bear the number, in order; several if a carrier takes boxes under one number, none while no label
 *     has joined
 * @param latest where the parcels stand: the greatest scan; null before the first
 * @param history the newest scans, the newest first
 * @param estimate null if the carrier gave none
 * @param bills what the carrier charges after all, each bill as it was corrected last, the latest first
 * @param unlabelled how long it has waited for its label; null as soon as one has joined
 */
record Tracking(TrackingNumber trackingNumber, List<Bearer> parcels, Scan latest, List<Scan> history,
    Estimate estimate, List<Bill> bills, Unlabelled unlabelled) {
  /** Scans may be this much older than their label. A carrier uses a number again after months. */
  static final Duration EARLIEST_SCAN = Duration.ofDays(30);
  /** A label that is this much later than its first scan will hardly come. */
  static final Duration LATEST_LABEL = Duration.ofDays(1);
  private static final int MAX_HISTORY = 30;
  private static final int MAX_BILLS = 20;
  private static final Comparator<Scan> NEWEST_FIRST = Comparator.comparing(Scan::at).thenComparing(Scan::status)
      .reversed();

  /**
   * A parcel whose label bears the number.
   *
   * @param voided whether that label is void: the number tells nothing about the parcel any more
   */
  record Bearer(ParcelId parcel, Instant labelledAt, boolean voided) implements Comparable<Bearer> {

    Bearer(ParcelId parcel, Instant labelledAt) {
      this(parcel, labelledAt, false);
    }

    /** What is void stays void. */
    private Bearer join(Bearer other) {
      return voided ? this : other;
    }

    @Override
    public int compareTo(Bearer other) {
      return Comparator.comparing(Bearer::parcel).thenComparing(Bearer::labelledAt).compare(this, other);
    }
  }

  /**
   * When the carrier expects to deliver.
   *
   * @param asOf the newest scan that the carrier knew of when it said so
   */
  record Estimate(Instant deliveryAt, Instant asOf) implements Comparable<Estimate> {

    @Override
    public int compareTo(Estimate other) {
      return Comparator.comparing(Estimate::asOf).thenComparing(Estimate::deliveryAt).compare(this, other);
    }
  }

  /**
   * That its news came before its label.
   *
   * @param since when the first news was received
   * @param reportedAt when it was reported that no label comes; null before
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

  /** What a label alone says. */
  static Tracking of(TrackingNumber number, ParcelId parcel, Instant labelledAt) {
    return new Tracking(number, List.of(new Bearer(parcel, labelledAt)), null, List.of(), null, List.of(), null);
  }

  /** What a carrier's event alone says. @param receivedAt when it reached Waybill */
  static Tracking of(TrackingNoticed noticed, Instant receivedAt) {
    Instant asOf = noticed.scans().stream().map(Scan::at).max(Comparator.naturalOrder()).orElse(Instant.EPOCH);
    Estimate estimate = noticed.estimatedDeliveryAt() == null
        ? null
        : new Estimate(noticed.estimatedDeliveryAt(), asOf);
    return new Tracking(new TrackingNumber(noticed.trackingNumber()), List.of(), greatest(noticed.scans()),
        newest(noticed.scans().stream()), estimate, Stream.ofNullable(noticed.bill()).toList(),
        new Unlabelled(receivedAt, null));
  }

  /** Whether scans may have fallen out of the history. */
  boolean isFull() {
    return history.size() >= MAX_HISTORY;
  }

  /** All that the two say together. */
  Tracking join(Tracking other) {
    List<Bearer> all = bearers(Stream.concat(parcels.stream(), other.parcels.stream()));
    Instant from = all.stream().map(Bearer::labelledAt).max(Comparator.naturalOrder())
        .map(it -> it.minus(EARLIEST_SCAN)).orElse(Instant.MIN);
    List<Scan> scans = Stream.of(history.stream(), other.history.stream(), Stream.of(latest, other.latest))
        .flatMap(it -> it).filter(it -> it != null && !it.at().isBefore(from)).toList();
    Estimate newer = Stream.of(estimate, other.estimate).filter(it -> it != null && !it.asOf.isBefore(from))
        .max(Comparator.naturalOrder()).orElse(null);
    return new Tracking(trackingNumber, all.stream().filter(it -> !it.labelledAt.isBefore(from)).toList(),
        greatest(scans), newest(scans.stream()), newer,
        billed(Stream.concat(bills.stream(), other.bills.stream()).filter(it -> !it.at().isBefore(from))),
        all.isEmpty() ? waiting(other) : null);
  }

  private static List<Bearer> bearers(Stream<Bearer> bearers) {
    var each = new HashMap<Bearer, Bearer>();
    bearers.forEach(it -> each.merge(new Bearer(it.parcel, it.labelledAt), it, Bearer::join));
    return each.values().stream().sorted().toList();
  }

  private Unlabelled waiting(Tracking other) {
    if (unlabelled == null || other.unlabelled == null) {
      return unlabelled == null ? other.unlabelled : unlabelled;
    }
    return unlabelled.join(other.unlabelled);
  }

  /** Whether its label is so late that a person must look, and that was not reported. */
  boolean overdue(Instant now) {
    return unreported() && !now.isBefore(unlabelled.since.plus(LATEST_LABEL));
  }

  /** Whether it waits for its label and that was not reported. */
  boolean unreported() {
    return unlabelled != null && unlabelled.reportedAt == null;
  }

  /** It is reported that no label comes. */
  Tracking reported(Instant now) {
    return unreported()
        ? new Tracking(trackingNumber, parcels, latest, history, estimate, bills, new Unlabelled(unlabelled.since, now))
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

  /** A carrier that says the same once with its words and once without has said one thing. */
  private static List<Scan> newest(Stream<Scan> scans) {
    var each = new HashMap<Scan, Scan>();
    scans.forEach(it -> each.merge(new Scan(it.status(), it.at()), it, Scan::later));
    return each.values().stream().sorted(NEWEST_FIRST).limit(MAX_HISTORY).toList();
  }

  /** A bill that comes twice counts once, and one that was corrected as it was corrected. */
  private static List<Bill> billed(Stream<Bill> bills) {
    var each = new HashMap<String, Bill>();
    bills.forEach(it -> each.merge(it.id(), it, BinaryOperator.maxBy(Comparator.naturalOrder())));
    return each.values().stream().sorted(Comparator.reverseOrder()).limit(MAX_BILLS).toList();
  }

  /** Whether the number is still this parcel's. */
  boolean isOf(ParcelId parcel) {
    return carried().stream().anyMatch(it -> it.parcel.equals(parcel));
  }

  /** Whether a label of this parcel bears the number. @param parcel also if that label is void */
  boolean bears(ParcelId parcel) {
    return parcels.stream().anyMatch(it -> it.parcel.equals(parcel));
  }

  /** Those that travel under the number: their labels are not void. */
  List<Bearer> carried() {
    return parcels.stream().filter(it -> !it.voided).toList();
  }

  /** Whether the carrier has said of a parcel under this number that it has it. @param parcel also if its label is void */
  boolean isUsedBy(ParcelId parcel) {
    return mayBeUsedBy(parcel) && status() != ShipmentStatus.UNKNOWN;
  }

  /** Whether the carrier has it, or has said of it what no table knows. @param parcel also if its label is void */
  boolean mayBeUsedBy(ParcelId parcel) {
    return bears(parcel) && status() != ShipmentStatus.PRE_TRANSIT;
  }

  /** That the label of this parcel is void. */
  static Tracking voided(TrackingNumber number, ParcelId parcel, Instant labelledAt) {
    return new Tracking(number, List.of(new Bearer(parcel, labelledAt, true)), null, List.of(), null, List.of(), null);
  }

  /** Where the parcels stand; at first they only have their labels. */
  ShipmentStatus status() {
    return latest == null ? ShipmentStatus.PRE_TRANSIT : latest.status();
  }

  /** When the carrier expects to deliver; null if it never said. */
  Instant estimatedDeliveryAt() {
    return estimate == null ? null : estimate.deliveryAt;
  }
}
