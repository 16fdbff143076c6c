package waybill.fulfillment;

import java.time.Instant;
import waybill.catalog.BoxId;
import waybill.messages.LocationId;

/**
 * How many boxes of a kind a location has packed into since they were counted there.
 *
 * @param countedAt when they were: what was used before another count does not count
 */
record BoxUse(LocationId locationId, BoxId boxId, Instant countedAt, int used) {}
