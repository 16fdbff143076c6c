package waybill.messages;

import java.util.List;
import waybill.messages.Choreography.*;

/** What becomes of fulfillments: the parts of an order that one location packs. */
public interface FulfillmentMessages {

  /**
   * A location is to fulfill a part of the order.
   *
   * @param lines none if a change of the order's lines has left it none
   * @param change which change of the order's lines made it these lines, of which the highest counts; 0 as it was first planned
   */
  record FulfillmentPlanned(OrderId order, FulfillmentId fulfillment, LocationId location, List<LineQuantity> lines,
      int change) implements AllocateStock.Input, PlanFulfillment.Output {
    public FulfillmentPlanned(OrderId order, FulfillmentId fulfillment, LocationId location,
        List<LineQuantity> lines) {
      this(order, fulfillment, location, lines, 0);
    }
  }

  /**
   * The location has packed the fulfillment into parcels.
   *
   * @param change as of which change of the order's lines; what was packed before fewer units were wanted is not dispatched
   */
  record FulfillmentPacked(OrderId order, FulfillmentId fulfillment, LocationId location, List<LineQuantity> lines,
      List<Parcel> parcels, int change)
      implements
      AdvanceOrder.Input,
      PackFulfillment.Output,
      ResendPacked.Output {
    public FulfillmentPacked(OrderId order, FulfillmentId fulfillment, LocationId location, List<LineQuantity> lines,
        List<Parcel> parcels) {
      this(order, fulfillment, location, lines, parcels, 0);
    }
  }

  /** The fulfillment is cancelled with its order: the location is to release what it holds for it. */
  record FulfillmentCancelled(OrderId order, FulfillmentId fulfillment, LocationId location,
      List<LineQuantity> lines) implements ReleaseStock.Input, PlanFulfillment.Output, CancelFulfillment.Output {}
}
