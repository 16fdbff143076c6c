package waybill.local.providers.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.stripe.StripeClient;
import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.net.RequestOptions;
import com.stripe.param.PaymentIntentCaptureParams;
import com.stripe.param.PaymentIntentRetrieveParams;
import com.stripe.param.RefundCreateParams;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.local.machine.MovableClock;

/** Stripe's own client captures at the local Stripe, as docs.stripe.com/payments/multicapture describes it. */
class StripeCaptureTest {
  private static final String INTENT = "pi_1";

  private final List<StripeLedger.News> news = new ArrayList<>();
  private Stripe stripe;
  private StripeEndpoint endpoint;
  private StripeClient client;

  @BeforeEach
  void tenEurosAreHeld() throws Exception {
    stripe = Stripe.on(Optional.empty(), new MovableClock(), news::addAll);
    endpoint = new StripeEndpoint(stripe,
        StripeAccounts.read("{\"shop\":{\"api_key\":\"sk_test_a\",\"webhook_secrets\":[\"whsec_a\"]}}"));
    client = StripeClient.builder().setApiKey("sk_test_a").setApiBase(endpoint.endpoint().toString())
        .setMaxNetworkRetries(0).build();
    stripe.know(INTENT, "shop", 1_000, "eur", "requires_capture");
  }

  @AfterEach
  void close() {
    endpoint.close();
  }

  private PaymentIntent capture(String key, Long amount, Boolean last) throws StripeException {
    return client.v1().paymentIntents().capture(INTENT,
        PaymentIntentCaptureParams.builder().setAmountToCapture(amount).setFinalCapture(last)
            .putMetadata("waybill_" + key, String.valueOf(amount)).addExpand("latest_charge").build(),
        RequestOptions.builder().setIdempotencyKey(key).build());
  }

  @Test
  void aCaptureTakesAllThatIsHeld() throws Exception {
    PaymentIntent captured = capture("k1", null, null);

    assertThat(captured.getStatus()).isEqualTo("succeeded");
    assertThat(captured.getAmountReceived()).isEqualTo(1_000);
    assertThat(captured.getLatestChargeObject().getCaptured()).isTrue();
    assertThat(news).extracting(StripeLedger.News::type).containsExactly("payment_intent.amount_capturable_updated",
        "payment_intent.succeeded");
    assertThat(capture("k1", null, null).getAmountReceived()).as("the key answers again").isEqualTo(1_000);
  }

  @Test
  void aPartReleasesTheRestUnlessMulticaptureIsAvailable() throws Exception {
    assertThat(catchThrowableOfType(InvalidRequestException.class, () -> capture("k1", 700L, false)).getParam())
        .isEqualTo("final_capture");
    PaymentIntent captured = capture("k2", 700L, null);
    assertThat(captured.getStatus()).isEqualTo("succeeded");
    assertThat(captured.getAmountReceived()).isEqualTo(700);
    assertThat(captured.getAmountCapturable()).isZero();
    assertThat(catchThrowableOfType(InvalidRequestException.class, () -> capture("k3", 1L, null)).getCode())
        .isEqualTo("payment_intent_unexpected_state");
  }

  @Test
  void withMulticaptureThereAreSeveralUntilTheLast() throws Exception {
    stripe.multicapture(INTENT, true);
    PaymentIntent first = capture("k1", 700L, false);
    assertThat(first.getStatus()).isEqualTo("requires_capture");
    assertThat(List.of(first.getAmountReceived(), first.getAmountCapturable())).containsExactly(700L, 300L);
    assertThat(catchThrowableOfType(InvalidRequestException.class, () -> capture("k2", 301L, false)).getCode())
        .isEqualTo("amount_too_large");
    client.v1().refunds().create(RefundCreateParams.builder().setPaymentIntent(INTENT).setAmount(100L).build());

    PaymentIntent last = capture("k3", 0L, true);
    assertThat(last.getStatus()).isEqualTo("succeeded");
    assertThat(List.of(last.getAmountReceived(), last.getAmountCapturable())).containsExactly(700L, 0L);
    assertThat(last.getMetadata()).containsEntry("waybill_k1", "700").containsEntry("waybill_k3", "0");
    assertThat(stripe.overview().at("/payment_intents/0/captures")).hasSize(2);
  }

  @Test
  void anEventOfACaptureThatIsDeliveredLateGivesNothingBack() throws Exception {
    stripe.multicapture(INTENT, true);
    capture("k1", 700L, false);
    stripe.know(INTENT, "shop", 1_000, "eur", "requires_capture");
    assertThat(catchThrowableOfType(InvalidRequestException.class, () -> capture("k2", 301L, false)).getCode())
        .isEqualTo("amount_too_large");
  }

  @Test
  void theChargeSaysUntilWhenAndHowOften() throws Exception {
    var expanded = PaymentIntentRetrieveParams.builder().addExpand("latest_charge").build();
    var card = client.v1().paymentIntents().retrieve(INTENT, expanded).getLatestChargeObject()
        .getPaymentMethodDetails().getCard();
    assertThat(card.getCaptureBefore()).isGreaterThan(1_000_000_000);
    assertThat(card.getMulticapture().getStatus()).isEqualTo("unavailable");
    stripe.multicapture(INTENT, true);
    assertThat(client.v1().paymentIntents().retrieve(INTENT, expanded).getLatestChargeObject()
        .getPaymentMethodDetails().getCard().getMulticapture().getStatus()).isEqualTo("available");
  }

  @Test
  void aCaptureIsDeclinedOnDemandAndChangesNothing() throws Exception {
    stripe.faults().add("capture", "decline", 1);
    assertThat(catchThrowableOfType(CardException.class, () -> capture("k1", null, null)).getCode())
        .isEqualTo("card_declined");
    assertThat(client.v1().paymentIntents().retrieve(INTENT).getAmountCapturable()).isEqualTo(1_000);
    assertThatThrownBy(() -> stripe.faults().add("cancel", "decline", 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsCancelledKeepsWhatWasCapturedOfIt() throws Exception {
    stripe.multicapture(INTENT, true);
    capture("k1", 400L, false);

    PaymentIntent ended = client.v1().paymentIntents().cancel(INTENT);
    assertThat(ended.getStatus()).isEqualTo("canceled");
    assertThat(List.of(ended.getAmountReceived(), ended.getAmountCapturable())).containsExactly(400L, 0L);
  }
}
