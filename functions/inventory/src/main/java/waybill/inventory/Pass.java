package waybill.inventory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import waybill.messages.Sku;

/**
 * How far the reconciliation has come. A pass goes over the whole table, as many pages a run, and compares at its end. Of more SKUs than the
 * memory holds, a pass looks at a slice.
 *
 * @param number of the pass
 * @param startedAt when its first page was read
 * @param cursor the last item that was read; null at the beginning
 * @param parts how many parts each run before has left
 * @param counters how many counters these hold
 * @param slice the number of its slice, of so many
 * @param busyUntil somebody works on it until then
 */
record Pass(int number, Instant startedAt, Place cursor, List<Integer> parts, int counters, int slice, int slices,
    Instant busyUntil) {
  static final String PARTITION = "reconciliation#stock";
  /** A page may miss what was written a moment before, and clocks differ. */
  private static final Duration MARGIN = Duration.ofMinutes(1);
  /** More than its function is given. */
  private static final Duration LONGEST_RUN = Duration.ofSeconds(150);

  /** An item's key. */
  record Place(String pk, String sk) {}

  /**
   * What a run has added up. It is a record of its own, as a run's may be too much for one.
   *
   * @param pass the pass that it is of: what another left under the same key is none
   */
  record Part(int pass, int run, int part, List<Line> lines) {}

  record Line(Sku sku, String place, Tally.Sum sum) {}

  static Pass first(Instant now) {
    return new Pass(1, now, null, List.of(), 0, 0, 1, Instant.EPOCH);
  }

  boolean isBusy(Instant now) {
    return now.isBefore(busyUntil);
  }

  /** What was written since may be in the sum of one record and not yet in that of another. */
  Instant quietSince() {
    return startedAt.minus(MARGIN);
  }

  boolean includes(Sku sku) {
    return Math.floorMod(sku.value().hashCode(), slices) == slice;
  }

  /** Somebody works on it now; it begins now if nothing was read yet. */
  Pass taken(Instant now) {
    return new Pass(number, cursor == null ? now : startedAt, cursor, parts, counters, slice, slices,
        now.plus(LONGEST_RUN));
  }

  Pass after(Place last, int newParts, int newCounters) {
    var all = new ArrayList<>(parts);
    all.add(newParts);
    return new Pass(number, startedAt, last, all, counters + newCounters, slice, slices, Instant.EPOCH);
  }

  /** The one that follows when this one is done. */
  Pass next() {
    return new Pass(number + 1, startedAt, null, List.of(), 0, (slice + 1) % slices, slices, Instant.EPOCH);
  }

  /** From the beginning, with half as many SKUs. */
  Pass finer() {
    return new Pass(number + 1, startedAt, null, List.of(), 0, 0, slices * 2, Instant.EPOCH);
  }
}
