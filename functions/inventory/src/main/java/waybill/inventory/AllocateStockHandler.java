package waybill.inventory;

import module java.base;
import waybill.messages.Choreography.AllocateStock;
import waybill.messages.FulfillmentMessages.FulfillmentPlanned;
import waybill.platform.*;

/** Keeps a location's units for planned fulfillments, all of one or none. What it refuses is planned again, elsewhere. */
public record AllocateStockHandler(Desk<FulfillmentPlanned, Allocation, AllocateStock.Output> desk)
    implements
      BatchFunction<FulfillmentPlanned> {
  private static final Log LOG = Log.of(AllocateStockHandler.class);

  public AllocateStockHandler() { this(Ports.ofProcess()); }

  public AllocateStockHandler(Ports ports) {
    this(new Desk<>(it -> Optional.of(Allocation.of(it)), InventoryTable.allocations(ports), Emissions::of,
        new Sender<AllocateStock.Output>(ports)::trySend, AllocateStockHandler::told, LOG));
  }

  @Override
  public void work(Batch<FulfillmentPlanned> batch) { desk.settle(batch); }

  private static void told(Allocation it) {
    switch (it.status()) {
      case TAKEN ->
        LOG.info("Stock allocated", "order", it.order(), "fulfillment", it.fulfillment(), "location", it.location());
      case REFUSED -> LOG.info("Allocation refused", "order", it.order(), "fulfillment", it.fulfillment(), "location",
          it.location(), "short_of", Movement.text(it.shortOf()));
      // A release had died half way, and this went on with it.
      default -> LOG.info("Allocation released", "order", it.order(), "fulfillment", it.fulfillment(), "location",
          it.location());
    }
  }
}
