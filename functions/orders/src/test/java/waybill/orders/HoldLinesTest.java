package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.Choreography.BuyLabel;
import waybill.messages.Choreography.NotifyCustomer;
import waybill.messages.Choreography.PlanFulfillment;
import waybill.messages.Choreography.RecordEvents;
import waybill.messages.Choreography.ReserveStock;
import waybill.messages.FulfillmentMessages.FulfillmentPacked;
import waybill.messages.LineQuantity;
import waybill.messages.Message;
import waybill.messages.OrderMessages.LinesChanged;
import waybill.messages.OrderMessages.OrderEdited;
import waybill.messages.OrderMessages.OrderPlaced;
import waybill.messages.OrderMessages.OrderReleased;
import waybill.messages.PaymentMessages.PaymentCaptured;
import waybill.messages.PaymentStatus;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.messages.StockMessages.StockReserved;
import waybill.orders.Shop.Answer;
import waybill.platform.Json;

/** A hold on lines splits the work: these units stay, with their promise, and the rest of the order goes on. */
class HoldLinesTest {
  private static final String ONE_TIN = """
      {"reason": "customer_request", "handle": "gift", "note": "Call first", "lines": [{"line_id": "line_1", "quantity": 1}]}""";

  private final Shop shop = new Shop();

  @BeforeEach
  void paid() {
    shop.place(Shop.sample());
    shop.advance(new StockReserved(Shop.SAMPLE),
        new PaymentCaptured(Shop.SAMPLE, Shop.payment(PaymentStatus.CAPTURED, 5572, 5572)));
    shop.bench.forgetSent();
  }

  @AfterEach
  void close() {
    shop.close();
  }

  private Answer hold(String key, String body) {
    return shop.hold(Shop.SAMPLE, key, body);
  }

  private void arbiterHears() {
    Message[] news = shop.bench.sentTo(AdvanceOrder.class).toArray(Message[]::new);
    shop.bench.forgetSent();
    assertThat(shop.advance(news)).isZero();
  }

  private static String id(Answer answer) {
    return (String) holds(answer).getFirst().get("id");
  }

  private static List<Map<String, Object>> holds(Answer answer) {
    return ((List<?>) answer.body().get("holds")).stream().map(Json::object).toList();
  }

  private List<Integer> planned() {
    return shop.bench.sentTo(PlanFulfillment.class).stream().filter(OrderReleased.class::isInstance)
        .map(OrderReleased.class::cast).reduce((_, last) -> last).orElseThrow().lines().stream()
        .map(LineQuantity::quantity).toList();
  }

  private List<Message> sent(Class<?> type) {
    return shop.bench.sent().stream().map(it -> it.message()).filter(type::isInstance).distinct().toList();
  }

  @Test
  void theRestIsPlannedAndTheHeldUnitsComeOutOfThePlanAndKeepTheirPromise() {
    Answer held = hold("k1", ONE_TIN);
    assertThat(held.status()).as(held.body().toString()).isEqualTo(200);
    assertThat(holds(held).getFirst().get("lines")).isEqualTo(List.of(Map.of("line_id", "line_1", "quantity", 1L)));

    arbiterHears();

    assertThat(planned()).containsExactly(1, 1, 1);
    LinesChanged changed = shop.bench.sentTo(PlanFulfillment.class).stream().filter(LinesChanged.class::isInstance)
        .map(LinesChanged.class::cast).findFirst().orElseThrow();
    assertThat(changed.lines()).extracting(LineQuantity::quantity).containsExactly(1, 1, 1);
    assertThat(((OrderPlaced) shop.bench.sentTo(ReserveStock.class).getFirst()).items())
        .contains(new SkuQuantity(new Sku("TEA-200"), 2));
    assertThat(shop.bench.sentTo(NotifyCustomer.class)).as("nothing was changed")
        .noneMatch(OrderEdited.class::isInstance);
    assertThat(shop.bench.sentTo(RecordEvents.class).toString()).contains("ORDER_HELD").doesNotContain("ORDER_CHANGED");
  }

  @Test
  void whatWasPackedWithThemIsNotDispatchedAndTheRestIsOncePackedAgain() {
    shop.advance(Samples.allocated(1));
    hold("k1", ONE_TIN);
    arbiterHears();
    shop.bench.forgetSent();

    shop.advance(Samples.packed(1));
    assertThat(shop.bench.sentTo(BuyLabel.class)).isEmpty();
    FulfillmentPacked packed = Samples.packed(1);
    shop.advance(new FulfillmentPacked(Shop.SAMPLE, packed.fulfillment(), Samples.BERLIN,
        packed.parcels().getFirst().lines(), packed.parcels().subList(0, 1), 1));

    assertThat(shop.bench.sentTo(BuyLabel.class)).hasSize(1);
    assertThat(hold("k2", ONE_TIN.replace("gift", "more")).body().get("errors").toString())
        .as("one is held, the other leaves").contains("/lines/0/quantity", "too_much", "of line_1 0 can be held");
  }

