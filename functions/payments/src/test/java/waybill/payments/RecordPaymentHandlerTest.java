package waybill.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import waybill.messages.ChannelId;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.Message;
import waybill.messages.OrderId;
import waybill.messages.PaymentMessages.PaymentAuthorized;
import waybill.messages.PaymentMessages.PaymentCaptured;
import waybill.messages.PaymentMessages.PaymentExpected;
import waybill.messages.PaymentMessages.PaymentFailed;
import waybill.messages.PaymentMessages.PaymentNoticed;
import waybill.platform.Json;
import waybill.platform.webhook.Event.News;
import waybill.workbench.Bench;
import waybill.workbench.Faults;

class RecordPaymentHandlerTest {
  private static final OrderId ORDER = OrderId.of(new ChannelId("de-web"), "5512033");
  private static final OrderId ANOTHER = OrderId.of(new ChannelId("de-web"), "5512034");
  private static final PaymentExpected EXPECTED = new PaymentExpected(ORDER, "stripe", "shop-eu", "pi_3QWaybillSample",
      "EUR");
  private static final PaymentNoticed FAILED = noticed(Samples.FAILED);
  private static final PaymentNoticed AUTHORIZED = noticed(Samples.CAPTURABLE);
  private static final PaymentNoticed CAPTURED = noticed(Samples.SUCCEEDED);
  private static final String ALL_DONE = "{\"batchItemFailures\":[]}";

  private final PrintStream stdout = System.out;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private Bench bench;
  private RecordPaymentHandler handler;

  @BeforeEach
  void open() {
    System.setOut(new PrintStream(log, true, StandardCharsets.UTF_8));
    bench = Bench.open("payments");
    handler = handler(bench.dynamo());
  }

  @AfterEach
  void close() {
    System.setOut(stdout);
    bench.close();
  }

  @Test
  void anOrderHearsOfItsPaymentAsItMovesOn() throws IOException {
    assertThat(receive(EXPECTED)).isEqualTo(ALL_DONE);
    assertThat(bench.sent()).isEmpty();

    receive(FAILED);
    receive(AUTHORIZED);
    receive(CAPTURED);

    assertThat(bench.sentTo(AdvanceOrder.class)).hasExactlyElementsOfTypes(PaymentFailed.class, PaymentAuthorized.class,
        PaymentCaptured.class);
    assertThat(bench.sentTo(AdvanceOrder.class).getLast()).isEqualTo(new PaymentCaptured(ORDER, CAPTURED.payment()));
    assertThat(log()).contains("\"message\":\"Payment expected\"")
        .contains("\"message\":\"Payment captured\",\"order\":\"" + ORDER + "\"")
        .contains("\"amount\":5572,\"currency\":\"EUR\"");
  }

  @Test
  void moneyIsCountedOnceWhateverComesTwice() throws IOException {
    receive(CAPTURED, EXPECTED, CAPTURED, AUTHORIZED);
    receive(CAPTURED);

    assertThat(log().lines().filter(it -> it.contains("MoneyIn"))).singleElement().asString()
        .contains("\"MoneyIn\":5572", "\"currency\":\"EUR\"");
  }

  @Test
  void aPaymentBeforeItsOrderWaitsForIt() throws IOException {
    receive(CAPTURED);
    assertThat(bench.sent()).isEmpty();
    assertThat(log()).contains("Payment captured before its order");

    receive(EXPECTED);

    assertThat(bench.sentTo(AdvanceOrder.class)).containsExactly(new PaymentCaptured(ORDER, CAPTURED.payment()));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void newsInAnyOrderAndTwiceEndTheSame(long seed) throws IOException {
    var arrivals = new ArrayList<Message>(
        List.of(EXPECTED, EXPECTED, FAILED, AUTHORIZED, AUTHORIZED, CAPTURED, CAPTURED));
    Collections.shuffle(arrivals, new Random(seed));

    receive(arrivals.toArray(Message[]::new));

    assertThat(bench.items("payments")).singleElement()
        .satisfies(it -> assertThat(it.get("pk").s()).isEqualTo(CAPTURED.payment().id().value()))
        .satisfies(it -> assertThat(it.get("sk").s()).isEqualTo("payment"))
        .satisfies(it -> assertThat(it.get("order").s()).isEqualTo(ORDER.value()))
        .satisfies(it -> assertThat(it.get("payment").m().get("status").s()).isEqualTo("captured"));
    assertThat(bench.sentTo(AdvanceOrder.class).getLast()).isEqualTo(new PaymentCaptured(ORDER, CAPTURED.payment()));
  }

  @Test
  void aDoubledEventWritesNothingAndSaysTheSameAgain() throws IOException {
    receive(EXPECTED, CAPTURED);
    String before = bench.items("payments").toString();
    bench.forgetSent();
    bench.clock().advance(Duration.ofDays(14));

    receive(CAPTURED);

    assertThat(bench.items("payments")).hasToString(before);
    assertThat(bench.sentTo(AdvanceOrder.class)).containsExactly(new PaymentCaptured(ORDER, CAPTURED.payment()));
  }

  @Test
  void aPaymentUsedForTwoOrdersStaysWithTheFirstVisibly() throws IOException {
    receive(EXPECTED, new PaymentExpected(ANOTHER, "stripe", "shop-eu", "pi_3QWaybillSample", "EUR"), CAPTURED);

    assertThat(bench.sentTo(AdvanceOrder.class)).containsExactly(new PaymentCaptured(ORDER, CAPTURED.payment()));
    assertThat(log()).contains("\"level\":\"WARN\"").contains("Payment is already bound to another order");
  }

  @Test
  void whatCouldNotBeSentComesBackAloneAndIsSentThen() throws IOException {
    receive(EXPECTED);
    var other = new PaymentExpected(ANOTHER, "stripe", "shop-eu", "pi_other", "EUR");
    bench.refuseNextSends(1);

    String answer = answer(bench.sqsEvent(CAPTURED, other));

    assertThat(answer).isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m-2\"}]}");
    assertThat(bench.items("payments")).hasSize(2);
    assertThat(receive(CAPTURED)).isEqualTo(ALL_DONE);
    assertThat(bench.sentTo(AdvanceOrder.class)).containsExactly(new PaymentCaptured(ORDER, CAPTURED.payment()));
  }

