package waybill.messages;

import java.time.Instant;
import java.util.List;
import waybill.messages.Choreography.*;

/** What becomes of stock: promises to orders, and allocations at locations. */
public interface StockMessages {

  /**
   * All units of the order are reserved.
   *
   * @param change which change of its lines they are those of; 0 as it was placed
   */
  record StockReserved(OrderId order, int change)
      implements AdvanceOrder.Input, ReserveStock.Output, FillBackorders.Output {
    public StockReserved(OrderId order) {
      this(order, 0);
    }
  }

  /**
   * No unit of the order is reserved; or, of a change of its lines, none beyond those that were before.
   *
   * @param shortOf the units that were missing, per SKU
   * @param change which change of its lines is refused; 0 as it was placed
   */
  record StockRefused(OrderId order, List<SkuQuantity> shortOf, int change)
      implements AdvanceOrder.Input, ReserveStock.Output {
    public StockRefused(OrderId order, List<SkuQuantity> shortOf) {
      this(order, shortOf, 0);
    }
  }

  /**
   * All units of the order are reserved, and some of them are not there yet.
   *
   * @param change which change of its lines they are those of; 0 as it was placed
   * @param promises one a SKU that was missing, also if its units have come since
   * @param version of the promises: of two, the higher counts
   * @param move how often the day on which all of it is there has moved
   * @param at when it was promised, or moved last
   */
  record StockBackordered(OrderId order, int change, List<StockPromise> promises, int version, int move,
      Instant at) implements AdvanceOrder.Input, ReserveStock.Output, FillBackorders.Output {}

  /**
   * Units of a SKU may have become free, or when they come has changed.
   *
   * @param dates whether it is the latter
   */
  record BackordersDue(Sku sku, StockPool pool, boolean dates)
      implements FillBackorders.Input, ReserveStock.Output, ReleaseStock.Output, AdjustStock.Output, PutInbound.Output,
      ReceiveInbound.Output, DispatchTransfer.Output, ReceiveTransfer.Output, CancelTransfer.Output,
      CompleteAssembly.Output,
      MakeReservation.Output, ReleaseReservation.Output, ExpireReservations.Output,
      WithdrawLots.Output {}

  /**
   * Lines of a file are to be imported.
   *
   * @param from the index of the first line of the part that is due
   */
  record StockImportDue(StockImportId id, int from)
      implements ApplyStockImport.Input, ApplyStockImport.Output, ImportStock.Output, ReconcileStock.Output {}

  /** A pool has another standing than storefronts know: it is low, sold out, or back. Whoever receives it looks what it is. */
  record StockCrossed(Sku sku, StockPool pool)
      implements FillBackorders.Input, ReserveStock.Output, MakeReservation.Output, SetSafetyStock.Output {}

  /** No unit is reserved for the order any more, and none will be. */
  record StockReleased(OrderId order) implements AdvanceOrder.Input, ReserveStock.Output, ReleaseStock.Output {}

  /**
   * The location holds the units for this fulfillment.
   *
   * @param lines none if a change of the order's lines has left it none
   * @param change as of which change of the order's lines it holds them; 0 as it was first planned
   * @param lots which lots these units come from; null if none of the products is tracked by lots
   */
  record StockAllocated(OrderId order, FulfillmentId fulfillment, LocationId location, List<LineQuantity> lines,
      int change,
      List<LotQuantity> lots) implements PlanFulfillment.Input, AdvanceOrder.Input, AllocateStock.Output {

    public StockAllocated {
      lots = LotQuantity.orNull(lots);
    }

    public StockAllocated(OrderId order, FulfillmentId fulfillment, LocationId location, List<LineQuantity> lines) {
      this(order, fulfillment, location, lines, 0);
    }

    public StockAllocated(OrderId order, FulfillmentId fulfillment, LocationId location, List<LineQuantity> lines,
        int change) {
      this(order, fulfillment, location, lines, change, null);
    }
  }

  /**
   * The location lacks units; nothing of the fulfillment is allocated.
   *
   * @param shortOf the units that were missing there, per SKU
   * @param change as of which change of the order's lines
   */
  record AllocationRefused(OrderId order, FulfillmentId fulfillment, LocationId location,
      List<SkuQuantity> shortOf, int change) implements PlanFulfillment.Input, AllocateStock.Output {
    public AllocationRefused(OrderId order, FulfillmentId fulfillment, LocationId location, List<SkuQuantity> shortOf) {
      this(order, fulfillment, location, shortOf, 0);
    }
  }

  /**
   * Stock was corrected by what a packer reported.
   *
   * @param doubtful the units that are still counted as free where the others were missing, per SKU
   */
  record StockCorrected(OrderId order, FulfillmentId fulfillment, ShortageId shortage,
      List<SkuQuantity> doubtful) implements PlanFulfillment.Input, CorrectStock.Output {}

  /**
   * A swap of lots was decided.
   *
   * @param refused why nothing was swapped, as the code of a refusal; null if it was
   */
  record LotSwapDecided(OrderId order, FulfillmentId fulfillment, LotSwapId swap,
      String refused) implements PlanFulfillment.Input, CorrectStock.Output {}

  /** As many of the order's missing units are promised again as there are to promise. */
  record MissingPromised(OrderId order,
      FulfillmentId fulfillment) implements PlanFulfillment.Input, CorrectStock.Output {}

  /**
   * A location has fewer units than it has allocated: some of its fulfillments are to do without.
   *
   * @param reference the adjustment that found it
   * @param units how many are short beyond what was short before
   * @param actor who found it, by their token
   * @param lot the lot that is short; null if the product is not tracked by lots
   */
  record StockFellShort(String reference, Sku sku, LocationId location, int units, String actor,
      LotNumber lot) implements ShareShortfall.Input, AdjustStock.Output, AllocateStock.Output,
      WithdrawLots.Output, ReconcileStock.Output {
    public StockFellShort(String reference, Sku sku, LocationId location, int units, String actor) {
      this(reference, sku, location, units, actor, null);
    }
  }

  /** Units that were counted. @param lot null if the product is not counted by lots @param quantity by how many there are more, or, negative, fewer */
  record CountedDifference(Sku sku, LotNumber lot, int quantity) {}

  /** What a count of a bin found to differ, and somebody has approved. @param count its id */
  record CountApproved(String count, LocationId location, List<CountedDifference> differences, String by)
      implements RestockReturn.Input, ReviewCount.Output {}
}
