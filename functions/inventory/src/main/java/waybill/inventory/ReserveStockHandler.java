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
    this(new BatchSettlement<>(ReserveStockHandler::requested, InventoryTable.promises(ports), Emissions::of,
        new Sender<ReserveStock.Output>(ports)::trySend, ReserveStockHandler::log, LOG));
  }

  @Override
  public void work(Batch<ReserveStock.Input> batch) { settlement.settle(batch); }

  private static Optional<Reservation> requested(ReserveStock.Input message) {
    return switch (message) {
      case OrderPlaced placed -> Optional.of(Reservation.of(placed));
    };
  }

  private static void log(Reservation it) {
    if (it.refusedChange() > it.change()) {
      LOG.info("Change refused", "order", it.order(), "pool", it.pool(), "change", it.refusedChange(), "short_of",
          Movement.text(it.shortOf()));
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
