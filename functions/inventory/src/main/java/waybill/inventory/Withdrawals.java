package waybill.inventory;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import waybill.catalog.Catalog;
import waybill.catalog.Location;
import waybill.catalog.Product;
import waybill.messages.LotNumber;
import waybill.messages.Sku;
import waybill.platform.Backoff;
import waybill.platform.Outcome;
import waybill.platform.Table;

/**
 * Takes what may be sold no more out of what is for sale: units of a lot that has expired, or will before the product's minimum life is over, and
 * of one that is recalled. They are quarantined by an adjustment as anybody's, so what was allocated of them falls short as it does after a count.
 */
final class Withdrawals {
  private static final String ACTOR = "waybill";

  private final Catalog catalog;
  private final Counters counters;
  private final Lots lots;
  private final Adjustments adjustments;
  private final InstantSource clock;

  Withdrawals(Catalog catalog, Counters counters, Lots lots, Adjustments adjustments, InstantSource clock) {
    this.catalog = catalog;
    this.counters = counters;
    this.lots = lots;
    this.adjustments = adjustments;
    this.clock = clock;
  }

  /** Of a product, wherever it lies. */
  List<Adjustment> visit(Product product) {
    Collection<Location> known = catalog.locations();
    return counters.locations(product.sku()).stream()
        .flatMap(it -> known.stream().filter(location -> location.id().equals(it)))
        .flatMap(it -> visit(product, it).stream()).toList();
  }

  /** @throws Table.Contended if others were faster, again and again */
  List<Adjustment> visit(Product product, Location location) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneId.of(location.timeZone()));
    var made = new ArrayList<Adjustment>();
    var backoff = new Backoff();
    Optional<Adjustment> next = next(product, location, today);
    while (next.isPresent()) {
      if (adjustments.make(next.get(), product,
          today) instanceof Outcome.Accepted<Adjustments.Made>(Adjustments.Made it)) {
        made.add(it.adjustment());
      } else if (!backoff.again()) {
        throw new Table.Contended("stock");
      }
      next = next(product, location, today);
    }
    return made;
  }

  /** All units of one lot that must not be sold and are; empty if there is none. */
  private Optional<Adjustment> next(Product product, Location location, LocalDate today) {
    Sku sku = product.sku();
    var shelf = Counter.of(sku, location.id());
    counters.readWhole(List.of(shelf));
    int entries = counters.entries(shelf);
    Map<Counter, Levels> lying = counters.lots(shelf);
    lying.values().removeIf(it -> it.there() <= 0);
    Map<LotNumber, Lot> known = lots.findAll(sku, lying.keySet());
    return lying.entrySet().stream()
        .filter(it -> !known.get(it.getKey().lot()).isGood(today, product.minimumLifeDays()))
        .findFirst().map(it -> {
          Lot lot = known.get(it.getKey().lot());
          return new Adjustment(AdjustmentId.of(it.getKey(), entries), sku, location.id(), location.stockPool(),
              -Math.toIntExact(it.getValue().there()), null, null,
              lot.recalled() ? Adjustment.Reason.RECALLED : Adjustment.Reason.EXPIRED, null, ACTOR, 0, 0, lot.number(),
              null, null);
        });
  }
}
