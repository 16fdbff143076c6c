package waybill.warehouse.picking;

import waybill.messages.FulfillmentId;
import waybill.messages.LocationId;
import waybill.platform.Table.Key;
import waybill.warehouse.BinId;

/** Whose units are in a tote. One that holds none has no such record. */
record Tote(LocationId locationId, BinId bin, FulfillmentId fulfillment) {
  static Key key(LocationId location, BinId bin) {
    return new Key("totes#" + location, bin.value());
  }
}
