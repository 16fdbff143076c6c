package waybill.payments;

import java.util.List;
import java.util.Optional;
import waybill.messages.RefundId;
import waybill.messages.RefundStatus;

/**
 * A refund as Stripe lists it.
 *
 * @param ours which of our refunds it is; null where it was made elsewhere, in Stripe's dashboard for example
 * @param amount as Stripe writes it
 */
record StripeRefund(String reference, String ours, RefundStatus status, long amount) {
  /** The metadata by which we know our refunds again; Stripe's own idempotency keys are forgotten after a day. */
  static final String REFUND_METADATA = "waybill_refund";
  static final String REASON_METADATA = "reason";
  static final String ORDER_METADATA = "order_id";

  /**
   * What a status of Stripe's means (docs.stripe.com/api/refunds/object): what it does not know yet, and what we do not, is
   * on its way.
   *
   * @param status null where Stripe does not say
   */
  static RefundStatus status(String status) {
    return switch (status) {
      case "succeeded" -> RefundStatus.SUCCEEDED;
      case "failed", "canceled" -> RefundStatus.FAILED;
      case null, default -> RefundStatus.PENDING;
    };
  }

  /** Ours among all refunds of a payment; one that is under way or done before one that failed. */
  static Optional<StripeRefund> ours(List<StripeRefund> refunds, RefundId id) {
    List<StripeRefund> ours = refunds.stream().filter(it -> id.value().equals(it.ours)).toList();
    return ours.stream().filter(it -> it.status != RefundStatus.FAILED).findFirst()
        .or(() -> ours.stream().findFirst());
  }

  /** What may still be refunded of what Stripe received, as Stripe writes it. */
  static long left(long received, List<StripeRefund> refunds) {
    return received - refunds.stream().filter(it -> it.status != RefundStatus.FAILED).mapToLong(StripeRefund::amount)
        .sum();
  }

  /** What we refunded of it under other names, as Stripe writes it. */
  static long parts(List<StripeRefund> refunds, RefundId whole) {
    return refunds.stream().filter(it -> it.status != RefundStatus.FAILED && it.ours != null)
        .filter(it -> !it.ours.equals(whole.value())).mapToLong(StripeRefund::amount).sum();
  }

  /** What has to be done about a PaymentIntent so that its money is its customer's. */
  enum Way {
    /** There is money: it is refunded. */
    REFUND,
    /** Some of it is captured and some is still held: the rest is released, and what was captured is refunded. */
    RELEASE,
    /** It may still take money, or keeps some: it is cancelled. */
    CANCEL,
    /** The money is on its way to Stripe, which takes days: Stripe cancels no such payment. */
    WAIT,
    /** It has ended without money. */
    NOTHING
  }

  /** @param status of the PaymentIntent (docs.stripe.com/payments/paymentintents/lifecycle) */
  static Way way(String status, long received) {
    return switch (status) {
      case "succeeded", "canceled" -> received > 0 ? Way.REFUND : Way.NOTHING;
      case "processing" -> Way.WAIT;
      case "requires_capture" -> received > 0 ? Way.RELEASE : Way.CANCEL;
      case null, default -> Way.CANCEL;
    };
  }
}
