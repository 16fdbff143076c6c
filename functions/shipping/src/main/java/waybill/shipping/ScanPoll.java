package waybill.shipping;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;
import waybill.catalog.CarrierAccountId;
import waybill.messages.ShipmentStatus;

/**
 * A tracking number whose carrier's events may be lost: once nothing was heard of it for hours, its account is asked, until the parcel has
 * arrived or the time for that is over. How often that is has a limit: four times a day while it moves, then once a day.
 *
 * @param since when its label was known
 * @param failures how many times in a row the account could not be asked, or did not know the number
 * @param dueAt when it is looked at next; null once there is nothing more to hear
 */
record ScanPoll(TrackingNumber trackingNumber, CarrierAccountId account, Instant since, int failures, Instant dueAt) {
  /** For how long nothing is heard before the carrier is asked. */
  static final Duration QUIET = Duration.ofHours(6);
  /** What is quiet for this long is asked for once a day. */
  static final Duration LONG_QUIET = Duration.ofDays(2);
  /** After this nobody expects a parcel any more: its incident was opened long before. */
  static final Duration LONGEST = Duration.ofDays(60);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration FIRST_RETRY = Duration.ofHours(1);
  private static final int MOST_DOUBLED = 5;
  private static final Set<ShipmentStatus> ARRIVED = Set.of(ShipmentStatus.DELIVERED, ShipmentStatus.RETURNED);

  static ScanPoll begun(TrackingNumber number, CarrierAccountId account, Instant since) {
    return new ScanPoll(number, account, since, 0, since.plus(QUIET));
  }

  /** A later label of the same number belongs to another parcel; the same label changes nothing. */
  ScanPoll join(ScanPoll other) {
    return other.since.isBefore(since.plus(Tracking.EARLIEST_SCAN)) ? this : other;
  }

  boolean isDue(Instant now) {
    return dueAt != null && !now.isBefore(dueAt);
  }

  /** Whether there is nothing more to hear. */
  boolean isOver(Tracking known, Instant now) {
    return known.carried().isEmpty() || ARRIVED.contains(known.status()) || !now.isBefore(since.plus(LONGEST));
  }

  ScanPoll ended() {
    return next(0, null);
  }

  /** Something was heard after all. */
  ScanPoll heard(Instant at) {
    return next(failures, at.plus(QUIET));
  }

  /** The account has answered. @param heardAt when the last news came */
  ScanPoll asked(Instant heardAt, Instant now) {
    return next(0, now.plus(now.isBefore(heardAt.plus(LONG_QUIET)) ? QUIET : DAY));
  }

  /** The account could not be asked: each time it is left alone for twice as long, up to a day. */
  ScanPoll failed(Instant now) {
    Duration pause = Stream.of(FIRST_RETRY.multipliedBy(1L << Math.min(failures, MOST_DOUBLED)), DAY)
        .min(Comparator.naturalOrder()).orElseThrow();
    return next(failures + 1, now.plus(pause));
  }

  private ScanPoll next(int failed, Instant due) {
    return new ScanPoll(trackingNumber, account, since, failed, due);
  }
}
