package waybill.local.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import waybill.local.Caller.Answer;

/** One order on its way, leg by leg, with callers that ask again when the answer is a failure. */
final class Traveller {
  private static final int STOCK = 3;
  private static final int MOST_ATTEMPTS = 3;

  /** In the order in which an order goes them. */
  enum Leg {
    SET_UP, PLACED, PAID, PACKED, IN_TRANSIT, OUT_FOR_DELIVERY, DELIVERED, LOOKED_AT;

    String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private final Shop shop;
  private final String location;
  private final String reference;
  private final String sku;
  private String order;

  Traveller(Shop shop, String location, int number) {
    this.shop = shop;
    this.location = location;
    this.reference = "t" + number;
    this.sku = "CRASH-" + number;
  }

  void travel(Leg leg) {
    switch (leg) {
      case SET_UP -> setUp();
      case PLACED ->
        order = again(() -> shop.storefront.post("/orders", shop.form(reference, sku, 1).toString())).json()
            .path("id").asText();
      case PAID -> again(() -> shop.providers
          .stripe(shop.paymentEvent("stripe-payment-intent-succeeded.json", reference, 1000)));
      case PACKED -> {
        JsonNode work = json("/fulfillments/" + fulfillment().path("id").asText());
        again(() -> shop.pack(work));
      }
      case IN_TRANSIT, OUT_FOR_DELIVERY, DELIVERED -> {
        String event = shop.trackingEvent(leg.text(), fulfillment().path("parcels").path(0));
        again(() -> shop.providers.easyPost(event));
      }
      case LOOKED_AT -> lookAt();
    }
  }

  /** The same request again, as any caller does after a failure that is not theirs. */
  private static Answer again(Supplier<Answer> request) {
    Answer answer = request.get();
    for (int attempts = 1; answer.status() >= 500 && attempts < MOST_ATTEMPTS; attempts++) {
      answer = request.get();
    }
    return answer.expect(200, 201);
  }

  private JsonNode json(String path) {
    return again(() -> shop.operator.get(path)).json();
  }

  private JsonNode fulfillment() {
    JsonNode fulfillments = json("/orders/" + order).path("fulfillments");
    assertThat(fulfillments).as(reference).hasSize(1);
    return fulfillments.path(0);
  }

  private void setUp() {
    String channel = shop.samples.read("put-channel.json").put("stock_pool", "crash").toString();
    again(() -> shop.operator.put("/channels/crash", channel));
    String place = shop.samples.read("put-location.json").put("stock_pool", "crash").toString();
    again(() -> shop.operator.put("/locations/" + location, place));
    again(() -> shop.operator.put("/products/" + sku, shop.samples.read("put-product.json").toString()));
    String delivery = shop.samples.read("adjust-stock.json").put("location_id", location).put("quantity", STOCK)
        .toString();
    again(() -> shop.warehouse.post("/stock/" + sku + "/adjustments", delivery, "first-" + sku));
  }

  private void lookAt() {
    for (String path : List.of("/products/" + sku, "/products", "/channels/crash", "/locations", "/orders/" + order,
        "/orders?customer_id=c-crash-" + reference, "/fulfillments?location_id=" + location, "/stock/" + sku)) {
      json(path);
    }
  }

  void rest() {
    shop.rest();
  }

  /** Makes every failed message visible again. @return how many there were */
  int retryAll() {
    return Shop.elements(shop.operator.get("/local/queues").expect(200).json().path("data"))
        .filter(it -> !it.has("messages")).map(it -> it.path("name").asText())
        .mapToInt(shop.cloud::retry).sum();
  }

  /** Completed, with one label, and every counter exact. @param mails at least so many of the four */
  void assertArrived(int mails) {
    JsonNode arrived = shop.order(order);
    assertThat(arrived.path("status").asText()).as("status").isEqualTo("completed");
    assertThat(arrived.path("delivery_status").asText()).isEqualTo("delivered");
    assertThat(shop.parcels(order)).as("parcels").hasSize(1);
    JsonNode stock = shop.stock(sku);
    assertThat(stock.path("pools").path(0).path("available").asInt()).as("available").isEqualTo(STOCK - 1);
    assertThat(stock.path("pools").path(0).path("reserved").asInt(-1)).as("reserved").isZero();
    assertThat(stock.path("locations").path(0).path("on_hand").asInt()).as("on hand").isEqualTo(STOCK - 1);
    assertThat(stock.path("locations").path(0).path("allocated").asInt(-1)).as("allocated").isZero();
    assertThat(shop.subjects(reference)).doesNotHaveDuplicates().hasSizeBetween(mails, 4);
  }
}
