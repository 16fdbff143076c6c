package waybill.journeys.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.journeys.RunningCloud;
import waybill.journeys.Shop;
import waybill.local.providers.Caller.Answer;

/** A storefront shows what it can sell. */
class AvailabilityTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();

  @Test
  void aProductIsShownAsSoldOutOnceItsLastUnitIsPromised() {
    var shop = new Shop(CLOUD.get(), "shownstock");
    String leipzig = shop.location("leipzig");
    String tea = shop.product("tea", leipzig, 2);
    String mug = shop.product("mug", leipzig, 9);
    String path = "/availability?channel=shownstock&sku=%s&sku=%s&quantity=2&quantity=9".formatted(tea, mug);

    Answer before = shop.storefront.get(path).expect(200);
    assertThat(Shop.elements(before.json().path("data")).map(it -> it.path("status").asText()))
        .containsExactly("in_stock", "in_stock");
    String tag = before.headers().firstValue("ETag").orElseThrow();
    shop.storefront.send("GET", path, "", Map.of("If-None-Match", tag)).expect(304);

    shop.paidOrder("1", tea, 1);
    Answer after = shop.storefront.send("GET", path, "", Map.of("If-None-Match", tag)).expect(200);
    assertThat(after.json().at("/data/0/available").asInt()).isEqualTo(1);
    assertThat(after.json().at("/data/0/status").asText()).isEqualTo("sold_out");
    assertThat(shop.customer("somebody").get(path).status()).isEqualTo(403);
  }
}
