package waybill.inventory;

import module java.base;
import waybill.messages.Choreography.ReserveStock;
import waybill.messages.OrderMessages.*;
import waybill.messages.StockMessages.*;
import waybill.platform.*;
import waybill.platform.Log.Metric;

/** Promises stock to placed orders, a batch at a time, all of an order or none. However often an order is received, it gets one promise. */
public record ReserveStockHandler(BatchSettlement<ReserveStock.Input, Reservation, ReserveStock.Output> settlement)
    implements
    BatchFunction<ReserveStock.Input> {
  private static final Log LOG = Log.of(ReserveStockHandler.class);

  public ReserveStockHandler() { this(Ports.ofProcess()); }

  public ReserveStockHandler(Ports ports) {
    this(ports, InventoryTable.queuedCounters(ports));
  }

  private ReserveStockHandler(Ports ports, Counters counters) {
    this(new BatchSettlement<>(requested(InventoryTable.takeover(ports)), settling(ports, counters),
        it -> Emissions.with(Emissions.of(it), it, counters),
        new Sender<ReserveStock.Output>(ports)::trySend, ReserveStockHandler::log, LOG));
  }

  @Override
  public void work(Batch<ReserveStock.Input> batch) { settlement.settle(batch); }

  /** What waits has its place in the queue before anybody hears that it waits. */
  private static Function<Collection<Reservation>, Map<String, Outcome<Reservation>>> settling(Ports ports,
      Counters counters) {
    Ledger<Reservation> promises = InventoryTable.promises(ports, counters);
    Backorders backorders = InventoryTable.backorders(ports);
    return asked -> {
      counters.forget();
      Map<String, Outcome<Reservation>> outcomes = promises.settle(asked);
      outcomes.replaceAll((_, it) -> queued(it, backorders));
      return outcomes;
    };
  }

  private static Outcome<Reservation> queued(Outcome<Reservation> outcome, Backorders backorders) {
    try {
      if (outcome instanceof Outcome.Ended<Reservation>(Reservation reservation, _) && reservation.isWaiting()) {
        backorders.queue(reservation);
      }
      return outcome;
    } catch (RuntimeException e) {
      return new Outcome.Failed<>(e);
    }
  }

  /** What a checkout has kept for an order is the order's before it is settled, which then finds nothing more to take. */
  private static Function<ReserveStock.Input, Optional<Reservation>> requested(Takeover takeover) {
    return message -> switch (message) {
      case OrderPlaced placed -> {
        takeover.turn(placed);
        yield Optional.of(Reservation.of(placed));
      }
    };
  }

  private static void log(Reservation it) {
    if (it.refusedChange() > it.change()) {
      LOG.info("Change refused", "order", it.order(), "pool", it.pool(), "change", it.refusedChange(), "short_of",
          Movement.text(it.shortOf()));
      return;
    }
    if (it.isWaiting()) {
      LOG.info("Stock backordered", "order", it.order(), "pool", it.pool(),
          "owed",
          Movement.text(Missing.items(it.owed())));
      return;
    }
    switch (it.status()) {
      case TAKEN ->
        LOG.info("Stock reserved", "order", it.order(), "pool", it.pool(), "units", Movement.units(it.items()));
      case REFUSED ->
        LOG.measure(Metric.count("StockRefused"), "Stock refused", "order", it.order(), "pool", it.pool(), "short_of",
            Movement.text(it.shortOf()));
      // A release crashed half way, and this completed it.
      default -> LOG.info("Stock released", "order", it.order(), "units", Movement.units(it.items()));
    }
  }
}
