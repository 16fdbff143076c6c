package waybill.inventory;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import waybill.messages.LocationId;
import waybill.messages.LotNumber;
import waybill.messages.LotQuantity;
import waybill.messages.ParcelId;
import waybill.messages.ShipmentMessages.ShipmentLabelled;
import waybill.messages.ShipmentMessages.ShipmentVoided;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.messages.StockPool;

/**
 * The units of a parcel that have left a location, and the promise that they fulfilled. If the parcel's label is voided, they never left.
 *
 * @param items units per SKU, one entry a SKU
 * @param lots which lots these come from; null if none of the products is tracked by lots
 * @param found which of them had been counted as gone; null if none had
 */
record ShippedUnits(ParcelId parcel, LocationId location, StockPool pool, List<SkuQuantity> items, Instant at,
    Status status, int moved, List<LotQuantity> lots, List<Found> found)
    implements
    Movement<ShippedUnits> {

  ShippedUnits {
    Objects.requireNonNull(parcel, "parcel");
    Objects.requireNonNull(location, "location");
    Objects.requireNonNull(pool, "pool");
    Objects.requireNonNull(at, "at");
    items = Movement.checked(items);
    lots = LotQuantity.orNull(lots);
    found = found == null || found.isEmpty() ? null : found;
  }

  /** Units of a lot that had been counted as gone. */
  record Found(Sku sku, LotNumber lot, int units) {}

  static ShippedUnits of(ShipmentLabelled labelled) {
    return new ShippedUnits(labelled.parcel(), labelled.location(), labelled.pool(), labelled.items(), labelled.at(),
        Status.TAKING, 0, labelled.lots(), null);
  }

  /** That none of it has left: its label is void. */
  static ShippedUnits of(ShipmentVoided voided) {
    return new ShippedUnits(voided.parcel(), voided.location(), voided.pool(), voided.items(), voided.at(),
        Status.RELEASED, 0, voided.lots(), null);
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
      if (found != null) {
        found.stream().filter(it -> it.sku.equals(item.sku())).forEach(it -> find(it, changes));
      }
      return changes;
    });
  }

  /** The pool that gave them up has as many more. */
  private void find(Found it, Map<Counter, Levels> changes) {
    Levels covered = Levels.of(Level.SHORTFALL, -it.units);
    changes.merge(Counter.of(it.sku, location, it.lot), covered, Levels::plus);
    changes.merge(Counter.of(it.sku, location), covered, Levels::plus);
    changes.merge(Counter.of(it.sku, pool), Levels.adjustedInPool(it.units), Levels::plus);
  }

  /** The same with these. */
  ShippedUnits finding(List<Found> units) {
    return new ShippedUnits(parcel, location, pool, items, at, status, moved, lots, units);
  }

  @Override
  public LedgerEntry.Cause cause() {
    boolean back = status == Status.RELEASING || status == Status.RELEASED;
    return new LedgerEntry.Cause(back ? LedgerEntry.Reason.LABEL_VOIDED : LedgerEntry.Reason.SHIPPED, null,
        List.of(parcel.value()), null);
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
    return new ShippedUnits(parcel, location, pool, items, at, next, done, lots, found);
  }
}
