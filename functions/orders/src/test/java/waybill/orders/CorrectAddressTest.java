package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.Choreography.BuyLabel;
import waybill.messages.Choreography.RecordEvents;
import waybill.messages.EventMessages.OrderChanged;
import waybill.messages.EventType;
import waybill.messages.OrderMessages.*;
import waybill.messages.PaymentMessages.*;
import waybill.messages.PaymentStatus;
import waybill.messages.StockMessages.*;
import waybill.orders.Shop.Answer;
import waybill.platform.Json;
import waybill.platform.Ports;
import waybill.workbench.Faults;

/** Where an order goes is corrected until something of it may leave. */
class CorrectAddressTest {
  private static final String ADDRESS = """
      {"shipping_address": {"name": "Grace Hopper", "line1": "Nebenstr. 7", "city": "Wien", "postal_code": "1010", "country": "AT"},
       "note": "Told by telephone"}""";
  private static final String METHOD = "{\"shipping\": {\"method\": \"standard\"}}";

  private final Shop shop = new Shop();
  private final Faults faults = new Faults();

  @BeforeEach
  void isPaid() {
    assertThat(shop.place(Shop.sample()).status()).isEqualTo(201);
    shop.advance(new StockReserved(Shop.SAMPLE),
        new PaymentCaptured(Shop.SAMPLE, Shop.payment(PaymentStatus.CAPTURED, 5572, 5572)));
    shop.bench.forgetSent();
  }

  @AfterEach
  void close() {
    shop.close();
  }

  private Answer change(DynamoDbClient dynamo, String key, String body, Map<String, String> query,
      Map<String, String> headers) {
    var all = new HashMap<>(headers);
    all.put("idempotency-key", key);
    return Shop.run(new ChangeOrderHandler(shop.bench.ports(dynamo, shop.sqs)),
        shop.bench.httpEvent("POST", "/orders/" + Shop.SAMPLE + "/changes", Map.of("id", Shop.SAMPLE.value()), query,
            all, body, "op", "orders:operate"));
  }

  private Answer change(String key, String body) {
    return change(shop.dynamo, key, body, Map.of(), Map.of());
  }

  private Map<String, Object> order() {
    return shop.get(Shop.SAMPLE.value(), "op", "orders:operate").body();
  }

  private static Object at(Map<String, Object> order, String object, String name) {
    return Json.object(order.get(object)).get(name);
  }

  private String labelledFor() {
    Ports ports = shop.bench.ports(shop.dynamo, shop.sqs);
    return new Orders(ports).shipping(Shop.SAMPLE).orElseThrow().address().city();
  }

  private void isPacked() {
    shop.advance(Samples.allocated(1), Samples.packed(1));
  }

  @Test
  void theOrderShowsTheNewAddressAndThatItWasCorrectedAndALabelIsBoughtForIt() {
    Answer answer = change("k", ADDRESS);
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    assertThat(at(answer.body(), "shipping_address", "city")).isEqualTo("Wien");
    assertThat(answer.body()).containsEntry("price_difference", 0L).containsEntry("due", 0L);
    assertThat(order()).isEqualTo(without(answer.body(), "price_difference", "due"));
    assertThat(Json.object(((List<?>) order().get("adjustments")).getLast())).containsEntry("type", "edit")
        .containsEntry("reason", "shipping_address").containsEntry("status", "completed").containsEntry("amount", 0L)
        .containsEntry("note", "Told by telephone");
    assertThat(labelledFor()).isEqualTo("Wien");
    assertThat(shop.bench.sentTo(AdvanceOrder.class)).hasSize(1).allMatch(OrderDue.class::isInstance);
    assertThat(shop.bench.sentTo(RecordEvents.class)).singleElement()
        .isInstanceOfSatisfying(OrderChanged.class,
            it -> assertThat(it.event()).isEqualTo(EventType.ORDER_CHANGED));
  }

  private static Map<String, Object> without(Map<String, Object> body, String... names) {
    var rest = new HashMap<>(body);
    rest.keySet().removeAll(List.of(names));
    return rest;
  }

  @Test
  void theAddressStandsInItsOwnItemAloneAndInNoMessage() {
    change("k", ADDRESS);
    assertThat(shop.bench.sent().toString()).doesNotContain("Nebenstr", "Hopper");
    assertThat(shop.bench.items("orders").stream().filter(it -> it.toString().contains("Nebenstr"))
        .map(it -> it.get("sk").s())).containsExactly("content");
  }

  @Test
  void theStorefrontMayStillSendTheOrderAsItWas() {
    change("k", ADDRESS);
    assertThat(shop.place(Shop.sample()).status()).isIn(200, 201);
    assertThat(shop.place(Shop.set(Shop.sample(), "/shipping_address/city", "Wien")).status()).isEqualTo(422);
    assertThat(labelledFor()).isEqualTo("Wien");
  }

