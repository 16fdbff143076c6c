package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.messages.Choreography.BuyLabel;
import waybill.messages.Choreography.NotifyCustomer;
import waybill.messages.Choreography.PlanFulfillment;
import waybill.messages.Choreography.RefundPayment;
import waybill.messages.Choreography.ReserveStock;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.Message;
import waybill.messages.OrderMessages.OrderBackordered;
import waybill.messages.OrderMessages.OrderDue;
import waybill.messages.OrderMessages.OrderPlaced;
import waybill.messages.OrderMessages.OrderReleased;
import waybill.messages.PaymentMessages.PaymentCaptured;
import waybill.messages.PaymentMessages.RefundRequested;
import waybill.messages.PaymentStatus;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.messages.StockMessages.StockBackordered;
import waybill.messages.StockMessages.StockReserved;
import waybill.messages.StockPromise;
import waybill.orders.Shop.Answer;
import waybill.platform.Json;

/** An order that asks for it leaves as far as it is there, and the rest follows as it comes. Two teas and two mugs, of which mugs are missing. */
class PartialBackordersTest {
  private static final Instant DAY = Instant.parse("2026-12-04T09:00:00Z");
  private static final PaymentCaptured PAID = new PaymentCaptured(Shop.SAMPLE,
      Shop.payment(PaymentStatus.CAPTURED, 5572, 5572));

  private final Shop shop = new Shop();

  @BeforeEach
  void placed() {
    Map<String, Object> sample = Shop.sample();
    sample.put("backorders", "partial");
    assertThat(shop.place(sample).status()).isEqualTo(201);
    shop.bench.forgetSent();
  }

  @AfterEach
  void close() {
    shop.close();
  }

  private void hears(Message... news) {
    assertThat(shop.advance(news)).isZero();
  }

  /** @param units per SKU that are not there yet */
  private static StockBackordered waiting(int change, int version, SkuQuantity... units) {
    return new StockBackordered(Shop.SAMPLE, change, Arrays.stream(units)
        .map(it -> new StockPromise(it.sku(), it.quantity(), DAY, DAY)).toList(), version, 0, Samples.NOON);
  }

  private static SkuQuantity mugs(int units) {
    return new SkuQuantity(new Sku("MUG-BLUE"), units);
  }

  private static SkuQuantity tea(int units) {
    return new SkuQuantity(new Sku("TEA-200"), units);
  }

  private OrderReleased released() {
    return shop.bench.sentTo(PlanFulfillment.class).stream().filter(OrderReleased.class::isInstance)
        .map(OrderReleased.class::cast).reduce((_, last) -> last).orElseThrow();
  }

  private static LineQuantity line(int number, String sku, int quantity) {
    return new LineQuantity(new LineId("line_" + number), new Sku(sku), quantity);
  }

  private Map<String, Object> shown() {
    return shop.get(Shop.SAMPLE.value(), "op", "orders:operate").body();
  }

  private Map<String, Object> quantities(int line) {
    return Json.object(Json.object(((List<?>) shown().get("lines")).get(line - 1)).get("quantities"));
  }

  @Test
  void whatIsThereIsReleasedAndTheRestIsNamedAsWaiting() {
    hears(PAID, waiting(0, 1, mugs(1)));

    assertThat(released().lines()).as("all that is wanted").hasSize(3);
    assertThat(released().waiting()).as("the last line of its SKU").containsExactly(line(3, "MUG-BLUE", 1));
    assertThat(shop.bench.sentTo(NotifyCustomer.class)).as("its confirmation says what follows")
        .contains(released()).noneMatch(OrderBackordered.class::isInstance);
    assertThat(shown()).containsEntry("stock_status", "partially_reserved").containsEntry("awaiting", "fulfillment")
        .containsEntry("backorders", "partial");
    assertThat(quantities(2)).containsEntry("reserved", 1L).containsEntry("backordered", 0L);
    assertThat(quantities(3)).containsEntry("reserved", 0L).containsEntry("backordered", 1L);
  }

