package waybill.inventory;

import module java.base;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.messages.*;
import waybill.platform.Backoff;
import waybill.platform.RetryLater;
import waybill.platform.Stored;
import waybill.platform.Table;

/**
 * The orders that wait for a SKU, in the order of their placing. A reservation says what it waits for, and is written together with the
 * counters; a place in the queue only leads to it.
 */
final class Backorders {
  /** Their reservations are written in one transaction with the counter. */
  private static final int AT_ONCE = 40;

  private final Table<Waiting> places;
  private final Table<Reservation> reservations;
  private final Counters counters;
  private final Transactions transactions;

  Backorders(Table<Waiting> places, Table<Reservation> reservations, Counters counters,
      Transactions transactions) {
    this.places = places;
    this.reservations = reservations;
    this.counters = counters;
    this.transactions = transactions;
  }

  /** An order that waits is taken or released just now. */
  static final class OnItsWay extends RetryLater {
    private static final long serialVersionUID = 1;

    OnItsWay(OrderId order) {
      super("the stock of %s is being moved".formatted(order));
    }
  }

  /** Gives a reservation its places, if it has none yet: one that one transaction does not hold was written without. */
  void queue(Reservation reservation) {
    for (Sku sku : reservation.owed().keySet()) {
      var place = Waiting.of(reservation, sku);
      places.change(place.key(), it -> it.orElse(place));
    }
  }

  /**
   * Gives what is free to those who wait, the first first.
   *
   * @param supply when further units come; null if that has not changed
   * @param now when that is so
   * @param news hears of the reservations that have changed, or whose place is about to be given up, before it is
   */
  void fill(Sku sku, StockPool pool, Supply supply, Instant now, Consumer<List<Reservation>> news) {
    String from = Waiting.first(pool);
    long demand = 0;
    while (true) {
      Page page = page(sku, pool, from, demand, supply, now);
      news.accept(page.news);
      page.done.forEach(places::remove);
      demand = page.demand;
      if (page.places.size() < AT_ONCE || supply == null && page.isDry) {
        return;
      }
      from = page.places.getLast().value().key().sk() + "!";
    }
  }

  /**
   * A part of the queue, filled.
   *
   * @param news what others are to hear
   * @param done the places that are not needed any more
   * @param isDry whether nothing was left for those behind
   */
  private record Page(List<Stored<Waiting>> places, List<Reservation> news, List<Stored<Waiting>> done, long demand,
      boolean isDry) {}

  /** @throws Table.Contended if others were faster, again and again */
  private Page page(Sku sku, StockPool pool, String from, long demand, Supply supply, Instant now) {
    var backoff = new Backoff();
    do {
      List<Stored<Waiting>> queue = places.between(Waiting.partition(sku), from, Waiting.last(pool), true, AT_ONCE);
      Map<Reservation, Stored<Reservation>> known = new LinkedHashMap<>();
      reservations.findAll(queue.stream().map(it -> InventoryTable.reservation(it.value().order().value())).toList())
          .forEach(it -> known.put(it.value(), it));
      known.keySet().stream().filter(it -> !it.status().hasEnded()).findFirst().ifPresent(it -> {
        throw new OnItsWay(it.order());
      });
      List<Reservation> waiting = known.keySet().stream().filter(it -> it.status() == Movement.Status.TAKEN).toList();
      var counter = Counter.of(sku, pool);
      long free = counters.read(List.of(counter)).getOrDefault(counter, Levels.NONE).available();
      Filling filling = Filling.of(sku, waiting, free, demand, supply, now);
      if (filling.changed().isEmpty() || transactions.write(writes(filling, known, counter))) {
        return page(sku, queue, waiting, filling, free);
      }
    } while (backoff.again());
    throw new Table.Contended("backorders");
  }

  private List<TransactWriteItem> writes(Filling filling, Map<Reservation, Stored<Reservation>> known,
      Counter counter) {
    var writes = new ArrayList<TransactWriteItem>();
    filling.changed().forEach((before, next) -> writes.add(reservations.replacement(known.get(before), next)));
    if (filling.units() > 0) {
      writes.add(counters.change(counter, Levels.filled(Math.toIntExact(filling.units()))));
    }
    return writes;
  }

  private static Page page(Sku sku, List<Stored<Waiting>> queue, List<Reservation> waiting, Filling filling,
      long free) {
    var news = new ArrayList<Reservation>();
    Map<OrderId, Reservation> now = new HashMap<>();
    for (Reservation it : waiting) {
      Reservation next = filling.changed().getOrDefault(it, it);
      now.put(it.order(), next);
      if (next != it || !next.owed().containsKey(sku)) {
        news.add(next);
      }
    }
    List<Stored<Waiting>> done = queue.stream().filter(it -> {
      Reservation next = now.get(it.value().order());
      return next == null || !next.owed().containsKey(sku);
    }).toList();
    return new Page(queue, news, done, filling.demand(), filling.units() == free);
  }
}
