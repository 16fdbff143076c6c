package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import waybill.platform.Outcome;
import waybill.platform.Page;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.messages.Alert;
import waybill.messages.ChannelId;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.Choreography.BuyLabel;
import waybill.messages.Choreography.PlanFulfillment;
import waybill.messages.Choreography.RefundPayment;
import waybill.messages.FulfillmentMessages.FulfillmentPacked;
import waybill.messages.Money;
import waybill.messages.OrderId;
import waybill.messages.OrderMessages.OrderDue;
import waybill.messages.OrderMessages.OrderReleased;
import waybill.messages.Payment;
import waybill.messages.PaymentMessages.PaymentAlerted;
import waybill.messages.PaymentMessages.PaymentCaptured;
import waybill.messages.PaymentStatus;
import waybill.messages.StockMessages.StockReserved;
import waybill.platform.Json;

class HoldOrderTest {
  private static final StockReserved RESERVED = new StockReserved(Shop.SAMPLE);
  private static final PaymentCaptured CAPTURED = new PaymentCaptured(Shop.SAMPLE,
      Shop.payment(PaymentStatus.CAPTURED, 5572, 5572));
  private static final String RISK = "{\"reason\": \"fraud_suspected\", \"handle\": \"risk\", \"note\": \"Three cards\"}";
  private static final String CALL = "{\"note\": \"The customer calls back\"}";
  private static final String FINE = "{\"note\": \"All is well\"}";

  private static final String ACCEPT = "{\"note\": \"A cent\", \"resolution\": \"accept_difference\"}";

  private final Shop shop = new Shop();

  @BeforeEach
  void anOrderIsThere() {
    shop.place(Shop.sample());
    shop.bench.forgetSent();
  }

  @AfterEach
  void close() {
    shop.close();
  }

  private Shop.Answer hold(String key, String body) {
    return shop.hold(Shop.SAMPLE, key, body);
  }

  private Shop.Answer release(String hold, String key, String body) {
    return shop.release(Shop.SAMPLE, hold, key, body);
  }

  private List<Map<String, Object>> holds() {
    return holds(shop.get(Shop.SAMPLE.value(), "op", "orders:operate"));
  }

  private static List<Map<String, Object>> holds(Shop.Answer answer) {
    return ((List<?>) answer.body().get("holds")).stream().map(Json::object).toList();
  }

  private String idOf(String reason) {
    return (String) holds().stream().filter(it -> it.get("reason").equals(reason)).findFirst().orElseThrow().get("id");
  }

  private void whatIsDueIsDone() {
    shop.bench.clock().advance(Duration.ofMinutes(1));
    shop.sweep().forEach(shop::advance);
  }

  @Test
  void anOrderThatIsHeldIsNotPlannedUntilItIsReleased() {
    Shop.Answer held = hold("k1", RISK);
    assertThat(held.status()).isEqualTo(200);
    assertThat(holds(held)).hasSize(1).first().satisfies(it -> assertThat(it).containsEntry("reason", "fraud_suspected")
        .containsEntry("handle", "risk").containsEntry("note", "Three cards").containsEntry("fulfillment_id", null));
    shop.advance(RESERVED, CAPTURED);
    whatIsDueIsDone();
    assertThat(shop.bench.sentTo(PlanFulfillment.class)).isEmpty();
    assertThat(shop.get(Shop.SAMPLE.value(), "op", "orders:operate").body()).containsEntry("stock_status", "reserved")
        .containsEntry("payment_status", "paid").containsEntry("status", "open");

    assertThat(holds(release(idOf("fraud_suspected"), "k2", FINE))).isEmpty();
    shop.advance(shop.bench.sentTo(AdvanceOrder.class).getLast());
    assertThat(shop.bench.sentTo(PlanFulfillment.class)).hasSize(1).hasOnlyElementsOfType(OrderReleased.class);
  }

