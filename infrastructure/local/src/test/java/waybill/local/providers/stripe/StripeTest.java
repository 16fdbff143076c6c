package waybill.local.providers.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.stripe.StripeClient;
import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.ApiException;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Refund;
import com.stripe.net.RequestOptions;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.local.machine.MovableClock;

/** Stripe's own client against the local Stripe. */
class StripeTest {
  private static final String ACCOUNT = "shop";
  private static final String INTENT = "pi_1";

  private final MovableClock clock = new MovableClock();
  private final List<StripeLedger.News> news = new ArrayList<>();
  private Stripe stripe;
  private StripeEndpoint endpoint;
  private StripeClient client;

  @BeforeEach
  void aPaymentOfTenEuros() throws Exception {
    stripe = Stripe.on(Optional.empty(), clock, news::addAll);
    endpoint = new StripeEndpoint(stripe,
        StripeAccounts.read("{\"shop\":{\"api_key\":\"sk_test_a\",\"webhook_secrets\":[\"whsec_a\"]},"
            + "\"other\":{\"api_key\":\"sk_test_b\",\"webhook_secrets\":[\"whsec_b\"]},\"old\":{}}"));
    client = client("sk_test_a");
    stripe.know(INTENT, ACCOUNT, 1000, "eur", "succeeded");
  }

  @AfterEach
  void close() {
    endpoint.close();
  }

  private StripeClient client(String key) {
    return StripeClient.builder().setApiKey(key).setApiBase(endpoint.endpoint().toString()).setMaxNetworkRetries(0)
        .build();
  }

  private Refund refund(String key, Long amount) throws StripeException {
    return client.v1().refunds().create(
        RefundCreateParams.builder().setPaymentIntent(INTENT).setAmount(amount).putMetadata("cause", "cancelled")
            .putMetadata("order_id", "ord_1").build(),
        RequestOptions.builder().setIdempotencyKey(key).build());
  }

  private List<Refund> refunds() throws StripeException {
    return client.v1().refunds().list(RefundListParams.builder().setPaymentIntent(INTENT).build()).getData();
  }

  private static InvalidRequestException refused(ThrowingCallable call) {
    return catchThrowableOfType(InvalidRequestException.class, call);
  }

  @Test
  void aPaymentIsShownAsItWasTold() throws Exception {
    var intent = client.v1().paymentIntents().retrieve(INTENT);

    assertThat(intent.getStatus()).isEqualTo("succeeded");
    assertThat(intent.getAmount()).isEqualTo(1000);
    assertThat(intent.getAmountReceived()).isEqualTo(1000);
    assertThat(intent.getCurrency()).isEqualTo("eur");
    assertThat(intent.getLivemode()).isFalse();
  }

  @Test
  void aPaymentThatNobodyToldOfOrOfAnotherAccountIsMissing() {
    for (ThrowingCallable call : List.<ThrowingCallable>of(() -> client.v1().paymentIntents().retrieve("pi_2"),
        () -> client.v1().paymentIntents().cancel("pi_2"),
        () -> client("sk_test_b").v1().paymentIntents().retrieve(INTENT))) {
      assertThat(refused(call).getStatusCode()).isEqualTo(404);
      assertThat(refused(call).getCode()).isEqualTo("resource_missing");
    }
  }

  @Test
  void aKeyOfNoAccountOpensNothing() {
    var refused = catchThrowableOfType(AuthenticationException.class,
        () -> client("sk_test_wrong").v1().paymentIntents().retrieve(INTENT));
    assertThat(refused.getStatusCode()).isEqualTo(401);
  }

  @Test
  void whatIsNotCapturedIsCancelledOnceAndTold() throws Exception {
    stripe.know("pi_2", ACCOUNT, 500, "eur", "requires_capture");

    assertThat(client.v1().paymentIntents().cancel("pi_2").getStatus()).isEqualTo("canceled");
    InvalidRequestException again = refused(() -> client.v1().paymentIntents().cancel("pi_2"));
    assertThat(again.getStatusCode()).isEqualTo(400);
    assertThat(again.getCode()).isEqualTo("payment_intent_unexpected_state");
    assertThat(news).extracting(StripeLedger.News::type).containsExactly("payment_intent.canceled");
    assertThat(news.getFirst().object().at("/data/object/status").asText()).isEqualTo("canceled");
    stripe.know("pi_2", ACCOUNT, 500, "eur", "succeeded");
    assertThat(client.v1().paymentIntents().retrieve("pi_2").getStatus()).as("an end is an end").isEqualTo("canceled");
  }

  @Test
  void whatIsCapturedIsNotCancelled() {
    assertThat(refused(() -> client.v1().paymentIntents().cancel(INTENT)).getCode())
        .isEqualTo("payment_intent_unexpected_state");
  }

  @Test
  void aRefundGivesAllBackCarriesItsCauseAndIsTold() throws Exception {
    Refund refund = refund("k1", null);

    assertThat(refund.getStatus()).isEqualTo("succeeded");
    assertThat(refund.getAmount()).isEqualTo(1000);
    assertThat(refund.getPaymentIntent()).isEqualTo(INTENT);
    assertThat(refund.getMetadata()).isEqualTo(Map.of("cause", "cancelled", "order_id", "ord_1"));
    assertThat(refunds()).extracting(Refund::getId).containsExactly(refund.getId());
    assertThat(news).extracting(StripeLedger.News::type).containsExactly("refund.created", "refund.updated");
    assertThat(news.getFirst().object().at("/data/object/metadata/cause").asText()).isEqualTo("cancelled");
  }

