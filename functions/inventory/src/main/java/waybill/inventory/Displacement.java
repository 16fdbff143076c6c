package waybill.inventory;

import module java.base;
import waybill.messages.Sku;
import waybill.messages.StockPromise;

/**
 * Units that are there may wait in an order for others that are not, while another order of the same queue would break its promise for lack of
 * them. Then that order gets them, if the first one's promise still holds by what is expected, and nobody else's day gets later by it.
 *
 * @param before how many units are waited for by those before the queue
 * @param supply when further units come
 */
record Displacement(Sku sku, long before, Supply supply, Instant now) {

  /**
   * The queue with those served whose promise would be broken, as far as that breaks no other.
   *
   * @param queue in the order of placing, each with the days as they are known now
   */
  List<Reservation> of(List<Reservation> queue) {
    List<Reservation> served = queue;
    for (int i = 0; i < queue.size(); i++) {
      if (isBroken(served.get(i))) {
        served = serve(served, i);
      }
    }
    return served;
  }

  /** Whether an order comes later than it was first said, and for lack of this SKU alone. */
  private boolean isBroken(Reservation it) {
    Instant said = it.backorder().originally();
    if (said == null || !it.owed().containsKey(sku)) {
      return false;
    }
    return it.backorder().promises().stream().filter(promise -> promise.units() > 0)
        .allMatch(promise -> promise.sku().equals(sku) != holds(promise.now(), said));
  }

  private static boolean holds(Instant day, Instant said) {
    return day != null && !day.isAfter(said);
  }

  private List<Reservation> serve(List<Reservation> queue, int place) {
    Reservation wanting = queue.get(place);
    var next = new ArrayList<>(queue);
    int wanted = wanting.owed().get(sku);
    for (int holder : holders(queue, wanting)) {
      Reservation it = queue.get(holder);
      int lent = Math.min(wanted, it.idle(sku));
      if (lent > 0) {
        next.set(holder, it.owing(it.backorder().lending(sku, lent)));
      }
      wanted -= lent;
    }
    if (wanted > 0) {
      return queue;
    }
    StockPromise promise = wanting.backorder().promise(sku);
    next.set(place, wanting.owing(wanting.backorder().come(sku, promise.units(), promise.now(), now)));
    List<Reservation> dated = Filling.dated(sku, next, before, supply, now);
    return isNobodyWorseOff(queue, dated, place) ? dated : queue;
  }

  /** Who may lend units: orders that were promised for later and will keep that, the latest first. */
  private List<Integer> holders(List<Reservation> queue, Reservation wanting) {
    return IntStream.range(0, queue.size()).boxed().filter(it -> {
      Reservation holder = queue.get(it);
      Instant said = holder.backorder().originally();
      return holder != wanting && holder.idle(sku) > 0 && said != null
          && said.isAfter(wanting.backorder().originally()) && holds(holder.backorder().day(), said);
    }).sorted(Comparator.comparing((Integer it) -> queue.get(it).backorder().day()).reversed()).toList();
  }

  /** Whoever lends must know what brings the units back: an inbound that is only late says nothing. */
  private boolean isNobodyWorseOff(List<Reservation> queue, List<Reservation> next, int served) {
    long demand = before;
    for (int i = 0; i < queue.size(); i++) {
      Instant was = queue.get(i).backorder().day();
      Instant is = next.get(i).backorder().day();
      int owed = next.get(i).owed().getOrDefault(sku, 0);
      demand += owed;
      boolean lends = owed > queue.get(i).owed().getOrDefault(sku, 0);
      boolean later = i != served && was != null && !holds(is, was);
      if (later || lends && supply.day(demand) == null) {
        return false;
      }
    }
    return true;
  }
}
