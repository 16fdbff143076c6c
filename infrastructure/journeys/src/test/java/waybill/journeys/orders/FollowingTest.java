package waybill.journeys.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.journeys.RunningCloud;
import waybill.journeys.Shop;

/** A storefront that follows its orders. */
class FollowingTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();

  @Test
  void aStorefrontFollowsItsOrderFromAnyPlaceInTheFeed() {
    var shop = new Shop(CLOUD.get(), "followed");
    String start = end(shop, "0-0");
    String location = shop.location("leipzig");
    String sku = shop.product("tea", location, 5);

    String order = shop.paidOrder("1", sku, 2);
    List<JsonNode> events = events(shop, start, order);
    assertThat(types(events)).containsExactly("order.placed", "order.confirmed");
    assertThat(events).allSatisfy(it -> assertThat(it.path("revision").asInt())
        .isBetween(1, shop.order(order).path("revision").asInt()));

    String middle = end(shop, start);
    shop.pack(shop.work(location).getFirst()).expect(200);
    shop.rest();
    JsonNode parcel = shop.parcels(order).getFirst();
    shop.scan("in-transit", parcel);
    shop.scan("out-for-delivery", parcel);
    shop.scan("delivered", parcel);
    shop.rest();
    assertThat(types(events(shop, middle, order))).containsExactly("parcel.shipped", "parcel.out_for_delivery",
        "order.delivered");
    assertThat(types(events(shop, start, order))).hasSize(5);
  }

  @Test
  void aReceiverOfWebhooksIsSentWhatItMissedAndCanHaveItAgain() throws Exception {
    var shop = new Shop(CLOUD.get(), "hookedonce");
    String sku = shop.product("tea", shop.location("leipzig"), 5);
    try (var receiver = new WebhookReceiver()) {
      String secret = shop.operator.put("/webhook-endpoints/hooked", "{\"url\":\"%s\"}".formatted(receiver.url()))
          .expect(201).json().path("secret").asText();
      shop.operator.get("/webhook-endpoints/hooked").expect(200);
      Instant begun = CLOUD.get().clock().instant();

      receiver.answer(500);
      String order = shop.paidOrder("1", sku, 1);
      receiver.awaitTries(order, 2);
      receiver.answer(204);
      CLOUD.get().clock().advance(Duration.ofSeconds(6));
      shop.operator.post("/local/schedules/ResendDeliveries", "").expect(200);
      shop.rest();
      assertThat(receiver.types(order)).containsExactlyInAnyOrder("order.placed", "order.confirmed");
      assertThat(receiver.verifiedBy(secret)).as("by nobody else's code").isTrue();
      assertThat(receiver.bodiesOfOneId()).as("the same body on every try").allMatch(it -> it == 1);

      String next = shop.operator.post("/webhook-endpoints/hooked/secret", "{}", "rotate").expect(200).json()
          .path("secret").asText();
      receiver.forget();
      String range = "{\"from\":\"%s\",\"to\":\"%s\"}".formatted(begun, CLOUD.get().clock().instant().plusSeconds(1));
      shop.operator.post("/webhook-endpoints/hooked/redeliveries", range, "again").expect(202);
      shop.rest();
      assertThat(receiver.types(order)).containsExactlyInAnyOrder("order.placed", "order.confirmed");
      assertThat(receiver.verifiedBy(secret) && receiver.verifiedBy(next)).as("both sign").isTrue();
      assertThat(shop.operator.get("/webhook-endpoints/hooked/deliveries?limit=100").expect(200).json().path("data"))
          .hasSizeGreaterThanOrEqualTo(4);
      shop.operator.send("DELETE", "/webhook-endpoints/hooked", "", Map.of()).expect(200);
    }
  }

  private static List<String> types(List<JsonNode> events) {
    return events.stream().map(it -> it.path("type").asText()).toList();
  }

  /** What the feed says about an order behind a cursor. */
  private static List<JsonNode> events(Shop shop, String after, String order) {
    var events = new ArrayList<JsonNode>();
    JsonNode page = page(shop, after);
    while (!page.path("data").isEmpty()) {
      page.path("data").forEach(events::add);
      page = page(shop, page.path("next_cursor").asText());
    }
    return events.stream().filter(it -> it.path("order_id").asText().equals(order)).toList();
  }

  private static String end(Shop shop, String after) {
    JsonNode page = page(shop, after);
    while (!page.path("data").isEmpty()) {
      page = page(shop, page.path("next_cursor").asText());
    }
    return page.path("next_cursor").asText();
  }

  private static JsonNode page(Shop shop, String after) {
    return shop.storefront.get("/events?limit=100&after=" + after).expect(200).json();
  }
}