  @Test
  void whatIsRefundedIsNotRefundedAgain() throws Exception {
    refund("k1", 400L);
    assertThat(refused(() -> refund("k2", 601L)).getStatusCode()).as("more than is left").isEqualTo(400);
    refund("k3", 600L);
    InvalidRequestException again = refused(() -> refund("k4", null));
    assertThat(again.getStatusCode()).isEqualTo(400);
    assertThat(again.getCode()).isEqualTo("charge_already_refunded");
    assertThat(refunds()).hasSize(2);
  }

  @Test
  void anUnpaidPaymentHasNothingToRefund() {
    stripe.know("pi_2", ACCOUNT, 500, "eur", "requires_capture");
    assertThat(refused(() -> client.v1().refunds()
        .create(RefundCreateParams.builder().setPaymentIntent("pi_2").build())).getMessage())
        .contains("does not have a successful charge to refund");
  }

  @Test
  void refundsAreListedPageByPageTheNewestFirst() throws Exception {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.addFirst(refund("k" + i, 100L).getId());
    }
    var page = client.v1().refunds().list(RefundListParams.builder().setPaymentIntent(INTENT).setLimit(2L).build());
    assertThat(page.getHasMore()).isTrue();
    assertThat(page.getData()).extracting(Refund::getId).isEqualTo(made.subList(0, 2));
    List<String> all = new ArrayList<>();
    page.autoPagingIterable().forEach(it -> all.add(it.getId()));
    assertThat(all).isEqualTo(made);
  }

  @Test
  void theSameKeyGetsTheSameAnswerForADay() throws Exception {
    Refund first = refund("k1", 400L);
    assertThat(refund("k1", 400L).getId()).isEqualTo(first.getId());
    assertThat(catchThrowableOfType(IdempotencyException.class, () -> refund("k1", 500L)).getStatusCode())
        .isEqualTo(400);
    clock.advance(Duration.ofHours(25));
    assertThat(refund("k1", 400L).getId()).as("Stripe forgets the key").isNotEqualTo(first.getId());
  }

  @Test
  void aKeyRemembersErrorsToo() throws Exception {
    refund("k1", null);
    assertThat(refused(() -> refund("k2", null)).getCode()).isEqualTo("charge_already_refunded");
    stripe.faults().add("create_refund", "error_500_after", 1);
    stripe.know("pi_2", ACCOUNT, 500, "eur", "succeeded");
    ThrowingCallable call = () -> client.v1().refunds().create(
        RefundCreateParams.builder().setPaymentIntent("pi_2").build(),
        RequestOptions.builder().setIdempotencyKey("k3").build());
    assertThat(catchThrowableOfType(ApiException.class, call).getStatusCode()).isEqualTo(500);
    assertThat(catchThrowableOfType(ApiException.class, call).getStatusCode()).as("though it is over").isEqualTo(500);
    assertThat(client.v1().refunds().list(RefundListParams.builder().setPaymentIntent("pi_2").build()).getData())
        .as("though it was made").hasSize(1);
  }

  @Test
  void anErrorBeforeLeavesNothing() throws Exception {
    stripe.faults().add("create_refund", "error_500_before", 1);
    assertThat(catchThrowableOfType(ApiException.class, () -> refund("k1", null)).getStatusCode()).isEqualTo(500);
    assertThat(refunds()).isEmpty();
    assertThat(refund("k1", null).getStatus()).isEqualTo("succeeded");
  }

  @Test
  void anAnswerThatIsLostWasStillGiven() throws Exception {
    stripe.faults().add("create_refund", "timeout_after", 1);
    assertThat(catchThrowableOfType(ApiConnectionException.class, () -> refund("k1", null))).isNotNull();
    assertThat(refunds()).hasSize(1);
    assertThat(refund("k1", null).getId()).isEqualTo(refunds().getFirst().getId());
  }

  @Test
  void aDeclinedRefundComesBackFailedAndLeavesTheMoney() throws Exception {
    stripe.faults().add("create_refund", "decline", 1);
    Refund declined = refund("k1", null);
    assertThat(declined.getStatus()).isEqualTo("failed");
    assertThat(declined.getFailureReason()).isEqualTo("expired_or_canceled_card");
    assertThat(news).extracting(StripeLedger.News::type).containsExactly("refund.created", "refund.failed");
    assertThat(refund("k2", null).getStatus()).isEqualTo("succeeded");
  }

  @Test
  void aPendingRefundIsSettledLater() throws Exception {
    stripe.faults().add("create_refund", "pending_then_failed", 1);
    stripe.faults().add("create_refund", "pending", 1);
    String fails = refund("k1", 400L).getId();
    Refund succeeds = refund("k2", 400L);
    assertThat(succeeds.getStatus()).isEqualTo("pending");
    assertThat(refused(() -> refund("k3", 400L)).getStatusCode()).as("what is pending is not there").isEqualTo(400);

    stripe.settle(fails, false);
    stripe.settle(succeeds.getId(), true);
    assertThat(refunds()).extracting(Refund::getStatus).containsExactly("succeeded", "failed");
    assertThat(news).extracting(StripeLedger.News::type).containsExactly("refund.created", "refund.created",
        "refund.failed", "refund.updated");
  }

  @Test
  void callsThatItDoesNotKnowAreRefused() {
    assertThat(refused(() -> client.v1().refunds().cancel("re_1")).getStatusCode()).isEqualTo(404);
  }
}
