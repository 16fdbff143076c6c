package waybill.journeys.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.journeys.RunningCloud;
import waybill.journeys.Shop;

/** An operator is on the phone with a customer, and looks for the order. */
class FindingTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();

  @Test
  void anOrderIsFoundByWhatItsCustomerNamesWhateverBecomesOfIt() {
    var shop = new Shop(CLOUD.get(), "finding");
    String location = shop.location("leipzig");
    String sku = shop.product("tea", location, 9);
    ObjectNode form = shop.form("1", sku, 1);
    ((ObjectNode) form.path("customer")).put("name", "Jürgen Groß").put("phone", "0341 7700123");
    form.put("number", "F-77");
    String order = shop.place(form);
    assertThat(find(shop, "reference=1&channel=finding")).as("at once").containsExactly(order);
    shop.pay("1", 1000);
    shop.rest();
    shop.pack(shop.work(location).getFirst()).expect(200);
    shop.rest();
    String other = shop.paidOrder("2", sku, 1);
    JsonNode parcel = shop.order(order).at("/fulfillments/0/parcels/0");

    for (String query : List.of("number=f-77", "email=FINDING-1@example.com", "phone=" + text("+49 341 7700 123"),
        "phone=03417700123", "name=juergen", "name=" + text("GROSS Jürgen"),
        "tracking_number=" + parcel.path("tracking_number").asText().toLowerCase(java.util.Locale.ROOT),
        "customer_id=c-finding-1&channel=finding", "channel=finding&awaiting=delivery",
        "sku=" + sku + "&awaiting=delivery", "channel=finding&status=open&name=gross&sku=" + sku)) {
      assertThat(find(shop, query)).as(query).containsExactly(order);
    }
    assertThat(find(shop, "sku=" + sku)).containsExactly(other, order);
    assertThat(find(shop, "channel=finding&limit=100")).containsExactly(other, order);
    assertThat(find(shop, "channel=finding&status=cancelled")).isEmpty();
    assertThat(find(shop, "tag=vip&channel=finding")).containsExactly(other, order);

    shop.cancel(other).expect(200);
    shop.rest();
    assertThat(find(shop, "channel=finding&status=cancelled")).containsExactly(other);
    shop.storefront.get("/orders?email=finding-1@example.com").expect(422);
    assertThat(shop.customer("c-finding-2").get("/orders").expect(200).text()).contains(other).doesNotContain(order);
    shop.customer("c-finding-2").get("/orders?name=gross").expect(422);
  }

  @Test
  void anOrderIsFoundByWhatAChangeAddedToIt() {
    var shop = new Shop(CLOUD.get(), "addition");
    String location = shop.location("leipzig");
    String order = shop.paidOrder("1", shop.product("tea", location, 9), 1);
    String cup = shop.product("cup", location, 9);
    shop.operator.post("/orders/" + order + "/changes",
        "{\"lines\": [{\"sku\": \"%s\", \"quantity\": 1, \"unit_price\": 0, \"total\": 0}], \"note\": \"A gift\"}"
            .formatted(cup),
        "gift")
        .expect(200);
    shop.rest();
    assertThat(find(shop, "sku=" + cup)).containsExactly(order);
    assertThat(find(shop, "email=addition-1@example.com&sku=" + cup)).containsExactly(order);
    shop.operator.post("/orders/" + order + "/mails", "{\"kind\": \"confirmed\"}", "lost").expect(202);
    shop.rest();
    shop.operator.get("/orders/" + order + "/mails").expect(200);
  }

  @Test
  void aMailThatACustomerLostIsSentAgain() {
    var shop = new Shop(CLOUD.get(), "resending");
    String order = shop.paidOrder("1", shop.product("tea", shop.location("leipzig"), 9), 1);
    assertThat(shop.mails("1")).hasSize(1);
    shop.operator.post("/orders/" + order + "/mails", "{\"kind\": \"confirmed\"}", "lost").expect(202);
    shop.operator.post("/orders/" + order + "/mails", "{\"kind\": \"confirmed\"}", "lost").expect(202);
    shop.rest();
    assertThat(shop.mails("1")).hasSize(2);
    assertThat(shop.operator.post("/orders/" + order + "/mails", "{\"kind\": \"delivered\"}", "x").expect(409).text())
        .contains("mail_not_due");
    shop.storefront.post("/orders/" + order + "/mails", "{\"kind\": \"confirmed\"}", "y").expect(403);
  }

  @Test
  void whatOperatorsNoteAndTagIsTheirsAndFindsTheOrder() {
    var shop = new Shop(CLOUD.get(), "noting");
    String order = shop.paidOrder("1", shop.product("tea", shop.location("leipzig"), 9), 1);
    shop.operator.post("/orders/" + order + "/notes", "{\"text\": \"Called\"}", "called").expect(200);
    shop.operator.put("/orders/" + order + "/tags", "{\"tags\": [\"noting-late\"]}").expect(200);
    shop.rest();
    assertThat(find(shop, "tag=Noting-LATE")).containsExactly(order);
    assertThat(shop.operator.get("/orders/" + order).expect(200).text()).contains("Called", "noting-late");
    assertThat(shop.customer("c-noting-1").get("/orders/" + order).expect(200).text()).doesNotContain("Called",
        "noting-late");
    String history = shop.operator.get("/orders/" + order + "/history?limit=100").expect(200).text();
    assertThat(history).contains("order.confirmed", "payment.captured", "mail.sent", "note.added", "tags.changed")
        .doesNotContain("Ada", "example.com");
    shop.storefront.get("/orders/" + order + "/history").expect(403);
    shop.customer("c-noting-1").get("/orders/" + order + "/history").expect(403);
    shop.storefront.post("/orders/" + order + "/notes", "{\"text\": \"x\"}", "k").expect(403);
    shop.customer("c-noting-1").put("/orders/" + order + "/tags", "{\"tags\": []}").expect(403);
  }

  private static List<String> find(Shop shop, String query) {
    JsonNode data = shop.operator.get("/orders?" + query).expect(200).json().path("data");
    return StreamSupport.stream(data.spliterator(), false).map(it -> it.path("id").asText()).toList();
  }

  private static String text(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
