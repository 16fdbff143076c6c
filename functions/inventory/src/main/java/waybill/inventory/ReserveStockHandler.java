package waybill.inventory;

import module java.base;
import waybill.messages.Choreography.ReserveStock;
import waybill.messages.OrderMessages.*;
import waybill.messages.StockMessages.*;
import waybill.platform.*;
import waybill.platform.Log.Metric;

/** Promises stock to placed orders, a batch at a time, all of an order or none. However often an order asks, it gets one promise. */
public record ReserveStockHandler(Desk<ReserveStock.Input, Reservation, ReserveStock.Output> desk)
    implements
      BatchFunction<ReserveStock.Input> {
  private static final Log LOG = Log.of(ReserveStockHandler.class);

  public ReserveStockHandler() { this(Ports.ofProcess()); }

  public ReserveStockHandler(Ports ports) {
    this(new Desk<>(ReserveStockHandler::asked, InventoryTable.reservations(ports), Emissions::of,
        new Sender<ReserveStock.Output>(ports)::trySend, ReserveStockHandler::told, LOG));
  }

  @Override
  public void work(Batch<ReserveStock.Input> batch) { desk.settle(batch); }

  private static Optional<Reservation> asked(ReserveStock.Input news) {
    return switch (news) {
      case OrderPlaced placed -> Optional.of(Reservation.of(placed));
    };
  }

  private static void told(Reservation it) {
    switch (it.status()) {
      case TAKEN ->
        LOG.info("Stock reserved", "order", it.order(), "pool", it.pool(), "units", Movement.units(it.items()));
      case REFUSED ->
        LOG.measure(Metric.count("StockRefused"), "Stock refused", "order", it.order(), "pool", it.pool(), "short_of",
            Movement.text(it.shortOf()));
      // A release had died half way, and this went on with it.
      default -> LOG.info("Stock released", "order", it.order(), "units", Movement.units(it.items()));
    }
  }
}
