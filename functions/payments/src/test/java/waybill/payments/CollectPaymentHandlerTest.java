package waybill.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import waybill.messages.Capture;
import waybill.messages.CaptureId;
import waybill.messages.CaptureStatus;
import waybill.messages.ChannelId;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.Message;
import waybill.messages.Money;
import waybill.messages.OrderId;
import waybill.messages.Payment;
import waybill.messages.PaymentId;
import waybill.messages.PaymentMessages.CaptureAnswered;
import waybill.messages.PaymentMessages.CaptureRequested;
import waybill.messages.PaymentMessages.PaymentExpected;
import waybill.messages.PaymentMessages.PaymentNoticed;
import waybill.messages.PaymentMessages.PaymentRefunded;
import waybill.messages.PaymentMessages.RefundRequested;
import waybill.messages.PaymentStatus;
import waybill.messages.Refund;
import waybill.messages.RefundReason;
import waybill.messages.RefundStatus;
import waybill.messages.WithoutMulticapture;
import waybill.workbench.Bench;
import waybill.workbench.Faults;

class CollectPaymentHandlerTest {
  private static final OrderId ORDER = OrderId.of(new ChannelId("de-web"), "5512033");
  private static final OrderId ANOTHER = OrderId.of(new ChannelId("de-web"), "5512034");
  private static final String INTENT = "pi_3Q";
  private static final PaymentId PAYMENT = PaymentId.of("stripe", "shop-eu", INTENT);
  private static final Instant EARLIER = Instant.parse("2026-11-22T08:00:00Z");
  private static final Payment HELD = new Payment(PAYMENT, "stripe", "shop-eu", INTENT, PaymentStatus.AUTHORIZED,
      new Money(10_000, "EUR"), Money.zero("EUR"), EARLIER);
  private static final String ALL_DONE = "{\"batchItemFailures\":[]}";
  private static final Duration VISIBILITY = Duration.ofSeconds(180);
  private static final String ACCOUNTS = """
      {"shop-eu": {"livemode": false, "webhook_secrets": ["whsec_1"], "api_key": "rk_test_secret"}}
      """;

  /** Tables, queues, Stripe with an authorised card, and the functions on them. */
  private static final class World implements AutoCloseable {
    final StripeServer stripe = new StripeServer();
    final Bench bench = Bench.open("payments:by_unclaimed").with("STRIPE_API_BASE", stripe.base())
        .with("PAYMENT_ACCOUNTS_PARAMETER", "/accounts");
    final OneParameter accounts = new OneParameter("/accounts", ACCOUNTS);
    final Faults faults = new Faults();
    final CollectPaymentHandler captures = new CollectPaymentHandler(
        bench.ports(faults.in(DynamoDbClient.class, bench.dynamo()), faults.in(SqsClient.class, bench.sqs()))
            .with(SsmClient.class, accounts));
    final RefundPaymentHandler refunds = new RefundPaymentHandler(bench.ports().with(SsmClient.class, accounts));

    World(boolean multicapture) {
      stripe.authorized(INTENT, 10_000, multicapture);
      new RecordPaymentHandler(bench.ports()).work(new PaymentExpected(ORDER, "stripe", "shop-eu", INTENT, "EUR"));
      new RecordPaymentHandler(bench.ports()).work(new PaymentNoticed(null, HELD, "evt_1"));
      bench.forgetSent();
    }

    String capture(Message... requests) {
      var out = new ByteArrayOutputStream();
      try (InputStream in = bench.sqsEvent(requests)) {
        captures.handleRequest(in, out, null);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return out.toString(StandardCharsets.UTF_8);
    }

    CaptureAnswered answered() {
      return bench.sentTo(AdvanceOrder.class).stream().filter(CaptureAnswered.class::isInstance)
          .map(CaptureAnswered.class::cast).toList().getLast();
    }

    RecordedPayment recorded() {
      return PaymentsTable.payments(bench.ports()).find(PaymentsTable.key(PAYMENT)).orElseThrow().value();
    }

    @Override
    public void close() {
      stripe.close();
      bench.close();
    }
  }

  private World world = new World(true);

  @AfterEach
  void close() {
    world.close();
  }

  private void once() {
    world.close();
    world = new World(false);
  }

