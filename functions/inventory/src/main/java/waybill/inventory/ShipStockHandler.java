package waybill.inventory;

import module java.base;
import waybill.messages.Sent;
import waybill.messages.ShipmentMessages.ShipmentLabelled;
import waybill.platform.*;

/** Takes what a labelled parcel holds off its location and off the promise that it keeps, once a parcel. */
public record ShipStockHandler(BatchSettlement<ShipmentLabelled, ShippedUnits, Sent> settlement)
    implements BatchFunction<ShipmentLabelled> {
  private static final Log LOG = Log.of(ShipStockHandler.class);

  public ShipStockHandler() { this(Ports.ofProcess()); }

  public ShipStockHandler(Ports ports) {
    this(new BatchSettlement<>(it -> Optional.of(ShippedUnits.of(it)), InventoryTable.shipments(ports)::settle,
        Emissions::of,
        _ -> Map.of(),
        ShipStockHandler::log, LOG));
  }

  @Override
  public void work(Batch<ShipmentLabelled> batch) { settlement.settle(batch); }

  private static void log(ShippedUnits it) {
    LOG.info("Stock shipped", "order", it.parcel().order(), "parcel", it.parcel(), "location", it.location(), "units",
        Movement.units(it.items()));
  }
}
