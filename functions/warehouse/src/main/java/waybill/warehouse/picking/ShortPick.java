package waybill.warehouse.picking;

import java.time.Instant;
import waybill.messages.FulfillmentId;
import waybill.messages.LineId;
import waybill.messages.LocationId;
import waybill.messages.LotNumber;
import waybill.messages.PickId;
import waybill.messages.Sku;
import waybill.platform.Table.Key;
import waybill.platform.Table.Listing;
import waybill.warehouse.BinId;

/**
 * Units that a person did not find in a bin.
 *
 * @param lot null if the product is not tracked by lots
 * @param lacking how many of the units are in no other bin either
 * @param by the subject of the person's token
 * @param settled whether others have been sent elsewhere, and what is lacking was reported
 */
record ShortPick(PickId id, LocationId locationId, BinId bin, Sku sku, LotNumber lot, FulfillmentId fulfillment,
    LineId line, int missing, int lacking, String by, Instant at, boolean settled) {
  static final Listing UNSETTLED = new Listing(PickingTable.BY_PLACE, "short_picks", "", false);

  static Key key(PickId id) {
    return new Key(id.value(), "short");
  }

  ShortPick done() {
    return new ShortPick(id, locationId, bin, sku, lot, fulfillment, line, missing, lacking, by, at, true);
  }
}
