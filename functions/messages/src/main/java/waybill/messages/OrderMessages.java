package waybill.messages;

import java.time.Instant;
import java.util.List;
import waybill.messages.Choreography.*;

/** What becomes of an order, and what it decides. */
public interface OrderMessages {

  /**
   * A storefront has placed an order, or its lines have changed.
   *
   * @param items units per SKU of what must be shipped, one entry a SKU, in the order of the SKUs
   * @param placedAt when it was written; earlier orders get stock first
   * @param change the number of the change that made it these units, of which the highest counts; 0 as it was placed
   * @param reservation what its checkout has kept for it; null if it names none
   * @param inParts whether what is there leaves before the rest of it has come
   */
  record OrderPlaced(OrderId order, StockPool pool, List<SkuQuantity> items, Instant placedAt,
      int change, ReservationId reservation, boolean inParts) implements ReserveStock.Input, PlaceOrder.Output {
    public OrderPlaced(OrderId order, StockPool pool, List<SkuQuantity> items, Instant placedAt) {
      this(order, pool, items, placedAt, 0);
    }

    public OrderPlaced(OrderId order, StockPool pool, List<SkuQuantity> items, Instant placedAt, int change,
        ReservationId reservation) {
      this(order, pool, items, placedAt, change, reservation, false);
    }

    public OrderPlaced(OrderId order, StockPool pool, List<SkuQuantity> items, Instant placedAt, int change) {
      this(order, pool, items, placedAt, change, null);
    }
  }

  /**
   * The order must send again what it implies, or decide something: a caller may have crashed before sending, or the time to pay
   * is over.
   *
   * @param at when this was found
   */
  record OrderDue(OrderId order,
      Instant at) implements AdvanceOrder.Input, ResendDueOrders.Output, CancelOrder.Output, HoldOrder.Output,
      ReleaseHold.Output, RefundOrder.Output, ChangeOrder.Output, AddPayment.Output, CapturePayment.Output,
      VoidPayment.Output, MergeOrder.Output, GrantRefund.Output, RefundReturn.Output {}

  /**
   * The order's stock is reserved and it is paid: it may be fulfilled, as far as it is there.
   *
   * @param change the number of the change that made it these lines, of which the highest counts; 0 as it was placed
   * @param approved the fulfillments whose dispatch is approved: nothing of them changes any more
   * @param waiting what of these lines is planned only by a later release, once it is there
   */
  record OrderReleased(OrderId order, StockPool pool, List<LineQuantity> lines, int change,
      List<FulfillmentId> approved, List<LineQuantity> waiting)
      implements
      PlanFulfillment.Input,
      NotifyCustomer.Input,
      PlaceOrder.Output {

    public OrderReleased {
      waiting = waiting == null ? List.of() : waiting;
    }

    public OrderReleased(OrderId order, StockPool pool, List<LineQuantity> lines, int change,
        List<FulfillmentId> approved) {
      this(order, pool, lines, change, approved, List.of());
    }

    public OrderReleased(OrderId order, StockPool pool, List<LineQuantity> lines) {
      this(order, pool, lines, 0, List.of());
    }
  }

  /**
   * The order's lines have changed, whether it may be fulfilled or not: what is planned beyond them is taken out of its plan.
   *
   * @param lines all of them, as they are now
   * @param change the number of the change, of which the highest counts
   * @param approved the fulfillments whose dispatch is approved: nothing of them changes any more
   */
  record LinesChanged(OrderId order, StockPool pool, List<LineQuantity> lines, int change,
      List<FulfillmentId> approved) implements PlanFulfillment.Input, AdvanceOrder.Output {}

  /** The order can no longer be cancelled; a label is bought for this parcel. */
  record DispatchApproved(OrderId order, LocationId location, StockPool pool,
      Parcel parcel) implements PlanFulfillment.Input, SettlePicks.Input, BuyLabel.Input, AdvanceOrder.Output {}

