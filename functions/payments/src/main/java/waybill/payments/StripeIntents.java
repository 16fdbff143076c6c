package waybill.payments;

import com.stripe.model.Charge;
import com.stripe.model.PaymentIntent;
import java.time.Instant;
import java.util.Optional;
import waybill.messages.Money;
import waybill.messages.Payment;
import waybill.messages.PaymentStatus;

/** PaymentIntents as Stripe shows them when it is asked, which is what its events say of them. */
final class StripeIntents {
  private final StripeCalls calls;

  StripeIntents(StripeCalls calls) {
    this.calls = calls;
  }

  /** How a payment stands; empty if Stripe has never heard of it. */
  Optional<Payment> find(StripeAccount account, Payment payment, Instant now) {
    return calls.session(account).find(payment.reference()).map(it -> read(it, payment, now));
  }

  /** @param payment whose intent it is */
  static Payment read(PaymentIntent intent, Payment payment, Instant now) {
    StripeAmounts amounts = StripeAmounts.in(intent.getCurrency())
        .orElseThrow(() -> new IllegalStateException("Stripe reports a currency that cannot be"));
    PaymentStatus status = status(intent);
    Money captured = money(amounts, intent.getAmountReceived());
    Money authorized = status == PaymentStatus.AUTHORIZED
        ? captured.plus(money(amounts, intent.getAmountCapturable()))
        : captured;
    // That somebody asked is no news of the payment: for how long its money is held counts from when it was authorised.
    Instant at = status == payment.status() || status == PaymentStatus.AUTHORIZED ? null : after(payment, now);
    var found = new Payment(payment.id(), payment.provider(), payment.account(), payment.reference(), status,
        authorized, captured, at);
    return captureBefore(intent).map(found::withCaptureBefore).orElse(found);
  }

  /** What is shown now is newer than every attempt that was reported, whatever time a faster clock has put on that. */
  private static Instant after(Payment payment, Instant now) {
    return payment.triedAt() == null || payment.triedAt().isBefore(now) ? now : payment.triedAt().plusMillis(1);
  }

  /** Until when the card's bank holds the money; empty if the charge does not say. */
  private static Optional<Instant> captureBefore(PaymentIntent intent) {
    return Optional.ofNullable(intent.getLatestChargeObject()).map(Charge::getPaymentMethodDetails)
        .map(Charge.PaymentMethodDetails::getCard).map(Charge.PaymentMethodDetails.Card::getCaptureBefore)
        .map(Instant::ofEpochSecond);
  }

  /** What a status means (docs.stripe.com/payments/paymentintents/lifecycle). */
  private static PaymentStatus status(PaymentIntent intent) {
    return switch (intent.getStatus()) {
      case "processing" -> PaymentStatus.PROCESSING;
      case "requires_capture" -> PaymentStatus.AUTHORIZED;
      case "canceled" -> intent.getAmountReceived() != null && intent.getAmountReceived() > 0
          ? PaymentStatus.CAPTURED
          : PaymentStatus.CANCELLED;
      case "succeeded" -> PaymentStatus.CAPTURED;
      case null, default -> intent.getLastPaymentError() == null ? PaymentStatus.PENDING : PaymentStatus.FAILED;
    };
  }

  private static Money money(StripeAmounts amounts, Long amount) {
    return amounts.money(amount == null ? 0 : amount)
        .orElseThrow(() -> new IllegalStateException("Stripe reports an amount that cannot be"));
  }
}
