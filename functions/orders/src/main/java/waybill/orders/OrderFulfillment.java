package waybill.orders;

import java.util.List;
import waybill.messages.FulfillmentId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;

/**
 * The part of an order that one location fulfills, as the order knows it.
 *
 * @param parcels what it was packed into; empty until then
 */
public record OrderFulfillment(FulfillmentId id, LocationId locationId, List<LineQuantity> lines,
    List<OrderParcel> parcels) {

  boolean isPacked() {
    return !parcels.isEmpty();
  }

  int units() {
    return lines.stream().mapToInt(LineQuantity::quantity).sum();
  }
}