  @Test
  void ofTwoHoldsTheOneThatIsReleasedLeavesTheOther() {
    hold("k1", RISK);
    hold("k2", CALL);
    assertThat(holds()).extracting(it -> it.get("reason")).containsExactly("fraud_suspected", "other");
    shop.advance(RESERVED, CAPTURED);
    release(idOf("fraud_suspected"), "k3", FINE);
    whatIsDueIsDone();
    assertThat(holds()).extracting(it -> it.get("reason")).containsExactly("other");
    assertThat(shop.bench.sentTo(PlanFulfillment.class)).isEmpty();
    release(idOf("other"), "k4", FINE);
    whatIsDueIsDone();
    assertThat(shop.bench.sentTo(PlanFulfillment.class)).hasSize(1);
  }

  @Test
  void whatOfAHeldOrderMayNotBePackedIsKnownToOthers() {
    var orders = new Orders(shop.bench.ports());
    assertThat(orders.isStopped(Samples.fulfillment(1))).isFalse();
    shop.hold(Shop.SAMPLE, "k1", "{\"reason\": \"other\", \"note\": \"a call\"}");
    assertThat(orders.isStopped(Samples.fulfillment(1))).isTrue();
    shop.cancel(Shop.SAMPLE, "k2", "{\"reason\": \"other\"}", "op", "orders:operate");
    assertThat(orders.isStopped(Samples.fulfillment(1))).as("its fulfillments are cancelled").isFalse();
  }

  @Test
  void a13AnOrderOnTwoHoldsIsInTheListOfEachAndStaysInTheOtherWhenOneIsReleased() {
    var disputed = new Alert(Alert.Kind.DISPUTE, "dp_1", Alert.Status.OPEN, null, shop.bench.clock().instant());
    shop.advance(new PaymentAlerted(Shop.SAMPLE, Shop.payment(PaymentStatus.CAPTURED, 5572, 5572), disputed));
    String other = "{\"reason\": \"other\", \"handle\": \"h\", \"note\": \"a call\"}";
    shop.hold(Shop.SAMPLE, "k1", other);
    shop.hold(Shop.SAMPLE, "k2", other);
    assertThat(shop.state(Shop.SAMPLE).holds()).as("the same handle is one hold").extracting(Hold::reason)
        .containsExactly(Hold.Reason.DISPUTED, Hold.Reason.OTHER);

    assertThat(shop.held("disputed")).hasSize(1);
    assertThat(shop.held("other")).hasSize(1);
    assertThat(shop.held("payment_review")).isEmpty();

    String hold = shop.state(Shop.SAMPLE).holds().getFirst().id().value();
    assertThat(shop.release(Shop.SAMPLE, hold, "k3", "{\"note\": \"ok\", \"resolution\": \"accept_loss\"}").status())
        .isEqualTo(200);
    assertThat(shop.held("disputed")).isEmpty();
    assertThat(shop.held("other")).hasSize(1);
    assertThat(shop.state(Shop.SAMPLE).isReleased()).isFalse();
  }

  @Test
  void aListOfHeldOrdersGoesOnOverTheListsOfMoreUrgentHolds() {
    var names = new ArrayList<OrderId>();
    for (int i = 0; i < 5; i++) {
      OrderId id = new OrderId((String) shop.place(Shop.simple("held-" + i, "TEA-200", 1)).body().get("id"));
      shop.hold(id, "k" + i, "{\"reason\": \"other\", \"note\": \"a call\"}");
      if (i % 2 == 0) {
        shop.hold(id, "l" + i, "{\"reason\": \"fraud_suspected\", \"note\": \"odd\"}");
      }
      names.add(id);
    }
    var orders = new Orders(shop.bench.ports());
    var seen = new ArrayList<OrderId>();
    String cursor = null;
    do {
      Page<OrderId> page = orders.held("other", 2, cursor).orElseThrow();
      assertThat(page.data()).hasSizeLessThanOrEqualTo(2);
      seen.addAll(page.data());
      cursor = page.nextCursor();
    } while (cursor != null);

    assertThat(seen).containsExactlyInAnyOrderElementsOf(names);
    assertThat(orders.held("other", 2, "99.x")).isInstanceOf(Outcome.Declined.class);
    assertThat(orders.held("other", 2, "1.x")).isInstanceOf(Outcome.Declined.class);
  }

