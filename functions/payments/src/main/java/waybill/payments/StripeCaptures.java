package waybill.payments;

import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.PaymentIntent;
import com.stripe.param.PaymentIntentCaptureParams;
import java.util.Map;
import java.util.Optional;
import waybill.messages.Capture;
import waybill.messages.Money;
import waybill.messages.Payment;
import waybill.payments.CaptureStage.Claimed;
import waybill.platform.RetryLater;

/**
 * Captures at Stripe what a payment holds. However often it is asked there is one capture of a cause: Stripe lists no captures, so each
 * writes its id and its amount into the intent's metadata in the call that makes it, and that is looked for before a capture is made.
 * Stripe's own idempotency keys replay a failed answer for a day and are forgotten then, so each attempt has a key of its own.
 */
final class StripeCaptures {
  /** What a key in the intent's metadata begins with; its value is the amount as Stripe writes it. */
  static final String METADATA = "waybill_";
  private static final int KEY_CHARACTERS = 40;
  private static final String REQUIRES_CAPTURE = "requires_capture";

  private final StripeCalls calls;

  StripeCaptures(StripeCalls calls) {
    this.calls = calls;
  }

  /**
   * How Stripe has answered.
   *
   * @param amount what was captured; null if it is refused
   * @param code why it is refused, as one of Stripe's codes or of ours; null if it is not
   * @param intent the payment's, as Stripe has it; null if it has none
   */
  record Answer(Money amount, String code, PaymentIntent intent) {}

  /**
   * Asks, and first looks whether an earlier attempt has succeeded whose answer was lost.
   *
   * @throws RetryLater if Stripe is busy or away
   * @throws IllegalStateException if the key is wrong, or Stripe contradicts what it reported before
   */
  Answer capture(StripeAccount account, Payment payment, Claimed claim) {
    return new Attempt(calls.session(account), payment, claim.capture(), claim.attempt()).run();
  }

  /** The key of a capture in the metadata, which Stripe limits to 40 characters. */
  static String key(Capture capture) {
    String key = METADATA + capture.id();
    return key.substring(0, Math.min(KEY_CHARACTERS, key.length()));
  }

  private record Attempt(StripeCalls.Session stripe, Payment payment, Capture capture, int attempt) {

    Answer run() {
      Optional<PaymentIntent> intent = stripe.find(payment.reference());
      if (intent.isEmpty()) {
        if (payment.authorized().isPositive()) {
          throw new IllegalStateException(
              "Stripe denies the money of %s that it reported before".formatted(payment.id()));
        }
        return new Answer(null, "resource_missing", null);
      }
      return ended(intent.get()).orElseGet(() -> ask(intent.get()));
    }

    /** What is already so: it was made before, or there is nothing to capture any more. */
    private Optional<Answer> ended(PaymentIntent intent) {
      Map<String, String> metadata = intent.getMetadata() == null ? Map.of() : intent.getMetadata();
      String made = metadata.get(key(capture));
      if (made != null) {
        return Optional.of(new Answer(money(intent, Long.parseLong(made)), null, intent));
      }
      if (REQUIRES_CAPTURE.equals(intent.getStatus())) {
        return Optional.empty();
      }
      return Optional.of(capture.isRelease()
          ? new Answer(capture.amount(), null, intent)
          : new Answer(null, "status_" + intent.getStatus(), intent));
    }

    private Answer ask(PaymentIntent intent) {
      long held = intent.getAmountCapturable() == null ? 0 : intent.getAmountCapturable();
      long wanted;
      try {
        wanted = amounts(intent).amount(capture.amount());
      } catch (ArithmeticException _) {
        // It was authorised in another currency by now, or Stripe does not write such a fraction.
        return new Answer(null, "not_chargeable", intent);
      }
      if (wanted > held) {
        return new Answer(null, "amount_too_large", intent);
      }
      boolean last = capture.last() || wanted == held;
      if (last || isMulticapture(intent)) {
        return capture(intent, wanted, last);
      }
      return switch (capture.otherwise()) {
        case CAPTURE_ALL_AT_FIRST ->
          capture(intent, Math.min(held, wanted + amounts(intent).amount(capture.later())), true);
        case RELEASE_REST -> capture(intent, wanted, true);
        case HOLD -> new Answer(null, "multicapture_unavailable", intent);
      };
    }

    private Answer capture(PaymentIntent before, long amount, boolean last) {
      var params = PaymentIntentCaptureParams.builder().setAmountToCapture(amount)
          .putMetadata(key(capture), Long.toString(amount)).addExpand("latest_charge");
      if (!last) {
        params.setFinalCapture(false);
      }
      var options = stripe.limited().setIdempotencyKey(capture.id() + "-" + attempt).build();
      try {
        PaymentIntent after = stripe.client().v1().paymentIntents().capture(payment.reference(), params.build(),
            options);
        return new Answer(money(after, amount), null, after);
      } catch (StripeException e) {
        if (!StripeCalls.isForGood(e)) {
          throw StripeCalls.notAnswered("capture", e);
        }
        // It may have been captured or cancelled meanwhile, perhaps by an attempt of ours whose answer was lost.
        PaymentIntent now = stripe.find(payment.reference()).orElse(before);
        return ended(now).orElseGet(() -> new Answer(null, StripeCalls.code(e), now));
      }
    }

    private static boolean isMulticapture(PaymentIntent intent) {
      return Optional.ofNullable(intent.getLatestChargeObject()).map(Charge::getPaymentMethodDetails)
          .map(Charge.PaymentMethodDetails::getCard).map(Charge.PaymentMethodDetails.Card::getMulticapture)
          .map(Charge.PaymentMethodDetails.Card.Multicapture::getStatus).filter("available"::equals).isPresent();
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