  @Test
  void twoPartsOfAPaymentAreCapturedOneAfterTheOther() {
    assertThat(world.capture(first(WithoutMulticapture.HOLD))).isEqualTo(ALL_DONE);
    CaptureAnswered one = world.answered();
    assertThat(world.capture(second())).isEqualTo(ALL_DONE);
    CaptureAnswered two = world.answered();

    assertThat(one.capture()).returns(CaptureStatus.SUCCEEDED, Capture::status).returns(eur(6_000), Capture::amount);
    assertThat(one.payment()).returns(PaymentStatus.AUTHORIZED, Payment::status).returns(eur(6_000), Payment::captured)
        .returns(eur(4_000), Payment::capturable);
    assertThat(two.capture()).returns(CaptureStatus.SUCCEEDED, Capture::status).returns(eur(4_000), Capture::amount);
    assertThat(two.payment()).returns(PaymentStatus.CAPTURED, Payment::status).returns(eur(10_000), Payment::captured);
    assertThat(world.stripe.captures()).containsExactly("6000", "4000 last");
    assertThat(world.stripe.get(INTENT, "metadata")).asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsEntry("cart", "c-77").hasSize(3);
  }

  @Test
  void whatCanBeCapturedOnlyOnceIsCapturedWholeAtTheFirstIfItsAccountSaysSo() {
    once();
    world.capture(first(WithoutMulticapture.CAPTURE_ALL_AT_FIRST));

    assertThat(world.answered().capture().amount()).isEqualTo(eur(10_000));
    assertThat(world.answered().payment().captured()).isEqualTo(eur(10_000));
    assertThat(world.stripe.captures()).containsExactly("10000 last");
  }

  @Test
  void whatCanBeCapturedOnlyOnceReleasesItsRestIfItsAccountSaysSo() {
    once();
    world.capture(first(WithoutMulticapture.RELEASE_REST));
    assertThat(world.answered().payment()).returns(PaymentStatus.CAPTURED, Payment::status)
        .returns(eur(6_000), Payment::captured);
    world.capture(second());

    assertThat(world.answered().capture()).returns(CaptureStatus.FAILED, Capture::status)
        .returns("status_succeeded", Capture::code);
    assertThat(world.stripe.captures()).containsExactly("6000 last");
  }

  @Test
  void whatCanBeCapturedOnlyOnceIsNotCapturedIfItsAccountHolds() {
    once();
    world.capture(first(WithoutMulticapture.HOLD));

    assertThat(world.answered().capture()).returns(CaptureStatus.FAILED, Capture::status)
        .returns("multicapture_unavailable", Capture::code);
    assertThat(world.stripe.captures()).isEmpty();
    assertThat(world.answered().payment().capturable()).isEqualTo(eur(10_000));
  }

  @Test
  void whatIsLeftIsReleasedByACaptureOfNothing() {
    world.capture(first(WithoutMulticapture.HOLD));
    world.capture(request("rest", 0, 0, true, WithoutMulticapture.HOLD));

    assertThat(world.answered().payment()).returns(PaymentStatus.CAPTURED, Payment::status)
        .returns(eur(6_000), Payment::captured);
    assertThat(world.stripe.captures()).containsExactly("6000", "0 last");
  }

  @Test
  void aRequestThatComesAgainAsksNobodyAndAnswersTheSame() {
    world.capture(first(WithoutMulticapture.HOLD));
    CaptureAnswered first = world.answered();
    int calls = world.stripe.calls().size();
    world.bench.clock().advance(Duration.ofDays(3));
    world.stripe.forgetKeys();

    assertThat(world.capture(first(WithoutMulticapture.HOLD))).isEqualTo(ALL_DONE);

    assertThat(world.stripe.calls()).hasSize(calls);
    assertThat(world.answered()).isEqualTo(first);
  }

  @Test
  void aCaptureWhoseAnswerWasLostIsFoundAndNotMadeAgain() {
    world.stripe.failAt(2, true);
    assertThat(world.capture(first(WithoutMulticapture.HOLD))).contains("itemIdentifier");
    assertThat(world.stripe.captures()).containsExactly("6000");
    world.stripe.failAt(0, false);
    world.stripe.forgetKeys();
    world.bench.clock().advance(VISIBILITY);

    assertThat(world.capture(first(WithoutMulticapture.HOLD))).isEqualTo(ALL_DONE);

    assertThat(world.stripe.captures()).containsExactly("6000");
    assertThat(world.answered().capture()).returns(CaptureStatus.SUCCEEDED, Capture::status).returns(eur(6_000),
        Capture::amount);
  }

