package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.Choreography.PlanFulfillment;
import waybill.messages.Choreography.RefundPayment;
import waybill.messages.FulfillmentMessages.FulfillmentPacked;
import waybill.messages.LineQuantity;
import waybill.messages.Message;
import waybill.messages.Money;
import waybill.messages.OrderMessages.LinesChanged;
import waybill.messages.PaymentMessages.PaymentCaptured;
import waybill.messages.PaymentMessages.RefundRequested;
import waybill.messages.PaymentStatus;
import waybill.messages.StockMessages.StockReserved;
import waybill.orders.Shop.Answer;
import waybill.platform.Json;

/** Units that no location has hold their order until a person decides, and keep nothing else back. */
class ShortHoldTest {
  private static final String WAIT = "{\"note\": \"More comes on Monday\", \"resolution\": \"wait\"}";
  private static final String SEND_REST = "{\"note\": \"The tins are urgent\", \"resolution\": \"send_rest\"}";
  private static final String CANCEL = "{\"note\": \"Sold out\", \"resolution\": \"cancel_line\"}";

  private final Shop shop = new Shop();

  @BeforeEach
  void oneTinIsShort() {
    shop.place(Shop.sample());
    shop.advance(new StockReserved(Shop.SAMPLE),
        new PaymentCaptured(Shop.SAMPLE, Shop.payment(PaymentStatus.CAPTURED, 5572, 5572)), Samples.allocated(2),
        Samples.lacking(1, 1));
    shop.bench.forgetSent();
  }

  @AfterEach
  void close() {
    shop.close();
  }

  private Map<String, Object> order() {
    return shop.get(Shop.SAMPLE.value(), "op", "orders:operate").body();
  }

  private static List<Map<String, Object>> objects(Map<String, Object> tree, String name) {
    return ((List<?>) tree.get(name)).stream().map(Json::object).toList();
  }

  private Answer release(String key, String body) {
    String hold = (String) objects(order(), "holds").stream().findFirst().map(it -> it.get("id"))
        .orElseGet(() -> HoldId.of("short", Samples.fulfillment(1).value()).value());
    return shop.release(Shop.SAMPLE, hold, key, body);
  }

  private void arbiterHears() {
    Message[] news = shop.bench.sentTo(AdvanceOrder.class).toArray(Message[]::new);
    shop.bench.forgetSent();
    assertThat(shop.advance(news)).isZero();
  }

  @Test
  void theOrderSaysWhatIsShortAndWhichDecisionsThereAre() {
    assertThat(objects(order(), "holds")).singleElement().satisfies(it -> {
      assertThat(it).containsEntry("reason", "short")
          .containsEntry("resolutions", List.of("wait", "send_rest", "cancel_line"))
          .containsEntry("fulfillment_id", Samples.fulfillment(1).value());
    });
    assertThat(Json.object(objects(order(), "lines").getFirst().get("quantities"))).containsEntry("backordered", 1L)
        .containsEntry("reserved", 1L);
    assertThat(objects(order(), "fulfillments").getFirst()).containsEntry("status", "short")
        .containsEntry("location_id", null);
  }

  @Test
  void theRestMayLeaveUntilSomebodyDecides() {
    FulfillmentPacked packed = Samples.packed(2);

    shop.advance(packed);

    assertThat(shop.state(Shop.SAMPLE).packing().approved()).containsExactly(packed.fulfillment());
  }

  @ParameterizedTest
  @ValueSource(strings = {WAIT, SEND_REST})
  void aDecisionEndsTheHoldAndTheUnitsAreStillShort(String decision) {
    Answer answer = release("k1", decision);

    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    assertThat(objects(answer.body(), "holds")).isEmpty();
    assertThat(objects(answer.body(), "fulfillments").getFirst()).containsEntry("status", "short");
    assertThat(release("k1", decision).status()).as("again").isEqualTo(200);
    assertThat(release("k2", decision).body()).containsEntry("code", "already_released");
    shop.advance(Samples.lacking(1, 1));
    assertThat(objects(order(), "holds")).as("reported again").isEmpty();
  }

  @Test
  void whoeverSendsTheRestHasItLeaveAndTheUnitsFollow() {
    release("k1", SEND_REST);
    shop.advance(Samples.packed(2));

    assertThat(shop.state(Shop.SAMPLE).packing().approved()).containsExactly(Samples.fulfillment(2));
    assertThat(shop.state(Shop.SAMPLE).isStopped(Samples.fulfillment(2))).isFalse();
  }

