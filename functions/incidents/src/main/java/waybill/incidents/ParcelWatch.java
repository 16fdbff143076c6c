package waybill.incidents;

import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import waybill.messages.DisruptionId;
import waybill.messages.IncidentKind;
import waybill.messages.LocationId;
import waybill.messages.ParcelId;
import waybill.messages.Scan;
import waybill.messages.ShipmentMessages.ShipmentDeliveryFailed;
import waybill.messages.ShipmentMessages.ShipmentLabelled;
import waybill.messages.ShipmentMessages.ShipmentMoved;
import waybill.messages.ShipmentMessages.ShipmentOnHold;
import waybill.messages.ShipmentStatus;

/**
 * What is known of a parcel on its way, and by when more must be heard of it. Joining news is commutative and idempotent, so late, doubled
 * and reordered news end the same.
 *
 * @param carrier null until its label is known, as are number, location and time
 * @param promisedAt by when it was promised to come; null if nothing was
 * @param usualDays on how many working days nearly all parcels came that went the same way; null if that was not learned
 * @param unscanned whether nobody expects its carrier to scan it: its label was bought elsewhere, or is void
 * @param latest the latest that the carrier said, or null
 * @param reason the carrier's code for what went wrong then, or null
 * @param estimateAt when the carrier expected to deliver it then, or null
 * @param matters what went wrong with it, in the order in which it did
 * @param refunded what was granted for its incidents, in minor units
 * @param replaced whether what is in it is sent again by another order
 * @param claimed what was claimed of its carrier for all of them, in minor units: as asked, and what was paid once that is settled
 * @param delay what disruptions have done to its day; null if none has
 * @param due when it must be looked at; null if nothing is waited for
 */
