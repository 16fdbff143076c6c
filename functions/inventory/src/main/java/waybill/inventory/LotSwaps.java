package waybill.inventory;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.catalog.Catalog;
import waybill.catalog.Location;
import waybill.inventory.LotExchange.Standing;
import waybill.messages.FulfillmentMessages.LotSwapAsked;
import waybill.messages.LocationId;
import waybill.messages.LotHolder;
import waybill.messages.LotNumber;
import waybill.messages.Sku;
import waybill.platform.Backoff;
import waybill.platform.Ports;
import waybill.platform.Stored;
import waybill.platform.Table;

/**
 * Swaps the lots of allocations, each request once: its record, the allocations and the counters of the lots are written in one transaction. What a location
 * has of a product as a whole stays as it is.
 */
final class LotSwaps {
  private final Table<LotSwap> swaps;
  private final Table<Allocation> allocations;
  private final Counters counters;
  private final Lots lots;
  private final Catalog catalog;
  private final Transactions transactions;
  private final InstantSource clock;

  LotSwaps(Ports ports) {
    this.swaps = InventoryTable.lotSwapRecords(ports);
    this.allocations = InventoryTable.allocationRecords(ports);
    this.counters = InventoryTable.counters(ports);
    this.lots = InventoryTable.lots(ports);
    this.catalog = new Catalog(ports);
    this.transactions = new Transactions(ports.dynamo());
    this.clock = ports.clock();
  }

  /** @param now whether it was decided just now; else it had been decided before */
  record Decided(LotSwap swap, boolean now) {}

  /** @throws Table.Contended if others were faster, again and again */
  Decided decide(LotSwapAsked asked) {
    var backoff = new Backoff();
    do {
      Optional<LotSwap> known = swaps.find(LotSwap.key(asked.swap())).map(Stored::value);
      if (known.isPresent()) {
        return new Decided(known.get(), false);
      }
      Optional<LotSwap> made = attempt(asked);
      if (made.isPresent()) {
        return new Decided(made.get(), true);
      }
    } while (backoff.again());
    throw new Table.Contended("lots");
  }

  private Optional<LotSwap> attempt(LotSwapAsked asked) {
    List<Stored<Allocation>> held = asked.holders().stream().map(this::allocation).toList();
    List<Standing> standings = new ArrayList<>();
    for (int i = 0; i < held.size(); i++) {
      standings.add(LotExchange.compare(asked.holders().get(i), held.get(i).value()));
    }
    if (standings.contains(Standing.BEHIND)) {
      throw new Corrections.OnItsWay(asked.fulfillment().value());
    }
    var exchange = new LotExchange(asked, lying(asked.sku(), asked.location(), asked.to()),
        lying(asked.sku(), asked.location(), asked.from()));
    var swap = LotSwap.of(asked, exchange.refusal(standings).orElse(null));
    if (swap.refused() != null) {
      return swaps.insert(swap) ? Optional.of(swap) : Optional.empty();
    }
    var writes = new ArrayList<TransactWriteItem>(List.of(swaps.insertion(swap)));
    for (int i = 0; i < held.size(); i++) {
      writes.add(allocations.replacement(held.get(i), held.get(i).value().swapped(asked.holders().get(i).after())));
    }
    for (Map.Entry<LotNumber, Integer> it : exchange.moved().entrySet()) {
      writes.add(counters.change(Counter.of(asked.sku(), asked.location(), it.getKey()),
          Levels.allocated(it.getValue())));
    }
    return transactions.write(writes) ? Optional.of(swap) : Optional.empty();
  }

  private Stored<Allocation> allocation(LotHolder holder) {
    String id = holder.fulfillment().value();
    Stored<Allocation> found = allocations.find(InventoryTable.allocation(id))
        .orElseThrow(() -> new IllegalStateException("no stock was ever kept for " + id));
    if (!found.value().status().hasEnded()) {
      throw new Corrections.OnItsWay(id);
    }
    return found;
  }

  /** A lot as it lies at a location now. */
  LyingLot lying(Sku sku, LocationId location, LotNumber number) {
    Location there = catalog.location(location).orElseThrow();
    Counter counter = Counter.of(sku, location, number);
    return new LyingLot(number, lots.find(sku, number).orElse(null),
        counters.read(List.of(counter)).getOrDefault(counter, Levels.NONE), catalog.products(List.of(sku)).get(sku),
        LocalDate.ofInstant(clock.instant(), ZoneId.of(there.timeZone())));
  }
}
