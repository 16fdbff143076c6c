package waybill.inventory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import waybill.messages.Choreography.ReconcileStock;
import waybill.messages.StockMessages.StockFellShort;
import waybill.platform.Log;
import waybill.platform.Ports;
import waybill.platform.ScheduledFunction;
import waybill.platform.Sender;
import waybill.platform.Stored;
import waybill.platform.Table;

/**
 * A schedule: compares counters with reservations, allocations, what is expected, and the ledger, and reports by name what differs. If a location
 * has fewer units than it has allocated, it sends that again, in case whoever counted vanished before it was sent; so it does with a file of stock that
 * nobody goes on with.
 */
public record ReconcileStockHandler(Reconciliation reconciliation, LedgerEntries entries, Counters counters,
    Table<Adjustment> adjustments, Imports imports, Sender<ReconcileStock.Output> sender, InstantSource clock)
    implements
    ScheduledFunction {
  private static final Log LOG = Log.of(ReconcileStockHandler.class);
  /** Of one run: whoever drifted by a fault of ours is not alone, and each is in the log of the next pass. */
  private static final int MOST_REPORTED = 100;
  private static final int MOST_RESENT = 100;
  private static final int LAST_ENTRIES = 100;
  /** By then, what a count means has been shared among fulfillments, and the next line of a file is done, if that was sent. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  public ReconcileStockHandler() { this(Ports.ofProcess()); }

  public ReconcileStockHandler(Ports ports) { this(ports, Reconciliation.Limits.USUAL); }

  ReconcileStockHandler(Ports ports, Reconciliation.Limits limits) {
    this(InventoryTable.reconciliation(ports, limits), InventoryTable.entries(ports), InventoryTable.counters(ports),
        InventoryTable.adjustmentRecords(ports), InventoryTable.imports(ports), new Sender<>(ports), ports.clock());
  }

  @Override
  public void run() {
    imports.standing(clock.instant().minus(PATIENCE)).forEach(it -> {
      LOG.info("Stock import sent on again", "import", it.id(), "done", it.done(), "lines", it.lines());
      sender.send(List.of(Imports.due(it)));
    });
    Optional<Reconciliation.Found> run = reconciliation.run();
    if (run.isEmpty()) {
      LOG.info("Stock is being reconciled already");
      return;
    }
    Reconciliation.Found found = run.get();
    found.fallenShort().stream().limit(MOST_RESENT).flatMap(it -> unshared(it).stream()).forEach(it -> {
      LOG.info("Shortfall sent again", "adjustment", it.reference(), "sku", it.sku(), "location", it.location(),
          "units",
          it.units());
      sender.send(List.of(it));
    });
    found.drifts().stream().limit(MOST_REPORTED)
        .forEach(
            it -> LOG.report("StockDrifted", "Stock drifted", "sku", it.sku(), "place", it.place(), "pair", it.pair(),
                "counted", it.counted(), "written", it.written(), "units", it.units()));
    if (found.ended() != null) {
      LOG.info("Stock reconciled", "pass", found.ended().number(), "counters", found.counters(), "drifts",
          found.drifts().size(), "moved_meanwhile", found.moved(), "runs", found.ended().parts().size() + 1);
    }
  }

  /** What was sent of the latest adjustment that took allocated units, while these are missing still. */
  private Optional<StockFellShort> unshared(Counter shelf) {
    long shortfall = counters.read(List.of(shelf)).getOrDefault(shelf, Levels.NONE).get(Level.SHORTFALL);
    if (shortfall == 0) {
      return Optional.empty();
    }
    return entries.upTo(shelf.sku(), shelf.location(), null, LAST_ENTRIES).stream()
        .flatMap(it -> it.references().stream()).flatMap(AdjustmentId::named)
        .flatMap(it -> adjustments.find(Adjustments.key(it)).stream()).filter(it -> it.value().shortfall() > 0)
        .filter(it -> it.value().counter().equals(shelf)).findFirst()
        .filter(it -> it.createdAt().plus(PATIENCE).isBefore(clock.instant())).map(Stored::value)
        .map(it -> new StockFellShort(it.id().value(), it.sku(), it.location(), (int) shortfall, it.actor(),
            it.lot()));
  }
}
