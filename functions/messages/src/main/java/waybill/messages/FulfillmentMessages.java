package waybill.messages;

import java.util.List;
import waybill.messages.Choreography.*;

/** What becomes of fulfillments: the parts of an order that one location packs. */
public interface FulfillmentMessages {

  /** A location is to fulfill a part of the order. */
  record FulfillmentPlanned(OrderId order, FulfillmentId fulfillment, LocationId location,
      List<LineQuantity> lines) implements AllocateStock.Input, PlanFulfillment.Output {}

  /** The location has packed the fulfillment into parcels. */
  record FulfillmentPacked(OrderId order, FulfillmentId fulfillment, LocationId location, List<LineQuantity> lines,
      List<Parcel> parcels) implements AdvanceOrder.Input, PackFulfillment.Output, ResendPacked.Output {}

  /** The fulfillment is cancelled with its order: the location is to release what it holds for it. */
  record FulfillmentCancelled(OrderId order, FulfillmentId fulfillment, LocationId location,
      List<LineQuantity> lines) implements ReleaseStock.Input, PlanFulfillment.Output, CancelFulfillment.Output {}
}
