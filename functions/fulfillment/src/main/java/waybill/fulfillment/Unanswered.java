package waybill.fulfillment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import waybill.fulfillment.Fulfillment.Status;
import waybill.platform.Stored;

/** What is packed and whose dispatch its order has not approved: the caller who packed it may have vanished before it was sent. */
final class Unanswered {
  private static final Duration ANSWERED_WITHIN = Duration.ofMinutes(1);

  private Unanswered() {}

  static boolean is(Stored<Fulfillment> it, Instant now) {
    return (it.value().status() == Status.PACKED || it.value().status() == Status.REPACKING)
        && !it.updatedAt().plus(ANSWERED_WITHIN).isAfter(now);
  }

  /**
   * As many of a list as one minute reads, and others the next minute, so that each is read within minutes.
   *
   * @param most how many are read in a minute
   */
  static <T> List<T> turn(List<T> all, int most, Instant now) {
    if (all.size() <= most) {
      return all;
    }
    long minute = now.getEpochSecond() / 60;
    int first = (int) Math.floorMod(minute * most, (long) all.size());
    return IntStream.range(first, first + most).mapToObj(it -> all.get(it % all.size())).toList();
  }
}
