package waybill.journeys.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.journeys.RunningCloud;
import waybill.journeys.Shop;
import waybill.local.mail.Mail;

/** What is delivered without a parcel: links and keys, from the payment to the customer's mail and page, and back. */
class DigitalTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();

  private Shop shop;

  private String product(String name, String sample) {
    String sku = name + "-" + shop.hashCode();
    shop.operator.put("/products/" + sku, shop.samples.read(sample).toString()).expect(201);
    return sku;
  }

  /** What the customer sees on the order's page. */
  private JsonNode given(String order) {
    String page = shop.order(order).at("/links/tracking_url").asText();
    return shop.operator.send("GET", URI.create(page).getPath(), "", Map.of("Accept", "application/json")).expect(200)
        .json().path("digital");
  }

  @Test
  void aLinkIsMailedOnceItIsPaidAndWorksUntilItIsRefunded() {
    shop = new Shop(CLOUD.get(), "digitallink");
    String sku = product("PDF", "put-digital-product.json");
    String order = shop.place(shop.form("1", sku, 1));
    shop.rest();
    assertThat(given(order)).isEmpty();
    shop.pay("1", 1000);
    shop.rest();
    assertThat(shop.order(order).path("status").asText()).isEqualTo("completed");
    assertThat(Shop.axes(shop.order(order))).containsExactly("paid", "not_required", "not_required", "delivered");
    String link = given(order).at("/0/links/0/path").asText();
    assertThat(shop.mails("1").stream().map(Mail::text)).filteredOn(it -> it.contains(link)).hasSize(1);
    assertThat(shop.subjects("1")).hasSize(2);
    var led = shop.operator.get(link);
    assertThat(led.status()).isEqualTo(302);
    assertThat(led.headers().firstValue("location")).contains("https://assets.example.com/brewing.pdf");

    shop.operator.post("/orders/" + order + "/refunds",
        "{\"lines\": [{\"line_id\": \"line_1\", \"quantity\": 1}], \"reason\": \"broken\"}", "back").expect(200);
    shop.rest();
    assertThat(shop.operator.get(link).status()).isEqualTo(410);
    assertThat(given(order)).isEmpty();
    assertThat(shop.refunds("1")).containsExactly("succeeded 1000");
  }

  @Test
  void theKeyOfAMixedOrderComesBeforeItsParcelAndAnEmptyPoolStopsNoParcel() {
    shop = new Shop(CLOUD.get(), "digitalkey");
    String location = shop.location("leipzig");
    String tea = shop.product("tea", location, 3);
    String sku = product("CLUB", "put-licensed-product.json");
    ObjectNode form = shop.form("1", tea, 1);
    form.withArray("lines").addObject().put("sku", sku).put("quantity", 1).put("unit_price", 0).put("total", 0);
    String order = shop.place(form);
    shop.pay("1", 1000);
    shop.rest();
    assertThat(shop.operator.get("/orders?hold=licence_key_missing").expect(200).text()).contains(order);
    shop.work(location).forEach(it -> shop.pack(it).expect(200));
    shop.rest();
    shop.scan("delivered", shop.parcels(order).getFirst());
    assertThat(shop.order(order).path("delivery_status").asText()).isEqualTo("partially_delivered");
    assertThat(shop.order(order).path("status").asText()).isEqualTo("open");

    shop.warehouse.post("/products/" + sku + "/keys", "{\"keys\": [\"AAAA-BBBB-CCCC\"]}", sku).expect(200);
    shop.rest();
    assertThat(given(order).at("/0/keys/0").asText()).isEqualTo("AAAA-BBBB-CCCC");
    assertThat(shop.order(order).path("status").asText()).isEqualTo("completed");
    assertThat(shop.order(order).path("holds")).isEmpty();
    assertThat(shop.mails("1").stream().map(Mail::text)).filteredOn(it -> it.contains("AAAA-BBBB-CCCC")).hasSize(1);
    assertThat(CLOUD.get().logs().toString()).doesNotContain("AAAA-BBBB-CCCC");
  }

  @Test
  void aKeyGoesToOneOrderAndWhatIsCompletedIsNotCancelled() {
    shop = new Shop(CLOUD.get(), "digitaltwo");
    String sku = product("CLUB", "put-licensed-product.json");
    shop.warehouse.post("/products/" + sku + "/keys", "{\"keys\": [\"K-1\", \"K-2\"]}", sku).expect(200);
    String one = shop.paidOrder("1", sku, 1);
    ObjectNode paid = shop.form("2", sku, 1);
    paid.putArray("payments").addObject().put("provider", "external").put("method", "gift_card")
        .put("reference", "GC-1")
        .put("amount", 1000).put("status", "captured");
    String two = shop.place(paid);
    shop.rest();
    assertThat(given(one).at("/0/keys/0").asText()).isNotEqualTo(given(two).at("/0/keys/0").asText());
    shop.operator.post("/orders/" + one + "/cancellation", "{}", "late").expect(409);
  }
}
