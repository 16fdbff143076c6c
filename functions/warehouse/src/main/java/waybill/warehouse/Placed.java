package waybill.warehouse;

import waybill.messages.LocationId;
import waybill.messages.LotNumber;
import waybill.messages.Sku;

/** How many units of a product and lot lie in bins of a location; what it holds beyond that is at the dock. */
record Placed(LocationId locationId, Sku sku, LotNumber lot, int units) {}