  @Test
  void aPartOfALineIsEnough() {
    hears(PAID, waiting(0, 1, tea(1)));
    assertThat(released().waiting()).containsExactly(line(1, "TEA-200", 1));
    assertThat(shop.state(Shop.SAMPLE).unitsToPlan()).isEqualTo(3);
  }

  @Test
  void anOrderThatDoesNotAskForItWaitsAsAWhole() {
    var whole = new Shop();
    whole.place(Shop.sample());
    whole.bench.forgetSent();
    whole.advance(PAID, waiting(0, 1, mugs(1)));
    assertThat(whole.bench.sentTo(PlanFulfillment.class)).isEmpty();
    assertThat(whole.get(Shop.SAMPLE.value(), "op", "orders:operate").body())
        .containsEntry("stock_status", "backordered")
        .containsEntry("backorders", "whole");
    whole.close();
  }

  @Test
  void ofWhichNothingIsThereNothingIsReleasedUntilSomethingComes() {
    hears(PAID, waiting(0, 1, mugs(2), tea(2)));
    assertThat(shop.bench.sentTo(PlanFulfillment.class)).isEmpty();
    assertThat(shown()).containsEntry("stock_status", "backordered").containsEntry("awaiting", "stock");
    assertThat(shop.bench.sentTo(NotifyCustomer.class)).hasOnlyElementsOfType(OrderBackordered.class).isNotEmpty();

    hears(waiting(0, 2, mugs(2), tea(1)));
    assertThat(released().waiting()).containsExactly(line(1, "TEA-200", 1), line(2, "MUG-BLUE", 1),
        line(3, "MUG-BLUE", 1));
  }

  @Test
  void itIsReleasedAgainEachTimeThatUnitsComeAndAnOldReportTakesNoneBack() {
    hears(PAID, waiting(0, 1, mugs(2)), waiting(0, 2, mugs(1)));
    assertThat(released().waiting()).containsExactly(line(3, "MUG-BLUE", 1));
    shop.bench.forgetSent();
    hears(waiting(0, 1, mugs(2)));
    assertThat(released().waiting()).containsExactly(line(3, "MUG-BLUE", 1));
    hears(new StockReserved(Shop.SAMPLE));
    assertThat(released().waiting()).isEmpty();
    assertThat(shown()).containsEntry("stock_status", "reserved");
    hears(waiting(0, 2, mugs(1)));
    assertThat(shown()).as("it has come").containsEntry("stock_status", "reserved");
  }

  @Test
  void whatIsThereLeavesAndTheOrderThenWaitsForTheRest() {
    hears(PAID, waiting(0, 1, mugs(1)), Samples.allocated(1), Samples.allocated(2),
        new OrderDue(Shop.SAMPLE, shop.bench.clock().instant()));
    assertThat(shop.state(Shop.SAMPLE).due()).as("nothing more is to be planned: it is looked for in an hour")
        .isEqualTo(shop.bench.clock().instant().plus(OrderStock.TO_COME));
    hears(Samples.packed(1), Samples.packed(2));
    assertThat(shop.bench.sentTo(BuyLabel.class)).hasSize(3);
    assertThat(shown()).containsEntry("fulfillment_status", "partially_fulfilled").containsEntry("awaiting", "stock")
        .containsEntry("status", "open");
    hears(new StockReserved(Shop.SAMPLE), Samples.allocated(3), Samples.packed(3));
    assertThat(shown()).containsEntry("fulfillment_status", "fulfilled").containsEntry("awaiting", "delivery");
  }

  @Test
  void theHourlyLookAsksForItsStockAgainAndReleasesWhatIsThere() {
    hears(PAID, waiting(0, 1, mugs(1)), Samples.allocated(1), Samples.allocated(2));
    shop.bench.forgetSent();
    shop.bench.clock().advance(Duration.ofHours(1));
    hears(new OrderDue(Shop.SAMPLE, shop.bench.clock().instant()));
    assertThat(shop.bench.sentTo(ReserveStock.class)).hasSize(1).first()
        .isInstanceOfSatisfying(OrderPlaced.class, it -> assertThat(it.inParts()).isTrue());
    assertThat(released().waiting()).hasSize(1);
  }

