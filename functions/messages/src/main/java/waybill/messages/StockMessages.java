package waybill.messages;

import java.util.List;
import waybill.messages.Choreography.*;

/** What becomes of stock: promises to orders, and allocations at locations. */
public interface StockMessages {

  /** All units of the order are reserved. */
  record StockReserved(OrderId order) implements AdvanceOrder.Input, ReserveStock.Output {}

  /**
   * No unit of the order is reserved.
   *
   * @param shortOf the units that were missing, per SKU
   */
  record StockRefused(OrderId order, List<SkuQuantity> shortOf) implements AdvanceOrder.Input, ReserveStock.Output {}

  /** No unit is reserved for the order any more, and none will be. */
  record StockReleased(OrderId order) implements AdvanceOrder.Input, ReserveStock.Output, ReleaseStock.Output {}

  /** The location holds the units for this fulfillment. */
  record StockAllocated(OrderId order, FulfillmentId fulfillment, LocationId location,
      List<LineQuantity> lines) implements PlanFulfillment.Input, AdvanceOrder.Input, AllocateStock.Output {}

  /**
   * The location lacks units; nothing of the fulfillment is allocated.
   *
   * @param shortOf the units that were missing there, per SKU
   */
  record AllocationRefused(OrderId order, FulfillmentId fulfillment, LocationId location,
      List<SkuQuantity> shortOf) implements PlanFulfillment.Input, AllocateStock.Output {}
}
