package waybill.inventory;

import com.amazonaws.services.lambda.runtime.*;
import module java.base;
import waybill.messages.Choreography.AllocateStock;
import waybill.messages.Message.FulfillmentPlanned;
import waybill.platform.*;

/** Keeps a location's units for planned fulfillments, all of one or none. What it refuses is planned again, elsewhere. */
public final class AllocateStockHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(AllocateStockHandler.class);
  private final Desk<FulfillmentPlanned, Allocation, AllocateStock.Output> desk;

  public AllocateStockHandler() { this(Ports.ofProcess()); }

  public AllocateStockHandler(Ports ports) {
    Ledger<Allocation> allocations = InventoryTable.allocations(ports);
    Sender<AllocateStock.Output> sender = new Sender<>(ports);
    this.desk = new Desk<>(it -> Optional.of(Allocation.of(it)), allocations, Emissions::of, sender::trySend,
        AllocateStockHandler::told, LOG);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Batch.whole(in, out, FulfillmentPlanned.class, LOG, desk::settle);
  }

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
