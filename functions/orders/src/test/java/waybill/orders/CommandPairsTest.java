package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.Message;
import waybill.messages.OrderId;
import waybill.messages.PaymentMessages.PaymentCaptured;
import waybill.messages.PaymentStatus;
import waybill.messages.StockMessages.StockReserved;
import waybill.orders.Shop.Answer;
import waybill.platform.HttpFunction;
import waybill.platform.Json;

/** Two commands on the money of one order: one after the other, the other way round, and at once. */
class CommandPairsTest {
  private static final String SAMPLE = Shop.SAMPLE.value();
  private final Shop shop = new Shop();

  /** How the two come. */
  enum Order {
    FIRST_FIRST, SECOND_FIRST, AT_ONCE;

    List<Answer> run(Callable<Answer> one, Callable<Answer> other) throws Exception {
      return switch (this) {
        case FIRST_FIRST -> List.of(one.call(), other.call());
        case SECOND_FIRST -> List.of(other.call(), one.call()).reversed();
        case AT_ONCE -> {
          try (var threads = Executors.newFixedThreadPool(2)) {
            var first = threads.submit(one);
            var second = threads.submit(other);
            yield List.of(first.get(), second.get());
          }
        }
      };
    }
  }

  @AfterEach
  void close() {
    shop.close();
  }

  private void isPaid(long amount) {
    shop.place(Shop.sample());
    shop.advance(new StockReserved(Shop.SAMPLE),
        new PaymentCaptured(Shop.SAMPLE, Shop.payment(PaymentStatus.CAPTURED, amount, amount)));
    shop.bench.forgetSent();
  }

  private Answer call(HttpFunction handler, Map<String, String> ids, String key, String body) {
    return Shop.run(handler, shop.bench.httpEvent("POST", "/orders/" + ids, ids, Map.of(),
        Map.of("idempotency-key", key), body, "op", "orders:operate"));
  }

  private Answer refund(String key, long amount) {
    return call(new RefundOrderHandler(shop.bench.ports()), Map.of("id", SAMPLE), key,
        "{\"amount\": " + amount + "}");
  }

  private Answer cancel() {
    return shop.cancel(Shop.SAMPLE, "cancel", "{\"reason\": \"other\"}", "op", "orders:operate");
  }

  private Map<String, Object> order() {
    return shop.get(SAMPLE, "op", "orders:operate").body();
  }

  private long total(String name) {
    return (Long) Json.object(order().get("totals")).get(name);
  }

  /** What is refunded, as the order shows it, whatever its status. */
  private long shown() {
    return ((List<?>) order().get("refunds")).stream().map(Json::object)
        .filter(it -> !"failed".equals(it.get("status")))
        .mapToLong(it -> (Long) it.get("amount")).sum();
  }

  private void advance() {
    shop.advance(shop.bench.sentTo(AdvanceOrder.class).toArray(Message[]::new));
  }

  @ParameterizedTest
  @EnumSource
  void ofTwoRefundsThatAreTogetherTooMuchOneIsGranted(Order order) throws Exception {
    isPaid(5572);

    List<Answer> answers = order.run(() -> refund("k1", 4000), () -> refund("k2", 4000));

    assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(200, 422);
    advance();
    assertThat(shown()).isEqualTo(4000);
  }

  @ParameterizedTest
  @EnumSource
  void twoRefundsThatFitAreBothGranted(Order order) throws Exception {
    isPaid(5572);

    assertThat(order.run(() -> refund("k1", 3000), () -> refund("k2", 3072))).extracting(Answer::status)
        .containsOnly(200);
    assertThat(shown()).isEqualTo(6072);
  }

  @ParameterizedTest
  @EnumSource
  void aRefundBesideACancellationIsNeverOfMoreThanCame(Order order) throws Exception {
    isPaid(5572);

    List<Answer> answers = order.run(() -> refund("k1", 2000), this::cancel);

    assertThat(answers.get(1).status()).as("the cancellation").isEqualTo(200);
    assertThat(answers.get(0).status()).isIn(200, 409);
    advance();
    assertThat(order()).containsEntry("status", "cancelled");
    assertThat(shown()).as("what the card was refunded, in parts or whole, and the gift card").isEqualTo(6072);
    assertThat(total("refunded")).isLessThanOrEqualTo(total("captured"));
  }

  @ParameterizedTest
  @EnumSource
  void aReleaseBesideACancellationLeavesAnOrderThatIsCancelledAndRefundedOnce(Order order) throws Exception {
    isPaid(6000);
    String hold = (String) Json.object(((List<?>) order().get("holds")).getFirst()).get("id");

    List<Answer> answers = order.run(
        () -> shop.release(Shop.SAMPLE, hold, "k1", "{\"note\": \"ok\", \"resolution\": \"refund_difference\"}"),
        this::cancel);

    assertThat(answers.get(1).status()).isEqualTo(200);
    assertThat(answers.get(0).status()).as("nothing is left to release once it is cancelled").isIn(200, 404);
    advance();
    assertThat(order()).containsEntry("status", "cancelled");
    assertThat(shown()).isEqualTo(6500);
  }

  @ParameterizedTest
  @EnumSource
  void ofAVoidAndACaptureOfOnePaymentOneIsDone(Order order) throws Exception {
    String id = (String) shop.place(Shop.simple("later", "TEA-200", 2)).body().get("id");
    String payment = (String) Json.object(((List<?>) call(new AddPaymentHandler(shop.bench.ports()), Map.of("id", id),
        "k0", "{\"provider\": \"external\", \"method\": \"cash\", \"reference\": \"C-1\", \"amount\": 2000}").body()
        .get("payments")).getFirst()).get("id");
    var ids = Map.of("id", id, "payment_id", payment);

    List<Answer> answers = order.run(
        () -> call(new VoidPaymentHandler(shop.bench.ports()), ids, "k1", null),
        () -> call(new CapturePaymentHandler(shop.bench.ports()), ids, "k2", "{}"));

    assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(200, 409);
    boolean captured = answers.get(1).status() == 200;
    assertThat(shop.state(new OrderId(id)).money().payments().getFirst().payment().captured().minorUnits())
        .isEqualTo(captured ? 2000 : 0);
  }

  @ParameterizedTest
  @EnumSource
  void twoCapturesThatAreTogetherTooMuchAreOne(Order order) throws Exception {
    String id = (String) shop.place(Shop.simple("later", "TEA-200", 2)).body().get("id");
    String payment = (String) Json.object(((List<?>) call(new AddPaymentHandler(shop.bench.ports()), Map.of("id", id),
        "k0", "{\"provider\": \"external\", \"method\": \"cash\", \"reference\": \"C-1\", \"amount\": 2000}").body()
        .get("payments")).getFirst()).get("id");
    var ids = Map.of("id", id, "payment_id", payment);

    assertThat(order.run(() -> call(new CapturePaymentHandler(shop.bench.ports()), ids, "k1", "{\"amount\": 1500}"),
        () -> call(new CapturePaymentHandler(shop.bench.ports()), ids, "k2", "{\"amount\": 1500}")))
        .extracting(Answer::status).containsExactlyInAnyOrder(200, 422);
  }

  @ParameterizedTest
  @EnumSource
  void aHoldBesideItsOwnHandleIsOneHold(Order order) throws Exception {
    isPaid(5572);
    String body = "{\"reason\": \"other\", \"handle\": \"h\", \"note\": \"a call\"}";

    order.run(() -> shop.hold(Shop.SAMPLE, "k1", body), () -> shop.hold(Shop.SAMPLE, "k2", body));

    assertThat((List<?>) order().get("holds")).hasSize(1);
  }
}
