package waybill.messages;

import java.time.Instant;
import java.util.List;
import waybill.messages.Choreography.*;

/** What an order says of itself. */
public interface OrderMessages {

  /**
   * A storefront has placed an order.
   *
   * @param items units per SKU of what must be shipped, one entry a SKU, in the order of the SKUs
   * @param placedAt when it was written; earlier orders get stock first
   */
  record OrderPlaced(OrderId order, StockPool pool, List<SkuQuantity> items, Instant placedAt) implements ReserveStock.Input, PlaceOrder.Output {}

  /**
   * The order has something to say or to decide that nobody else will ask it for: its writer may have vanished before sending,
   * or its time is up.
   *
   * @param at when this was found
   */
  record OrderDue(OrderId order, Instant at) implements AdvanceOrder.Input, ResendDueOrders.Output, CancelOrder.Output {}

  /** Stock is promised and the money is there: the order may be fulfilled. */
  record OrderReleased(OrderId order, StockPool pool, List<LineQuantity> lines) implements PlanFulfillment.Input, NotifyCustomer.Input, PlaceOrder.Output {}

  /** The order is closed against cancelling; this parcel gets its label. */
  record DispatchApproved(OrderId order, LocationId location, StockPool pool,
      Parcel parcel) implements PlanFulfillment.Input, BuyLabel.Input, AdvanceOrder.Output {}

  /** An order that waits for its money has seen an attempt to pay fail. */
  record OrderPaymentFailed(OrderId order, PaymentId payment, Instant at) implements NotifyCustomer.Input, AdvanceOrder.Output {}

  /** The order is cancelled, for good: stock, plans and money are let go. */
  record OrderCancelled(OrderId order, CancelReason reason, Instant at) implements ReleaseStock.Input, NotifyCustomer.Input, CancelFulfillment.Input, AdvanceOrder.Output {}

  /** Every parcel of the order is delivered. */
  record OrderDelivered(OrderId order, Instant at) implements NotifyCustomer.Input, AdvanceOrder.Output {}
}
