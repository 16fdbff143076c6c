package waybill.inventory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import waybill.inventory.Movement.Status;
import waybill.messages.FulfillmentMessages.ShortageReported;
import waybill.messages.LineQuantity;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;

/**
 * What a reported shortage means for stock. The fulfillment keeps what is left of it. Units that are missing leave what is on hand, and
 * with them goes the promise that the order has beyond what is planned of it; as many of these as there are to promise are promised to it
 * again at once. If units were cancelled meanwhile, they were released: then the missing ones are taken from what is free. What others
 * have been given since is not taken from them: whoever packs it finds that it is missing, and reports it.
 *
 * @param allocation what is kept for the fulfillment now
 * @param reservation what is promised to the order now
 * @param corrected the units that leave, per SKU
 * @param doubtful the units that stay free where the others were missing, per SKU
 * @param moves of the counters, with all that the records have moved
 */
record Correction(Allocation allocation, Reservation reservation, Map<Sku, Integer> corrected,
    Map<Sku, Integer> doubtful, List<Move> moves) {

  /** Works out one SKU after the other. */
  private record Work(ShortageReported reported, Allocation before, Allocation kept, Reservation reservation,
      Map<Counter, Levels> levels, Map<Sku, Integer> missing, Correction correction) {

    void sku(Sku sku, int units) {
      var shelf = Counter.of(sku, reported.location());
      var pool = Counter.of(sku, reservation.pool());
      int released = units(before.lines(), sku) - units(kept.lines(), sku);
      long free = levels.getOrDefault(shelf, Levels.NONE).available() + released;
      long sellable = levels.getOrDefault(pool, Levels.NONE).available();
      int beyondPlan = Math.clamp(promised(sku) - quantity(reported.planned(), sku), 0, units);
      int gone = (int) Math.min(units, Math.min(free, beyondPlan + sellable));
      int lost = Math.min(beyondPlan, gone);
      int again = (int) Math.min(lost, sellable - (gone - lost));
      missing.merge(sku, lost - again, Integer::sum);
      correction.corrected.put(sku, gone);
      correction.doubtful.put(sku, (int) (free - gone));
      add(shelf, Levels.missing(gone, released, reported.reason()));
      add(pool, Levels.missingInPool(gone, lost).plus(Levels.reserved(again)));
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
