package waybill.journeys.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
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
