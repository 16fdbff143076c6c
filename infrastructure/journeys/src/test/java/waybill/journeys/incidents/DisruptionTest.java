package waybill.journeys.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.journeys.RunningCloud;
import waybill.journeys.Shop;

/** A storm delays what is on its way, and what is offered. */
class DisruptionTest {
  /** Its clock goes on by days. */
  @RegisterExtension
  static final RunningCloud CLOUD = RunningCloud.ofItsOwn();

  private final Shop shop = new Shop(CLOUD.get(), "storm");
  private final String leipzig = shop.location("leipzig");
  private final String tea = shop.product("tea", leipzig, 9);

  private JsonNode standard() {
    ObjectNode request = shop.samples.read("quote-delivery.json").put("channel", "storm");
    request.putArray("lines").addObject().put("sku", tea).put("quantity", 1);
    return Shop.elements(shop.storefront.post("/delivery-options", request.toString(), "ask").expect(200).json()
        .path("data")).filter(it -> it.path("method").asText().equals("standard")).findFirst().orElseThrow();
  }

  private static Instant latest(JsonNode option) {
    return Instant.parse(option.path("latest_at").asText());
  }

  private String chosen(String reference) {
    JsonNode option = standard();
    ObjectNode form = shop.form(reference, tea, 1).put("delivery_option_id", option.path("id").asText())
        .put("total", 1000 + option.path("price").asInt());
    form.putObject("shipping").put("method", "standard").put("price", option.path("price").asInt())
        .put("total", option.path("price").asInt());
    ((ObjectNode) form.path("payments").path(0)).put("amount", form.path("total").asInt());
    String order = shop.place(form);
    shop.pay(reference, form.path("total").asInt());
    shop.rest();
    return order;
  }

  private Stream<String> later(String reference) {
    return shop.subjects(reference).stream().filter(it -> it.contains("kommt später"));
  }

  @Test
  void aStormMovesWhatIsOnItsWayAndWhatIsOfferedAndEachCustomerHearsOfItOnce() {
    shop.operator.put("/channels/storm", shop.samples.read("put-channel.json").put("stock_pool", "storm").toString());
    List<String> orders = List.of(chosen("1"), chosen("2"));
    shop.work(leipzig).forEach(it -> shop.pack(it).expect(200));
    shop.rest();
    orders.forEach(it -> shop.scan("in-transit", shop.parcels(it).getFirst()));
    Instant promised = latest(standard());
    Instant end = promised.plus(Duration.ofDays(7));
    var storm = "{\"reason\":\"weather\",\"note\":\"Snow\",\"country\":\"DE\",\"ends_at\":\"%s\"}".formatted(end);
    String id = shop.operator.post("/disruptions", storm, "storm").expect(201).json().path("id").asText();
    shop.rest();
    assertThat(shop.operator.post("/disruptions", storm, "storm").expect(201).json().path("id").asText()).isEqualTo(id);
    shop.rest();
    assertThat(later("1")).hasSize(1);
    assertThat(later("2")).hasSize(1);
    assertThat(latest(standard())).isAfter(end);

    for (Instant day = CLOUD.get().clock().instant(); day.isBefore(end); day = day.plus(Duration.ofDays(1))) {
      shop.pass(Duration.ofDays(1));
    }
    orders.forEach(it -> assertThat(shop.operator.get("/incidents?order_id=" + it).expect(200).json().path("data"))
        .as("neither late nor silent nor lost").isEmpty());
    shop.operator.get("/disruptions?status=ended").expect(200);
    shop.operator.post("/disruptions/" + id + "/end", "{\"kind\":\"cancel\"}", "cancel").expect(200);
    shop.rest();
    assertThat(shop.operator.get("/disruptions/" + id).expect(200).json().path("status").asText())
        .isEqualTo("cancelled");
    assertThat(later("1")).hasSize(1);
    assertThat(latest(standard())).isBefore(end.plus(Duration.ofDays(7)));
    assertThat(shop.deadLetters()).isEmpty();
  }
}
