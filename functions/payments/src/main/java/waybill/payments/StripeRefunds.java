package waybill.payments;

import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.StripeCollection;
import com.stripe.net.RequestOptions;
import com.stripe.param.PaymentIntentCaptureParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import waybill.messages.Money;
import waybill.messages.OrderId;
import waybill.messages.Payment;
import waybill.messages.Refund;
import waybill.messages.RefundStatus;
import waybill.payments.RefundStage.Claimed;
import waybill.platform.RetryLater;

/**
 * Gives a payment back at Stripe: cancels what has not been captured, refunds all that is left of what has, or of what may go back of it. However often it
 * is asked there is one refund: before one is made ours is looked for among the payment's refunds, where our metadata names
 * it, for Stripe's idempotency keys replay a failed answer for a day and are forgotten then. Each attempt has a key of its
 * own, so no old failure is replayed; within an attempt the key makes one of a request that the network doubles. And one
 * refund of all that is left leaves nothing for a second.
 */
final class StripeRefunds {
  private static final long PAGE = 100;

  private final StripeCalls calls;

  StripeRefunds(StripeCalls calls) {
    this.calls = calls;
  }

  /** What came of asking. */
  sealed interface Reply {}

  /** The money is on its way to Stripe: such a payment can be neither cancelled nor refunded. @param intent as Stripe has it */
  record Wait(PaymentIntent intent) implements Reply {}

  /**
   * How Stripe has answered.
   *
   * @param amount what goes back, or should; null if there is no money
   * @param reference what Stripe calls the refund; null if there is none
   * @param code why Stripe refuses, as one of its codes; null where it does not
   * @param intent the payment's, as Stripe has it; null if it has none
   */
  record Answer(RefundStatus status, Money amount, String reference, String code, PaymentIntent intent)
      implements Reply {}

  /**
   * Asks, and asks again what an answer was about that may have been lost.
   *
   * @param order null where nobody has named one
   * @throws RetryLater where Stripe is busy, away, or moves the money just now
   * @throws IllegalStateException where the key is wrong, or Stripe contradicts what it reported before
   */
  Reply refund(StripeAccount account, Payment payment, OrderId order, Claimed claim) {
    return new Attempt(calls.session(account), payment, order, claim).run();
  }

  private record Attempt(StripeCalls.Session stripe, Payment payment, OrderId order, Claimed claim) {

    Reply run() {
      Optional<PaymentIntent> intent = stripe.find(payment.reference());
      if (intent.isEmpty()) {
        return release("resource_missing", null);
      }
      if (isPart() && way(intent.get()) == StripeRefund.Way.RELEASE) {
        return refund(intent.get()); // the rest is still wanted
      }
      if (isPart() && way(intent.get()) != StripeRefund.Way.REFUND) {
        // The rest of the payment is still wanted, so it is not cancelled; a person must see what was granted of nothing.
        return new Answer(RefundStatus.FAILED, claim.refund().amount(), null, "not_captured", intent.get());
      }
      return switch (way(intent.get())) {
        case REFUND -> refund(intent.get());
        case NOTHING -> release(null, intent.get());
        case WAIT -> new Wait(intent.get());
        case RELEASE -> release();
        case CANCEL -> cancel();
      };
    }

    /** A capture of nothing, which is the last one, releases what is left (docs.stripe.com/payments/multicapture). */
    private Reply release() {
      var params = PaymentIntentCaptureParams.builder().setAmountToCapture(0L).setFinalCapture(true)
          .addExpand("latest_charge").build();
      PaymentIntent ended;
      try {
        ended = stripe.client().v1().paymentIntents().capture(payment.reference(), params, stripe.limited().build());
      } catch (StripeException e) {
        if (!"payment_intent_unexpected_state".equals(e.getCode())) {
          throw StripeCalls.notAnswered("release", e);
        }
        ended = stripe.find(payment.reference()).orElseThrow();
      }
      if (way(ended) != StripeRefund.Way.REFUND) {
        throw new RetryLater("Stripe does not release the rest of " + payment.id());
      }
      return refund(ended);
    }

    private static StripeRefund.Way way(PaymentIntent intent) {
      return StripeRefund.way(intent.getStatus(), received(intent));
    }

    private static long received(PaymentIntent intent) {
      return intent.getAmountReceived() == null ? 0 : intent.getAmountReceived();
    }

    /** There is no money. If Stripe reported some before, its denial is not believed: the key may be another account's. */
    private Answer release(String code, PaymentIntent intent) {
      if (payment.captured().isPositive() || code != null && payment.authorized().isPositive()) {
        throw new IllegalStateException(
            "Stripe denies the money of %s that it reported before".formatted(payment.id()));
      }
      return new Answer(RefundStatus.VOIDED, null, null, code, intent);
    }

    private Reply cancel() {
      PaymentIntent ended;
      try {
        ended = stripe.client().v1().paymentIntents().cancel(payment.reference(), stripe.limited().build());
      } catch (StripeException e) {
        if (!"payment_intent_unexpected_state".equals(e.getCode())) {
          throw StripeCalls.notAnswered("cancel", e);
        }
        // It was captured or cancelled meanwhile, or its customer has just paid.
        ended = stripe.find(payment.reference()).orElseThrow();
      }
      return switch (way(ended)) {
        case REFUND -> refund(ended);
        case NOTHING -> release(null, ended);
        case WAIT -> new Wait(ended);
        case RELEASE -> release();
        case CANCEL -> throw new RetryLater("Stripe does not cancel " + payment.id());
      };
    }