  @ParameterizedTest
  @CsvSource({"POST /v1/payment_intents, 401, none", "POST /v1/payment_intents, 403, none",
    "POST /v1/payment_intents, 429, lock_timeout", "POST /v1/payment_intents, 409, idempotency_key_in_use",
    "POST /v1/payment_intents, 500, none", "GET /v1/payment_intents, 429, rate_limit",
    "GET /v1/payment_intents, 404, none"})
  void whatMayGetBetterIsRetriedAndCapturedThen(String call, int status, String code) {
    world.stripe.refuse(call, status, code);
    assertThat(world.capture(first(WithoutMulticapture.HOLD))).contains("itemIdentifier");
    assertThat(world.bench.sentTo(AdvanceOrder.class)).isEmpty();
    world.stripe.refuseNothing();
    world.bench.clock().advance(VISIBILITY);

    assertThat(world.capture(first(WithoutMulticapture.HOLD))).isEqualTo(ALL_DONE);
    assertThat(world.stripe.captures()).containsExactly("6000");
    assertThat(world.stripe.calls()).last().asString().endsWith("-2");
  }

  @ParameterizedTest
  @CsvSource({"400, charge_expired_for_capture", "402, card_declined", "400, amount_too_large"})
  void whatStripeRefusesForGoodFailsWithItsCode(int status, String code) {
    world.stripe.refuse("POST /v1/payment_intents", status, code);

    assertThat(world.capture(first(WithoutMulticapture.HOLD))).isEqualTo(ALL_DONE);

    assertThat(world.answered().capture()).returns(CaptureStatus.FAILED, Capture::status).returns(code, Capture::code);
    assertThat(world.answered().payment().captured()).isEqualTo(eur(0));
  }

  @Test
  void aPaymentThatWasCapturedInTheDashboardMeanwhileIsNotCapturedAgain() {
    world.stripe.beforeNextCapture(() -> world.stripe.set(INTENT, "status", "succeeded"));
    world.stripe.set(INTENT, "amount_received", 0L);

    world.capture(first(WithoutMulticapture.HOLD));

    assertThat(world.answered().capture().code()).isEqualTo("status_succeeded");
    assertThat(world.stripe.captures()).isEmpty();
  }

  @Test
  void whatIsHeldInAnotherCurrencyIsNotCaptured() {
    world.stripe.set(INTENT, "currency", "usd");

    assertThat(world.capture(first(WithoutMulticapture.HOLD))).isEqualTo(ALL_DONE);

    assertThat(world.answered().capture().code()).isEqualTo("not_chargeable");
    assertThat(world.stripe.captures()).isEmpty();
  }

  @Test
  void anIntentThatStripeDeniesAfterItReportedMoneyIsNotBelieved() {
    world.stripe.refuse("GET /v1/payment_intents", 404, "resource_missing");

    assertThat(world.capture(first(WithoutMulticapture.HOLD))).contains("itemIdentifier");
    assertThat(world.bench.sentTo(AdvanceOrder.class)).isEmpty();
  }

  @Test
  void anotherOrdersMoneyIsNotCaptured() {
    CaptureRequested theirs = first(WithoutMulticapture.HOLD);
    world.capture(new CaptureRequested(ANOTHER, theirs.payment(), theirs.capture()));

    assertThat(world.answered()).returns(ANOTHER, CaptureAnswered::order)
        .satisfies(it -> assertThat(it.capture().code()).isEqualTo("another_orders"));
    assertThat(world.stripe.calls()).isEmpty();
  }

  @Test
  void captureAndCancellingAreMadeInEitherOrderAndAtOnceAndNothingIsKept() {
    for (int race = 0; race < 4; race++) {
      try (var racing = new World(race % 2 == 0)) {
        int way = race;
        CaptureRequested capture = first(WithoutMulticapture.CAPTURE_ALL_AT_FIRST);
        Runnable cancel = () -> racing.refunds.work(returned());
        if (way == 0) {
          racing.capture(capture);
          cancel.run();
        } else if (way == 1) {
          cancel.run();
          racing.capture(capture);
        } else if (way == 2) {
          racing.stripe.beforeNextCapture(cancel);
          racing.capture(capture);
        } else {
          racing.stripe.beforeNextCancel(() -> racing.capture(capture));
          cancel.run();
        }
        assertNothingKept(racing);
      }
    }
  }

  @Test
  void captureAndCancellingOnTwoThreadsLeaveNothing() throws Exception {
    for (int round = 0; round < 20; round++) {
      try (var racing = new World(round % 2 == 0); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        CompletableFuture<String> capture = CompletableFuture
            .supplyAsync(() -> racing.capture(first(WithoutMulticapture.CAPTURE_ALL_AT_FIRST)), threads);
        CompletableFuture.runAsync(() -> insist(racing), threads).join();
        if (!capture.join().equals(ALL_DONE)) {
          racing.bench.clock().advance(VISIBILITY);
          assertThat(racing.capture(first(WithoutMulticapture.CAPTURE_ALL_AT_FIRST))).isEqualTo(ALL_DONE);
        }
        // Its order, or Stripe's event, asks again for what came after it was voided.
        racing.bench.sent().stream().filter(RefundRequested.class::isInstance).map(RefundRequested.class::cast)
            .forEach(racing.refunds::work);
        assertNothingKept(racing);
      }
    }
  }

