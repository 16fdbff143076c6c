package waybill.inventory;

import module java.base;
import waybill.messages.Sku;
import waybill.messages.StockPromise;

/**
 * Who gets units that have come: whoever was placed first, as many as there are.
 *
 * @param changed the reservations that become others, by what they were
 * @param units how many of the free units are given away
 * @param demand how many units are still waited for, with those before
 */
record Filling(Map<Reservation, Reservation> changed, long units, long demand) {

  /**
   * @param queue in the order of placing
   * @param free the units that may be given away
   * @param before how many units are waited for by those before the queue
   * @param supply when further units come; null if that has not changed
   * @param now when that is so
   */
  static Filling of(Sku sku, List<Reservation> queue, long free, long before, Supply supply,
      Instant now) {
    var changed = new LinkedHashMap<Reservation, Reservation>();
    long left = free;
    long demand = before;
    for (Reservation it : queue) {
      int owed = it.owed().getOrDefault(sku, 0);
      int given = (int) Math.min(left, owed);
      left -= given;
      demand += owed - given;
      Backorder next = owed == 0 ? it.backorder() : next(it.backorder(), sku, given, demand, supply, now);
      if (!next.equals(it.backorder())) {
        changed.put(it, it.owing(next));
      }
    }
    return new Filling(changed, free - left, demand);
  }

  private static Backorder next(Backorder before, Sku sku, int given, long demand, Supply supply, Instant now) {
    StockPromise promise = before.promise(sku);
    boolean isDated = supply != null && given < promise.units();
    return before.come(sku, given, isDated ? supply.day(demand, promise.now()) : promise.now(), now);
  }
}