    private Answer refund(PaymentIntent intent) {
      List<StripeRefund> made = refunds();
      Optional<StripeRefund> ours = StripeRefund.ours(made, claim.refund().id());
      if (ours.isPresent()) {
        return answer(intent, ours.get());
      }
      long left = StripeRefund.left(received(intent), made);
      if (isPart()) {
        long wanted = amounts(intent).amount(claim.refund().amount());
        return wanted <= left
            ? create(intent, wanted)
            : nothingLeft(intent);
      }
      long wanted = most(intent, left);
      return wanted <= 0 ? refundedWhole(intent, made) : create(intent, wanted);
    }

    /** What was granted cannot move this way: it went back elsewhere, or a person must see why not. */
    private Answer nothingLeft(PaymentIntent intent) {
      return new Answer(RefundStatus.FAILED, claim.refund().amount(), null, "nothing_left", intent);
    }

    /** All of it is back; the parts that we refunded before are no part of this refund. */
    private Answer refundedWhole(PaymentIntent intent, List<StripeRefund> made) {
      long whole = received(intent) - StripeRefund.parts(made, claim.refund().id());
      return new Answer(RefundStatus.SUCCEEDED, money(intent, most(intent, whole)), null, null, intent);
    }

    /** What went back on other ways, of which Stripe knows nothing, does not go back again. */
    private long most(PaymentIntent intent, long amount) {
      Money most = claim.refund().amount();
      return most == null ? amount : Math.min(amount, amounts(intent).within(most));
    }

    private boolean isPart() {
      return claim.refund().reason().isPart();
    }

    private Answer create(PaymentIntent intent, long amount) {
      // Without an amount it is all that is left.
      var params = RefundCreateParams.builder().setPaymentIntent(payment.reference())
          .putMetadata(StripeRefund.REFUND_METADATA, claim.refund().id().value())
          .putMetadata(StripeRefund.REASON_METADATA, claim.refund().reason().name().toLowerCase(Locale.ROOT));
      if (claim.refund().amount() != null) {
        params.setAmount(amount);
      }
      if (order != null) {
        params.putMetadata(StripeRefund.ORDER_METADATA, order.value());
      }
      var options = stripe.limited().setIdempotencyKey(claim.refund().id() + "-" + claim.attempt()).build();
      try {
        return answer(intent, listed(stripe.client().v1().refunds().create(params.build(), options)));
      } catch (StripeException e) {
        if ("charge_already_refunded".equals(e.getCode())) {
          return refundedAlready(intent);
        }
        if (!StripeCalls.isForGood(e)) {
          throw StripeCalls.notAnswered("refund", e);
        }
        return new Answer(RefundStatus.FAILED, money(intent, amount), null, StripeCalls.code(e), intent);
      }
    }

    /** Somebody was faster, perhaps an attempt of ours whose answer was lost. */
    private Answer refundedAlready(PaymentIntent intent) {
      List<StripeRefund> made = refunds();
      Optional<StripeRefund> ours = StripeRefund.ours(made, claim.refund().id());
      if (ours.isEmpty() && StripeRefund.left(received(intent), made) > 0) {
        throw new RetryLater("Stripe does not yet list who refunded " + payment.id());
      }
      return ours.map(it -> answer(intent, it))
          .orElseGet(() -> isPart() ? nothingLeft(intent) : refundedWhole(intent, made));
    }

    private List<StripeRefund> refunds() {
      var refunds = new ArrayList<StripeRefund>();
      boolean more = true;
      while (more) {
        var params = RefundListParams.builder().setPaymentIntent(payment.reference()).setLimit(PAGE);
        if (!refunds.isEmpty()) {
          params.setStartingAfter(refunds.getLast().reference());
        }
        StripeCollection<com.stripe.model.Refund> page = StripeCalls.call("list",
            () -> stripe.client().v1().refunds().list(params.build(), stripe.limited().build()));
        page.getData().forEach(it -> refunds.add(listed(it)));
        more = Boolean.TRUE.equals(page.getHasMore()) && !page.getData().isEmpty();
      }
      return refunds;
    }

    private static StripeRefund listed(com.stripe.model.Refund refund) {
      Map<String, String> metadata = refund.getMetadata() == null ? Map.of() : refund.getMetadata();
      return new StripeRefund(refund.getId(), metadata.get(StripeRefund.REFUND_METADATA),
          StripeRefund.status(refund.getStatus()), refund.getAmount());
    }

    private Answer answer(PaymentIntent intent, StripeRefund refund) {
      return new Answer(refund.status(), money(intent, refund.amount()), refund.reference(), null, intent);
    }

    private static StripeAmounts amounts(PaymentIntent intent) {
      return StripeAmounts.in(intent.getCurrency())
          .orElseThrow(() -> new IllegalStateException("Stripe reports a currency that cannot be"));
    }

    private static Money money(PaymentIntent intent, long amount) {
      return amounts(intent).money(amount)
          .orElseThrow(() -> new IllegalStateException("Stripe reports an amount that cannot be"));
    }
  }
}
