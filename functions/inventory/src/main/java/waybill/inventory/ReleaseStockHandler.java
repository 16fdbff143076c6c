package waybill.inventory;

import com.amazonaws.services.lambda.runtime.*;
import module java.base;
import waybill.messages.Choreography.ReleaseStock;
import waybill.messages.Message.*;
import waybill.platform.*;

/**
 * Gives back what a cancelled order was promised and what a cancelled fulfillment had allocated, each once, however often it is
 * asked. What comes before the promise or the allocation leaves a tombstone that it loses to.
 */
public final class ReleaseStockHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(ReleaseStockHandler.class);
  private final Desk<ReleaseNews, Reservation, ReleaseStock.Output> promises;
  private final Desk<ReleaseNews, Allocation, ReleaseStock.Output> allocations;

  public ReleaseStockHandler() { this(Ports.ofProcess()); }

  public ReleaseStockHandler(Ports ports) {
    Sender<ReleaseStock.Output> sender = new Sender<>(ports);
    this.promises = new Desk<>(ReleaseStockHandler::promise, InventoryTable.reservations(ports),
        Emissions::ofReleased, sender::trySend, ReleaseStockHandler::told, LOG);
    this.allocations = new Desk<>(ReleaseStockHandler::allocation,
        InventoryTable.allocations(ports), _ -> List.of(), _ -> Map.of(),
        ReleaseStockHandler::told, LOG);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Batch.whole(in, out, ReleaseNews.class, LOG, batch -> {
      promises.settle(batch);
      allocations.settle(batch);
    });
  }

  private static Optional<Reservation> promise(ReleaseNews news) {
    return switch (news) {
      case OrderCancelled cancelled -> Optional.of(Reservation.released(cancelled));
      case FulfillmentCancelled _ -> Optional.empty();
    };
  }

  private static Optional<Allocation> allocation(ReleaseNews news) {
    return switch (news) {
      case FulfillmentCancelled cancelled -> Optional.of(Allocation.released(cancelled));
      case OrderCancelled _ -> Optional.empty();
    };
  }

  private static void told(Reservation it) {
    LOG.info("Stock released", "order", it.order(), "units", Movement.units(it.items()), "status", it.status());
  }

  private static void told(Allocation it) {
    LOG.info("Allocation released", "order", it.order(), "fulfillment", it.fulfillment(), "location", it.location(),
        "status", it.status());
  }
}
