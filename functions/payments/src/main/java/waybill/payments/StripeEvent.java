package waybill.payments;

import waybill.messages.Message.PaymentNoticed;

/** What one of Stripe's events means to us. */
sealed interface StripeEvent {

  /** News of a payment, and the type of the event that brought it. */
  record News(String type, PaymentNoticed message) implements StripeEvent {}

  /** Nothing to us. */
  record Ignored(String id, String type, Reason reason) implements StripeEvent {}

  enum Reason {
    /** It is of the other mode: test money for a live account, or real money for a test one. */
    LIVEMODE,
    /** It is of a type that we have no use for. */
    TYPE
  }
}
