package waybill.inventory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import waybill.messages.LotQuantity;

/**
 * What leaves all the same was there: if units of a lot leave that were counted as gone, as many are found. A location without lots needs no such
 * rule, because only as many units can be short as it has allocated; of a location with lots, the free units of one lot would cover for ever what
 * is short of another.
 */
final class FoundShipping implements LotChoice<ShippedUnits> {

  @Override
  public void read(Collection<ShippedUnits> movements, Map<Counter, Levels> levels) {
    // The counters of their lots are among those that they move.
  }

  @Override
  public Chosen<ShippedUnits> of(ShippedUnits movement, Map<Counter, Levels> levels) {
    var found = new ArrayList<ShippedUnits.Found>();
    movement.items().forEach(item -> LotQuantity.byLot(movement.lots(), item.sku()).forEach((lot, units) -> {
      Levels there = levels.getOrDefault(Counter.of(item.sku(), movement.location(), lot), Levels.NONE);
      int left = Math.clamp(there.get(Level.SHORTFALL) - there.allocated() + units, 0, units);
      if (left > 0) {
        found.add(new ShippedUnits.Found(item.sku(), lot, left));
      }
    }));
    return new Chosen<>(found.isEmpty() ? movement : movement.finding(found), List.of());
  }
}
