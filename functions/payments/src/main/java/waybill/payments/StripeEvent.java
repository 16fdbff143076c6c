package waybill.payments;

import waybill.messages.Message.PaymentNews;

/** What one of Stripe's events means to us. */
sealed interface StripeEvent {

  /** News of a payment or its refund, and the event that brought them. */
  record News(String id, String type, PaymentNews message) implements StripeEvent {}

  /** Nothing to us. */
  record Ignored(String id, String type, Reason reason) implements StripeEvent {}

  enum Reason {
    /** It is of the other mode: test money for a live account, or real money for a test one. */
    LIVEMODE,
    /** It is of a type that we have no use for. */
    TYPE,
    /** It is of a refund that somebody else has made, in Stripe's dashboard for example. */
    MADE_ELSEWHERE
  }
}
