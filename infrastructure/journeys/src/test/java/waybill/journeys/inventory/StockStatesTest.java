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
}
