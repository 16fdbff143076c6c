package waybill.inventory;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import waybill.messages.ReservationId;
import waybill.platform.Table.Key;
import waybill.platform.TimeKey;

/**
 * When a checkout's reservation must be looked at. It is written together with the reservation, which alone says what is to be done then: a
 * prolongation does not touch it.
 */
record Expiring(ReservationId reservation, Instant at) {
  /** A partition takes a thousand writes a second. */
  private static final int PARTS = 4;

  static List<String> partitions() {
    return IntStream.range(0, PARTS).mapToObj(Expiring::partition).toList();
  }

  /** Before all of a partition. */
  static String first() {
    return "0";
  }

  /** Behind all that are due by then. */
  static String last(Instant time) {
    return TimeKey.of(time) + "~";
  }

  Key key() {
    return new Key(partition(Math.floorMod(reservation.value().hashCode(), PARTS)),
        TimeKey.of(at) + "#" + reservation);
  }

  private static String partition(int part) {
    return "expiring#" + part;
  }
}
