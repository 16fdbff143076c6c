package waybill.orders;

import java.util.List;
import java.util.stream.IntStream;
import waybill.messages.FulfillmentId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.ParcelId;

/**
 * The part of an order that one location fulfills, as the order knows it. Its parcels are items of their own.
 *
 * @param lines none if a change of the order's lines has left it none
 * @param parcels into how many it was packed; 0 until then
 * @param change as of which change of the order's lines
 */
record OrderFulfillment(FulfillmentId id, LocationId locationId, List<LineQuantity> lines, int parcels, int change) {

  boolean isPacked() {
    return parcels > 0;
  }

  /** The parcels of a fulfillment are numbered from 1. */
  List<ParcelId> parcelIds() {
    return IntStream.rangeClosed(1, parcels).mapToObj(it -> ParcelId.of(id, it)).toList();
  }

  int units() {
    return lines.stream().mapToInt(LineQuantity::quantity).sum();
  }
}
