package waybill.inventory;

import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import waybill.catalog.Catalog;
import waybill.catalog.Product;
import waybill.messages.Choreography.WithdrawLots;
import waybill.messages.Sku;
import waybill.messages.StockMessages.BackordersDue;
import waybill.platform.Log;
import waybill.platform.Ports;
import waybill.platform.ScheduledFunction;
import waybill.platform.Sender;
import waybill.platform.Stored;
import waybill.platform.Sweep;

/** A schedule: takes units of lots that have expired, or will too soon, out of what is for sale. */
public record WithdrawLotsHandler(Catalog catalog, Lots lots, Withdrawals withdrawals, Counters counters,
    Sender<WithdrawLots.Output> sender, InstantSource clock) implements ScheduledFunction {
  private static final Log LOG = Log.of(WithdrawLotsHandler.class);
  /** A product may ask for so much, and for no more. */
  private static final int LONGEST_LIFE_DAYS = 3_650;
  /** Where the day begins first. */
  private static final ZoneOffset EARLIEST = ZoneOffset.ofHours(14);
  /** Long enough that whatever was on its way has come: it is withdrawn wherever it lies then. */
  private static final Duration FORGOTTEN_AFTER = Duration.ofDays(60);

  public WithdrawLotsHandler() { this(Ports.ofProcess()); }

  public WithdrawLotsHandler(Ports ports) {
    this(new Catalog(ports), InventoryTable.lots(ports), InventoryTable.withdrawals(ports),
        InventoryTable.openCounters(ports), new Sender<>(ports), ports.clock());
  }

  @Override
  public void run() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), EARLIEST);
    Map<Sku, Stored<ExpiringLot>> due = new TreeMap<>();
    lots.expiring(today.plusDays(LONGEST_LIFE_DAYS)).gather(Gatherers.windowFixed(100))
        .forEach(page -> due(page, today).forEach(it -> due.putIfAbsent(it.value().sku(), it)));
    Sweep.each(lots.days(), due.values().stream().map(it -> it.value().key()), LOG, it -> {
      Product product = catalog.products(List.of(it.value().sku())).get(it.value().sku());
      withdrawals.visit(product).forEach(this::withdrawn);
      if (it.value().expiresOn().day().isBefore(today.minusDays(FORGOTTEN_AFTER.toDays()))) {
        lots.days().remove(it);
      }
    });
  }

  private Stream<Stored<ExpiringLot>> due(List<Stored<ExpiringLot>> page, LocalDate today) {
    Map<Sku, Product> products = catalog.products(page.stream().map(it -> it.value().sku()).toList());
    return page.stream().filter(it -> products.containsKey(it.value().sku()))
        .filter(it -> today.plusDays(products.get(it.value().sku()).minimumLifeDays())
            .isAfter(it.value().expiresOn().day()));
  }

  private void withdrawn(Adjustment it) {
    LOG.info("Lot withdrawn", "adjustment", it.id(), "sku", it.sku(), "location", it.location(), "lot", it.lot(),
        "units", -it.quantity(), "reason", it.reason(), "shortfall", it.shortfall());
    sender.send(Emissions.of(it));
    if (!counters.waitedFor(List.of(it.sku()), it.pool()).isEmpty()) {
      sender.send(List.of(new BackordersDue(it.sku(), it.pool(), true)));
    }
  }
}