record ParcelWatch(ParcelId parcel, String carrier, String trackingNumber, LocationId from, Instant labelledAt,
    Instant promisedAt,
    Integer usualDays, boolean unscanned, Scan latest, String reason,
    Instant estimateAt, List<Matter> matters, long refunded, boolean replaced, long claimed,
    Delay delay, Instant due) {
  /** A label that is bought is handed over on the same day or the next. */
  static final int HANDED_OVER_DAYS = 2;
  /** How many working days a carrier may be silent on a way that is not learned, and at least on any. */
  static final int QUIET_DAYS = 4;
  private static final int LEAST_QUIET_DAYS = 2;
  /** What was silent for so long is lost. */
  static final Duration LOST = Duration.ofDays(7);
  /** How long nothing is presumed after a silence was noticed. */
  private static final Duration BETWEEN = Duration.ofDays(1);
  static final Duration COLLECTED = Duration.ofDays(5);
  /** So many days before the last on which it can be picked up. */
  private static final int REMINDED_DAYS = 2;
  /** A scan may be heard of some hours after it was made. */
  static final Duration LATE_SCAN = Duration.ofHours(6);

  private static final Comparator<ParcelWatch> NEWS = Comparator
      .comparing(ParcelWatch::latest, nullsFirst(naturalOrder()))
      .thenComparing(ParcelWatch::estimateAt, nullsFirst(naturalOrder()));

  /**
   * An incident of the parcel.
   *
   * @param scan where the parcel stood then, or null
   * @param live whether somebody, or a later look, has still to do with it
   */
  record Matter(int number, IncidentKind kind, Scan scan, boolean live) {

    Matter ended() {
      return new Matter(number, kind, scan, false);
    }
  }

  /**
   * What is wrong with it from some time on, unless more is heard.
   *
   * @param scan what is known of it, by which it is told from the same trouble at another time; null if there is one only
   */
  record Trouble(IncidentKind kind, Instant since, Scan scan) {}

  /**
   * What disruptions have done to the day of a parcel.
   *
   * @param by those that delay it
   * @param held when it cannot be expected to move, by their start
   * @param expectedAt the end of the day on which it comes; null if nothing was promised, or that still holds
   * @param at when that became so
   * @param told the day that its customer was told; null if none was
   */
  record Delay(List<DisruptionId> by, List<Held> held, Instant expectedAt, Instant at, Instant told) {

    Delay withTold(Instant day) {
      return new Delay(by, held, expectedAt, at, day);
    }
  }

  /** A time in which it cannot be expected to move. */
  record Held(Instant from, Instant until) {}

  static ParcelWatch of(ParcelId parcel) {
    return new ParcelWatch(parcel, null, null, null, null, null, null, false, null, null, null, List.of(), 0, false, 0,
        null, null);
  }

  /** A parcel has one label for ever: the first that is known stands. */
  ParcelWatch labelled(ShipmentLabelled news, Instant promised, Integer learned) {
    return labelledAt != null
        ? this
        : new ParcelWatch(parcel, news.carrier(), news.trackingNumber(), news.location(), news.at(), promised, learned,
            unscanned,
            latest, reason, estimateAt, matters, refunded, replaced, claimed, delay, due);
  }

  ParcelWatch moved(ShipmentMoved news) {
    var moved = new ParcelWatch(parcel, carrier, trackingNumber, from, labelledAt, promisedAt, usualDays, unscanned,
        news.scan(), reason(news), news.estimatedDeliveryAt(), matters, refunded, replaced, claimed, delay, due);
    return NEWS.compare(moved, this) > 0 ? moved : this;
  }

  private static String reason(ShipmentMoved news) {
    return switch (news) {
      case ShipmentOnHold it -> it.code();
      case ShipmentDeliveryFailed it -> it.code();
      default -> null;
    };
  }

  private IncidentKind said(IncidentKind otherwise) {
    return Reasons.kind(reason).orElse(otherwise);
  }

  /** Nobody waits for its first scan any more. */
  ParcelWatch notScanned() {
    return new ParcelWatch(parcel, carrier, trackingNumber, from, labelledAt, promisedAt, usualDays, true, latest,
        reason,
        estimateAt, matters, refunded, replaced, claimed, delay, due);
  }

  ParcelWatch with(List<Matter> all, Instant next) {
    return new ParcelWatch(parcel, carrier, trackingNumber, from, labelledAt, promisedAt, usualDays, unscanned, latest,
        reason,
        estimateAt, List.copyOf(all), refunded, replaced, claimed, delay, next);
  }

  ParcelWatch withReplacement() {
    return new ParcelWatch(parcel, carrier, trackingNumber, from, labelledAt, promisedAt, usualDays, unscanned, latest,
        reason,
        estimateAt, matters, refunded, true, claimed, delay, due);
  }

  ParcelWatch withRefund(long minorUnits) {
    return new ParcelWatch(parcel, carrier, trackingNumber, from, labelledAt, promisedAt, usualDays, unscanned, latest,
        reason,
        estimateAt, matters, refunded + minorUnits, replaced, claimed, delay, due);
  }

  ParcelWatch withClaim(long minorUnits) {
    return new ParcelWatch(parcel, carrier, trackingNumber, from, labelledAt, promisedAt, usualDays, unscanned, latest,
        reason,
        estimateAt, matters, refunded, replaced, claimed + minorUnits, delay, due);
  }

  ParcelWatch withDelay(Delay other) {
    return new ParcelWatch(parcel, carrier, trackingNumber, from, labelledAt, promisedAt, usualDays, unscanned, latest,
        reason, estimateAt, matters, refunded, replaced, claimed, other, due);
  }

  /** By when it is to come, as far as is known: as was promised, or what disruptions have made of that; null if nothing was promised. */
  Instant comesBy() {
    return delay == null || delay.expectedAt == null ? promisedAt : delay.expectedAt;
  }

  /** By when something is to have happened after this: what was to happen in a disruption waits for its end, and between two of them it does not. */
  private Instant patience(Instant after, UnaryOperator<Instant> usual) {
    Instant since = after;
    Instant by = usual.apply(since);
    for (Held it : delay == null ? List.<Held>of() : delay.held) {
      if (!by.isBefore(it.from) && since.isBefore(it.until)) {
        since = it.until;
        by = usual.apply(since);
      }
    }
    return by;
  }

  ShipmentStatus status() {
    return latest == null ? ShipmentStatus.PRE_TRANSIT : latest.status();
  }

  /** All that is or will be wrong with it by what is known now. */
  List<Trouble> troubles() {
    var troubles = new ArrayList<Trouble>();
    switch (status()) {
      case UNKNOWN, PRE_TRANSIT -> {
        if (labelledAt != null && !unscanned) {
          troubles.add(new Trouble(IncidentKind.NOT_HANDED_OVER,
              patience(labelledAt, it -> Weekdays.after(it, HANDED_OVER_DAYS)), null));
        }
      }
      case IN_TRANSIT, OUT_FOR_DELIVERY -> silence(troubles);
      case DELIVERY_FAILED -> {
        troubles.add(new Trouble(said(IncidentKind.DELIVERY_FAILED), latest.at(), latest));
        silence(troubles);
      }
      // It does not move, and is looked at by people.
      case ON_HOLD -> troubles.add(new Trouble(said(IncidentKind.ON_HOLD), latest.at(), latest));
      case READY_FOR_PICKUP -> troubles.add(new Trouble(IncidentKind.UNCOLLECTED, uncollectedFrom(), latest));
      case RETURNED -> troubles.add(new Trouble(IncidentKind.RETURNED, latest.at(), latest));
      case DELIVERED -> {
        return List.of();
      }
    }
    Instant comesBy = comesBy();
    if (comesBy != null && isUnderway()) {
      boolean foreseen = estimateAt != null && estimateAt.isAfter(comesBy);
      troubles.add(new Trouble(IncidentKind.LATE, foreseen ? Instant.EPOCH : comesBy.plus(LATE_SCAN), null));
    }
    return List.copyOf(troubles);
  }

  /** What can be collected, or goes back, is not late; nor is a parcel of which nothing was heard, as nothing is expected to be. */
  boolean isUnderway() {
    return !(unscanned && latest == null) && status() != ShipmentStatus.READY_FOR_PICKUP
        && status() != ShipmentStatus.RETURNED;
  }

  private Instant uncollectedFrom() {
    Instant usual = latest.at().plus(COLLECTED);
    if (latest.pickup() == null || latest.pickup().lastDay() == null) {
      return usual;
    }
    Instant reminder = latest.pickup().lastDay().minusDays(REMINDED_DAYS).atStartOfDay(ZoneOffset.UTC).toInstant();
    return reminder.isBefore(latest.at()) ? usual : reminder;
  }

  private void silence(List<Trouble> troubles) {
    int quiet = usualDays == null ? QUIET_DAYS : Math.max(LEAST_QUIET_DAYS, usualDays);
    Instant silent = patience(latest.at(), it -> Weekdays.after(it, quiet));
    Instant lost = patience(latest.at(), it -> it.plus(LOST));
    troubles.add(new Trouble(IncidentKind.SILENT, silent, latest));
    troubles.add(new Trouble(IncidentKind.LOST,
        lost.isBefore(silent.plus(BETWEEN)) ? silent.plus(BETWEEN) : lost, latest));
  }
}