  @Test
  void aDayThatMovesIsMailed() {
    hears(PAID, waiting(0, 1, mugs(1)));
    shop.bench.forgetSent();
    Instant later = DAY.plus(Duration.ofDays(9));
    hears(new StockBackordered(Shop.SAMPLE, 0, List.of(new StockPromise(new Sku("MUG-BLUE"), 1, DAY, later)), 2, 1,
        Samples.NOON));
    assertThat(shop.bench.sentTo(NotifyCustomer.class)).contains(new OrderBackordered(Shop.SAMPLE, 1, Samples.NOON));
  }

  @Test
  void whatWaitsIsCancelledAfterTheRestHasLeftAndOnlyThatIsRefunded() {
    hears(PAID, waiting(0, 1, tea(1)), Samples.reduced(1, 1), Samples.allocated(2), Samples.allocated(3),
        Samples.packed(2), Samples.packed(3));
    assertThat(shop.cancel(Shop.SAMPLE, "all", "{\"reason\": \"customer\"}", "op", "orders:operate").status())
        .as("as a whole it cannot be cancelled any more").isEqualTo(409);
    Answer cancelled = shop.cancel(Shop.SAMPLE, "rest", """
        {"reason": "customer", "lines": [{"line_id": "line_1", "quantity": 1}]}""", "op", "orders:operate");
    assertThat(cancelled.status()).as(cancelled.body().toString()).isEqualTo(200);
    hears(new OrderDue(Shop.SAMPLE, shop.bench.clock().instant()));
    assertThat(shop.bench.sentTo(RefundPayment.class).stream().map(RefundRequested.class::cast)
        .map(it -> it.refund().amount().minorUnits()).distinct()).as("one tin of two").containsExactly(1791L);
    assertThat(released().lines()).as("the tin that is there stays planned").first()
        .isEqualTo(line(1, "TEA-200", 1));
    hears(new StockReserved(Shop.SAMPLE, 1));
    assertThat(shown()).containsEntry("stock_status", "reserved").containsEntry("status", "open");
  }

  @Test
  void unitsThatAreHeldAreFirstThoseThatAreNotThere() {
    hears(PAID, waiting(0, 1, tea(1)));
    shop.hold(Shop.SAMPLE, "h", "{\"note\": \"Call\", \"lines\": [{\"line_id\": \"line_1\", \"quantity\": 1}]}");
    shop.bench.forgetSent();
    hears(new OrderDue(Shop.SAMPLE, shop.bench.clock().instant()));
    assertThat(released().lines()).contains(line(1, "TEA-200", 1));
    assertThat(released().waiting()).as("the other is there").isEmpty();
    assertThat(shop.state(Shop.SAMPLE).unitsToPlan()).isEqualTo(3);
  }

  @Test
  void nothingIsAddedWhileUnitsAreMissing() {
    hears(PAID, waiting(0, 1, mugs(1)));
    Answer changed = Shop.run(new ChangeOrderHandler(shop.bench.ports(shop.dynamo, shop.sqs)),
        shop.bench.httpEvent("POST", "/orders/" + Shop.SAMPLE + "/changes", Map.of("id", Shop.SAMPLE.value()), Map.of(),
            Map.of("idempotency-key", "c"), "{\"lines\": [{\"line_id\": \"line_1\", \"quantity\": 3}]}", "op",
            "orders:operate"));
    assertThat(changed.body()).containsEntry("code", "stock_pending");
  }

  @Test
  void anUnknownChoiceIsRefused() {
    Map<String, Object> sample = Shop.sample();
    sample.put("backorders", "some");
    assertThat(shop.place(sample).errors()).containsExactly("/backorders unknown_value");
  }

  @Test
  void theSameOrderThatAsksForAnotherWayIsAnotherOrder() {
    Map<String, Object> sample = Shop.sample();
    assertThat(shop.place(sample).status()).isEqualTo(422);
    sample.put("backorders", "partial");
    assertThat(shop.place(sample).status()).isEqualTo(200);
  }
}
