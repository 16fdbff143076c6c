package waybill.inventory;

import module java.base;
import waybill.catalog.Catalog;
import waybill.catalog.Oversell;
import waybill.catalog.Product;
import waybill.messages.*;

/** Reads what of products may be promised beyond what is there, and when it comes. */
final class OversellTerms {
  private final Catalog catalog;
  private final Inbounds inbounds;
  private final InstantSource clock;

  OversellTerms(Catalog catalog, Inbounds inbounds, InstantSource clock) {
    this.catalog = catalog;
    this.inbounds = inbounds;
    this.clock = clock;
  }

  Instant now() {
    return clock.instant();
  }

  /** Of one SKU in a pool. */
  Supply supply(Sku sku, StockPool pool) {
    return supply(sku, pool, terms(List.of(sku)).getOrDefault(sku, Oversell.NONE));
  }

  Supply supply(Sku sku, StockPool pool, Oversell terms) {
    return new Supply(inbounds.expected(sku, pool), terms, clock.instant());
  }

  private Map<Sku, Oversell> terms(Collection<Sku> skus) {
    return catalog.products(skus).values().stream().collect(Collectors.toMap(Product::sku, Product::beyondStock));
  }

  /** What of these may be owed. What comes of a SKU is read only if that is. */
  Owing<Reservation> of(List<Reservation> group) {
    Map<Sku, Oversell> terms = terms(group.stream().flatMap(it -> it.items().stream()).map(SkuQuantity::sku)
        .collect(Collectors.toCollection(TreeSet::new)));
    var supplies = new HashMap<Counter, Supply>();
    return (reservation, shortOf, left) -> {
      boolean allowed = shortOf.stream().allMatch(it -> terms.getOrDefault(it.sku(), Oversell.NONE)
          .allows(demand(reservation, it, left)));
      if (!allowed) {
        return Optional.empty();
      }
      List<StockPromise> promises = shortOf.stream().map(it -> {
        Instant day = supplies.computeIfAbsent(Counter.of(it.sku(), reservation.pool()),
            _ -> supply(it.sku(), reservation.pool(), terms.get(it.sku()))).day(demand(reservation, it, left));
        return new StockPromise(it.sku(), it.quantity(), day, day);
      }).toList();
      return Optional.of(reservation.owing(Backorder.of(promises, reservation.placedAt())));
    };
  }

  private static long demand(Reservation reservation, SkuQuantity missing, Map<Counter, Levels> left) {
    return left.getOrDefault(Counter.of(missing.sku(), reservation.pool()), Levels.NONE).get(Level.BACKORDERED)
        + missing.quantity();
  }
}
