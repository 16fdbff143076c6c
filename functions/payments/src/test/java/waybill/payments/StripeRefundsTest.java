package waybill.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.net.HttpURLConnectionClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import waybill.messages.Money;
import waybill.messages.Payment;
import waybill.messages.PaymentId;
import waybill.messages.PaymentStatus;
import waybill.messages.Refund;
import waybill.messages.RefundReason;
import waybill.messages.RefundStatus;
import waybill.payments.RefundStage.Claimed;
import waybill.platform.Lease;
import waybill.platform.RetryLater;

class StripeRefundsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");
  private static final StripeAccount ACCOUNT = new StripeAccount(false, List.of("whsec_1"), "sk_test_secret");
  private static final Payment PAYMENT = new Payment(PaymentId.of("stripe", "shop-eu", "pi_3Q"), "stripe", "shop-eu",
      "pi_3Q", PaymentStatus.CAPTURED, new Money(5572, "EUR"), new Money(5572, "EUR"), NOW);

  private final StripeServer server = new StripeServer();
  private final StripeRefunds impatient = new StripeRefunds(
      new StripeCalls(server.base(), Duration.ofMillis(300), new HttpURLConnectionClient()));

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  @Timeout(20)
  void anAnswerThatDoesNotComeInTimeComesBackAndItsRefundIsFound() throws InterruptedException {
    server.intent("pi_3Q", "succeeded", 5572);
    var hanging = new CountDownLatch(1);
    server.beforeNextCreate(() -> await(hanging));

    assertThatThrownBy(() -> impatient.refund(ACCOUNT, PAYMENT, null, claim(1))).isInstanceOf(RetryLater.class)
        .hasMessageContaining("refund").hasNoCause();
    hanging.countDown();
    while (server.refunds().isEmpty()) {
      Thread.onSpinWait();
    }

    assertThat(((StripeRefunds.Answer) impatient.refund(ACCOUNT, PAYMENT, null, claim(2))).reference())
        .isEqualTo("re_1");
    assertThat(server.refunds()).hasSize(1);
  }

  @Test
  void stripeBeingAwayComesBack() {
    server.close();

    assertThatThrownBy(() -> impatient.refund(ACCOUNT, PAYMENT, null, claim(1))).isInstanceOf(RetryLater.class);
  }

  @Test
  void twoCreationsOfOneAttemptAreOneRefund() {
    server.intent("pi_3Q", "succeeded", 5572);
    // What waits for the other is not to be impatient, however busy the machine is.
    var patient = new StripeRefunds(
        new StripeCalls(server.base(), Duration.ofSeconds(30), new HttpURLConnectionClient()));
    server.beforeNextCreate(() -> patient.refund(ACCOUNT, PAYMENT, null, claim(1)));

    assertThat(patient.refund(ACCOUNT, PAYMENT, null, claim(1)))
        .isInstanceOfSatisfying(StripeRefunds.Answer.class, it -> {
          assertThat(it.reference()).isEqualTo("re_1");
          assertThat(it.amount()).isEqualTo(new Money(5572, "EUR"));
        });
    assertThat(server.refunds()).hasSize(1);
  }

  @Test
  void aFailedAnswerThatStripeReplaysIsNotReplayedToTheNextAttempt() {
    server.intent("pi_3Q", "succeeded", 5572);
    server.refuse("POST /v1/refunds", 500, "none");
    assertThatThrownBy(() -> impatient.refund(ACCOUNT, PAYMENT, null, claim(1))).isInstanceOf(RetryLater.class);
    server.refuseNothing();

    assertThat(((StripeRefunds.Answer) impatient.refund(ACCOUNT, PAYMENT, null, claim(2))).status())
        .isEqualTo(RefundStatus.SUCCEEDED);
    assertThat(server.calls()).last().asString().endsWith("-2");
  }

  private static Claimed claim(int attempt) {
    return new Claimed(attempt, new Lease("claimant", NOW.plusSeconds(60)),
        Refund.requested(PAYMENT.id(), RefundReason.NO_ORDER, NOW));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
