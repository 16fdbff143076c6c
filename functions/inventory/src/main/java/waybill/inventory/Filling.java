package waybill.inventory;

import module java.base;
import waybill.messages.OrderId;
import waybill.messages.Sku;
import waybill.messages.StockPromise;

/**
 * Who gets units that have come: whoever was placed first, as many as there are. If days have changed, whose promise would be broken may also get what
 * others hold and do not need yet.
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
    return supply == null
        ? new Filling(changed, free - left, demand)
        : new Filling(displaced(sku, queue, changed, before, supply, now), free - left, demand);
  }

  private static Map<Reservation, Reservation> displaced(Sku sku, List<Reservation> queue,
      Map<Reservation, Reservation> changed, long before, Supply supply, Instant now) {
    List<Reservation> filled = queue.stream().map(it -> changed.getOrDefault(it, it))
        .filter(it -> it.owed().containsKey(sku)).toList();
    List<Reservation> served = new Displacement(sku, before, supply, now).of(filled);
    if (served == filled) {
      return changed;
    }
    var all = new LinkedHashMap<>(changed);
    Map<OrderId, Reservation> last = served.stream().collect(Collectors.toMap(Reservation::order, it -> it));
    queue.stream().filter(it -> last.containsKey(it.order())).forEach(it -> {
      Reservation next = last.get(it.order());
      // Its day has not moved before its units came: it is there in time.
      all.put(it, next.owed().containsKey(sku)
          ? next
          : it.owing(it.backorder().come(sku,
              it.owed().get(sku), it.backorder().promise(sku).now(), now)));
    });
    all.entrySet().removeIf(it -> it.getKey().equals(it.getValue()));
    return all;
  }

  /** The queue with the days on which what it waits for comes. */
  static List<Reservation> dated(Sku sku, List<Reservation> queue, long before, Supply supply, Instant now) {
    var dated = new ArrayList<Reservation>();
    long demand = before;
    for (Reservation it : queue) {
      demand += it.owed().getOrDefault(sku, 0);
      dated.add(it.owed().containsKey(sku) ? it.owing(next(it.backorder(), sku, 0, demand, supply, now)) : it);
    }
    return List.copyOf(dated);
  }

  private static Backorder next(Backorder before, Sku sku, int given, long demand, Supply supply, Instant now) {
    StockPromise promise = before.promise(sku);
    boolean isDated = supply != null && given < promise.units();
    return before.come(sku, given, isDated ? supply.day(demand, promise.now()) : promise.now(), now);
  }
}
