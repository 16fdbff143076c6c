package waybill.fulfillment;

import java.util.List;
import waybill.fulfillment.Fulfillment.Status;
import waybill.messages.Choreography.PlanFulfillment;
import waybill.messages.FulfillmentMessages.FulfillmentCancelled;
import waybill.messages.FulfillmentMessages.FulfillmentPacked;
import waybill.messages.FulfillmentMessages.FulfillmentPlanned;

/** What a fulfillment's state implies for others: the same when it is first written and for every duplicate after. */
final class Emissions {

  private Emissions() {}

  /** What a plan implies: its location is to allocate the units, or those that a change has left, or to release them again. */
  static List<? extends PlanFulfillment.Output> ofPlan(Fulfillment it) {
    return it.status() == Status.PLANNED || it.status() == Status.OPEN || it.isEmptied()
        ? List.of(new FulfillmentPlanned(it.orderId(), it.id(), it.locationId(), it.lines(), it.change()))
        : ofCancelled(it);
  }

  /** That the location is to release the units; a tombstone holds none. */
  static List<FulfillmentCancelled> ofCancelled(Fulfillment it) {
    return it.status() == Status.CANCELLED && it.isPart()
        ? List.of(new FulfillmentCancelled(it.orderId(), it.id(), it.locationId(), it.lines()))
        : List.of();
  }

  /** That the order is to approve the dispatch; what is dispatched was approved. */
  static List<FulfillmentPacked> ofPacked(Fulfillment it) {
    return it.status() == Status.PACKED
        ? List.of(new FulfillmentPacked(it.orderId(), it.id(), it.locationId(), it.lines(), it.parcels(),
            it.change()))
        : List.of();
  }
}
