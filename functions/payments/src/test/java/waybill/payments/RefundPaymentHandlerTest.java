package waybill.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import waybill.messages.ChannelId;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.Choreography.RefundPayment;
import waybill.messages.Message;
import waybill.messages.Money;
import waybill.messages.OrderId;
import waybill.messages.Payment;
import waybill.messages.PaymentId;
import waybill.messages.PaymentMessages.PaymentExpected;
import waybill.messages.PaymentMessages.PaymentNoticed;
import waybill.messages.PaymentMessages.PaymentRefunded;
import waybill.messages.PaymentMessages.RefundNoticed;
import waybill.messages.PaymentMessages.RefundRequested;
import waybill.messages.PaymentStatus;
import waybill.messages.Refund;
import waybill.messages.RefundId;
import waybill.messages.RefundReason;
import waybill.messages.RefundStatus;
import waybill.workbench.Bench;
import waybill.workbench.Faults;

class RefundPaymentHandlerTest {
  private static final OrderId ORDER = OrderId.of(new ChannelId("de-web"), "5512033");
  private static final OrderId ANOTHER = OrderId.of(new ChannelId("de-web"), "5512034");
  private static final String INTENT = "pi_3Q";
  private static final PaymentId PAYMENT = PaymentId.of("stripe", "shop-eu", INTENT);
  private static final RefundId REFUND = RefundId.of(PAYMENT);
  private static final Instant EARLIER = Instant.parse("2026-11-22T08:00:00Z");
  private static final PaymentExpected EXPECTED = new PaymentExpected(ORDER, "stripe", "shop-eu", INTENT, "EUR");
  private static final PaymentNoticed AUTHORIZED = new PaymentNoticed(null,
      payment("stripe", PaymentStatus.AUTHORIZED, 5572, 0), "evt_1");
  private static final PaymentNoticed CAPTURED = new PaymentNoticed(null,
      payment("stripe", PaymentStatus.CAPTURED, 5572, 5572), "evt_2");
  private static final String ALL_DONE = "{\"batchItemFailures\":[]}";
  private static final Duration VISIBILITY = Duration.ofSeconds(180);
  private static final String ACCOUNTS = """
      {"shop-eu": {"livemode": false, "webhook_secrets": ["whsec_1"], "api_key": "sk_test_secret"}}
      """;

  private final PrintStream stdout = System.out;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private World world;

  /** Tables, queues, Stripe, and the functions on them. */
  private static final class World implements AutoCloseable {
    final StripeServer stripe = new StripeServer();
    final Bench bench = Bench.open("payments:by_unclaimed").with("STRIPE_API_BASE", stripe.base())
        .with("PAYMENT_ACCOUNTS_PARAMETER", "/accounts");
    final OneParameter accounts = new OneParameter("/accounts", ACCOUNTS);
    final Faults faults = new Faults();
    final RefundPaymentHandler refunds = new RefundPaymentHandler(
        bench.ports(faults.in(DynamoDbClient.class, bench.dynamo()), faults.in(SqsClient.class, bench.sqs()))
            .with(SsmClient.class, accounts));
    final RecordPaymentHandler records = new RecordPaymentHandler(bench.ports());

    String record(Message... news) {
      return answer(records::handleRequest, bench.sqsEvent(news));
    }

    String refund(Message... requests) {
      return answer(refunds::handleRequest, bench.sqsEvent(requests));
    }

    PaymentRefunded told() {
      return (PaymentRefunded) bench.sentTo(AdvanceOrder.class).getLast();
    }

    RecordedPayment recorded() {
      return PaymentsTable.payments(bench.ports())
          .find(PaymentsTable.key(PAYMENT)).orElseThrow().value();
    }

    @Override
    public void close() {
      stripe.close();
      bench.close();
    }
  }

  private interface Handler {
    void handle(InputStream in, ByteArrayOutputStream out, com.amazonaws.services.lambda.runtime.Context context)
        throws IOException;
  }

