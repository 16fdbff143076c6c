package waybill.inventory;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.catalog.Catalog;
import waybill.catalog.Location;
import waybill.messages.FulfillmentId;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.LotNumber;
import waybill.messages.LotQuantity;
import waybill.platform.Outcome;
import waybill.platform.Ports;
import waybill.platform.Refused;
import waybill.platform.Stored;
import waybill.platform.Table;

/**
 * Gives a fulfillment other lots than those that it was allocated, because its packer found these in the bin. A lot gives only what it has free, so no other
 * fulfillment loses anything, and what the location has as a whole stays as it is. The caller writes the fulfillment in the same transaction: between the two
 * records nothing is ever seen to differ.
 */
public final class LotSwaps {
  private static final Refused MOVING = Refused.conflict("stock_moving",
      "its stock is just being changed: read it again in a moment, and pack what it holds then");

  private final Table<Allocation> allocations;
  private final Counters counters;
  private final Lots lots;
  private final Catalog catalog;
  private final InstantSource clock;

  public LotSwaps(Ports ports) {
    this.allocations = InventoryTable.allocationRecords(ports);
    this.counters = InventoryTable.counters(ports);
    this.lots = InventoryTable.lots(ports);
    this.catalog = new Catalog(ports);
    this.clock = ports.clock();
  }

  /**
   * So many units of a line are of a lot, as a packer says.
   *
   * @param at where the request says so
   */
  public record Found(String at, LineId line, LotNumber lot, int quantity) {}

  /**
   * @param lots those of the fulfillment from now on
   * @param writes what makes it so; none if they are those that it has
   */
  public record Swap(List<LotQuantity> lots, List<TransactWriteItem> writes) {}

  /**
   * @param lines what the fulfillment holds
   * @param held the lots that it is to come from, as it says itself
   * @param found for some of its lines, the lots of all of their units
   * @return refused if one of the lots must not be sold, or has not so many units free at its location
   */
  public Outcome<Swap> of(FulfillmentId fulfillment, List<LineQuantity> lines, List<LotQuantity> held,
      List<Found> found) {
    Optional<Stored<Allocation>> stored = allocations.find(InventoryTable.allocation(fulfillment.value()))
        .filter(it -> it.value().keeps(lines, held));
    return stored.isEmpty() ? MOVING.outcome() : swap(stored.get(), found);
  }

  private Outcome<Swap> swap(Stored<Allocation> stored, List<Found> found) {
    Allocation allocation = stored.value();
    Location location = catalog.location(allocation.location()).orElseThrow();
    var swap = new LotSwap(allocation, found, LocalDate.ofInstant(clock.instant(), ZoneId.of(location.timeZone())));
    Map<Counter, Integer> moved = swap.moved();
    if (moved.size() > LotSwap.MOST_LOTS) {
      return Refused.invalid("/parcels", "too_many_lots",
          "at most %d lots are swapped at once".formatted(LotSwap.MOST_LOTS)).outcome();
    }
    List<Counter> named = swap.named();
    Map<Counter, Lot> known = lots.findAll(named).stream()
        .collect(Collectors.toMap(it -> Counter.of(it.sku(), allocation.location(), it.number()), Function.identity()));
    return swap.with(known, counters.read(named), catalog.products(named.stream().map(Counter::sku).toList()))
        .map(next -> new Swap(LotQuantity.orNone(next.lots()), moved.isEmpty()
            ? List.of()
            : writes(stored, next, moved)));
  }

  private List<TransactWriteItem> writes(Stored<Allocation> stored, Allocation next, Map<Counter, Integer> moved) {
    var writes = new ArrayList<>(List.of(allocations.replacement(stored, next)));
    moved.forEach((lot, units) -> writes.add(counters.change(lot, Levels.allocated(units))));
    return writes;
  }
}
