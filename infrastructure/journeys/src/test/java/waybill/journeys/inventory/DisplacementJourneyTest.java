package waybill.journeys.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.journeys.RunningCloud;
import waybill.journeys.Shop;

/** A delivery is late. An order that waits for something else anyway lends its units to one whose promise would be broken, and both promises hold. */
class DisplacementJourneyTest {
  private static final String FOURTH = "2031-01-04T09:00:00Z";
  private static final String EIGHTH = "2031-01-08T09:00:00Z";
  private static final String NINTH = "2031-01-09T09:00:00Z";

  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();

  private final Shop shop = new Shop(CLOUD.get(), "displaced");
  private final String leipzig = shop.location("leipzig");
  private final String tea = shop.product("tea", leipzig, 3);
  private final String mug = shop.product("mug", leipzig, 1);

  private void sellAhead(String sku) {
    ObjectNode product = shop.samples.read("put-product.json");
    product.putObject("oversell").put("policy", "backorder").put("limit", 20);
    shop.operator.put("/products/" + sku, product.toString()).expect(200);
  }

  private void expect(String sku, String day, int quantity) {
    ObjectNode form = JsonNodeFactory.instance.objectNode().put("location_id", leipzig).put("expected_at", day);
    form.putArray("lines").addObject().put("sku", sku).put("quantity", quantity);
    shop.warehouse.put("/inbounds/PO-" + sku, form.toString()).expect(200, 201);
    shop.rest();
  }

  private void receive(String sku, int quantity) {
    ObjectNode form = JsonNodeFactory.instance.objectNode();
    form.putArray("lines").addObject().put("sku", sku).put("quantity", quantity);
    shop.warehouse.post("/inbounds/PO-" + sku + "/receipts", form.toString(), sku).expect(201);
    shop.rest();
  }

  /** Two mugs, of which one is there, and four teas, of which three are. */
  private String patient() {
    ObjectNode form = shop.form("patient", mug, 2);
    ObjectNode line = ((ObjectNode) form.path("lines").path(0)).deepCopy();
    form.withArray("lines").add(line.put("sku", tea).put("quantity", 4).put("total", 4000));
    form.put("total", 6000);
    form.withArray("payments").forEach(it -> ((ObjectNode) it).put("amount", 6000));
    String order = shop.place(form);
    shop.pay("patient", 6000);
    shop.rest();
    return order;
  }

  @Test
  void whoWaitsForSomethingElseLendsItsUnitsAndBothPromisesHold() {
    sellAhead(tea);
    sellAhead(mug);
    expect(tea, FOURTH, 10);
    expect(mug, NINTH, 5);
    String patient = patient();
    String hurried = shop.paidOrder("hurried", tea, 2);
    shop.rest();
    assertThat(quantities(patient, 1)).containsExactly(3, 1);
    assertThat(quantities(hurried, 0)).containsExactly(0, 2);
    assertThat(shop.order(hurried).at("/lines/0/promised_at").asText()).startsWith("2031-01-04");

    expect(tea, EIGHTH, 10);

    assertThat(shop.order(hurried).path("stock_status").asText()).isEqualTo("reserved");
    assertThat(quantities(hurried, 0)).containsExactly(2, 0);
    assertThat(quantities(patient, 1)).as("it has lent two").containsExactly(1, 3);
    assertThat(shop.order(patient).at("/lines/1/promises/0/promised_at").asText()).startsWith("2031-01-08");
    assertThat(shop.order(patient).at("/lines/0/promises/0/promised_at").asText()).startsWith("2031-01-09");
    assertThat(moves("patient")).as("its day has not moved").isEqualTo(moves("hurried")).isEqualTo(1);

    shop.work(leipzig).forEach(it -> shop.pack(it).expect(200));
    shop.rest();
    assertThat(shop.order(hurried).path("delivery_status").asText()).isEqualTo("shipped");
    receive(tea, 3);
    receive(mug, 1);
    assertThat(shop.order(patient).path("stock_status").asText()).isEqualTo("reserved");
    shop.work(leipzig).forEach(it -> shop.pack(it).expect(200));
    shop.rest();
    assertThat(shop.order(patient).path("delivery_status").asText()).isEqualTo("shipped");
    assertThat(shop.stock(tea).at("/pools/0/backordered").asInt()).isZero();
    assertThat(shop.deadLetters()).isEmpty();
  }

  /** How often its customer heard that it waits. */
  private long moves(String reference) {
    return shop.subjects(reference).stream().filter(it -> it.contains("wartet auf Ware")).count();
  }

  private java.util.List<Integer> quantities(String order, int line) {
    JsonNode quantities = shop.order(order).path("lines").path(line).path("quantities");
    return java.util.List.of(quantities.path("reserved").asInt(), quantities.path("backordered").asInt());
  }
}
