package waybill.journeys.options;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.journeys.RunningCloud;
import waybill.journeys.Shop;

/** A customer chooses among what their checkout is offered, and is promised that. */
class DeliveryOptionsTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();

  private Shop shop;
  private String tea;
  private String leipzig;

  private void open(String name) {
    shop = new Shop(CLOUD.get(), name);
    leipzig = shop.location("leipzig");
    tea = shop.product("tea", leipzig, 5);
    ObjectNode channel = shop.samples.read("put-channel.json").put("stock_pool", name);
    JsonNode express = channel.path("shipping_methods").path(1);
    ((ObjectNode) express).put("service", "Express-12").putObject("carrier_account").put("carrier", "table_rate")
        .put("account", "built-in");
    shop.operator.put("/channels/" + name, channel.toString()).expect(200);
    shop.operator.put("/calendars/" + name, shop.samples.read("put-calendar.json").toString()).expect(201);
    shop.operator.get("/calendars/" + name).expect(200);
  }

  private JsonNode ask(String name, int quantity) {
    ObjectNode request = shop.samples.read("quote-delivery.json").put("channel", name);
    request.putArray("lines").addObject().put("sku", tea).put("quantity", quantity);
    return shop.storefront.post("/delivery-options", request.toString(), "ask").expect(200).json();
  }

  /** The form of an order that chooses an option, paid for with its shipping. */
  private ObjectNode choosing(String reference, JsonNode option) {
    ObjectNode form = shop.form(reference, tea, 2).put("delivery_option_id", option.path("id").asText())
        .put("total", 2990);
    form.putObject("shipping").put("method", option.path("method").asText()).put("price", option.path("price").asInt())
        .put("total", option.path("price").asInt());
    ((ObjectNode) form.path("payments").path(0)).put("amount", 2990);
    return form;
  }

  @Test
  void whatIsChosenIsPromisedBoughtAndKept() {
    open("options");
    JsonNode offered = ask("options", 2);
    JsonNode express = offered.path("data").path(1);
    assertThat(express.path("method").asText()).isEqualTo("express");
    assertThat(express.path("service").asText()).isEqualTo("Express-12");

    ObjectNode form = choosing("mine", express);
    String order = shop.place(form);
    shop.pay("mine", 2990);
    shop.rest();
    assertThat(shop.mails("mine").getFirst().toString()).contains("Voraussichtliche Zustellung");
    JsonNode promise = shop.order(order).path("promises").path(0);
    assertThat(promise.path("latest_at")).isEqualTo(express.path("latest_at"));
    assertThat(promise.path("moved_by").isNull()).isTrue();

    shop.pack(shop.work(leipzig).getFirst()).expect(200);
    shop.rest();
    JsonNode parcel = shop.parcels(order).getFirst();
    assertThat(parcel.path("service").asText()).as("what the customer paid for").isEqualTo("Express-12");
    shop.scan("in-transit", parcel);
    shop.scan("out-for-delivery", parcel);
    shop.scan("delivered", parcel);

    promise = shop.order(order).path("promises").path(0);
    assertThat(promise.path("lines").path(0).path("quantity").asInt()).isEqualTo(2);
    assertThat(promise.path("delivered_at").isNull()).isFalse();
    assertThat(promise.path("kept").asBoolean()).isTrue();
    JsonNode lane = Shop.elements(shop.operator.get("/lanes?limit=100").expect(200).json().path("data"))
        .filter(it -> it.path("location_id").asText().equals(leipzig) && it.path("postal_prefix").asText().isEmpty())
        .findFirst().orElseThrow();
    assertThat(lane.path("method").asText()).isEqualTo("express");
    assertThat(lane.path("parcels").asInt()).isEqualTo(1);
    assertThat(lane.path("kept").asInt()).isEqualTo(1);
    assertThat(shop.storefront.post("/orders", form.toString()).expect(200).json().path("id").asText())
        .isEqualTo(order);
  }

  /** Two lots are good when the parcel leaves; only one of them is good for long enough once the customer has it. */
  @Test
  void whatIsTooOldOnThePromisedDayStaysOnItsShelf() {
    open("arrival");
    JsonNode express = ask("arrival", 2).path("data").path(1);
    LocalDate promised = LocalDate
        .ofInstant(Instant.parse(express.path("latest_at").asText()).minusMillis(1), ZoneId.of("Europe/Berlin"));
    tea = "ARRIVAL-CREAM";
    shop.operator.put("/products/" + tea,
        """
            {"name":"Cream","weight_grams":200,"length_mm":90,"width_mm":60,"height_mm":60,"lot_tracked":true,"expires":true,"minimum_life_days":14}""")
        .expect(201);
    for (int lot = 0; lot < 2; lot++) {
      shop.warehouse.post("/stock/" + tea + "/adjustments",
          "{\"location_id\":\"%s\",\"quantity\":5,\"reason\":\"received\",\"lot\":\"%d\",\"expires_on\":\"%s\"}"
              .formatted(leipzig, lot, promised.plusDays(13 + lot)),
          "lot " + lot).expect(201);
    }
    shop.place(choosing("cream", ask("arrival", 2).path("data").path(1)));
    shop.pay("cream", 2990);
    shop.rest();

    JsonNode work = shop.work(leipzig).getFirst();
    assertThat(work.path("lots")).hasSize(1);
    assertThat(work.at("/lots/0/lot").asText()).isEqualTo("1");
    assertThat(shop.warehouse.post("/fulfillments/%s/lot-swaps".formatted(work.path("id").asText()),
        "{\"line_id\":\"%s\",\"from\":\"1\",\"to\":\"0\",\"quantity\":1}"
            .formatted(work.at("/lines/0/line_id").asText()),
        "older").expect(422).json().at("/errors/0/code").asText()).isEqualTo("minimum_life");
    assertThat(shop.deadLetters()).isEmpty();
  }

  @Test
  void whatWasOfferedForSomethingElseIsRefused() {
    open("otheroptions");
    JsonNode express = ask("otheroptions", 1).path("data").path(1);

    JsonNode refused = shop.storefront.post("/orders", choosing("mine", express).toString()).expect(422).json();

    assertThat(refused.at("/errors/0/pointer").asText()).isEqualTo("/lines");
    assertThat(refused.at("/errors/0/code").asText()).isEqualTo("not_as_offered");
    assertThat(ask("otheroptions", 9).at("/problems/0/code").asText()).isEqualTo("sold_out");
  }
}
