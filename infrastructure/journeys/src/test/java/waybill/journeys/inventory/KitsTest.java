package waybill.journeys.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.journeys.RunningCloud;
import waybill.journeys.Shop;
import waybill.local.providers.Caller.Answer;

/** Tea sets, each packed out of a pot and two cups, a pot at the price of three cups. */
class KitsTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();

  private Shop shop;
  private String leipzig;
  private String kiel;
  private String pot;
  private String cup;
  private String set;
  private String channel;

  private void open(String name, int pots, int cups) {
    shop = new Shop(CLOUD.get(), name);
    channel = name;
    leipzig = shop.location("leipzig");
    kiel = shop.location("kiel");
    pot = shop.product("pot", leipzig, pots);
    cup = shop.product("cup", leipzig, cups);
    set = "SET-" + name.toUpperCase(java.util.Locale.ROOT);
    put(1, 2).expect(201);
  }

  private Answer put(int pots, int cups) {
    ObjectNode kit = shop.samples.read("put-kit.json").put("name", "Tea set");
    ArrayNode components = kit.putArray("components");
    components.addObject().put("sku", pot).put("quantity", pots).put("price_weight", 600);
    components.addObject().put("sku", cup).put("quantity", cups).put("price_weight", 200);
    return shop.operator.put("/products/" + set, kit.toString());
  }

  private int available() {
    return shop.storefront.get("/availability?channel=" + channel + "&sku=" + set).expect(200).json()
        .at("/data/0/available").asInt();
  }

  private Answer lines(String path, String key, String line, int quantity) {
    ObjectNode form = JsonNodeFactory.instance.objectNode();
    form.putArray("lines").addObject().put("line_id", line).put("quantity", quantity);
    Answer answer = shop.operator.post(path, form.toString(), key);
    shop.rest();
    return answer;
  }

  private static List<String> packed(JsonNode fulfillment) {
    return Shop.elements(fulfillment.path("lines"))
        .map(it -> it.path("line_id").asText() + " " + it.path("quantity").asInt()).toList();
  }

  private void packAll(String location) {
    shop.work(location).forEach(it -> shop.pack(it).expect(200));
    shop.rest();
  }

  @Test
  void aKitIsSoldPackedOutOfWhatItWasDeliveredAndRefundedByItsParts() {
    open("kitsold", 5, 5);
    assertThat(available()).as("five cups").isEqualTo(2);
    String order = shop.paidOrder("1", set, 2);
    assertThat(available()).isZero();
    assertThat(shop.stock(cup).at("/pools/0/reserved").asInt()).isEqualTo(4);
    put(3, 1).expect(200);

    JsonNode work = shop.work(leipzig).getFirst();
    assertThat(packed(work)).containsExactly("line_1_1 2", "line_1_2 4");
    shop.pack(work).expect(200);
    shop.rest();
    shop.parcels(order).forEach(it -> shop.scan("delivered", it));

    JsonNode delivered = shop.order(order);
    assertThat(delivered.path("status").asText()).isEqualTo("completed");
    assertThat(delivered.at("/lines/0/sku").asText()).isEqualTo(set);
    assertThat(delivered.at("/lines/0/quantities/delivered").asInt()).isEqualTo(2);
    assertThat(delivered.at("/fulfillments/0/parcels/0/lines/0/quantity").asInt()).isEqualTo(2);
    assertThat(shop.mails("1")).as("the parcel's contents")
        .anySatisfy(it -> assertThat(it.text()).contains("Tee: Assam 200 g"));
    String page = java.net.URI.create(delivered.at("/links/tracking_url").asText()).getPath();
    assertThat(shop.storefront.send("GET", page, "", Map.of("accept", "application/json")).expect(200).text())
        .contains("\"name\":\"Tee: Assam 200 g\",\"quantity\":4");
    assertThat(shop.operator.get("/orders?sku=" + cup).expect(200).text()).as("it can be recalled").contains(order);
    assertThat(shop.isFree(pot, 3)).isTrue();
    assertThat(shop.isFree(cup, 1)).isTrue();

    lines("/orders/" + order + "/refunds", "cup", "line_1_2", 1).expect(200);
    lines("/orders/" + order + "/refunds", "pots", "line_1_1", 2).expect(200);
    lines("/orders/" + order + "/refunds", "cups", "line_1_2", 3).expect(200);
    assertThat(shop.refunds("1")).containsExactlyInAnyOrder("succeeded 200", "succeeded 1200", "succeeded 600");
  }

  @Test
  void allComponentsAreReservedOrNone() {
    open("kitnone", 5, 3);
    String refused = shop.paidOrder("1", set, 2);
    assertThat(shop.order(refused).path("cancel_reason").asText()).isEqualTo("out_of_stock");
    assertThat(shop.isFree(pot, 5)).isTrue();
    assertThat(shop.isFree(cup, 3)).isTrue();
    assertThat(shop.refunds("1")).containsExactly("succeeded 2000");
  }

  @Test
  void aKitIsCancelledWithAllOfItsComponents() {
    open("kitless", 3, 6);
    String order = shop.paidOrder("1", set, 3);
    lines("/orders/" + order + "/cancellation", "one", "line_1", 1).expect(200);
    assertThat(packed(shop.work(leipzig).getFirst())).containsExactly("line_1_1 2", "line_1_2 4");
    assertThat(shop.isFree(pot, 0)).isFalse();
    assertThat(shop.stock(cup).at("/pools/0/available").asInt()).isEqualTo(2);
    assertThat(available()).isEqualTo(1);
    lines("/orders/" + order + "/changes", "more", "line_1", 3).expect(200);
    assertThat(packed(shop.work(leipzig).getFirst()).size() + shop.work(leipzig).size()).isGreaterThan(2);
    shop.cancel(order).expect(200);
    shop.rest();
    assertThat(shop.isFree(pot, 3)).isTrue();
    assertThat(shop.isFree(cup, 6)).isTrue();
    assertThat(available()).isEqualTo(3);
  }

  @Test
  void aComponentThatNobodyHasIsDecidedAboutWithItsKit() {
    open("kitshort", 2, 4);
    String order = shop.paidOrder("1", set, 2);
    ObjectNode shortage = JsonNodeFactory.instance.objectNode().put("reason", "damaged");
    shortage.putArray("lines").addObject().put("line_id", "line_1_2").put("quantity", 1);
    shop.warehouse.post("/fulfillments/" + shop.work(leipzig).getFirst().path("id").asText() + "/shortages",
        shortage.toString(), "short").expect(200);
    shop.rest();
    JsonNode held = shop.order(order);
    assertThat(held.at("/lines/0/quantities/allocated").asInt()).isEqualTo(1);
    assertThat(held.at("/lines/0/quantities/backordered").asInt()).isEqualTo(1);

    shop.operator.post("/orders/" + order + "/holds/" + held.at("/holds/0/id").asText() + "/release",
        "{\"note\": \"Broken\", \"resolution\": \"cancel_line\"}", "decided").expect(200);
    shop.rest();
    assertThat(packed(shop.work(leipzig).getFirst())).containsExactly("line_1_1 1", "line_1_2 2");
    packAll(leipzig);
    shop.parcels(order).forEach(it -> shop.scan("delivered", it));
    assertThat(shop.order(order).path("status").asText()).isEqualTo("completed");
    assertThat(shop.refunds("1")).containsExactly("succeeded 1000");
    assertThat(shop.isFree(pot, 1)).isTrue();
    assertThat(shop.isFree(cup, 1)).isTrue();
  }

  @Test
  void aComponentThatIsMissingAfterTheRestHasLeftIsRefundedAlone() {
    open("kitgone", 1, 2);
    String order = shop.paidOrder("1", set, 1);
    ObjectNode shortage = JsonNodeFactory.instance.objectNode().put("reason", "not_in_stock");
    shortage.putArray("lines").addObject().put("line_id", "line_1_2").put("quantity", 1);
    shop.warehouse.post("/fulfillments/" + shop.work(leipzig).getFirst().path("id").asText() + "/shortages",
        shortage.toString(), "short").expect(200);
    shop.rest();
    packAll(leipzig);
    shop.parcels(order).forEach(it -> shop.scan("delivered", it));
    JsonNode held = shop.order(order);
    assertThat(held.path("status").asText()).isEqualTo("open");

    shop.operator.post("/orders/" + order + "/holds/" + held.at("/holds/0/id").asText() + "/release",
        "{\"note\": \"Broken\", \"resolution\": \"cancel_line\"}", "decided").expect(200);
    shop.rest();
    assertThat(shop.refunds("1")).containsExactly("succeeded 200");
    JsonNode completed = shop.order(order);
    assertThat(completed.path("status").asText()).isEqualTo("completed");
    assertThat(completed.path("holds")).isEmpty();
    assertThat(completed.at("/totals/total").asInt()).isEqualTo(800);
    assertThat(shop.isFree(pot, 0)).isTrue();
    assertThat(shop.isFree(cup, 0)).isTrue();
  }

  @Test
  void whatOneLocationDoesNotHaveOfAKitComesFromAnother() {
    open("kitapart", 2, 0);
    shop.warehouse.post("/stock/" + cup + "/adjustments", JsonNodeFactory.instance.objectNode()
        .put("location_id", kiel).put("quantity", 4).put("reason", "received").toString(), "kiel").expect(201);
    assertThat(available()).isEqualTo(2);
    String order = shop.paidOrder("1", set, 2);
    packAll(leipzig);
    assertThat(shop.order(order).at("/lines/0/quantities/shipped").asInt()).as("no whole set").isZero();
    packAll(kiel);
    assertThat(shop.order(order).at("/lines/0/quantities/shipped").asInt()).isEqualTo(2);
    shop.parcels(order).forEach(it -> shop.scan("delivered", it));
    assertThat(shop.order(order).path("status").asText()).isEqualTo("completed");
  }

  @Test
  void aCheckoutKeepsAKitForItsOrder() {
    open("kitkept", 2, 4);
    JsonNode kept = shop.storefront.post("/reservations",
        "{\"channel\":\"%s\",\"items\":[{\"sku\":\"%s\",\"quantity\":2}],\"minutes\":10}".formatted(channel, set),
        "cart")
        .expect(201).json();
    assertThat(available()).isZero();
    assertThat(shop.order(shop.paidOrder("late", cup, 1)).path("cancel_reason").asText()).isEqualTo("out_of_stock");
    String mine = shop.place(shop.form("mine", set, 2).put("reservation_id", kept.path("id").asText()));
    shop.rest();
    assertThat(shop.order(mine).path("stock_status").asText()).isEqualTo("reserved");
    assertThat(shop.stock(cup).at("/pools/0/reserved").asInt()).isEqualTo(4);
  }
}