  @Test
  void theMethodIsOneOfTheChannelsAndCostsWhatItCost() {
    Answer answer = change("k", METHOD);
    assertThat(at(answer.body(), "shipping", "method")).isEqualTo("standard");
    assertThat(at(answer.body(), "shipping", "total")).isEqualTo(990L);
    assertThat(change("k2", METHOD).errors()).containsExactly("/shipping/method unchanged");
    assertThat(change("k3", "{\"shipping\": {\"method\": \"rocket\"}}").errors())
        .containsExactly("/shipping/method unknown");
  }

  @Test
  void aDryRunAnswersTheSameAndChangesNothing() {
    Answer dry = change(shop.dynamo, "k", ADDRESS, Map.of("dry_run", "true"), Map.of());
    assertThat(at(dry.body(), "shipping_address", "city")).isEqualTo("Wien");
    assertThat(labelledFor()).isEqualTo("Berlin");
    assertThat(shop.bench.sent()).isEmpty();
  }

  @Test
  void aRepeatedRequestCorrectsOnceAndTheSameKeyWithAnotherAddressIsRefused() {
    change("k", ADDRESS);
    Object revision = order().get("revision");
    assertThat(change("k", ADDRESS).status()).isEqualTo(200);
    assertThat(order()).containsEntry("revision", revision);
    assertThat(change("k", ADDRESS.replace("Wien", "Graz")).body().toString()).contains("idempotency_key_reused");
    assertThat(change("k2", ADDRESS).errors()).containsExactly("/shipping_address unchanged");
    assertThat(change("k3", ADDRESS.replace("Wien", "Graz")).status()).isEqualTo(200);
    assertThat(labelledFor()).isEqualTo("Graz");
  }

  @Test
  void whoHasSeenAnOlderRevisionIsRefused() {
    Answer answer = change(shop.dynamo, "k", ADDRESS, Map.of(), Map.of("if-match", "\"1\""));
    assertThat(answer.status()).isEqualTo(412);
    assertThat(labelledFor()).isEqualTo("Berlin");
  }

  @Test
  void badInputIsRefusedWithItsPlace() {
    assertThat(change("a", "{\"shipping_address\": {\"city\": \"Wien\", \"country\": \"ZZ\", \"colour\": 1}}").errors())
        .containsExactlyInAnyOrder("/shipping_address/line1 required", "/shipping_address/country invalid",
            "/shipping_address/colour unknown");
    assertThat(change("b", "{}").errors()).containsExactly("/lines required");
    assertThat(change("c", "{\"shipping\": {}}").errors()).contains("/shipping/method required");
  }

  @Test
  void linesAndAddressAreChangedTogetherOrNotAtAll() {
    String both = ADDRESS.replaceFirst("\\{", "{\"lines\": [{\"line_id\": \"line_2\", \"quantity\": 0}],");
    assertThat(change("k", both.replace("line_2", "line_9")).status()).isEqualTo(422);
    assertThat(labelledFor()).isEqualTo("Berlin");
    Answer answer = change("k2", both);
    assertThat(answer.body()).containsEntry("price_difference", -1500L);
    assertThat(labelledFor()).isEqualTo("Wien");
  }

  @Test
  void onceItsDispatchIsApprovedTheAddressStays() {
    isPacked();
    Answer answer = change("k", ADDRESS);
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.body()).containsEntry("code", "dispatch_closed");
    assertThat(labelledFor()).isEqualTo("Berlin");
  }

  @Test
  void aCancelledOrderGoesNowhere() {
    shop.cancel(Shop.SAMPLE, "c", "{\"reason\": \"customer\"}", "op", "orders:operate");
    assertThat(change("k", ADDRESS).body()).containsEntry("code", "order_cancelled");
  }

  /** At each call of the request in turn the packer is faster: then it is refused, or was there before and the label is bought for it. */
  @Test
  void ofACorrectionAndADispatchAtOnceOneIsFirstAndTheLabelGoesWhereTheOrderSays() {
    for (int call = 1;; call++) {
      try (var other = new Race(call)) {
        if (!other.met) {
          assertThat(call).isGreaterThan(4);
          return;
        }
      }
    }
  }

  private static final class Race implements AutoCloseable {
    private final CorrectAddressTest test = new CorrectAddressTest();
    private final boolean met;

    Race(int call) {
      test.isPaid();
      test.faults.strike(call, false, () -> {
        test.isPacked();
        return null;
      });
      Answer answer = test.change(test.faults.in(DynamoDbClient.class, test.shop.dynamo), "k", ADDRESS, Map.of(),
          Map.of());
      met = test.faults.calls() >= call;
      test.faults.stop();
      boolean approved = !test.shop.bench.sentTo(BuyLabel.class).isEmpty();
      assertThat(answer.status()).as("call %d: %s", call, answer.body()).isIn(200, 409);
      assertThat(test.labelledFor()).isEqualTo(answer.status() == 200 ? "Wien" : "Berlin");
      assertThat(approved).isEqualTo(met);
    }

    @Override
    public void close() {
      test.close();
    }
  }
}