  @Test
  void whoeverWaitsKeepsTheRestUntilTheUnitsAreThere() {
    release("k1", WAIT);
    assertThat(new Orders(shop.bench.ports()).isStopped(Samples.fulfillment(2))).as("nobody packs it").isTrue();
    shop.advance(Samples.packed(2));
    assertThat(shop.state(Shop.SAMPLE).packing().approved()).as("packed before, and reported late").isEmpty();

    shop.advance(Samples.lacking(1, 0));
    assertThat(new Orders(shop.bench.ports()).isStopped(Samples.fulfillment(2))).isFalse();
    shop.advance(Samples.packed(2));
    assertThat(shop.state(Shop.SAMPLE).packing().approved()).containsExactly(Samples.fulfillment(2));
  }

  @Test
  void whatHasLeftBeforeSomebodyWaitsHasLeft() {
    shop.advance(Samples.packed(2));
    release("k1", WAIT);

    assertThat(shop.state(Shop.SAMPLE).packing().approved()).containsExactly(Samples.fulfillment(2));
  }

  @Test
  void whoeverHasWaitedMayDecideOtherwiseAsLongAsTheUnitsAreMissing() {
    release("k1", WAIT);
    assertThat(release("k2", SEND_REST).status()).isEqualTo(200);
    assertThat(shop.state(Shop.SAMPLE).isStopped(Samples.fulfillment(2))).isFalse();
    assertThat(release("k1", WAIT).status()).as("the first request again changes nothing").isEqualTo(200);
    assertThat(shop.state(Shop.SAMPLE).isStopped(Samples.fulfillment(2))).isFalse();
    assertThat(release("k3", CANCEL).status()).isEqualTo(200);
    assertThat(objects(order(), "adjustments")).hasSize(1);
    assertThat(new Orders(shop.bench.ports()).history(Shop.SAMPLE).orElseThrow())
        .filteredOn(it -> it.what().equals("hold.released")).singleElement()
        .satisfies(it -> assertThat(it.after()).isEqualTo(Map.of("resolution", "cancel_line")));
  }

  @Test
  void anOrderThatWaitsCanBeCancelled() {
    release("k1", WAIT);
    assertThat(shop.cancel(Shop.SAMPLE, "c1", "{}", "op", "orders:operate").status()).isEqualTo(200);
    assertThat(new Orders(shop.bench.ports()).isStopped(Samples.fulfillment(2))).isFalse();
  }

  @Test
  void whoeverCancelsTheUnitsRefundsThemAndTheyComeOutOfThePlan() {
    Answer answer = release("k1", CANCEL);

    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    assertThat(answer.body()).containsEntry("status", "open").containsEntry("total", 4281L);
    assertThat(objects(answer.body(), "holds")).isEmpty();
    assertThat(objects(answer.body(), "adjustments")).singleElement().satisfies(
        it -> assertThat(it).containsEntry("type", "cancellation").containsEntry("amount", -1791L)
            .containsEntry("reason", "out_of_stock"));
    arbiterHears();
    LinesChanged changed = shop.bench.sentTo(PlanFulfillment.class).stream().filter(LinesChanged.class::isInstance)
        .map(LinesChanged.class::cast).findFirst().orElseThrow();
    assertThat(changed.lines()).extracting(LineQuantity::quantity).containsExactly(1, 1, 1);
    assertThat(((RefundRequested) shop.bench.sentTo(RefundPayment.class).getFirst()).refund().amount())
        .isEqualTo(new Money(1791, "EUR"));

    assertThat(release("k1", CANCEL).status()).as("again").isEqualTo(200);
    assertThat(objects(order(), "adjustments")).hasSize(1);
    shop.advance(Samples.lacking(1, 0));
    assertThat(objects(order(), "fulfillments")).extracting(it -> it.get("status")).doesNotContain("short");
  }

  @Test
  void theHoldEndsByItselfOnceSomeLocationHasTheUnits() {
    shop.advance(Samples.lacking(1, 0));

    assertThat(objects(order(), "holds")).isEmpty();
    assertThat(Json.object(objects(order(), "lines").getFirst().get("quantities"))).containsEntry("backordered", 0L);
    assertThat(release("k1", WAIT).status()).isEqualTo(404);
  }

  @Test
  void aDecisionThatDoesNotFitIsRefusedByNameAndChangesNothing() {
    assertThat(release("k1", "{\"note\": \"?\"}").body().get("errors").toString()).contains("/resolution", "required",
        "wait or send_rest or cancel_line");
    assertThat(release("k1", "{\"note\": \"?\", \"resolution\": \"accept_loss\"}").body().get("errors").toString())
        .contains("/resolution", "not_allowed");
    assertThat(objects(order(), "holds")).hasSize(1);
  }

  @Test
  void anOrderThatIsCancelledIsHeldNoMore() {
    shop.cancel(Shop.SAMPLE, "c1", "{}", "op", "orders:operate");

    assertThat(objects(order(), "holds")).extracting(it -> it.get("reason")).doesNotContain("short");
  }
}
