package waybill.inventory;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import waybill.catalog.Location;
import waybill.messages.ExpiryDate;
import waybill.messages.LocationId;
import waybill.messages.LotNumber;
import waybill.messages.Sku;
import waybill.messages.StockPool;

/** What there is of a SKU, as the API shows it. */
record Stock(Sku sku, List<InPool> pools, List<AtLocation> locations) {

  /**
   * What a pool may sell.
   *
   * @param available units that may be promised: they lie at open locations, are not kept, and are promised to nobody
   * @param reserved units promised to orders and not yet shipped
   * @param backordered units promised without being there
   * @param incoming units on their way
   * @param safetyStock units that are not promised, of those that are free
   * @param lowStock so many available units are few, of which storefronts hear; 0 if no number is
   * @param shortfall reserved units that turned out not to be there
   */
  record InPool(StockPool pool, long available, long reserved, long backordered, long incoming, long safetyStock,
      int lowStock, long shortfall) {}

  /**
   * What lies at a location.
   *
   * @param onHand all units that lie there and may be sold
   * @param allocated units that are kept for fulfillments
   * @param available units of those on hand that are not
   * @param damaged units beside those on hand that are broken
   * @param quarantined units beside those on hand that somebody must look at before they may be sold
   * @param inTransit units that are on their way there from other locations
   * @param shortfall allocated units that turned out not to be there
   * @param lots the same by lot, whichever expires first; null if it is not counted by lots
   */
  record AtLocation(LocationId locationId, long onHand, long allocated, long available, long damaged, long quarantined,
      long inTransit, long shortfall, List<OfLot> lots) {}

  /** What lies there of a lot. @param expiresOn null if the product does not expire */
  record OfLot(LotNumber lot, ExpiryDate expiresOn, long onHand, long allocated, long available, long damaged,
      long quarantined, long inTransit, long shortfall) {}

  /** Other items that share the SKU's partition, as an order's would whose id is this SKU, are not stock. */
  static Stock of(Sku sku, List<Balance> balances, List<Location> known, Map<LotNumber, Lot> lots) {
    var pools = new ArrayList<InPool>();
    var locations = new ArrayList<AtLocation>();
    for (Balance it : balances) {
      if (it.sk().startsWith(Counter.POOL)) {
        var pool = new StockPool(it.sk().substring(Counter.POOL.length()));
        pools.add(pool(pool, it.levels().settled(), closed(pool, balances, known), it.lowStock()));
      } else if (it.sk().startsWith(Counter.LOCATION)) {
        var shelf = new Counter(sku, it.sk());
        locations.add(location(shelf.location(), it.levels(),
            it.lotTracked() ? lots(sku, Counter.lots(shelf.location()), balances, lots) : null));
      }
    }
    return new Stock(sku, pools, locations);
  }

  private static InPool pool(StockPool pool, Levels settled, long closed, int lowStock) {
    long kept = settled.get(Level.SAFETY_STOCK);
    return new InPool(pool, settled.holdingBack(closed + kept).available(), settled.reserved(),
        settled.get(Level.BACKORDERED), settled.get(Level.INCOMING), kept, lowStock,
        settled.get(Level.SHORTFALL));
  }

  /** Those of which something is there, or is to come. */
  private static List<OfLot> lots(Sku sku, String prefix, List<Balance> balances, Map<LotNumber, Lot> known) {
    return balances.stream().filter(it -> it.sk().startsWith(prefix) && !it.levels().isNothing()).map(it -> {
      Levels settled = it.levels().settled();
      LotNumber number = new Counter(sku, it.sk()).lot();
      return new OfLot(number, known.get(number).expiresOn(), it.levels().there(), settled.allocated(),
          settled.available(), settled.get(Level.DAMAGED), settled.get(Level.QUARANTINED),
          settled.get(Level.IN_TRANSIT), settled.get(Level.SHORTFALL));
    }).sorted(comparing(OfLot::expiresOn, nullsLast(naturalOrder()))).toList();
  }

  static AtLocation location(LocationId location, Levels levels, List<OfLot> lots) {
    Levels settled = levels.settled();
    return new AtLocation(location, levels.there(), settled.allocated(), settled.available(),
        settled.get(Level.DAMAGED), settled.get(Level.QUARANTINED), settled.get(Level.IN_TRANSIT),
        settled.get(Level.SHORTFALL), lots);
  }

  /** The free units of closed locations: they are not promised. */
  private static long closed(StockPool pool, List<Balance> balances, List<Location> known) {
    Set<String> closed = known.stream().filter(it -> !it.active() && it.stockPool().equals(pool))
        .map(it -> Counter.LOCATION + it.id()).collect(Collectors.toSet());
    return balances.stream().filter(it -> closed.contains(it.sk()))
        .mapToLong(it -> it.levels().settled().available()).sum();
  }
}