  @Test
  void thereIsOneOpenHoldOfAHandle() {
    Shop.Answer first = hold("k1", RISK);
    assertThat(hold("k1", RISK)).isEqualTo(first);
    assertThat(holds(hold("k2", RISK))).hasSize(1);
    release(idOf("fraud_suspected"), "k3", FINE);
    assertThat(holds(hold("k1", RISK))).as("a repeated request does not hold again").isEmpty();
    assertThat(holds(hold("k4", RISK))).as("another does").hasSize(1);
  }

  @Test
  void theOrderKeepsItsStockAndDoesNotExpireWhileItIsHeld() {
    shop.advance(RESERVED);
    hold("k1", CALL);
    shop.bench.clock().advance(Duration.ofDays(3));
    shop.advance(new OrderDue(Shop.SAMPLE, shop.bench.clock().instant()));
    assertThat(shop.state(Shop.SAMPLE).isCancelled()).isFalse();
    release(idOf("other"), "k2", FINE);
    assertThat(shop.state(Shop.SAMPLE).due()).as("then its time to pay counts again").isNotNull();
  }

  @Test
  void whatIsPackedWhileItIsHeldLeavesAfterItsRelease() {
    shop.advance(RESERVED, CAPTURED);
    FulfillmentPacked packed = Samples.packed(1);
    hold("k1", RISK);
    shop.bench.forgetSent();
    shop.advance(packed);
    assertThat(shop.bench.sentTo(BuyLabel.class)).isEmpty();
    assertThat(shop.state(Shop.SAMPLE).phase()).as("it can still be cancelled").isEqualTo(OrderPhase.OPEN);
    release(idOf("fraud_suspected"), "k2", FINE);
    shop.advance(packed);
    assertThat(shop.bench.sentTo(BuyLabel.class)).hasSize(packed.parcels().size());
  }

  @Test
  void aHoldOfOneFulfillmentLetsTheOthersLeave() {
    shop.advance(RESERVED, CAPTURED);
    FulfillmentPacked packed = Samples.packed(1);
    String id = packed.fulfillment().value();
    assertThat(hold("k0", "{\"note\": \"?\", \"fulfillment_id\": \"" + id + "\"}").errors())
        .containsExactly("/fulfillment_id unknown");
    shop.advance(Samples.allocated(1));
    Shop.Answer held = hold("k1", "{\"note\": \"?\", \"fulfillment_id\": \"" + id + "\"}");
    assertThat(holds(held)).first().satisfies(it -> assertThat(it).containsEntry("fulfillment_id", id));
    shop.bench.forgetSent();
    shop.advance(packed);
    assertThat(shop.bench.sentTo(BuyLabel.class)).isEmpty();
    assertThat(shop.state(Shop.SAMPLE).isReleased()).as("the rest is planned").isTrue();
  }

  @Test
  void aHeldOrderCanBeCancelledAndHasNoHoldThen() {
    hold("k1", RISK);
    shop.advance(RESERVED, CAPTURED);
    assertThat(shop.cancel(Shop.SAMPLE, "c1", "{\"reason\":\"fraud\"}", "op", "orders:operate").status())
        .isEqualTo(200);
    assertThat(holds()).extracting(it -> it.get("reason")).doesNotContain("fraud_suspected");
    assertThat(hold("k2", CALL).body()).containsEntry("status", 409L).containsEntry("code", "already_cancelled");
    assertThat(hold("k1", RISK).status()).as("a repeated request answers the same").isEqualTo(200);
  }

