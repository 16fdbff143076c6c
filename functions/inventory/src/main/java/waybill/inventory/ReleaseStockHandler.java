package waybill.inventory;

import module java.base;
import waybill.messages.Choreography.ReleaseStock;
import waybill.messages.FulfillmentMessages.*;
import waybill.messages.OrderMessages.*;
import waybill.platform.*;

/**
 * Gives back what a cancelled order was promised and what a cancelled fulfillment had allocated, each once, however often it is
 * asked. What comes before the promise or the allocation leaves a tombstone that it loses to.
 */
public record ReleaseStockHandler(BatchSettlement<ReleaseStock.Input, Reservation, ReleaseStock.Output> promises,
    BatchSettlement<ReleaseStock.Input, Allocation, ReleaseStock.Output> allocations)
    implements
    BatchFunction<ReleaseStock.Input> {
  private static final Log LOG = Log.of(ReleaseStockHandler.class);

  public ReleaseStockHandler() { this(Ports.ofProcess()); }

  public ReleaseStockHandler(Ports ports) {
    this(
        new BatchSettlement<>(ReleaseStockHandler::promise, InventoryTable.reservations(ports)::settle,
            it -> Emissions.freed(it, InventoryTable.counters(ports)),
            new Sender<ReleaseStock.Output>(ports)::trySend, ReleaseStockHandler::log, LOG),
        new BatchSettlement<>(ReleaseStockHandler::allocation, InventoryTable.allocations(ports)::settle,
            _ -> List.of(),
            _ -> Map.of(),
            ReleaseStockHandler::log, LOG));
  }

  @Override
  public void work(Batch<ReleaseStock.Input> batch) {
    promises.settle(batch);
    allocations.settle(batch);
  }

  private static Optional<Reservation> promise(ReleaseStock.Input news) {
    return switch (news) {
      case OrderCancelled cancelled -> Optional.of(Reservation.released(cancelled));
      case FulfillmentCancelled _ -> Optional.empty();
    };
  }

  private static Optional<Allocation> allocation(ReleaseStock.Input news) {
    return switch (news) {
      case FulfillmentCancelled cancelled -> Optional.of(Allocation.released(cancelled));
      case OrderCancelled _ -> Optional.empty();
    };
  }

  private static void log(Reservation it) {
    LOG.info("Stock released", "order", it.order(), "units", Movement.units(it.items()), "status", it.status());
  }

  private static void log(Allocation it) {
    LOG.info("Allocation released", "order", it.order(), "fulfillment", it.fulfillment(), "location", it.location(),
        "status", it.status());
  }
}
