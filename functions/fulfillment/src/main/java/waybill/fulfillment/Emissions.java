package waybill.fulfillment;

import java.util.List;
import java.util.stream.Stream;
import waybill.fulfillment.Fulfillment.Status;
import waybill.messages.Choreography.PlanFulfillment;
import waybill.messages.Choreography.ResendPacked;
import waybill.messages.FulfillmentMessages.FulfillmentCancelled;
import waybill.messages.FulfillmentMessages.FulfillmentPacked;
import waybill.messages.FulfillmentMessages.FulfillmentPlanned;
import waybill.messages.FulfillmentMessages.LotSwapAsked;
import waybill.messages.FulfillmentMessages.RepackingRequested;
import waybill.messages.FulfillmentMessages.ShortageReported;
import waybill.messages.FulfillmentMessages.UnitsShort;

/** What a fulfillment's state implies for others: the same when it is first written and for every duplicate after. */
final class Emissions {

  private Emissions() {}

  /**
   * What a plan implies: its location is to allocate the units, or those that are left, or to release them again; and the order hears of
   * units that no location has, and that others have taken their place.
   */
  static List<? extends PlanFulfillment.Output> ofPlan(Fulfillment it) {
    if (!it.isPart()) {
      return ofShort(it);
    }
    return it.status() == Status.PLANNED || it.status() == Status.OPEN || it.isEmptied()
        ? List.of(new FulfillmentPlanned(it.orderId(), it.id(), it.locationId(), it.lines(), it.change(), it.lots(),
            it.arrivesOn()))
        : ofCancelled(it);
  }

  /** What is not looked for yet is not short: stock must be corrected first. */
  private static List<UnitsShort> ofShort(Fulfillment it) {
    boolean waits = it.status() == Status.SHORT && it.openedAt() != null;
    return waits || it.isReplaced()
        ? List.of(new UnitsShort(it.orderId(), it.id(), waits ? it.lines() : List.of(), it.openedAt()))
        : List.of();
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

  /** What is packed and waits for its order: for its approval, or to be packed again. */
  static List<ResendPacked.Output> ofUnanswered(Fulfillment it) {
    return Stream.<ResendPacked.Output>concat(ofPacked(it).stream(), ofRepacking(it).stream()).toList();
  }

  /** That the order is to decide whether it is packed again. */
  static List<RepackingRequested> ofRepacking(Fulfillment it) {
    return it.status() == Status.REPACKING
        ? List.of(new RepackingRequested(it.orderId(), it.id(), it.locationId(), it.lines(), it.firstParcel(),
            it.parcels().size(), it.change()))
        : List.of();
  }

  /** That lots are to be swapped; what is decided was. */
  static List<LotSwapAsked> of(LotSwap it) {
    return it.decided()
        ? List.of()
        : List.of(new LotSwapAsked(it.orderId(), it.fulfillmentId(), it.id(), it.locationId(), it.sku(), it.from(),
            it.to(), it.holders()));
  }

  /** That stock is to be corrected; what is planned was. */
  static List<ShortageReported> of(ShortageReport it) {
    return it.isPlanned()
        ? List.of()
        : List.of(new ShortageReported(it.orderId(), it.fulfillmentId(), it.id(), it.previous(), it.locationId(),
            it.lines(), it.left(), it.planned(), it.reason(), it.by(), it.counted(), it.lots()));
  }
}