  @Test
  void whyItIsHeldIsForOperators() {
    hold("k1", RISK);
    Shop.Answer answer = shop.get(Shop.SAMPLE.value(), "de-web/c_881", "orders:own");
    assertThat(holds(answer)).first().satisfies(
        it -> assertThat(it).containsEntry("reason", "other").containsEntry("note", "the shop looks at it"));
    assertThat(answer.body().toString()).doesNotContain("Three cards", "fraud");
  }

  @ParameterizedTest
  @CsvSource({"FRAUD_WARNING, fraud_warning", "REVIEW, payment_review"})
  void thatItsPaymentIsSuspectedIsForOperators(Alert.Kind kind, String reason) {
    shop.advance(RESERVED, CAPTURED, new PaymentAlerted(Shop.SAMPLE, CAPTURED.payment(),
        new Alert(kind, "a_1", Alert.Status.OPEN, null, Samples.NOON)));
    assertThat(holds()).extracting(it -> it.get("reason")).containsExactly(reason);
    Shop.Answer answer = shop.get(Shop.SAMPLE.value(), "de-web/c_881", "orders:own");
    assertThat(holds(answer)).singleElement().satisfies(
        it -> assertThat(it).containsEntry("reason", "other").containsEntry("note", "the shop looks at it"));
    assertThat(answer.body().toString()).doesNotContain("fraud", "review");
  }

  @Test
  void aReleaseIsRepeatedSafelyAndAnotherIsRefused() {
    hold("k1", CALL);
    String id = idOf("other");
    Shop.Answer first = release(id, "k2", FINE);
    assertThat(release(id, "k2", FINE)).isEqualTo(first);
    assertThat(release(id, "k3", FINE).body()).containsEntry("status", 409L).containsEntry("code", "already_released");
  }

  /** The sample is of 60.72, of which a gift card pays 5.00 and Stripe should pay 55.72. */
  @ParameterizedTest
  @CsvSource({"5571", "5573"})
  void aDifferenceThatIsAcceptedLetsTheOrderGoOn(long paid) {
    shop.advance(RESERVED, new PaymentCaptured(Shop.SAMPLE, Shop.payment(PaymentStatus.CAPTURED, paid, paid)));
    String id = idOf("payment_mismatch");
    assertThat(release(id, "k1", FINE).errors()).containsExactly("/resolution required");
    assertThat(shop.bench.sentTo(PlanFulfillment.class)).isEmpty();

    Shop.Answer accepted = release(id, "k2", ACCEPT);
    assertThat(accepted.body()).containsEntry("payment_status", "paid");
    assertThat(holds(accepted)).isEmpty();
    Map<String, Object> totals = Json.object(accepted.body().get("totals"));
    assertThat(totals).containsEntry("total", 6072L).containsEntry("due", 0L).containsEntry("captured", paid + 500);
    assertThat(release(id, "k2", ACCEPT)).isEqualTo(accepted);
    whatIsDueIsDone();
    assertThat(shop.bench.sentTo(PlanFulfillment.class)).isNotEmpty();
    assertThat(shop.bench.sentTo(RefundPayment.class)).as("what was accepted is not refunded").isEmpty();
  }

  @Test
  void anotherDifferenceThanTheOneThatWasAcceptedHoldsTheOrderAgain() {
    shop.advance(RESERVED, new PaymentCaptured(Shop.SAMPLE, Shop.payment(PaymentStatus.CAPTURED, 5573, 5571)));
    release(idOf("payment_mismatch"), "k1", ACCEPT);
    assertThat(holds()).isEmpty();
    shop.advance(new PaymentCaptured(Shop.SAMPLE, Shop.payment(PaymentStatus.CAPTURED, 5573, 5573)));
    assertThat(release(idOf("payment_mismatch"), "k2", ACCEPT).status()).isEqualTo(200);
    assertThat(holds()).isEmpty();
  }

