package waybill.shipping;

import java.time.Instant;
import waybill.messages.LocationId;
import waybill.messages.OrderId;
import waybill.messages.OrderMessages.DispatchApproved;
import waybill.messages.Parcel;
import waybill.messages.StockPool;

/**
 * A parcel that is to have a label.
 *
 * @param location where it leaves from; of what comes back where it goes, or null if nobody knows
 * @param pool null if it comes back
 * @param asked when a person or a policy asked for the label of what comes back; null of what is sent
 */
record LabelWanted(OrderId order, LocationId location, StockPool pool, Parcel parcel, Instant asked) {

  static LabelWanted of(DispatchApproved dispatch) {
    return new LabelWanted(dispatch.order(), dispatch.location(), dispatch.pool(), dispatch.parcel(),
        null);
  }
}
