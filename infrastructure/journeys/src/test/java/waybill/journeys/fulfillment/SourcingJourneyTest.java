package waybill.journeys.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.journeys.RunningCloud;
import waybill.journeys.Shop;

/** From where an order ships, by what that costs, and what its fulfillment says of it. */
class SourcingJourneyTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();

  private final Shop shop = new Shop(CLOUD.get(), "sourcing");
  private final String leipzig = shop.location("leipzig");
  private final String kiel = shop.location("kiel");
  private final String bern = shop.location("bern");
  private final String sku = shop.product("tea", leipzig, 9);

  private void rules(int fromLeipzig, int fromKiel) {
    ObjectNode rules = JsonNodeFactory.instance.objectNode().put("currency", "EUR").put("extra_parcel_cost", 120);
    ArrayNode places = rules.putArray("locations");
    place(places, leipzig, "DE", fromLeipzig, 2, 0);
    place(places, kiel, "DE", fromKiel - 100, 1, 100);
    place(places, bern, "CH", 100, 1, 0);
    shop.operator.put("/sourcing-rules/sourcing", rules.toString()).expect(200, 201);
    assertThat(shop.operator.get("/sourcing-rules/sourcing").expect(200).json().path("locations")).isEqualTo(places);
  }

  private static void place(ArrayNode places, String location, String country, int cost, int days,
      int duty) {
    ObjectNode reach = places.addObject().put("location_id", location).put("keep_back", 0).putArray("ships_to")
        .addObject();
    reach.putArray("countries").add(country);
    reach.putArray("postal_prefixes");
    reach.put("parcel_cost", cost).put("days", days).put("duty_per_tariff_number", duty);
  }

  private void receive(String location) {
    shop.warehouse.post("/stock/" + sku + "/adjustments", JsonNodeFactory.instance.objectNode()
        .put("location_id", location).put("quantity", 9).put("reason", "received").toString(), location).expect(201);
  }

  private JsonNode fulfillment(String reference) {
    String order = shop.paidOrder(reference, sku, 1);
    for (String location : List.of(leipzig, kiel, bern)) {
      for (JsonNode it : shop.work(location)) {
        if (it.path("order_id").asText().equals(order)) {
          return shop.warehouse.get("/fulfillments/" + it.path("id").asText()).expect(200).json();
        }
      }
    }
    throw new AssertionError("nobody ships " + reference);
  }

  private static List<String> reasons(JsonNode fulfillment) {
    var reasons = new ArrayList<String>();
    fulfillment.at("/sourcing/locations").forEach(
        it -> reasons.add(it.path("location_id").asText().substring(9) + " " + it.path("reason").asText()));
    return reasons;
  }

  @Test
  void theCheaperLocationShipsAndEachSaysWhy() {
    receive(kiel);
    receive(bern);
    rules(390, 590);
    JsonNode cheap = fulfillment("1");
    assertThat(cheap.path("location_id").asText()).isEqualTo(leipzig);
    assertThat(cheap.at("/sourcing/cost").asLong()).isEqualTo(390);
    assertThat(reasons(cheap)).hasSize(3).element(0).isEqualTo("bern Ships nothing to where the order goes.");
    assertThat(reasons(cheap)).element(1).asString().as("at a weekend it is closed, too")
        .startsWith("kiel With it the parcels would cost €2.00 more.");
    assertThat(reasons(cheap)).element(2).asString().startsWith("leipzig Ships all of it for €3.90, there on ");

    rules(590, 390);
    assertThat(fulfillment("2").path("location_id").asText()).as("the rules are others now").isEqualTo(kiel);

    ObjectNode asked = shop.samples.read("quote-delivery.json").put("channel", "sourcing");
    asked.putArray("lines").addObject().put("sku", sku).put("quantity", 1);
    assertThat(shop.storefront.post("/delivery-options", asked.toString(), "ask").expect(200).json().path("data"))
        .as("what is offered follows from the same rules").isNotEmpty();
  }
}
