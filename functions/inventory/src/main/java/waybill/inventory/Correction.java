package waybill.inventory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import waybill.inventory.Movement.Status;
import waybill.messages.FulfillmentMessages.ShortageReported;
import waybill.messages.LineQuantity;
import waybill.messages.LotNumber;
import waybill.messages.LotQuantity;
import waybill.messages.ShortageReason;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;

/**
 * What a reported shortage means for stock. The fulfillment keeps what is left of it. Units that are missing leave what is on hand, and
 * with them goes the promise that the order has beyond what is planned of it; as many of these as there are to promise are promised to it
 * again at once. Units that a count had shown to be gone have left what is on hand already, so they only cover its shortfall. If units
 * were cancelled meanwhile, they were released: then the missing ones are taken from what is free. What others
 * have been given since is not taken from them: whoever packs it finds that it is missing, and reports it. Of a product that is tracked by lots,
 * units are missing of the lots that were reported.
 *
 * @param allocation what is kept for the fulfillment now
 * @param reservation what is promised to the order now
 * @param corrected the units that leave and were not known to be gone, per SKU
 * @param doubtful the units that stay free where the others were missing, per SKU
 * @param moves of the counters, with all that the records have moved
 */
record Correction(Allocation allocation, Reservation reservation, Map<Sku, Integer> corrected,
    Map<Sku, Integer> doubtful, List<Move> moves) {

  /**
   * Where units are missing: a location, or a lot there.
   *
   * @param units how many are missing
   * @param released how many the fulfillment holds no more
   */
  private record Part(Counter counter, Levels there, int units, int released) {

    private long free() {
      return there.available() + released;
    }

    /** How many of them are known to be gone. */
    long known() {
      return Math.min(units, Math.min(there.get(Level.SHORTFALL), free()));
    }

    /** How many of them may leave beyond that. @param gone whether what is known counts */
    long more(boolean gone) {
      long known = gone ? known() : 0;
      return Math.min(units - known, free() - known);
    }
  }

  /** Works out one SKU after the other. */
  private record Work(ShortageReported reported, Allocation before, Allocation kept, Reservation reservation,
      Map<Counter, Levels> levels, Map<Sku, Integer> missing, Correction correction) {

    void sku(Sku sku, int units) {
      var shelf = Counter.of(sku, reported.location());
      var pool = Counter.of(sku, reservation.pool());
      Levels there = levels.getOrDefault(shelf, Levels.NONE);
      Levels promised = levels.getOrDefault(pool, Levels.NONE);
      int released = units(before.lines(), sku) - units(kept.lines(), sku);
      long free = there.available() + released;
      List<Part> parts = parts(sku, new Part(shelf, there, units, released));
      long sellable = promised.available();
      int beyondPlan = Math.clamp(promised(sku) - quantity(reported.planned(), sku), 0, units);
      boolean gone = reported.reason() == ShortageReason.NOT_IN_STOCK;
      int known = gone ? (int) parts.stream().mapToLong(Part::known).sum() : 0;
      int knownInPool = (int) least(known, promised.get(Level.SHORTFALL), beyondPlan);
      int more = reported.counted()
          ? 0
          : (int) least(parts.stream().mapToLong(it -> it.more(gone)).sum(), free - known,
              beyondPlan - knownInPool + sellable);
      int lost = knownInPool + Math.min(beyondPlan - knownInPool, more);
      int taken = more - (lost - knownInPool);
      int again = (int) least(lost, sellable - taken);
      missing.merge(sku, lost - again, Integer::sum);
      correction.corrected.put(sku, more);
      correction.doubtful.put(sku, reported.counted() ? 0 : (int) (free - known - more));
      take(parts, gone, more);
      add(shelf, missing(known, more, released));
      add(pool, Levels.missingInPool(lost + taken, lost).plus(Levels.of(Level.SHORTFALL, -knownInPool))
          .plus(Levels.reserved(again)));
    }

    /** Those of lots; the location itself if it is not counted by lots. */
    private List<Part> parts(Sku sku, Part whole) {
      Map<LotNumber, Integer> lacking = LotQuantity.byLot(reported.lots(), sku);
      if (lacking.isEmpty()) {
        return List.of(whole);
      }
      Map<LotNumber, Integer> left = LotQuantity.byLot(kept.lots(), sku);
      var released = new TreeMap<>(LotQuantity.byLot(before.lots(), sku));
      lacking.keySet().forEach(it -> released.putIfAbsent(it, 0));
      return released.entrySet().stream().map(it -> {
        var lot = Counter.of(sku, reported.location(), it.getKey());
        return new Part(lot, levels.getOrDefault(lot, Levels.NONE), lacking.getOrDefault(it.getKey(), 0),
            it.getValue() - left.getOrDefault(it.getKey(), 0));
      }).toList();
    }

    /** What leaves of each lot. */
    private void take(List<Part> parts, boolean gone, int more) {
      int left = more;
      for (Part it : parts) {
        int taken = (int) Math.min(left, it.more(gone));
        left -= taken;
        if (it.counter.isLot()) {
          add(it.counter, missing(gone ? (int) it.known() : 0, taken, it.released));
        }
      }
    }

    private Levels missing(int known, int more, int released) {
      return Levels.missing(known + more, released, reported.reason()).plus(Levels.of(Level.SHORTFALL, -known));
    }

    private static long least(long one, long... others) {
      return LongStream.concat(LongStream.of(one), LongStream.of(others)).min().orElse(one);
    }

    private int promised(Sku sku) {
      return reservation.status() == Status.TAKEN ? quantity(reservation.promised(), sku) : 0;
    }

    private void add(Counter counter, Levels change) {
      if (!change.isNothing()) {
        correction.moves.add(new Move(counter, change));
      }
    }
  }

  /**
   * @param allocation what the location keeps for the fulfillment
   * @param reservation what the order is promised
   * @param levels what the counters stand at
   */
  static Correction of(ShortageReported reported, Allocation allocation, Reservation reservation,
      Map<Counter, Levels> levels) {
    Allocation kept = allocation.status() == Status.TAKEN ? allocation.within(reported) : allocation;
    var missing = new HashMap<>(Missing.units(reservation.missing()));
    var correction = new Correction(kept, reservation, new TreeMap<>(), new TreeMap<>(), new ArrayList<>());
    var work = new Work(reported, allocation, kept, reservation, levels, missing, correction);
    LineQuantity.bySku(reported.lines()).forEach(it -> work.sku(it.sku(), it.quantity()));
    return new Correction(kept, reservation.status() == Status.TAKEN ? reservation.lacking(missing) : reservation,
        correction.corrected, correction.doubtful, correction.moves);
  }

  private static int units(List<LineQuantity> lines, Sku sku) {
    return lines.stream().filter(it -> it.sku().equals(sku)).mapToInt(LineQuantity::quantity).sum();
  }

  private static int quantity(List<SkuQuantity> items, Sku sku) {
    return items.stream().filter(it -> it.sku().equals(sku)).mapToInt(SkuQuantity::quantity).sum();
  }
}
