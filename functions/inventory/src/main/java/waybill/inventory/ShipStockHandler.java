package waybill.inventory;

import module java.base;
import waybill.messages.Choreography.ShipStock;
import waybill.messages.Sent;
import waybill.messages.ShipmentMessages.*;
import waybill.platform.*;

/**
 * Takes what a labelled parcel holds off its location and off the promise that it keeps, once a parcel; and takes that back, once, if its label
 * is void. A void that comes first leaves a tombstone that the label loses to.
 */
public record ShipStockHandler(BatchSettlement<ShipStock.Input, ShippedUnits, Sent> shipments,
    BatchSettlement<ShipStock.Input, ShippedUnits, Sent> voids) implements BatchFunction<ShipStock.Input> {
  private static final Log LOG = Log.of(ShipStockHandler.class);

  public ShipStockHandler() { this(Ports.ofProcess()); }

  public ShipStockHandler(Ports ports) {
    this(settlement(ports, ShipStockHandler::shipped), settlement(ports, ShipStockHandler::voided));
  }

  private static BatchSettlement<ShipStock.Input, ShippedUnits, Sent> settlement(Ports ports,
      Function<ShipStock.Input, Optional<ShippedUnits>> asked) {
    return new BatchSettlement<>(asked, InventoryTable.shipments(ports)::settle, Emissions::of, _ -> Map.of(),
        ShipStockHandler::log, LOG);
  }

  private static Optional<ShippedUnits> shipped(ShipStock.Input news) {
    return switch (news) {
      case ShipmentLabelled it -> Optional.of(ShippedUnits.of(it));
      case ShipmentVoided _ -> Optional.empty();
    };
  }

  private static Optional<ShippedUnits> voided(ShipStock.Input news) {
    return switch (news) {
      case ShipmentVoided it -> Optional.of(ShippedUnits.of(it));
      case ShipmentLabelled _ -> Optional.empty();
    };
  }

  /** One entry of the ledger has one reason, so the two are never written together. */
  @Override
  public void work(Batch<ShipStock.Input> batch) {
    shipments.settle(batch);
    voids.settle(batch);
  }

  private static void log(ShippedUnits it) {
    LOG.info(it.status() == Movement.Status.TAKEN ? "Stock shipped" : "Stock not shipped", "order",
        it.parcel().order(), "parcel", it.parcel(), "location", it.location(), "units", Movement.units(it.items()));
  }
}
