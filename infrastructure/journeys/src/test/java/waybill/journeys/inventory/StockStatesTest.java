package waybill.journeys.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.journeys.RunningCloud;
import waybill.journeys.Shop;

/** Stock is what lies there, what is promised of it, and what is not for sale. */
class StockStatesTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();

  private Shop shop;
  private String leipzig;
  private String sku;

  private void open(String name, int units) {
    shop = new Shop(CLOUD.get(), name);
    leipzig = shop.location("leipzig");
    sku = shop.product("tea", leipzig, units);
  }

  private JsonNode pool() {
    return shop.stock(sku).path("pools").path(0);
  }

  @Test
  void safetyStockIsPromisedToNobody() {
    open("safetystock", 5);
    shop.warehouse.put("/stock/" + sku + "/pools/safetystock", "{\"safety_stock\":4}").expect(200);
    assertThat(pool().path("available").asInt()).isEqualTo(1);

    String refused = shop.paidOrder("1", sku, 2);
    String served = shop.paidOrder("2", sku, 1);

    assertThat(shop.order(refused).path("stock_status").asText()).isEqualTo("refused");
    assertThat(shop.order(served).path("stock_status").asText()).isEqualTo("reserved");
    assertThat(shop.stockAt(sku, leipzig).path("on_hand").asInt()).isEqualTo(5);
  }

  @Test
  void whoFollowsTheFeedHearsThatStockIsLowSoldOutAndBackOnceACrossing() {
    open("lowstock", 6);
    shop.warehouse.put("/stock/" + sku + "/pools/lowstock", "{\"safety_stock\":0,\"low_stock\":3}").expect(200);
    assertThat(pool().path("low_stock").asInt()).isEqualTo(3);

    shop.paidOrder("1", sku, 2);
    shop.paidOrder("2", sku, 1);
    String last = shop.paidOrder("3", sku, 2);
    shop.rest();
    assertThat(shop.stockEvents(sku)).containsExactly("stock.low");
    shop.paidOrder("4", sku, 1);
    shop.rest();
    assertThat(shop.stockEvents(sku)).containsExactly("stock.low", "stock.sold_out");
    shop.cancel(last).expect(200);
    shop.rest();
    assertThat(shop.stockEvents(sku)).containsExactly("stock.low", "stock.sold_out", "stock.back_in_stock");
    shop.warehouse.put("/stock/" + sku + "/pools/lowstock", "{\"safety_stock\":2}").expect(200);
    shop.rest();
    assertThat(shop.stockEvents(sku)).hasSize(4).endsWith("stock.sold_out");
  }

  private void adjust(String change) {
    shop.warehouse.post("/stock/" + sku + "/adjustments", "{\"location_id\":\"" + leipzig + "\"," + change + "}",
        change.replaceAll("[^a-z0-9]", "") + sku).expect(201);
    shop.rest();
  }

  @Test
  void brokenUnitsAreNotSold() {
    open("broken", 5);
    adjust("\"quantity\":-2,\"reason\":\"damaged\"");

    assertThat(pool().path("available").asInt()).isEqualTo(3);
    assertThat(shop.stockAt(sku, leipzig).path("damaged").asInt()).isEqualTo(2);
    adjust("\"quantity\":1,\"reason\":\"repaired\"");
    assertThat(pool().path("available").asInt()).isEqualTo(4);
  }

  @Test
  void aCountBelowWhatIsAllocatedIsAShortageOfTheOrder() {
    open("countshort", 5);
    String order = shop.paidOrder("1", sku, 4);

    adjust("\"counted\":3");

    assertThat(shop.order(order).at("/holds/0/reason").asText()).isEqualTo("short");
    assertThat(shop.stockAt(sku, leipzig).path("on_hand").asInt()).isEqualTo(3);
    assertThat(shop.stockAt(sku, leipzig).path("allocated").asInt()).isEqualTo(3);
    assertThat(pool().path("shortfall").asInt()).isZero();
    JsonNode ledger = shop.warehouse.get("/stock/" + sku + "/movements").expect(200).json().path("data");
    assertThat(Shop.elements(ledger).map(it -> it.path("reason").asText() + it.at("/change/on_hand").asInt()))
        .containsExactly("counted-2", "received5");
    assertThat(shop.warehouse.get("/stock/" + sku + "?at=" + ledger.at("/1/at").asText()).expect(200).json()
        .at("/locations/0/on_hand").asInt()).isEqualTo(5);
  }
}