  /**
   * No label is to be bought any more for these parcels, whose dispatch was approved: they are to be packed again.
   *
   * @param parcels all of one packing of a fulfillment
   */
  record DispatchWithdrawn(OrderId order, List<ParcelId> parcels) implements BuyLabel.Input, AdvanceOrder.Output {}

  /** An attempt to pay for the order has failed, and it still waits for its money. */
  record OrderPaymentFailed(OrderId order, PaymentId payment,
      Instant at) implements NotifyCustomer.Input, AdvanceOrder.Output {}

  /** The order is not paid, and its time to pay ends soon. */
  record OrderPaymentDue(OrderId order, Instant at) implements NotifyCustomer.Input, AdvanceOrder.Output {}

  /** Money of the order is back, by a refund that its customer waits for. */
  record OrderRefunded(OrderId order, RefundId refund, Instant at)
      implements NotifyCustomer.Input, AdvanceOrder.Output {}

  /** Money that was to go back cannot go this way, or its bank has sent it back. */
  record OrderRefundFailed(OrderId order, RefundId refund, Instant at)
      implements NotifyCustomer.Input, AdvanceOrder.Output {}

  /** The order's lines are changed. @param change its number */
  record OrderEdited(OrderId order, int change) implements NotifyCustomer.Input, AdvanceOrder.Output {}

  /** Two orders of one customer leave in one parcel. @param with the order whose label carries both */
  record OrderMerged(OrderId order, OrderId with, Instant at) implements NotifyCustomer.Input, AdvanceOrder.Output {}

  /** A paid order waits for units that were not there. @param move how often the day has moved on which they are to come */
  record OrderBackordered(OrderId order, int move, Instant at) implements NotifyCustomer.Input, AdvanceOrder.Output {}

  /** A person doubts that the order's address can be delivered to. @param hold that they placed */
  record OrderAddressDoubted(OrderId order, String hold, Instant at)
      implements NotifyCustomer.Input, AdvanceOrder.Output {}

  /** The order is cancelled for good: its stock is released, its plans are cancelled, its money is refunded. */
  record OrderCancelled(OrderId order, CancelReason reason,
      Instant at) implements ReleaseStock.Input, NotifyCustomer.Input, CancelFulfillment.Input, AdvanceOrder.Output {}

  /** Every parcel of the order is delivered. */
  record OrderDelivered(OrderId order, Instant at) implements NotifyCustomer.Input, AdvanceOrder.Output {}

  /**
   * Units of an order that have left are to be sent to its customer again, by an order of its own that costs nothing.
   *
   * @param cause what asked for it, for example an incident's id: each places one order, however often it asks
   * @param lines as they are packed: of a kit its components
   * @param by who decided it
   * @param instead what is sent for each of these lines, if they have come back and something else is wanted; empty if they are sent themselves
   */
  record ReplacementAsked(OrderId order, String cause, List<LineQuantity> lines, String reason, String by,
      Instant at, List<Instead> instead) implements PlaceReplacement.Input, ReplaceOrder.Output, ResolveIncident.Output,
      CheckParcels.Output, SettleReturn.Output, ResolveClaim.Output, SweepReturns.Output {

    public ReplacementAsked(OrderId order, String cause, List<LineQuantity> lines, String reason, String by,
        Instant at) {
      this(order, cause, lines, reason, by, at, List.of());
    }
  }

  /** Goods that are sent for others. @param price of all of them. @param paid how much of that is paid by what came back */
  record Instead(Sku sku, int quantity, long price, long paid) {}

  /** What the order is found by may not be written yet. */
  record IndexDue(OrderId order) implements IndexOrder.Input, PlaceOrder.Output, TagOrder.Output {}

  /**
   * Somebody has asked for a mail to be sent again.
   *
   * @param kind as the mail's marker names it
   * @param about what there was one mail of, for example a parcel
   * @param id of the request: each is one mail
   */
  record MailRequested(OrderId order, String kind, String about, String id,
      Instant at) implements NotifyCustomer.Input, ResendMail.Output {}
}