  @Test
  void moneyInAnotherCurrencyCannotBeAccepted() {
    var dollars = new Money(5572, "USD");
    shop.advance(RESERVED, new PaymentCaptured(Shop.SAMPLE, new Payment(CAPTURED.payment().id(), "stripe", "shop-eu",
        CAPTURED.payment().reference(), PaymentStatus.CAPTURED, dollars, dollars, CAPTURED.payment().updatedAt())));
    assertThat(release(idOf("payment_mismatch"), "k1", ACCEPT).body()).containsEntry("code", "currency_differs");
  }

  @Test
  void aResolutionIsNotForAHoldThatAPersonHasPlaced() {
    hold("k1", CALL);
    assertThat(release(idOf("other"), "k2", ACCEPT).errors()).containsExactly("/resolution not_allowed");
  }

  @Test
  void whatIsNoHoldOfThisOrderIsNotFound() {
    assertThat(release("hold_00000000000000000000000000", "k1", FINE).status()).isEqualTo(404);
    assertThat(release("nonsense", "k1", FINE).status()).isEqualTo(404);
    assertThat(shop.hold(OrderId.of(new ChannelId("de-web"), "none"), "k1", CALL)
        .status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"{}|/note required",
    "{\"note\": \"x\", \"reason\": \"boredom\"}|/reason unknown_value",
    "{\"note\": \"x\", \"lines\": []}|/lines wrong_count",
    "{\"note\": \"x\", \"fulfillment_id\": \"x\"}|/fulfillment_id invalid"})
  void aHoldThatBreaksARuleChangesNothing(String body, String error) {
    assertThat(hold("k1", body).errors()).containsExactly(error);
    assertThat(holds()).isEmpty();
  }

  @Test
  void aKeyThatPlacedAnotherHoldIsRefusedAsIsTheTwentyFirst() {
    hold("k1", CALL);
    assertThat(hold("k1", RISK).body()).containsEntry("status", 422L).containsEntry("code", "idempotency_key_reused");
    for (int i = 2; i <= 20; i++) {
      assertThat(hold("k" + i, CALL).status()).isEqualTo(200);
    }
    assertThat(hold("k21", CALL).body()).containsEntry("status", 409L).containsEntry("code", "too_many_holds");
    assertThat(hold(null, CALL).status()).isEqualTo(400);
  }

  @Test
  void whoeverAsksAgainAfterTheOrderHasEndedHearsThatTheirHoldWasPlaced() {
    List<Map<String, Object>> placed = holds(hold("k1", RISK));
    shop.cancel(Shop.SAMPLE, "c1", "{\"reason\": \"other\"}", "op", "orders:operate");
    assertThat(holds()).as("what has ended is held no more").doesNotContainAnyElementsOf(placed);
    assertThat(holds(hold("k1", RISK))).containsAll(placed);
    assertThat(hold("k2", RISK).body()).containsEntry("code", "already_cancelled");
    release((String) placed.getFirst().get("id"), "k3", FINE);
    assertThat(holds(hold("k1", RISK))).doesNotContainAnyElementsOf(placed);
  }

  @Test
  void whoHeldItIsKnownWhicheverWriteATransactionIsInTheWayOf() {
    int write = 0;
    do {
      shop.faults.conflictAt(++write);
      assertThat(
          hold("k" + write, "{\"reason\": \"other\", \"handle\": \"h%d\", \"note\": \"a call\"}".formatted(write))
              .status())
          .isEqualTo(200);
      assertThat(new Orders(shop.bench.ports()).history(Shop.SAMPLE).orElseThrow())
          .filteredOn(it -> it.what().equals("hold.placed")).hasSize(write)
          .allSatisfy(it -> assertThat(it.by()).isEqualTo("operator"));
    } while (shop.faults.conflicted());
    assertThat(write).as("the order and who did it").isGreaterThan(2);
  }
}
