package waybill.inventory;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import waybill.messages.LocationId;
import waybill.messages.LotQuantity;
import waybill.messages.ParcelId;
import waybill.messages.ShipmentMessages.ShipmentLabelled;
import waybill.messages.SkuQuantity;
import waybill.messages.StockPool;

/**
 * The units of a parcel that have left a location, and the promise that they fulfilled.
 *
 * @param items units per SKU, one entry a SKU
 * @param lots which lots these come from; null if none of the products is tracked by lots
 */
record ShippedUnits(ParcelId parcel, LocationId location, StockPool pool, List<SkuQuantity> items, Instant at,
    Status status, int moved, List<LotQuantity> lots)
    implements
    Movement<ShippedUnits> {

  ShippedUnits {
    Objects.requireNonNull(parcel, "parcel");
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(pool, "pool");
    Objects.requireNonNull(at, "at");
    items = Movement.checked(items);
    lots = LotQuantity.orNull(lots);
  }

  static ShippedUnits of(ShipmentLabelled labelled) {
    return new ShippedUnits(labelled.parcel(), labelled.location(), labelled.pool(), labelled.items(), labelled.at(),
        Status.TAKING, 0, labelled.lots());
  }

  @Override
  public String id() {
    return parcel.value();
  }

  @Override
  public List<Move> moves() {
    return Movement.moves(items, item -> {
      var changes = new HashMap<>(
          Map.of(Counter.of(item.sku(), location), Levels.shippedFromLocation(item.quantity()),
              Counter.of(item.sku(), pool), Levels.shippedFromPool(item.quantity())));
      LotQuantity.byLot(lots, item.sku()).forEach(
          (lot, units) -> changes.put(Counter.of(item.sku(), location, lot), Levels.shippedFromLocation(units)));
      return changes;
    });
  }

  @Override
  public LedgerEntry.Cause cause() {
    return new LedgerEntry.Cause(LedgerEntry.Reason.SHIPPED, null, List.of(parcel.value()), null);
  }

  @Override
  public List<SkuQuantity> shortOf() {
    return List.of();
  }

  @Override
  public boolean isRefusable() {
    return false;
  }

  /** What a parcel holds was allocated before it was packed. If that is not counted, a person must look: it is not refused. */
  @Override
  public ShippedUnits with(Status next, int done, List<SkuQuantity> missing) {
    if (!missing.isEmpty()) {
      throw new IllegalStateException("parcel %s holds units that were never allocated: %s".formatted(parcel, missing));
    }
    return new ShippedUnits(parcel, location, pool, items, at, next, done, lots);
  }
}
