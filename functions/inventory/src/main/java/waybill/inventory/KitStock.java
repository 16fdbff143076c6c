package waybill.inventory;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import waybill.catalog.Component;
import waybill.messages.LocationId;
import waybill.messages.Sku;
import waybill.messages.StockPool;

/**
 * What there is of a kit, which has no stock of its own: as many as its scarcest component suffices for.
 *
 * @param locations those at which a whole kit can be packed
 */
record KitStock(Sku sku, List<Part> components, List<InPool> pools, List<AtLocation> locations) {

  /** What each of it is packed out of. */
  record Part(Sku sku, int quantity) {}

  /** How many a pool may sell. */
  record InPool(StockPool pool, long available) {}

  /** How many can be packed out of what is not allocated. */
  record AtLocation(LocationId locationId, long available) {}

  /** @param stock of each of its components */
  static KitStock of(Sku kit, List<Component> components, Map<Sku, Stock> stock) {
    Map<StockPool, Long> pools = scarcest(components, it -> stock.get(it.sku()).pools().stream()
        .collect(Collectors.toMap(Stock.InPool::pool, Stock.InPool::available)));
    Map<LocationId, Long> locations = scarcest(components, it -> stock.get(it.sku()).locations().stream()
        .collect(Collectors.toMap(Stock.AtLocation::locationId, Stock.AtLocation::available)));
    return new KitStock(kit, components.stream().map(it -> new Part(it.sku(), it.quantity())).toList(),
        pools.entrySet().stream().map(it -> new InPool(it.getKey(), it.getValue())).toList(),
        locations.entrySet().stream().filter(it -> it.getValue() > 0)
            .map(it -> new AtLocation(it.getKey(), it.getValue())).toList());
  }

  /** By where some component has ever been; where another has not there is no kit. */
  private static <K> Map<K, Long> scarcest(List<Component> components,
      java.util.function.Function<Component, Map<K, Long>> units) {
    List<Map<K, Long>> kits = components.stream().map(it -> units.apply(it).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, one -> one.getValue() / it.quantity()))).toList();
    var least = new TreeMap<K, Long>(java.util.Comparator.comparing(Object::toString));
    kits.forEach(one -> one.keySet().forEach(
        at -> least.put(at, kits.stream().mapToLong(it -> it.getOrDefault(at, 0L)).min().orElse(0))));
    return least;
  }
}
