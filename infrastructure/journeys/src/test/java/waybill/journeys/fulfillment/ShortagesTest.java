package waybill.journeys.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.journeys.RunningCloud;
import waybill.journeys.Shop;
import waybill.local.providers.Caller.Answer;

/** A packer does not find units that were promised and allocated. */
class ShortagesTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();

  private Shop shop;
  private String leipzig;
  private String kiel;
  private String sku;

  private void open(String name, int inLeipzig, int inKiel) {
    shop = new Shop(CLOUD.get(), name);
    leipzig = shop.location("leipzig");
    kiel = shop.location("kiel");
    sku = shop.product("tea", leipzig, inLeipzig);
    if (inKiel > 0) {
      receive(kiel, inKiel);
    }
  }

  private void receive(String location, int units) {
    shop.warehouse.post("/stock/" + sku + "/adjustments", JsonNodeFactory.instance.objectNode()
        .put("location_id", location).put("quantity", units).put("reason", "received").toString(),
        location + units).expect(201);
    shop.pass(Duration.ofMinutes(2));
  }

  private Answer report(JsonNode fulfillment, int units, String reason) {
    ObjectNode form = JsonNodeFactory.instance.objectNode().put("reason", reason);
    form.putArray("lines").addObject().put("line_id", "line_1").put("quantity", units);
    String id = fulfillment.path("id").asText();
    Answer answer = shop.warehouse.post("/fulfillments/" + id + "/shortages", form.toString(), reason + id);
    shop.rest();
    return answer;
  }

  private Answer release(String order, String resolution) {
    JsonNode hold = shop.operator.get("/orders/" + order).expect(200).json().path("holds").path(0);
    assertThat(hold.path("reason").asText()).isEqualTo("short");
    Answer answer = shop.operator.post("/orders/" + order + "/holds/" + hold.path("id").asText() + "/release",
        JsonNodeFactory.instance.objectNode().put("note", "Decided").put("resolution", resolution).toString(), order);
    shop.rest();
    return answer;
  }

  private List<String> statuses(String order) {
    return Shop.elements(shop.order(order).path("fulfillments")).map(it -> it.path("status").asText()).toList();
  }

  private void packAll(String location) {
    shop.work(location).forEach(it -> shop.pack(it).expect(200));
    shop.rest();
  }

  @Test
  void whatIsNotThereComesFromAnotherLocationAndNothingIsLostOrSoldTwice() {
    open("shortmoved", 8, 3);
    String order = shop.paidOrder("1", sku, 8);

    report(shop.work(leipzig).getFirst(), 3, "not_in_stock").expect(200);
    assertThat(shop.order(order).path("holds")).isEmpty();
    packAll(leipzig);
    packAll(kiel);
    shop.parcels(order).forEach(it -> shop.scan("delivered", it));

    assertThat(shop.order(order).path("status").asText()).isEqualTo("completed");
    assertThat(shop.parcels(order)).hasSize(2);
    assertThat(shop.isFree(sku, 0)).isTrue();
  }

  @Test
  void whatNobodyHasIsWaitedForWhileTheRestLeaves() {
    open("shortwaits", 4, 0);
    String order = shop.paidOrder("1", sku, 4);

    report(shop.work(leipzig).getFirst(), 1, "damaged").expect(200);
    assertThat(shop.stockAt(sku, leipzig).path("damaged").asInt()).isEqualTo(1);
    assertThat(shop.warehouse.get("/fulfillments?status=short").expect(200).text()).contains(order);
    release(order, "send_rest").expect(200);
    packAll(leipzig);
    assertThat(shop.order(order).path("holds")).isEmpty();
    assertThat(statuses(order)).containsExactly("packed", "short");

    receive(kiel, 2);
    packAll(kiel);

    assertThat(shop.parcels(order)).hasSize(2);
    assertThat(shop.isFree(sku, 1)).isTrue();
  }

  @Test
  void allOfItLeavesTogetherIfSomebodyWaitsForWhatNobodyHas() {
    open("shortwhole", 4, 0);
    String order = shop.paidOrder("1", sku, 4);

    report(shop.work(leipzig).getFirst(), 1, "damaged").expect(200);
    release(order, "wait").expect(200);
    shop.work(leipzig).forEach(it -> shop.pack(it).expect(409));
    assertThat(statuses(order)).containsExactly("open", "short");

    receive(kiel, 1);
    packAll(leipzig);
    packAll(kiel);

    assertThat(shop.parcels(order)).hasSize(2);
    assertThat(shop.isFree(sku, 0)).isTrue();
  }

  @Test
  void whatNobodyWillHaveIsCancelledAndRefunded() {
    open("shortcancelled", 4, 0);
    String order = shop.paidOrder("1", sku, 4);

    report(shop.work(leipzig).getFirst(), 1, "mismatch").expect(200);
    assertThat(shop.stockAt(sku, leipzig).path("quarantined").asInt()).isEqualTo(1);
    release(order, "cancel_line").expect(200);
    packAll(leipzig);
    shop.parcels(order).forEach(it -> shop.scan("delivered", it));

    assertThat(shop.refunds("1")).containsExactly("succeeded 1000");
    assertThat(shop.order(order).path("status").asText()).isEqualTo("completed");
    assertThat(shop.isFree(sku, 0)).isTrue();
  }

  @Test
  void anOrderThatIsCancelledWithUnitsThatAreShortKeepsNothing() {
    open("shortended", 4, 0);
    String order = shop.paidOrder("1", sku, 4);
    report(shop.work(leipzig).getFirst(), 4, "not_in_stock").expect(200);

    shop.cancel(order).expect(200);
    shop.rest();
    receive(leipzig, 2);

    assertThat(shop.isFree(sku, 2)).isTrue();
    assertThat(shop.refunds("1")).containsExactly("succeeded 4000");
    assertThat(shop.order(order).path("holds")).isEmpty();
  }

  @Test
  void stockOfAClosedLocationIsNotSoldAndIsAgainOnceItIsOpen() {
    open("closed", 5, 0);
    put(false);
    String refused = shop.paidOrder("1", sku, 1);
    assertThat(shop.order(refused).path("cancel_reason").asText()).isEqualTo("out_of_stock");

    put(true);
    String order = shop.paidOrder("2", sku, 1);
    assertThat(statuses(order)).containsExactly("open");
  }

  @Test
  void workThatWaitsAtALocationThatIsClosedIsPackedElsewhere() {
    open("closedwork", 3, 3);
    String order = shop.paidOrder("1", sku, 2);
    assertThat(shop.work(leipzig).size() + shop.work(kiel).size()).isEqualTo(1);
    boolean atKiel = shop.work(leipzig).isEmpty();
    String closed = atKiel ? kiel : leipzig;
    String other = atKiel ? leipzig : kiel;

    put(closed, "closedwork", false);
    shop.pass(Duration.ofMinutes(2));
    assertThat(shop.work(closed)).isEmpty();
    packAll(other);

    assertThat(statuses(order)).containsExactly("cancelled", "packed");
    assertThat(shop.parcels(order)).hasSize(1);
    JsonNode shelf = shop.stockAt(sku, closed);
    assertThat(shelf.path("on_hand").asInt()).isEqualTo(3);
    assertThat(shelf.path("allocated").asInt()).isZero();
    assertThat(shop.stockAt(sku, other).path("on_hand").asInt()).isEqualTo(1);
    put(closed, "closedwork", true);
    assertThat(shop.isFree(sku, 4)).isTrue();
  }

  private void put(boolean active) {
    put(leipzig, "closed", active);
  }

  private void put(String location, String pool, boolean active) {
    shop.operator.put("/locations/" + location, shop.samples.read("put-location.json").put("stock_pool", pool)
        .put("active", active).toString()).expect(200);
  }
}
