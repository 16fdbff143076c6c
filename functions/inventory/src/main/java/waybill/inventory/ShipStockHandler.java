package waybill.inventory;

import com.amazonaws.services.lambda.runtime.*;
import module java.base;
import waybill.messages.Message.ShipmentLabelled;
import waybill.messages.Sent;
import waybill.platform.*;

/** Takes what a labelled parcel holds off its location and off the promise that it keeps, once a parcel. */
public final class ShipStockHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(ShipStockHandler.class);
  private final Desk<ShipmentLabelled, Shipment, Sent> desk;

  public ShipStockHandler() { this(Ports.ofProcess()); }

  public ShipStockHandler(Ports ports) {
    Ledger<Shipment> shipments = InventoryTable.shipments(ports);
    this.desk = new Desk<>(it -> Optional.of(Shipment.of(it)), shipments, Emissions::of, _ -> Map.of(),
        ShipStockHandler::told, LOG);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Batch.whole(in, out, ShipmentLabelled.class, LOG, desk::settle);
  }

  private static void told(Shipment it) {
    LOG.info("Stock shipped", "order", it.parcel().order(), "parcel", it.parcel(), "location", it.location(), "units",
        Movement.units(it.items()));
  }
}
