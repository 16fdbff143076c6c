package waybill.messages;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import waybill.messages.Choreography.*;

/** What becomes of fulfillments: the parts of an order that one location packs. */
public interface FulfillmentMessages {

  /**
   * A location is to fulfill a part of the order.
   *
   * @param lines none if a change of the order's lines has left it none
   * @param change which change of the order's lines made it these lines, of which the highest counts; 0 as it was first planned
   * @param lots of which lots its units are, if they were allocated before: what is left of it leaves these; null if they were not, or are
   *     not tracked by lots
   */
  record FulfillmentPlanned(OrderId order, FulfillmentId fulfillment, LocationId location, List<LineQuantity> lines,
      int change, List<LotQuantity> lots, LocalDate arrivesOn) implements AllocateStock.Input, PlanFulfillment.Output {

    public FulfillmentPlanned {
      lots = LotQuantity.orNull(lots);
    }

    public FulfillmentPlanned(OrderId order, FulfillmentId fulfillment, LocationId location,
        List<LineQuantity> lines, int change, List<LotQuantity> lots) {
      this(order, fulfillment, location, lines, change, lots, null);
    }

    public FulfillmentPlanned(OrderId order, FulfillmentId fulfillment, LocationId location,
        List<LineQuantity> lines, int change) {
      this(order, fulfillment, location, lines, change, null);
    }

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

  /**
   * What was packed is to be packed again: the order decides whether it may.
   *
   * @param first the number of the first parcel that was packed
   * @param parcels how many were packed
   * @param change as of which change of the order's lines
   */
  record RepackingRequested(OrderId order, FulfillmentId fulfillment, LocationId location, List<LineQuantity> lines,
      int first, int parcels, int change)
      implements
      AdvanceOrder.Input,
      RepackFulfillment.Output,
      ResendPacked.Output {}

  /**
   * The order has decided about a repacking.
   *
   * @param first the number of the first parcel that was packed, which says what packing it is about
   * @param granted whether the parcels are void and it is packed again; else they leave as they are
   */
  record RepackingDecided(OrderId order, FulfillmentId fulfillment, int first,
      boolean granted) implements PlanFulfillment.Input, AdvanceOrder.Output {}

  /** The fulfillment is cancelled with its order: the location is to release what it holds for it. */
  record FulfillmentCancelled(OrderId order, FulfillmentId fulfillment, LocationId location,
      List<LineQuantity> lines) implements ReleaseStock.Input, PlanFulfillment.Output, CancelFulfillment.Output {}

  /**
   * A packer did not find units that the location had allocated.
   *
   * @param previous the order's report before this one, which is settled first; null if that is done, or if there was none
   * @param lines what is missing
   * @param left what is left of the fulfillment
   * @param planned how many units of what is missing the order's fulfillments have elsewhere and here, per SKU
   * @param actor who reports it, by their token
   * @param counted whether no packer reports it, but a count that found the location short of what it has allocated: no unit leaves that the
   *     count has not taken off already
   * @param lots which lots the missing units are of; null if none of the products is tracked by lots
   */
  record ShortageReported(OrderId order, FulfillmentId fulfillment, ShortageId shortage, ShortageId previous,
      LocationId location, List<LineQuantity> lines, List<LineQuantity> left, List<SkuQuantity> planned,
      ShortageReason reason, String actor,
      boolean counted,
      List<LotQuantity> lots)
      implements
      CorrectStock.Input,
      ReportShortage.Output,
      ShareShortfall.Output,
      ResendShortages.Output {

    public ShortageReported {
      lots = LotQuantity.orNull(lots);
    }

    public ShortageReported(OrderId order, FulfillmentId fulfillment, ShortageId shortage, ShortageId previous,
        LocationId location, List<LineQuantity> lines, List<LineQuantity> left, List<SkuQuantity> planned,
        ShortageReason reason, String actor, boolean counted) {
      this(order, fulfillment, shortage, previous, location, lines, left, planned, reason, actor, counted, null);
    }
  }

  /**
   * A packer found another lot in the bin than the one that was allocated: the fulfillment is to have that one instead. What is not free of it,
   * other fulfillments of the location give up for the lot that becomes free.
   *
   * @param fulfillment the packer's
   * @param from the lot that was allocated
   * @param to the lot that was found
   * @param holders the fulfillments whose lots change, the packer's first
   */
  record LotSwapAsked(OrderId order, FulfillmentId fulfillment, LotSwapId swap, LocationId location, Sku sku,
      LotNumber from, LotNumber to, List<LotHolder> holders)
      implements
      CorrectStock.Input,
      SwapLots.Output,
      ResendShortages.Output {}

  /** Units that no location had are to be promised and looked for again. */
  record ShortageDue(OrderId order, FulfillmentId fulfillment) implements CorrectStock.Input, ResendShortages.Output {}

  /** A fulfillment waits for a packer at a location that is closed: its units are to be planned elsewhere. */
  record LocationClosed(OrderId order,
      FulfillmentId fulfillment) implements PlanFulfillment.Input, ResendShortages.Output {}

  /**
   * Units of the order that no location has.
   *
   * @param fulfillment what they wait as
   * @param lines none once others have taken its place
   * @param at since when
   */
  record UnitsShort(OrderId order, FulfillmentId fulfillment, List<LineQuantity> lines,
      Instant at) implements AdvanceOrder.Input, PlanFulfillment.Output {}
}
