package waybill.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ssm.SsmClient;
import waybill.messages.ChannelId;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.Message;
import waybill.messages.Money;
import waybill.messages.OrderId;
import waybill.messages.Payment;
import waybill.messages.PaymentId;
import waybill.messages.PaymentMessages.PaymentCaptured;
import waybill.messages.PaymentMessages.PaymentExpected;
import waybill.messages.PaymentMessages.PaymentLookedUp;
import waybill.messages.PaymentMessages.PaymentQuestioned;
import waybill.messages.PaymentStatus;
import waybill.workbench.Bench;

class LookUpPaymentHandlerTest {
  private static final OrderId ORDER = OrderId.of(new ChannelId("de-web"), "5512033");
  private static final OrderId ANOTHER = OrderId.of(new ChannelId("de-web"), "5512034");
  private static final PaymentId ID = PaymentId.of("stripe", "shop-eu", "pi_3Q");
  private static final Payment PENDING = Payment.pending(ID, "stripe", "shop-eu", "pi_3Q", "EUR", Instant.EPOCH);
  private static final String ALL_DONE = "{\"batchItemFailures\":[]}";

  private final StripeServer stripe = new StripeServer();
  private final Bench bench = Bench.open("payments:by_unclaimed").with("STRIPE_API_BASE", stripe.base())
      .with("PAYMENT_ACCOUNTS_PARAMETER", "/accounts");

  @AfterEach
  void close() {
    stripe.close();
    bench.close();
  }

  private String lookUp(OrderId order, String accounts) {
    var handler = new LookUpPaymentHandler(
        bench.ports().with(SsmClient.class, new OneParameter("/accounts", accounts)));
    return answer(handler, new PaymentQuestioned(order, PENDING));
  }

  private String lookUp() {
    return lookUp(ORDER, """
        {"shop-eu": {"livemode": false, "webhook_secrets": ["whsec_1"], "api_key": "sk_test_secret"}}
        """);
  }

  private String answer(waybill.platform.QueueFunction<?> handler, Message message) {
    var out = new ByteArrayOutputStream();
    try {
      handler.handleRequest(bench.sqsEvent(message), out, null);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private PaymentLookedUp answer() {
    return (PaymentLookedUp) bench.sentTo(AdvanceOrder.class).getLast();
  }

  @Test
  void whatWasPaidThoughNoEventSaidSoIsRecordedAndReported() {
    stripe.intent("pi_3Q", "succeeded", 5572);

    assertThat(lookUp()).isEqualTo(ALL_DONE);

    assertThat(bench.sentTo(AdvanceOrder.class)).hasExactlyElementsOfTypes(PaymentCaptured.class,
        PaymentLookedUp.class);
    assertThat(answer().payment().captured()).isEqualTo(new Money(5572, "EUR"));
    assertThat(answer().at()).isEqualTo(bench.clock().instant());
    assertThat(PaymentsTable.payments(bench.ports()).find(PaymentsTable.key(ID)).orElseThrow().value().order())
        .isEqualTo(ORDER);
  }

  @ParameterizedTest
  @CsvSource({"requires_payment_method, PENDING", "requires_action, PENDING", "processing, PROCESSING",
    "canceled, CANCELLED"})
  void everyStatusWithoutMoneyIsReported(String status, PaymentStatus reported) {
    stripe.intent("pi_3Q", status, 0);
    lookUp();
    assertThat(answer().payment().status()).isEqualTo(reported);
  }

  @Test
  void whatIsAuthorizedIsWhatCanBeCapturedAndNotWhatWasAskedFor() {
    stripe.intent("pi_3Q", "requires_capture", 0);
    stripe.set("pi_3Q", "amount", 6000L);
    stripe.set("pi_3Q", "amount_capturable", 5572L);
    lookUp();
    assertThat(answer().payment().status()).isEqualTo(PaymentStatus.AUTHORIZED);
    assertThat(answer().payment().authorized()).isEqualTo(new Money(5572, "EUR"));
  }

  @Test
  void untilWhenACardsBankHoldsTheMoneyIsRecorded() {
    stripe.intent("pi_3Q", "requires_capture", 0);
    stripe.set("pi_3Q", "amount_capturable", 5572L);
    stripe.set("pi_3Q", "latest_charge", java.util.Map.of("id", "ch_1", "object", "charge", "payment_method_details",
        java.util.Map.of("type", "card", "card", java.util.Map.of("capture_before", 1_796_000_000L))));
    lookUp();
    assertThat(answer().payment().captureBefore()).isEqualTo(Instant.ofEpochSecond(1_796_000_000L));
    assertThat(answer().payment().updatedAt()).as("that somebody asked is no news of it").isNull();
  }

  @Test
  void anIntentThatStripeDoesNotKnowIsAnsweredWithWhatIsKnown() {
    assertThat(lookUp()).isEqualTo(ALL_DONE);
    assertThat(answer()).isEqualTo(new PaymentLookedUp(ORDER, PENDING, bench.clock().instant()));
    assertThat(bench.items("payments")).isEmpty();
  }

  @Test
  void anAccountWithoutAKeyCannotBeAskedAndItsOrderDoesNotWait() {
    lookUp(ORDER, "{\"shop-eu\": {\"livemode\": false, \"webhook_secrets\": [\"whsec_1\"]}}");
    assertThat(answer()).isEqualTo(new PaymentLookedUp(ORDER, PENDING, bench.clock().instant()));
  }

  @Test
  void whileStripeIsAwayNobodyIsAnswered() {
    stripe.intent("pi_3Q", "succeeded", 5572);
    stripe.refuse("GET", 500, "api_error");
    assertThat(lookUp()).contains("itemIdentifier");
    assertThat(bench.sent()).isEmpty();
  }

  @Test
  void aPaymentOfAnotherOrderIsNotAnswered() {
    answer(new RecordPaymentHandler(bench.ports()), new PaymentExpected(ANOTHER, "stripe", "shop-eu", "pi_3Q", "EUR"));
    stripe.intent("pi_3Q", "succeeded", 5572);
    lookUp();
    assertThat(answer()).as("its money is not this order's")
        .isEqualTo(new PaymentLookedUp(ORDER, PENDING, bench.clock().instant()));
  }
}
