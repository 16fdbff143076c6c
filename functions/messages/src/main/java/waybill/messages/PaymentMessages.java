package waybill.messages;

import java.time.Instant;
import waybill.messages.Choreography.*;

/** What becomes of payments and refunds. */
public interface PaymentMessages {

  /** An order names the payment that it will be paid with, in the currency of the order. */
  record PaymentExpected(OrderId order, String provider, String account, String reference,
      String currency) implements RecordPayment.Input, PlaceOrder.Output {}

  /**
   * A provider's event about a payment, verified.
   *
   * @param order the order that the payment itself names, or null
   * @param event the provider's id of the event
   */
  record PaymentNoticed(OrderId order, Payment payment, String event) implements ReceivePayment.Output {}

  /** The customer has paid by a method that takes days, or the money of an earlier attempt is on its way. */
  record PaymentProcessing(OrderId order, Payment payment) implements AdvanceOrder.Input, RecordPayment.Output {}

  record PaymentAuthorized(OrderId order, Payment payment) implements AdvanceOrder.Input, RecordPayment.Output {}

  record PaymentCaptured(OrderId order, Payment payment)
      implements AdvanceOrder.Input, RecordPayment.Output, MoveCredit.Output {}

  /** An attempt to pay has failed; the customer may try again. */
  record PaymentFailed(OrderId order, Payment payment)
      implements AdvanceOrder.Input, RecordPayment.Output, MoveCredit.Output {}

  /** The payment is cancelled for good. */
  record PaymentCancelled(OrderId order, Payment payment) implements AdvanceOrder.Input, RecordPayment.Output {}

  /**
   * A provider's event about a refund, verified: one that we requested, or one that was made elsewhere.
   *
   * @param reference what the provider calls the payment
   * @param event the provider's id of the event
   */
  record RefundNoticed(PaymentId payment, String provider, String account, String reference, Refund refund,
      String event) implements ReceivePayment.Output {}

  /**
   * A provider's event beside the money of a payment, verified: a dispute, a warning, a review.
   *
   * @param reference what the provider calls the payment
   * @param event the provider's id of the event
   */
  record AlertNoticed(PaymentId payment, String provider, String account, String reference, Alert alert,
      String event) implements ReceivePayment.Output {}

  /** Something is reported beside the money of an order's payment. */
  record PaymentAlerted(OrderId order, Payment payment, Alert alert)
      implements AdvanceOrder.Input, RecordPayment.Output {}

  /**
   * A payment is to be refunded: all that is left of it, or a part.
   *
   * @param refund of a part says how much it is; of all that is left at most how much, or null for whatever there is
   * @param order the order that it paid; null if no order has claimed it
   */
  record RefundRequested(OrderId order, Payment payment, Refund refund)
      implements
      RefundPayment.Input,
      RecordPayment.Output,
      AdvanceOrder.Output,
      RefundUnclaimed.Output {}

  /** A payment is refunded, or its refund is under way, or it cannot be refunded. */
  record PaymentRefunded(OrderId order, Payment payment,
      Refund refund) implements AdvanceOrder.Input, RecordPayment.Output, MoveCredit.Output {}

  /** An order is about to decide without this payment's money: its provider is asked how it stands. */
  record PaymentQuestioned(OrderId order, Payment payment) implements LookUpPayment.Input, AdvanceOrder.Output {}

  /**
   * The provider was asked how a payment stands, or cannot be asked.
   *
   * @param at when it was asked
   */
  record PaymentLookedUp(OrderId order, Payment payment, Instant at)
      implements AdvanceOrder.Input, LookUpPayment.Output {}

  /** What a payment holds is to be captured, all of it or a part; or what is left of it is to be released. */
  record CaptureRequested(OrderId order, Payment payment, Capture capture)
      implements CollectPayment.Input, AdvanceOrder.Output {}

  /** The provider has answered a capture: it was made, or is refused for good. @param payment as it is after that */
  record CaptureAnswered(OrderId order, Payment payment, Capture capture)
      implements AdvanceOrder.Input, CollectPayment.Output {}
}
