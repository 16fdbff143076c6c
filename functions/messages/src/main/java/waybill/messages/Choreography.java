package waybill.messages;

import static waybill.messages.Verb.*;

import java.util.List;
import waybill.messages.Message.*;

/**
 * The whole system on one page: which message goes to which functions. A new message does not compile until it is
 * routed here. Read from top to bottom it is the way of an order from the storefront to the doorstep.
 */
public final class Choreography {

  private Choreography() {}

  /** The functions that a message goes to, each through its own queue. */
  public static List<Verb> consumers(Message message) {
    return switch (message) {
      // The order is placed: stock is promised, and its payments are watched for.
      case OrderPlaced _ -> List.of(RESERVE_STOCK);
      case StockReserved _, StockRefused _ -> List.of(ADVANCE_ORDER);
      case PaymentExpected _, PaymentNoticed _, RefundNoticed _ -> List.of(RECORD_PAYMENT);
      case PaymentAuthorized _, PaymentCaptured _, PaymentFailed _, PaymentCancelled _ -> List.of(ADVANCE_ORDER);

      // Stock and money are there: it is decided from where the order ships.
      case OrderReleased _ -> List.of(PLAN_FULFILLMENT, NOTIFY_CUSTOMER);
      case FulfillmentPlanned _ -> List.of(ALLOCATE_STOCK);
      case StockAllocated _ -> List.of(PLAN_FULFILLMENT, ADVANCE_ORDER);
      case AllocationRefused _ -> List.of(PLAN_FULFILLMENT);

      // It is packed: the order closes itself against cancelling, and only then are labels bought.
      case FulfillmentPacked _ -> List.of(ADVANCE_ORDER);
      case DispatchApproved _ -> List.of(PLAN_FULFILLMENT, BUY_LABEL);
      case ShipmentLabelled _ -> List.of(SHIP_STOCK, ADVANCE_ORDER, NOTIFY_CUSTOMER);

      // It is on its way.
      case TrackingNoticed _ -> List.of(TRACK_SHIPMENT);
      case ShipmentInTransit _, ShipmentReadyForPickup _, ShipmentReturned _ -> List.of(ADVANCE_ORDER);
      case ShipmentOutForDelivery _, ShipmentDeliveryFailed _ -> List.of(ADVANCE_ORDER, NOTIFY_CUSTOMER);
      case ShipmentDelivered _ -> List.of(ADVANCE_ORDER);
      case OrderDelivered _ -> List.of(NOTIFY_CUSTOMER);

      // It goes wrong: an attempt to pay fails, the order is due, for its time is up or what it said may
      // never have been sent, nobody sells a label, or a label may or may not have been bought.
      case OrderPaymentFailed _ -> List.of(NOTIFY_CUSTOMER);
      case OrderDue _, LabelRefused _, LabelUncertain _ -> List.of(ADVANCE_ORDER);

      // It is cancelled: promises, plans, allocations and money are let go.
      case OrderCancelled _ -> List.of(RELEASE_STOCK, CANCEL_FULFILLMENT, NOTIFY_CUSTOMER);
      case FulfillmentCancelled _ -> List.of(RELEASE_STOCK);
      case StockReleased _ -> List.of(ADVANCE_ORDER);
      case RefundRequested _ -> List.of(REFUND_PAYMENT);
      case PaymentRefunded _ -> List.of(ADVANCE_ORDER);
    };
  }
}