  private static void insist(World racing) {
    try {
      racing.refunds.work(returned());
    } catch (waybill.platform.RetryLater e) {
      racing.bench.clock().advance(VISIBILITY);
      racing.refunds.work(returned());
    }
  }

  /** What was captured is refunded, what was not is released. */
  private static void assertNothingKept(World racing) {
    long received = (Long) racing.stripe.get(INTENT, "amount_received");
    long back = racing.stripe.refunds().stream().mapToLong(it -> (Long) it.get("amount")).sum();
    assertThat(back).isEqualTo(received);
    assertThat(racing.stripe.status(INTENT)).isIn("succeeded", "canceled");
    assertThat(racing.recorded().refund().refund().status())
        .isEqualTo(received > 0 ? RefundStatus.SUCCEEDED : RefundStatus.VOIDED);
    assertThat(racing.bench.sentTo(AdvanceOrder.class)).anyMatch(PaymentRefunded.class::isInstance);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPaymentThatIsCapturedInPartGoesBackWhole(boolean part) {
    world.capture(first(WithoutMulticapture.HOLD));
    RefundRequested request = part ? granted(1_000) : returned();
    world.refunds.work(request);

    assertThat(world.stripe.refunds()).singleElement()
        .satisfies(it -> assertThat(it).containsEntry("amount", part ? 1_000L : 6_000L));
    assertThat(world.stripe.status(INTENT)).as("a part leaves the rest to be captured")
        .isEqualTo(part ? "requires_capture" : "succeeded");
  }

  @Test
  void whereverACaptureDiesItIsMadeOnce() {
    world.faults.strike(0, false, () -> null);
    world.capture(first(WithoutMulticapture.HOLD));
    int own = world.faults.calls();
    int calls = world.stripe.calls().size();
    assertThat(own).isGreaterThan(3);
    for (boolean afterEffect : new boolean[]{false, true}) {
      for (int call = 1; call <= own; call++) {
        int strike = call;
        assertCapturedOnce(dying -> dying.faults.strike(strike, afterEffect, () -> new IllegalStateException("died")));
      }
      for (int call = 1; call <= calls; call++) {
        int strike = call;
        assertCapturedOnce(dying -> dying.stripe.failAt(strike, afterEffect));
      }
    }
  }

  private static void assertCapturedOnce(java.util.function.Consumer<World> fault) {
    try (var dying = new World(true)) {
      fault.accept(dying);
      dying.capture(first(WithoutMulticapture.HOLD));
      dying.faults.stop();
      dying.stripe.failAt(0, false);
      dying.stripe.forgetKeys();
      dying.bench.clock().advance(VISIBILITY);

      assertThat(dying.capture(first(WithoutMulticapture.HOLD))).isEqualTo(ALL_DONE);
      assertThat(dying.stripe.captures()).containsExactly("6000");
      assertThat(dying.answered().capture().status()).isEqualTo(CaptureStatus.SUCCEEDED);
    }
  }

  private static CaptureRequested first(WithoutMulticapture otherwise) {
    return request("ful_1", 6_000, 4_000, false, otherwise);
  }

  private static CaptureRequested second() {
    return request("ful_2", 4_000, 0, true, WithoutMulticapture.HOLD);
  }

  private static CaptureRequested request(String cause, long amount, long later, boolean last,
      WithoutMulticapture otherwise) {
    return new CaptureRequested(ORDER, HELD,
        Capture.requested(CaptureId.of(PAYMENT, cause), eur(amount), eur(later), last, otherwise, EARLIER));
  }

  private static RefundRequested returned() {
    return new RefundRequested(ORDER, HELD, Refund.requested(PAYMENT, RefundReason.ORDER_CANCELLED, EARLIER));
  }

  private static RefundRequested granted(long amount) {
    return new RefundRequested(ORDER, HELD, new Refund(waybill.messages.RefundId.of(PAYMENT, "adj_1"),
        RefundReason.GRANTED, RefundStatus.REQUESTED, eur(amount), EARLIER));
  }

  private static Money eur(long cents) {
    return new Money(cents, "EUR");
  }
}
