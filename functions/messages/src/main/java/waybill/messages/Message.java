package waybill.messages;

import java.time.Instant;
import java.util.List;
import waybill.messages.Choreography.*;

/**
 * What travels between functions. A message says what has happened and carries what the next step needs, but never
 * anything personal: addresses, names and mail addresses stay in the order's own item. Who gets what is in
 * {@link Choreography}; what a function understands is a sealed interface below, so its {@code switch} is exhaustive.
 */
public sealed interface Message extends Sent permits Choreography.Received {

  @Override
  default Message message() {
    return this;
  }

  /** What {@code ReserveStock} understands. */
  sealed interface StockNews extends ReserveStock.Input {}

  /** What {@code RecordPayment} understands. */
  sealed interface PaymentNews extends RecordPayment.Input permits PaymentExpected, ReceivePayment.Output {}

  /** What {@code AdvanceOrder} understands: everything that moves an order. */
  sealed interface OrderNews extends AdvanceOrder.Input {
    OrderId order();
  }

  /** What moves one of an order's parcels. */
  sealed interface ParcelNews extends OrderNews {
    ParcelId parcel();
  }

  /** What {@code ReleaseStock} understands: that what was promised or allocated is wanted no more. */
  sealed interface ReleaseNews extends ReleaseStock.Input {
    OrderId order();
  }

  /** What {@code PlanFulfillment} understands. */
  sealed interface PlanningNews extends PlanFulfillment.Input {
    OrderId order();
  }

  /** What {@code NotifyCustomer} understands: everything that a customer gets a mail about. */
  sealed interface CustomerNews extends NotifyCustomer.Input {
    OrderId order();
  }

  /**
   * A storefront has placed an order.
   *
   * @param items units per SKU of what must be shipped, one entry a SKU, in the order of the SKUs
   * @param placedAt when it was written; earlier orders get stock first
   */
  record OrderPlaced(OrderId order, StockPool pool, List<SkuQuantity> items, Instant placedAt) implements StockNews, PlaceOrder.Output {}

  /** All units of the order are promised. */
  record StockReserved(OrderId order) implements OrderNews, ReserveStock.Output {}

  /**
   * Nothing of the order is promised.
   *
   * @param shortOf the units that were missing, per SKU
   */
  record StockRefused(OrderId order, List<SkuQuantity> shortOf) implements OrderNews, ReserveStock.Output {}

  /** Nothing is promised to the order any more, and nothing will be. */
  record StockReleased(OrderId order) implements OrderNews, ReserveStock.Output, ReleaseStock.Output {}

  /**
   * The order has something to say or to decide that nobody else will ask it for: its writer may have vanished before sending,
   * or its time is up.
   *
   * @param at when this was found
   */
  record OrderDue(OrderId order, Instant at) implements OrderNews, ResendDueOrders.Output, CancelOrder.Output {}

  /** An order names the payment that it will be paid with, in the currency of the order. */
  record PaymentExpected(OrderId order, String provider, String account, String reference,
      String currency) implements PaymentNews, PlaceOrder.Output {}

  /**
   * A provider's event about a payment, verified.
   *
   * @param order the order that the payment itself names, or null
   * @param event the provider's id of the event
   */
  record PaymentNoticed(OrderId order, Payment payment, String event) implements ReceivePayment.Output {}

  record PaymentAuthorized(OrderId order, Payment payment) implements OrderNews, RecordPayment.Output {}

  record PaymentCaptured(OrderId order, Payment payment) implements OrderNews, RecordPayment.Output {}

  /** An attempt to pay has failed; the customer may try again. */
  record PaymentFailed(OrderId order, Payment payment) implements OrderNews, RecordPayment.Output {}

  /** The payment is cancelled for good. */
  record PaymentCancelled(OrderId order, Payment payment) implements OrderNews, RecordPayment.Output {}

  /**
   * A provider's event about a refund that we asked for, verified.
   *
   * @param event the provider's id of the event
   */
  record RefundNoticed(PaymentId payment, Refund refund, String event) implements ReceivePayment.Output {}

  /**
   * A payment is to be given back, all of it.
   *
   * @param order whose money it was to be; null where no order has claimed it
   */
  record RefundRequested(OrderId order, Payment payment, Refund refund) implements RefundPayment.Input, RecordPayment.Output, AdvanceOrder.Output, RefundUnclaimed.Output {}

  /** A payment is given back, or is on its way back, or cannot be. */
  record PaymentRefunded(OrderId order, Payment payment, Refund refund) implements OrderNews, RecordPayment.Output {}

  /** An order that waits for its money has seen an attempt to pay fail. */
  record OrderPaymentFailed(OrderId order, PaymentId payment, Instant at) implements CustomerNews, AdvanceOrder.Output {}

  /** The order is cancelled, for good: stock, plans and money are let go. */
  record OrderCancelled(OrderId order, CancelReason reason, Instant at) implements ReleaseNews, CustomerNews, CancelFulfillment.Input, AdvanceOrder.Output {}

  /** Stock is promised and the money is there: the order may be fulfilled. */
  record OrderReleased(OrderId order, StockPool pool, List<LineQuantity> lines) implements PlanningNews, CustomerNews, PlaceOrder.Output {}