  @Test
  void dyingAtAnyCallBeforeOrAfterItsEffectEndsTheSameOnceTheMessageIsBack() throws IOException {
    for (int call = 1; call <= 2; call++) {
      for (boolean afterEffect : new boolean[]{false, true}) {
        try (Bench own = Bench.open("payments")) {
          var faults = new Faults();
          var dying = new RecordPaymentHandler(own.ports(faults.in(DynamoDbClient.class, own.dynamo())));
          answer(dying, own.sqsEvent(EXPECTED));
          faults.strike(call, afterEffect, () -> new IllegalStateException("died"));

          assertThat(answer(dying, own.sqsEvent(CAPTURED))).contains("m-2");
          faults.stop();
          assertThat(answer(dying, own.sqsEvent(CAPTURED))).isEqualTo(ALL_DONE);

          assertThat(own.sentTo(AdvanceOrder.class)).containsExactly(new PaymentCaptured(ORDER, CAPTURED.payment()));
          assertThat(own.items("payments").getFirst().get("revision").n()).as("written once").isEqualTo("2");
        }
      }
    }
  }

  @Test
  void newsAtTheSameTimeLoseNothing() throws Exception {
    List<Message> news = List.of(EXPECTED, FAILED, AUTHORIZED, CAPTURED);
    try (var threads = Executors.newFixedThreadPool(8)) {
      var work = new ArrayList<Callable<String>>();
      for (int i = 0; i < 16; i++) {
        InputStream event = bench.sqsEvent(news.get(i % 4));
        work.add(() -> answer(event));
      }
      for (Future<String> answer : threads.invokeAll(work)) {
        assertThat(answer.get()).isEqualTo(ALL_DONE);
      }
    }

    assertThat(bench.items("payments")).singleElement()
        .satisfies(it -> assertThat(it.get("payment").m().get("status").s()).isEqualTo("captured"));
    assertThat(bench.sentTo(AdvanceOrder.class)).contains(new PaymentCaptured(ORDER, CAPTURED.payment()));
  }

  @Test
  void aPoisonMessageFailsAlone() throws IOException {
    String answer = answer(bench.sqsEvent(5, "{\"type\":\"OrderPlaced\"}", "not json", Json.write(EXPECTED)));

    assertThat(answer).isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m-1\"},{\"itemIdentifier\":\"m-2\"}]}");
    assertThat(bench.items("payments")).hasSize(1);
  }

  private static PaymentNoticed noticed(String file) {
    return (PaymentNoticed) ((News<?>) StripeEvents
        .read(Json.readObject(Samples.text(file)), "shop-eu", false).orElseThrow()).message();
  }

  private RecordPaymentHandler handler(DynamoDbClient dynamo) {
    return new RecordPaymentHandler(bench.ports(dynamo, bench.sqs()));
  }

  private String receive(Message... batch) throws IOException {
    return answer(bench.sqsEvent(batch));
  }

  private String answer(InputStream event) throws IOException {
    return answer(handler, event);
  }

  private static String answer(RecordPaymentHandler handler, InputStream event) throws IOException {
    var out = new ByteArrayOutputStream();
    handler.handleRequest(event, out, null);
    return out.toString(StandardCharsets.UTF_8);
  }

  private String log() {
    return log.toString(StandardCharsets.UTF_8);
  }
}
