package waybill.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import waybill.catalog.Location;
import waybill.messages.LocationId;
import waybill.messages.Sku;
import waybill.messages.StockPool;

/** What there is of a SKU, as the API shows it. */
record Stock(Sku sku, List<InPool> pools, List<AtLocation> locations) {

  /**
   * What a pool may sell.
   *
   * @param available units that are promised to nobody, and do not lie at a closed location
   * @param reserved units promised to orders and not yet shipped
   * @param backordered units promised without being there
   * @param incoming units on their way
   */
  record InPool(StockPool pool, int available, int reserved, int backordered, int incoming) {}

  /**
   * What lies at a location.
   *
   * @param onHand all units that may be sold
   * @param allocated units of those on hand that are kept for fulfillments
   * @param available units of those on hand that are not
   * @param damaged units beside those on hand that are broken
   * @param quarantined units beside those on hand that somebody must look at before they may be sold
   */
  record AtLocation(LocationId locationId, int onHand, int allocated, int available, int damaged, int quarantined) {}

  /** Other items that share the SKU's partition, as an order's would whose id is this SKU, are not stock. */
  static Stock of(Sku sku, List<Balance> balances, List<Location> known) {
    var pools = new ArrayList<InPool>();
    var locations = new ArrayList<AtLocation>();
    for (Balance it : balances) {
      if (it.sk().startsWith(Counter.POOL)) {
        var pool = new StockPool(it.sk().substring(Counter.POOL.length()));
        pools.add(new InPool(pool, Math.max(0, it.available() - closed(pool, balances, known)), it.reserved(), 0, 0));
      } else if (it.sk().startsWith(Counter.LOCATION)) {
        locations.add(new AtLocation(new LocationId(it.sk().substring(Counter.LOCATION.length())), it.onHand(),
            it.allocated(), it.available(), it.damaged(), it.quarantined()));
      }
    }
    return new Stock(sku, pools, locations);
  }

  /** The free units of closed locations: they are not promised. */
  private static int closed(StockPool pool, List<Balance> balances, List<Location> known) {
    Set<String> closed = known.stream().filter(it -> !it.active() && it.stockPool().equals(pool))
        .map(it -> Counter.LOCATION + it.id()).collect(Collectors.toSet());
    return balances.stream().filter(it -> closed.contains(it.sk())).mapToInt(Balance::available).sum();
  }
}