  private static String answer(Handler handler, InputStream event) {
    var out = new ByteArrayOutputStream();
    try {
      handler.handle(event, out, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @BeforeEach
  void open() {
    System.setOut(new PrintStream(log, true, StandardCharsets.UTF_8));
    world = new World();
  }

  @AfterEach
  void close() {
    System.setOut(stdout);
    world.close();
  }

  @Test
  void aCapturedPaymentIsRefundedWholeAndItsOrderHearsOfIt() {
    captured(world);

    assertThat(world.refund(requested())).isEqualTo(ALL_DONE);

    assertThat(world.stripe.refunds()).singleElement().satisfies(it -> assertThat(it).containsEntry("amount", 5572L)
        .containsEntry("metadata",
            Map.of("waybill_refund", REFUND.value(), "reason", "order_cancelled", "order_id", ORDER.value())));
    assertThat(world.stripe.calls()).last().isEqualTo("POST /v1/refunds " + REFUND + "-1");
    assertThat(world.told()).isEqualTo(new PaymentRefunded(ORDER, CAPTURED.payment(), refund(RefundStatus.SUCCEEDED,
        5572, world.bench.clock().instant())));
    assertThat(world.recorded().refund()).isEqualTo(new RefundStage.Settled(1, world.told().refund(), "re_1"));
    assertThat(log()).contains("\"message\":\"Payment refunded\",\"order\":\"" + ORDER + "\"");
  }

  @Test
  void aSecondRequestAsksNobodyAndTellsTheSameAgain() {
    captured(world);
    world.refund(requested());
    PaymentRefunded first = world.told();
    int calls = world.stripe.calls().size();
    world.bench.forgetSent();
    world.bench.clock().advance(Duration.ofDays(14));

    assertThat(world.refund(requested())).isEqualTo(ALL_DONE);

    assertThat(world.stripe.calls()).hasSize(calls);
    assertThat(world.bench.sent()).hasSize(1);
    assertThat(world.told()).isEqualTo(first);
  }

  @Test
  void amountsAreToldInIsosMinorUnits() {
    world.record(EXPECTED);
    world.stripe.intent(INTENT, "succeeded", 557200, "isk");

    world.refund(requested());

    assertThat(world.told().refund().amount()).isEqualTo(new Money(5572, "ISK"));
  }

  @Test
  void whatTheProviderIsStillMovingIsPendingUntilItsEventComes() {
    captured(world);
    world.stripe.answerRefundsWith("pending");

    world.refund(requested());
    assertThat(world.told().refund().status()).isEqualTo(RefundStatus.PENDING);
    world.record(noticed(RefundStatus.SUCCEEDED));

    assertThat(world.told().refund()).isEqualTo(refund(RefundStatus.SUCCEEDED, 5572, EARLIER));
  }

  @ParameterizedTest
  @ValueSource(strings = {"failed", "canceled"})
  void aRefundThatStripeGivesUpFailsForGoodAndIsCounted(String status) {
    captured(world);
    world.stripe.answerRefundsWith(status);

    world.refund(requested());

    assertThat(world.told().refund().status()).isEqualTo(RefundStatus.FAILED);
    assertThat(log()).contains("\"RefundsFailed\":1");
  }

  @Test
  void aRefundThatTheBankSendsBackAfterwardsFailsForGoodAndIsCounted() {
    captured(world);
    world.refund(requested());
    assertThat(log()).doesNotContain("RefundsFailed");

    world.record(noticed(RefundStatus.FAILED));

    assertThat(world.told().refund().status()).isEqualTo(RefundStatus.FAILED);
    assertThat(log()).contains("\"RefundsFailed\":1");
  }

  @ParameterizedTest
  @CsvSource({"400, charge_disputed", "402, insufficient_funds", "404, resource_missing"})
  void whatStripeRefusesForGoodFailsWithItsCodeAlone(int status, String code) {
    captured(world);
    world.stripe.refuse("POST /v1/refunds", status, code);

    assertThat(world.refund(requested())).isEqualTo(ALL_DONE);

    assertThat(world.told().refund()).isEqualTo(refund(RefundStatus.FAILED, 5572, world.bench.clock().instant()));
    assertThat(log()).contains("\"code\":\"" + code + "\"").contains("\"RefundsFailed\":1").doesNotContain("Ada")
        .doesNotContain("sk_test");
  }

  @ParameterizedTest
  @CsvSource({"POST /v1/refunds, 401, none", "POST /v1/refunds, 403, none", "POST /v1/refunds, 429, lock_timeout",
    "POST /v1/refunds, 409, idempotency_key_in_use", "POST /v1/refunds, 500, none", "GET /v1/refunds, 503, none",
    "GET /v1/payment_intents, 401, none", "GET /v1/payment_intents, 429, rate_limit",
    "GET /v1/payment_intents, 404, none"})
  void whatMayGetBetterComesBackAndIsRefundedThen(String call, int status, String code) {
    captured(world);
    world.stripe.refuse(call, status, code);

    assertThat(world.refund(requested())).contains("itemIdentifier");
    assertThat(world.bench.sentTo(AdvanceOrder.class)).noneMatch(PaymentRefunded.class::isInstance);
    assertThat(log()).doesNotContain("Ada").doesNotContain("sk_test").doesNotContain("RefundsFailed");
    world.stripe.refuseNothing();
    world.bench.clock().advance(VISIBILITY);

    assertThat(world.refund(requested())).isEqualTo(ALL_DONE);
    assertRefundedOnce(world);
  }

  @Test
  void whatWasRefundedInPartElsewhereIsRefundedForTheRest() {
    captured(world);
    world.stripe.made(INTENT, 5000, "failed", Map.of());
    world.stripe.made(INTENT, 1000, "succeeded", Map.of());

    world.refund(requested());

    assertThat(world.stripe.refunds()).last().satisfies(it -> assertThat(it).containsEntry("amount", 4572L));
    assertThat(world.told().refund().amount()).isEqualTo(new Money(4572, "EUR"));
  }

  @Test
  void whatItsCustomerHasOnAnotherWayIsNotRefundedToo() {
    captured(world);
    var asked = requested();

    world.refund(new RefundRequested(asked.order(), asked.payment(), new Refund(asked.refund().id(),
        asked.refund().reason(), RefundStatus.REQUESTED, new Money(4000, "EUR"), asked.refund().updatedAt())));

    assertThat(world.stripe.refunds()).singleElement()
        .satisfies(it -> assertThat(it).containsEntry("amount", 4000L));
    assertThat(world.told().refund().status()).isEqualTo(RefundStatus.SUCCEEDED);
    assertThat(world.told().refund().amount()).isEqualTo(new Money(4000, "EUR"));
  }

  @Test
  void whatWasRefundedWholeElsewhereIsRefundedAlready() {
    captured(world);
    world.stripe.made(INTENT, 5572, "succeeded", Map.of());

    world.refund(requested());

    assertThat(world.stripe.refunds()).hasSize(1);
    assertThat(world.told().refund()).isEqualTo(refund(RefundStatus.SUCCEEDED, 5572, world.bench.clock().instant()));
  }

  @Test
  void ourRefundIsFoundOnALaterPage() {
    captured(world);
    world.stripe.made(INTENT, 5000, "succeeded", Map.of("waybill_refund", REFUND.value()));
    world.stripe.made(INTENT, 3, "succeeded", Map.of("waybill_refund", "ref_another"));
    world.stripe.made(INTENT, 2, "succeeded", Map.of());
    world.stripe.pages(1);

    world.refund(requested());

    assertThat(world.stripe.refunds()).hasSize(3);
    assertThat(world.told().refund().amount()).isEqualTo(new Money(5000, "EUR"));
  }

  @Test
  void whoeverIsFasterWhileWeAskHasRefundedIt() {
    captured(world);
    world.stripe.beforeNextCreate(() -> world.stripe.made(INTENT, 5572, "succeeded", Map.of()));

    assertThat(world.refund(requested())).isEqualTo(ALL_DONE);

    assertThat(world.stripe.refunds()).hasSize(1);
    assertThat(world.told().refund().status()).isEqualTo(RefundStatus.SUCCEEDED);
  }

  @Test
  void aRefundThatIsNotListedYetComesBack() {
    captured(world);
    world.stripe.refuse("POST /v1/refunds", 400, "charge_already_refunded");

    assertThat(world.refund(requested())).contains("itemIdentifier");
  }

  @ParameterizedTest
  @ValueSource(strings = {"requires_capture", "requires_payment_method", "requires_confirmation", "requires_action",
    "canceled"})
  void whatWasNotCapturedIsLetGo(String status) {
    world.record(EXPECTED, AUTHORIZED);
    world.stripe.intent(INTENT, status, 0);

    assertThat(world.refund(requested())).isEqualTo(ALL_DONE);

    assertThat(world.stripe.status(INTENT)).isEqualTo("canceled");
    assertThat(world.told().refund()).isEqualTo(refund(RefundStatus.VOIDED, 0, world.bench.clock().instant()));
    assertThat(world.stripe.refunds()).isEmpty();
  }

  @Test
  void anIntentThatNobodyHasEverHeardOfIsLetGo() {
    world.record(EXPECTED);

    assertThat(world.refund(requested())).isEqualTo(ALL_DONE);

    assertThat(world.told().refund().status()).isEqualTo(RefundStatus.VOIDED);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void stripeIsNotBelievedThatThereNeverWasMoneyThatItToldOf(boolean isCaptured) {
    world.record(EXPECTED, isCaptured ? CAPTURED : AUTHORIZED);

    assertThat(world.refund(requested())).contains("itemIdentifier");

    assertThat(log()).contains("denies the money of " + PAYMENT);
    assertThat(world.recorded().refund()).isInstanceOf(RefundStage.Claimed.class);
  }

  @Test
  void anIntentThatIsCapturedWhileItIsCancelledIsRefunded() {
    world.record(EXPECTED, AUTHORIZED);
    world.stripe.intent(INTENT, "requires_capture", 0);
    world.stripe.beforeNextCancel(() -> world.stripe.intent(INTENT, "succeeded", 5572));

    assertThat(world.refund(requested())).isEqualTo(ALL_DONE);

    assertRefundedOnce(world);
  }

  @Test
  void anIntentThatIsStillProcessingWaitsForItsEndAndMakesNoDeadLetter() {
    world.record(EXPECTED);
    world.stripe.intent(INTENT, "processing", 0);
    for (int hour = 0; hour < 3; hour++) {
      assertThat(world.refund(requested())).isEqualTo(ALL_DONE);
      assertThat(world.recorded().refund()).isInstanceOf(RefundStage.Waiting.class);
      world.bench.clock().advance(Duration.ofHours(1));
    }
    assertThat(world.stripe.calls()).as("Stripe cancels no such intent").noneMatch(it -> it.endsWith("/cancel"));
    world.stripe.intent(INTENT, "succeeded", 5572);

    assertThat(world.refund(requested())).isEqualTo(ALL_DONE);

    assertRefundedOnce(world);
  }

  @Test
  void anIntentThatFailsAfterItsProcessingIsCancelledAsSoonAsThatIsReported() {
    world.record(EXPECTED, noticed(PaymentStatus.PROCESSING, EARLIER));
    world.stripe.intent(INTENT, "processing", 0);
    world.refund(requested());
    world.stripe.intent(INTENT, "requires_payment_method", 0);

    world.record(noticed(PaymentStatus.FAILED, EARLIER.plusSeconds(60)));
    world.refund(world.bench.sentTo(RefundPayment.class).toArray(Message[]::new));

    assertThat(world.stripe.status(INTENT)).isEqualTo("canceled");
    assertThat(world.told().refund().status()).isEqualTo(RefundStatus.VOIDED);
    assertThat(world.told().payment().status()).as("Stripe says that it has ended").isEqualTo(PaymentStatus.CANCELLED);
  }

  @Test
  void aFailureWithALaterClockDoesNotAskAgainAndAgainWhileItsPaymentProcesses() {
    world.record(EXPECTED, noticed(PaymentStatus.FAILED, world.bench.clock().instant().plusSeconds(3600)));
    world.stripe.intent(INTENT, "processing", 0);

    assertThat(world.refund(requested())).isEqualTo(ALL_DONE);

    assertThat(world.bench.sentTo(RefundPayment.class)).isEmpty();
    assertThat(world.recorded().payment().status()).isEqualTo(PaymentStatus.PROCESSING);
  }

  @Test
  void aPaymentOfTheOtherModeIsNotBelieved() {
    captured(world);
    world.stripe.set(INTENT, "livemode", true);

    assertThat(world.refund(requested())).contains("itemIdentifier");

    assertThat(log()).contains("of the other mode");
    assertThat(world.stripe.refunds()).isEmpty();
  }

  private static RefundRequested part(String key, long amount) {
    return new RefundRequested(ORDER, CAPTURED.payment(), new Refund(RefundId.of(PAYMENT, key), RefundReason.GRANTED,
        RefundStatus.REQUESTED, new Money(amount, "EUR"), EARLIER));
  }

  @Test
  void aRefundOfTheRestIsNotOfWhatThePartsWere() {
    captured(world);
    world.refund(part("k1", 2000));
    world.stripe.made(INTENT, 3572, "succeeded", Map.of());

    world.refund(requested());

    assertThat(world.recorded().refund().refund().amount()).isEqualTo(new Money(3572, "EUR"));
    assertThat(world.recorded().refunded()).isEqualTo(new Money(5572, "EUR"));
  }

  @Test
  void aPartOfWhichNothingIsLeftFailsLoudly() {
    captured(world);
    world.stripe.made(INTENT, 5000, "succeeded", Map.of());

    assertThat(world.refund(part("k1", 2000))).isEqualTo(ALL_DONE);

    assertThat(world.told().refund().status()).isEqualTo(RefundStatus.FAILED);
    assertThat(world.told().refund().amount()).isEqualTo(new Money(2000, "EUR"));
    assertThat(log()).contains("nothing_left").contains("\"RefundsFailed\":1");
  }

  @Test
  void aPartThatSomebodyElseTakesWhileWeAskFailsLoudly() {
    captured(world);
    world.stripe.beforeNextCreate(() -> world.stripe.made(INTENT, 5572, "succeeded", Map.of()));

    assertThat(world.refund(part("k1", 2000))).isEqualTo(ALL_DONE);

    assertThat(world.told().refund().status()).isEqualTo(RefundStatus.FAILED);
  }

  @Test
  void anIntentThatFailedHereAndIsProcessingAtStripeWaitsAndIsNotRequestedAgainAtOnce() {
    world.record(EXPECTED, noticed(PaymentStatus.FAILED, EARLIER));
    world.stripe.intent(INTENT, "processing", 0);

    assertThat(world.refund(requested())).isEqualTo(ALL_DONE);

    assertThat(world.recorded().refund()).isInstanceOf(RefundStage.Waiting.class);
    assertThat(world.recorded().payment().status()).isEqualTo(PaymentStatus.PROCESSING);
    assertThat(world.bench.sentTo(RefundPayment.class)).isEmpty();
  }

  @Test
  void moneyThatIsAuthorizedAfterStripeDidNotKnowItsIntentIsReleased() {
    world.record(EXPECTED);
    world.refund(requested());
    assertThat(world.told().refund().status()).isEqualTo(RefundStatus.VOIDED);
    world.stripe.intent(INTENT, "requires_capture", 0);

    world.record(AUTHORIZED);
    world.refund(world.bench.sentTo(RefundPayment.class).toArray(Message[]::new));
    world.record(AUTHORIZED);

    assertThat(world.stripe.status(INTENT)).isEqualTo("canceled");
    assertThat(world.bench.sentTo(RefundPayment.class)).as("once").hasSize(1);
  }

  @Test
  void aRefundThatIsStillPendingIsFoundWhenItIsAskedForAgain() {
    captured(world);
    world.stripe.answerRefundsWith("pending");
    world.refund(requested());
    world.stripe.refunds().getFirst().put("status", "succeeded");
    world.bench.clock().advance(Duration.ofHours(12));

    world.refund(requested());

    assertThat(world.told().refund().status()).isEqualTo(RefundStatus.SUCCEEDED);
    assertThat(world.stripe.refunds()).hasSize(1);
  }

  @Test
  void aRefundThatStaysPendingIsNoYoungerForBeingAskedFor() {
    captured(world);
    world.stripe.answerRefundsWith("pending");
    world.refund(requested());
    PaymentRefunded first = world.told();
    world.bench.clock().advance(Duration.ofHours(12));

    world.refund(requested());

    assertThat(world.stripe.calls()).as("asked twice").filteredOn(it -> it.startsWith("GET /v1/refunds")).hasSize(2);
    assertThat(world.told().refund()).isEqualTo(first.refund());
  }

  @Test
  void anAttemptThatDiesAskingHowFarARefundIsTakesNothingBack() {
    captured(world);
    world.stripe.answerRefundsWith("pending");
    world.refund(requested());
    Refund known = world.told().refund();
    world.bench.clock().advance(Duration.ofHours(12));

    world.stripe.failAt(1, true);
    assertThat(world.refund(requested())).contains("itemIdentifier");

    assertThat(world.recorded().refund()).isInstanceOf(RefundStage.Claimed.class);
    assertThat(world.recorded().refund().refund()).isEqualTo(known);
  }

  private static PaymentNoticed noticed(PaymentStatus status, Instant at) {
    return new PaymentNoticed(null, new Payment(PAYMENT, "stripe", "shop-eu", INTENT, status, Money.zero("EUR"),
        Money.zero("EUR"), at), "evt_" + status);
  }

  @Test
  void moneyThatEndsItsProcessingAfterEveryRequestHasGivenUpIsAskedForByItsEvent() {
    world.record(EXPECTED);
    world.stripe.intent(INTENT, "processing", 0);
    world.refund(requested());
    world.stripe.intent(INTENT, "succeeded", 5572);
    world.bench.clock().advance(Duration.ofDays(3));

    world.record(CAPTURED);
    world.refund(world.bench.sentTo(RefundPayment.class).toArray(Message[]::new));

    assertRefundedOnce(world);
  }

  @Test
  void moneyThatComesAfterItWasLetGoIsRefundedAfterAll() {
    world.record(EXPECTED);
    world.refund(requested());
    assertThat(world.told().refund().status()).isEqualTo(RefundStatus.VOIDED);
    world.stripe.intent(INTENT, "succeeded", 5572);

    world.record(CAPTURED);
    assertThat(world.bench.sentTo(RefundPayment.class)).hasSize(1);
    world.refund(world.bench.sentTo(RefundPayment.class).toArray(Message[]::new));

    assertRefundedOnce(world);
    assertThat(world.stripe.calls()).last().isEqualTo("POST /v1/refunds " + REFUND + "-2");
  }

  @Test
  void moneyThatTheStorefrontTookFailsForGood() {
    var external = new Payment(PaymentId.of("external", "", "GC-1"), "external", "", "GC-1", PaymentStatus.CAPTURED,
        new Money(500, "EUR"), new Money(500, "EUR"), EARLIER);

    assertThat(world.refund(new RefundRequested(ORDER, external,
        Refund.requested(external.id(), RefundReason.ORDER_CANCELLED, EARLIER)))).isEqualTo(ALL_DONE);

    assertThat(world.told().refund().status()).isEqualTo(RefundStatus.FAILED);
    assertThat(world.stripe.calls()).isEmpty();
    assertThat(log()).contains("provider_unknown").contains("\"RefundsFailed\":1");
  }

  @Test
  void moneyWithoutAnOrderIsRefundedAndTheOrderThatNamesItLaterHearsOfThat() {
    world.record(CAPTURED);
    world.stripe.intent(INTENT, "succeeded", 5572);

    assertThat(world.refund(unclaimed())).isEqualTo(ALL_DONE);
    assertThat(world.bench.sent()).isEmpty();
    assertThat(world.bench.items("payments").getFirst()).doesNotContainKey("by_unclaimed");
    world.record(EXPECTED);

    assertThat(world.bench.sent()).hasSize(1);
    assertThat(world.told()).satisfies(it -> assertThat(it.order()).isEqualTo(ORDER))
        .satisfies(it -> assertThat(it.refund().status()).isEqualTo(RefundStatus.SUCCEEDED));
  }

  @Test
  void moneyThatAnOrderHasNamedInTimeIsNotTakenForUnclaimed() {
    captured(world);

    assertThat(world.refund(unclaimed())).isEqualTo(ALL_DONE);

    assertThat(world.stripe.calls()).isEmpty();
    assertThat(world.recorded().refund()).isNull();
    assertThat(log()).contains("CLAIMED_MEANWHILE");
  }

  @Test
  void moneyOfAnOrderThatWasNeverPlacedGoesBackWhenThatOrderIsGivenUp() {
    captured(world);

    world.refund(
        new RefundRequested(ORDER, CAPTURED.payment(), Refund.requested(PAYMENT, RefundReason.NO_ORDER, EARLIER)));

    assertThat(world.stripe.refunds()).hasSize(1);
  }

  @Test
  void anotherOrdersMoneyIsNotGivenBackAndWhoAsksDoesNotWait() {
    captured(world);
    var expected = Payment.pending(PAYMENT, "stripe", "shop-eu", INTENT, "EUR", EARLIER);

    world.refund(new RefundRequested(ANOTHER, expected, refund(RefundStatus.REQUESTED, 0, EARLIER)));

    assertThat(world.stripe.calls()).isEmpty();
    assertThat(world.recorded().refund()).isNull();
    assertThat(world.told()).isEqualTo(new PaymentRefunded(ANOTHER, expected, refund(RefundStatus.VOIDED, 0, EARLIER)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"shop-eu\": {\"livemode\": false, \"webhook_secrets\": [\"whsec_1\"]}}",
    "{\"shop-eu\": {\"livemode\": false, \"webhook_secrets\": [\"whsec_1\"], \"api_key\": \" \"}}",
    "{\"shop-eu\": {\"livemode\": true, \"webhook_secrets\": [\"whsec_1\"], \"api_key\": \"sk_test_secret\"}}",
    "{\"shop-eu\": {\"livemode\": false, \"webhook_secrets\": [\"whsec_1\"], \"api_key\": \"rk_live_secret\"}}"})
  void anAccountWithoutAFittingKeyFailsLoudlyAndComesBack(String accounts) {
    captured(world);
    world.accounts.put(accounts);

    assertThat(world.refund(requested())).contains("itemIdentifier");

    assertThat(log()).contains("\"level\":\"ERROR\"").doesNotContain("secret\"");
    assertThat(world.stripe.calls()).isEmpty();
    world.accounts.put(ACCOUNTS);
    world.bench.clock().advance(Duration.ofMinutes(10));
    assertThat(world.refund(requested())).isEqualTo(ALL_DONE);
  }

  @Test
  void whoeverComesWhileAnotherIsAtItComesBack() {
    captured(world);
    var second = new AtomicReference<String>();
    world.stripe.beforeNextCreate(() -> second.set(world.refund(requested())));

    assertThat(world.refund(requested())).isEqualTo(ALL_DONE);

    assertThat(second.get()).contains("itemIdentifier");
    assertThat(log()).contains("is under way in another attempt");
    assertRefundedOnce(world);
  }

  @Test
  void anAttemptThatOutlivesItsLeaseMakesNoSecondRefund() {
    captured(world);
    var second = new AtomicReference<String>();
    world.stripe.beforeNextCreate(() -> {
      world.bench.clock().advance(VISIBILITY);
      second.set(world.refund(requested()));
    });

    assertThat(world.refund(requested())).isEqualTo(ALL_DONE);

    assertThat(second.get()).isEqualTo(ALL_DONE);
    assertThat(world.stripe.calls()).contains("POST /v1/refunds " + REFUND + "-1",
        "POST /v1/refunds " + REFUND + "-2");
    assertRefundedOnce(world);
  }

  @Test
  void manyAtOnceMakeOneRefund() throws Exception {
    captured(world);
    try (var threads = Executors.newFixedThreadPool(8)) {
      var work = new ArrayList<Callable<String>>();
      for (int i = 0; i < 8; i++) {
        InputStream event = world.bench.sqsEvent(requested());
        work.add(() -> answer(world.refunds::handleRequest, event));
      }
      for (Future<String> answer : threads.invokeAll(work)) {
        assertThat(answer.get()).isNotNull();
      }
    }
    world.bench.clock().advance(VISIBILITY);

    assertThat(world.refund(requested())).isEqualTo(ALL_DONE);
    assertRefundedOnce(world);
  }

  /** The event of the refund is there before the function has written that it made it. */
  @Test
  void anEventSettlesTheClaimOfAnAttemptThatDied() {
    captured(world);
    world.stripe.failAt(3, true);
    assertThat(world.refund(requested())).contains("itemIdentifier");
    assertThat(world.stripe.refunds()).hasSize(1);

    world.record(noticed(RefundStatus.SUCCEEDED));

    assertThat(world.told().refund().status()).isEqualTo(RefundStatus.SUCCEEDED);
    int calls = world.stripe.calls().size();
    assertThat(world.refund(requested())).isEqualTo(ALL_DONE);
    assertThat(world.stripe.calls()).hasSize(calls);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void dyingAtAnyCallBeforeOrAfterItsEffectEndsInOneRefund(boolean keysAreForgotten) {
    int own = 0;
    int stripes = 0;
    try (var calm = captured(new World())) {
      calm.faults.strike(0, false, IllegalStateException::new);
      calm.stripe.failAt(0, false);
      calm.refund(requested());
      own = calm.faults.calls();
      stripes = calm.stripe.counted();
    }
    assertThat(own).as("two reads, two writes, one send").isEqualTo(5);
    assertThat(stripes).as("retrieve, list, create").isEqualTo(3);
    for (int call = 1; call <= own + stripes; call++) {
      for (boolean afterEffect : new boolean[]{false, true}) {
        try (var dying = captured(new World())) {
          if (call <= own) {
            dying.faults.strike(call, afterEffect, () -> new IllegalStateException("died"));
          } else {
            dying.stripe.failAt(call - own, afterEffect);
          }
          assertThat(dying.refund(requested())).as("call %d", call).contains("itemIdentifier");
          dying.faults.stop();
          dying.bench.clock().advance(VISIBILITY);
          if (keysAreForgotten) {
            dying.stripe.forgetKeys();
          }

          assertThat(dying.refund(requested())).as("call %d", call).isEqualTo(ALL_DONE);
          assertRefundedOnce(dying);
        }
      }
    }
  }

  @Test
  void dyingAtAnyCallWhileLettingGoEndsTheSame() {
    for (int call = 1; call <= 7; call++) {
      for (boolean afterEffect : new boolean[]{false, true}) {
        try (var dying = new World()) {
          dying.record(EXPECTED, AUTHORIZED);
          dying.stripe.intent(INTENT, "requires_capture", 0);
          if (call <= 5) {
            dying.faults.strike(call, afterEffect, () -> new IllegalStateException("died"));
          } else {
            dying.stripe.failAt(call - 5, afterEffect);
          }
          assertThat(dying.refund(requested())).as("call %d", call).contains("itemIdentifier");
          dying.faults.stop();
          dying.bench.clock().advance(VISIBILITY);

          assertThat(dying.refund(requested())).as("call %d", call).isEqualTo(ALL_DONE);
          assertThat(dying.stripe.status(INTENT)).isEqualTo("canceled");
          assertThat(dying.told().refund().status()).isEqualTo(RefundStatus.VOIDED);
        }
      }
    }
  }

  private static World captured(World world) {
    world.record(EXPECTED, CAPTURED);
    world.stripe.intent(INTENT, "succeeded", 5572);
    return world;
  }

  private static void assertRefundedOnce(World world) {
    assertThat(world.stripe.refunds()).hasSize(1);
    assertThat(world.told()).satisfies(it -> assertThat(it.order()).isEqualTo(ORDER))
        .satisfies(it -> assertThat(it.refund().status()).isEqualTo(RefundStatus.SUCCEEDED))
        .satisfies(it -> assertThat(it.refund().amount()).isEqualTo(new Money(5572, "EUR")));
    assertThat(world.recorded().refund()).isInstanceOf(RefundStage.Settled.class);
  }

  private static RefundRequested requested() {
    return new RefundRequested(ORDER, CAPTURED.payment(), refund(RefundStatus.REQUESTED, 0, EARLIER));
  }

  private static RefundRequested unclaimed() {
    return new RefundRequested(null, CAPTURED.payment(), Refund.requested(PAYMENT, RefundReason.NO_ORDER, EARLIER));
  }

  private static RefundNoticed noticed(RefundStatus status) {
    return new RefundNoticed(PAYMENT, "stripe", "shop-eu", INTENT, refund(status, 5572, EARLIER), "evt_3");
  }

  private static Refund refund(RefundStatus status, long amount, Instant at) {
    return new Refund(REFUND, RefundReason.ORDER_CANCELLED, status,
        amount == 0 ? null : new Money(amount, "EUR"), at);
  }

  private static Payment payment(String provider, PaymentStatus status, long authorized, long captured) {
    return new Payment(PAYMENT, provider, "shop-eu", INTENT, status, new Money(authorized, "EUR"),
        new Money(captured, "EUR"), EARLIER);
  }

  private String log() {
    return log.toString(StandardCharsets.UTF_8);
  }
}
