package waybill.inventory;

import module java.base;
import waybill.messages.Choreography.AllocateStock;
import waybill.messages.FulfillmentMessages.FulfillmentPlanned;
import waybill.platform.*;

/** Keeps a location's units for planned fulfillments, all of one or none. What it refuses is planned again, elsewhere. */
public record AllocateStockHandler(BatchSettlement<FulfillmentPlanned, Allocation, AllocateStock.Output> settlement)
    implements
    BatchFunction<FulfillmentPlanned> {
  private static final Log LOG = Log.of(AllocateStockHandler.class);

  public AllocateStockHandler() { this(Ports.ofProcess()); }

  public AllocateStockHandler(Ports ports) {
    this(new BatchSettlement<>(it -> Optional.of(Allocation.of(it)),
        InventoryTable.newAllocations(ports, new Sender<AllocateStock.Output>(ports)::send)::settle,
        Emissions::of,
        new Sender<AllocateStock.Output>(ports)::trySend, AllocateStockHandler::log, LOG));
  }

  @Override
  public void work(Batch<FulfillmentPlanned> batch) { settlement.settle(batch); }

  private static void log(Allocation it) {
    switch (it.status()) {
      case TAKEN ->
        LOG.info("Stock allocated", "order", it.order(), "fulfillment", it.fulfillment(), "location", it.location());
      case REFUSED -> LOG.info("Allocation refused", "order", it.order(), "fulfillment", it.fulfillment(), "location",
          it.location(), "short_of", Movement.text(it.shortOf()));
      // A release crashed half way, and this completed it.
      default -> LOG.info("Allocation released", "order", it.order(), "fulfillment", it.fulfillment(), "location",
          it.location());
    }
  }
}