  @Test
  void newsOfTheFirstPackingThatComesAfterTheSecondWasApprovedBuysNoLabel() {
    shop.advance(Samples.allocated(1));
    hold("k1", ONE_TIN);
    arbiterHears();
    FulfillmentPacked first = Samples.packed(1);
    var second = new FulfillmentPacked(Shop.SAMPLE, first.fulfillment(), Samples.BERLIN,
        first.parcels().getFirst().lines(), first.parcels().subList(0, 1), 1);
    shop.advance(second);
    List<? extends Message> approved = shop.bench.sentTo(BuyLabel.class);
    assertThat(approved).hasSize(1);
    shop.bench.forgetSent();

    assertThat(shop.advance(first)).isZero();
    assertThat(shop.bench.sentTo(BuyLabel.class)).as("a unit of its parcels is held").isEmpty();
    shop.advance(second);
    assertThat(shop.bench.sentTo(BuyLabel.class)).as("what leaves is approved again").hasSameElementsAs(approved);
  }

  @Test
  void theRestIsPlannedAgainAfterTheHeldUnitsAreCancelledIfItsPlanWasLost() {
    hold("k1", ONE_TIN.replace("\"quantity\": 1", "\"quantity\": 2"));
    arbiterHears();
    shop.cancel(Shop.SAMPLE, "c1", "{\"lines\": [{\"line_id\": \"line_1\", \"quantity\": 2}]}", "op",
        "orders:operate");
    arbiterHears();

    assertThat(shop.state(Shop.SAMPLE).unitsToPlan()).isEqualTo(2);
    assertThat(shop.state(Shop.SAMPLE).due()).as("two mugs are not allocated yet")
        .isEqualTo(shop.bench.clock().instant().plus(OrderPacking.TO_ANSWER));
  }

  @Test
  void whenItIsReleasedTheUnitsGoOn() {
    String hold = id(hold("k1", ONE_TIN));
    arbiterHears();
    shop.bench.forgetSent();

    Answer released = shop.release(Shop.SAMPLE, hold, "k2", "{\"note\": \"They called\"}");
    assertThat(released.status()).as(released.body().toString()).isEqualTo(200);
    assertThat(holds(released)).isEmpty();
    arbiterHears();

    assertThat(planned()).containsExactly(2, 1, 1);
    assertThat(sent(OrderEdited.class)).isEmpty();
    assertThat(shop.release(Shop.SAMPLE, hold, "k2", "{\"note\": \"They called\"}").status()).isEqualTo(200);
    assertThat(shop.state(Shop.SAMPLE).changes().number()).as("once").isEqualTo(2);
  }

  @Test
  void aRepeatedRequestHoldsOnce() {
    hold("k1", ONE_TIN);
    Answer again = hold("k1", ONE_TIN);

    assertThat(again.status()).isEqualTo(200);
    assertThat(holds(again)).hasSize(1);
    assertThat(hold("k2", ONE_TIN).status()).as("the same handle").isEqualTo(200);
    assertThat(shop.state(Shop.SAMPLE).changes().number()).isEqualTo(1);
    assertThat(hold("k1", ONE_TIN.replace("\"quantity\": 1", "\"quantity\": 2")).body())
        .containsEntry("code", "idempotency_key_reused");
  }

  /** The first answer may be lost, and another clerk asks for the same under a key of their own. */
  @Test
  void aHoldOfTheSameHandleIsFoundAlsoIfItHoldsAllThatIsAskedFor() {
    String all = ONE_TIN.replace("\"quantity\": 1", "\"quantity\": 2");
    hold("k1", all);

    Answer again = hold("k2", all);

    assertThat(again.status()).as(again.body().toString()).isEqualTo(200);
    assertThat(holds(again)).hasSize(1);
    assertThat(shop.state(Shop.SAMPLE).changes().number()).as("once").isEqualTo(1);
  }

  @Test
  void whatDoesNotAddUpIsRefusedByFieldAndChangesNothing() {
    String body = """
        {"note": "?", "lines": [{"line_id": "line_1", "quantity": 3}, {"line_id": "line_1", "quantity": 1},
        {"line_id": "line_9", "quantity": 1}]}""";

    assertThat(hold("k1", body).body().get("errors").toString()).contains("/lines/0/quantity", "too_much",
        "/lines/1/line_id", "repeated", "/lines/2/line_id", "unknown");
    assertThat(hold("k1", ONE_TIN.replace("\"handle\": \"gift\"",
        "\"fulfillment_id\": \"" + Samples.fulfillment(1) + "\"")).body().get("errors").toString()).contains("/lines",
            "not_allowed");
    assertThat(shop.state(Shop.SAMPLE).changes().number()).isZero();
  }

  @Test
  void heldUnitsCanBeCancelled() {
    hold("k1", ONE_TIN);

    Answer cancelled = shop.cancel(Shop.SAMPLE, "c1", "{\"lines\": [{\"line_id\": \"line_1\", \"quantity\": 2}]}", "op",
        "orders:operate");

    assertThat(cancelled.status()).as(cancelled.body().toString()).isEqualTo(200);
    assertThat(shop.state(Shop.SAMPLE).plannable(List.of(
        new LineQuantity(Samples.sample().shippedLines().getFirst().lineId(), new Sku("TEA-200"), 0)))).isEmpty();
  }
}
