package waybill.fulfillment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import waybill.fulfillment.Fulfillment.Status;
import waybill.platform.Stored;

/** What is packed and has not been answered by its order: who packed it may have vanished before saying so. */
final class Unanswered {
  private static final Duration ANSWERED_WITHIN = Duration.ofMinutes(1);

  private Unanswered() {}

  static boolean is(Stored<Fulfillment> it, Instant now) {
    return it.value().status() == Status.PACKED && !it.updatedAt().plus(ANSWERED_WITHIN).isAfter(now);
  }

  /**
   * So many of a list, and other ones the next minute, so that every one has its turn.
   *
   * @param most how many are looked at in a minute
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
