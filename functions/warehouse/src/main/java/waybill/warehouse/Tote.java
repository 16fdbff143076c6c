package waybill.warehouse;

import waybill.messages.FulfillmentId;
import waybill.messages.LocationId;
import waybill.platform.Table.Key;

/** Whose units are in a tote. One that holds none has no such record. */
public record Tote(LocationId locationId, BinId bin, FulfillmentId fulfillment) {
  public static Key key(LocationId location, BinId bin) {
    return new Key("totes#" + location, bin.value());
  }
}
