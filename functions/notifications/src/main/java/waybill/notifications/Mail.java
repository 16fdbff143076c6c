package waybill.notifications;

import java.time.Instant;
import waybill.messages.Choreography.NotifyCustomer;
import waybill.messages.ClaimMessages.*;
import waybill.messages.DigitalMessages.DigitalDelivered;
import waybill.messages.IncidentMessages.DeliveryRedated;
import waybill.messages.IncidentMessages.IncidentOpened;
import waybill.messages.OrderMessages.*;
import waybill.messages.ReturnLabelMessages.ReturnLabelReady;
import waybill.messages.ReturnMessages.*;
import waybill.messages.ShipmentMessages.ShipmentDeliveryFailed;
import waybill.messages.ShipmentMessages.ShipmentLabelled;
import waybill.messages.ShipmentMessages.ShipmentOutForDelivery;
import waybill.messages.ShipmentMessages.ShipmentReadyForPickup;
import waybill.orders.OrderSummary;

/** One kind of mail: what it is about, when that happened, what makes it old news, and what it says. */
interface Mail {

  /** News that customers are to hear does not compile until it has its mail. */
  static Mail of(NotifyCustomer.Input news) {
    return switch (news) {
      case OrderPaymentDue it -> new PaymentReminderMail(it);
      case OrderPaymentFailed it -> new PaymentFailedMail(it);
      case OrderRefunded it -> new RefundedMail(it);
      case OrderRefundFailed it -> new RefundFailedMail(it);
      case OrderEdited it -> new EditedMail(it);
      case OrderBackordered it -> new BackorderedMail(it);
      case OrderMerged it -> new MergedMail(it);
      case OrderAddressDoubted it -> new AddressDoubtedMail(it);
      case OrderReleased it -> new ConfirmedMail(it);
      case OrderCancelled it -> new CancelledMail(it);
      case ShipmentLabelled it -> new ShippedMail(it);
      case ShipmentOutForDelivery it -> new OutForDeliveryMail(it);
      case ShipmentReadyForPickup it -> new ReadyForPickupMail(it);
      case ShipmentDeliveryFailed it -> new DeliveryFailedMail(it);
      case OrderDelivered it -> new DeliveredMail(it);
      case MailRequested it -> new MailAgain(it);
      case DigitalDelivered it -> new DigitalMail(it);
      case IncidentOpened it -> new IncidentMail(it);
      case DeliveryRedated it -> new RedatedMail(it);
      case ReturnApproved it -> new ReturnApprovedMail(it);
      case ReturnLabelReady it -> new ReturnLabelMail(it);
      case ReturnRejected it -> new ReturnRejectedMail(it);
      case ReturnSettled it -> new ReturnSettledMail(it);
      case ClaimOpened it -> new ClaimOpenedMail(it);
      case ClaimDenied it -> new ClaimDeniedMail(it);
      case ClaimResolved it -> new ClaimResolvedMail(it);
      case ClaimedParcelFound it -> new ClaimedParcelFoundMail(it);
      case SendBackAsked it -> new SendBackMail(it);
    };
  }

  /** As logs and markers spell it, and as the keys of its words begin. */
  String kind();

  /** What there is one mail of: an order, a payment, a parcel or one event of it. */
  String about();

  default String event() {
    return kind() + "#" + about();
  }

  Instant happenedAt(OrderSummary order);

  /** Whether the order has moved on, so that the mail would say what is no longer so. */
  boolean isSuperseded(OrderSummary order, Instant now);

  /**
   * Writes what it says, below the greeting.
   *
   * @throws waybill.platform.RetryLater if the order does not know yet what the mail is about
   */
  void write(LetterWriter letter, OrderSummary order);
}