  /** A location is to fulfill a part of the order. */
  record FulfillmentPlanned(OrderId order, FulfillmentId fulfillment, LocationId location,
      List<LineQuantity> lines) implements AllocateStock.Input, PlanFulfillment.Output {}

  /** The location holds the units and keeps them for this fulfillment. */
  record StockAllocated(OrderId order, FulfillmentId fulfillment, LocationId location,
      List<LineQuantity> lines) implements PlanningNews, OrderNews, AllocateStock.Output {}

  /**
   * The location lacks units; nothing of the fulfillment is allocated.
   *
   * @param shortOf the units that were missing there, per SKU
   */
  record AllocationRefused(OrderId order, FulfillmentId fulfillment, LocationId location,
      List<SkuQuantity> shortOf) implements PlanningNews, AllocateStock.Output {}

  /** The fulfillment is given up with its order; what the location kept for it is wanted no more. */
  record FulfillmentCancelled(OrderId order, FulfillmentId fulfillment, LocationId location,
      List<LineQuantity> lines) implements ReleaseNews, PlanFulfillment.Output, CancelFulfillment.Output {}

  /** The location has packed the fulfillment into parcels. */
  record FulfillmentPacked(OrderId order, FulfillmentId fulfillment, LocationId location, List<LineQuantity> lines,
      List<Parcel> parcels) implements OrderNews, PackFulfillment.Output, ResendPacked.Output {}

  /** The order is closed against cancelling; this parcel gets its label. */
  record DispatchApproved(OrderId order, LocationId location, StockPool pool,
      Parcel parcel) implements PlanningNews, BuyLabel.Input, AdvanceOrder.Output {}

  /** Whether the parcel's label was bought cannot be found out: a person must ask the carrier. */
  record LabelUncertain(OrderId order, ParcelId parcel, Instant at) implements ParcelNews, BuyLabel.Output {}

  /**
   * Nobody sells the parcel's label: no carrier account takes it, or the carrier refuses it. Nothing was paid.
   *
   * @param detail why, for people; nothing personal
   * @param at since when
   */
  record LabelRefused(OrderId order, ParcelId parcel, String detail, Instant at) implements ParcelNews, BuyLabel.Output {}

  /**
   * The parcel has its label and leaves.
   *
   * @param items what is in it, one entry a SKU
   */
  record ShipmentLabelled(OrderId order, ParcelId parcel, LocationId location, StockPool pool, List<SkuQuantity> items,
      String carrier, String service,
      String trackingNumber, Instant at) implements ParcelNews, CustomerNews, ShipStock.Input, BuyLabel.Output {}

  /**
   * A carrier's event about a tracking number, verified.
   *
   * @param scans what the carrier has said so far, in any order
   * @param estimatedDeliveryAt when the carrier expects to deliver, or null
   * @param event the provider's id of the event
   */
  record TrackingNoticed(String trackingNumber, List<Scan> scans, Instant estimatedDeliveryAt,
      String event) implements TrackShipment.Input, ReceiveTracking.Output {}

  /** A parcel has moved. */
  sealed interface ShipmentMoved extends ParcelNews, BuyLabel.Output, TrackShipment.Output {
    /** When, by the carrier. */
    Instant at();

    /** When the carrier expects to deliver, or null. */
    Instant estimatedDeliveryAt();

    default Scan scan() {
      ShipmentStatus status = switch (this) {
        case ShipmentInTransit _ -> ShipmentStatus.IN_TRANSIT;
        case ShipmentOutForDelivery _ -> ShipmentStatus.OUT_FOR_DELIVERY;
        case ShipmentReadyForPickup _ -> ShipmentStatus.READY_FOR_PICKUP;
        case ShipmentDeliveryFailed _ -> ShipmentStatus.DELIVERY_FAILED;
        case ShipmentReturned _ -> ShipmentStatus.RETURNED;
        case ShipmentDelivered _ -> ShipmentStatus.DELIVERED;
      };
      return new Scan(status, at());
    }
  }

  record ShipmentInTransit(OrderId order, ParcelId parcel, Instant at,
      Instant estimatedDeliveryAt) implements ShipmentMoved {}

  record ShipmentOutForDelivery(OrderId order, ParcelId parcel, Instant at,
      Instant estimatedDeliveryAt) implements ShipmentMoved, CustomerNews {}

  record ShipmentReadyForPickup(OrderId order, ParcelId parcel, Instant at,
      Instant estimatedDeliveryAt) implements ShipmentMoved {}

  record ShipmentDeliveryFailed(OrderId order, ParcelId parcel, Instant at,
      Instant estimatedDeliveryAt) implements ShipmentMoved, CustomerNews {}

  record ShipmentReturned(OrderId order, ParcelId parcel, Instant at,
      Instant estimatedDeliveryAt) implements ShipmentMoved {}

  record ShipmentDelivered(OrderId order, ParcelId parcel, Instant at,
      Instant estimatedDeliveryAt) implements ShipmentMoved {}

  /** Every parcel of the order is delivered. */
  record OrderDelivered(OrderId order, Instant at) implements CustomerNews, AdvanceOrder.Output {}
}
