package waybill.journeys.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import waybill.journeys.RunningCloud;
import waybill.journeys.Shop;
import waybill.local.functions.FaultKind;

/** Whoever counts may vanish before fulfillments hear of it, and somebody may write to the table by hand. */
class ReconciliationTest {
  @RegisterExtension
  static final RunningCloud CLOUD = new RunningCloud();

  @Test
  void aShortfallThatNobodySharedIsSharedAndACounterThatIsWrongIsNamed() {
    var shop = new Shop(CLOUD.get(), "reconciliation");
    String leipzig = shop.location("leipzig");
    String sku = shop.product("tea", leipzig, 5);
    String order = shop.paidOrder("1", sku, 4);
    shop.rest();

    shop.cloud.fault("AdjustStock", "TransactWriteItems", FaultKind.KILL_AFTER, 1);
    assertThat(shop.warehouse.post("/stock/" + sku + "/adjustments",
        "{\"location_id\":\"%s\",\"counted\":3}".formatted(leipzig), "vanishes").status()).isGreaterThanOrEqualTo(500);
    shop.rest();
    assertThat(shop.order(order).path("holds")).isEmpty();

    shop.pass(Duration.ofMinutes(61));
    assertThat(shop.order(order).at("/holds/0/reason").asText()).isEqualTo("short");
    assertThat(shop.stockAt(sku, leipzig).path("allocated").asInt()).isEqualTo(3);
    assertThat(drifts(shop, sku)).isEmpty();

    shop.cloud.dynamoDb().updateItem(request -> request.tableName(shop.cloud.name("InventoryTable"))
        .key(Map.of("pk", AttributeValue.fromS(sku), "sk", AttributeValue.fromS("location#" + leipzig)))
        .updateExpression("add damaged :units").expressionAttributeValues(Map.of(":units", AttributeValue.fromN("2"))));
    shop.pass(Duration.ofMinutes(61));
    assertThat(drifts(shop, sku)).isNotEmpty()
        .allSatisfy(it -> assertThat(it).containsEntry("place", "location#" + leipzig)
            .containsEntry("pair", "DAMAGED_AND_LEDGER"));
  }

  private static List<Map<String, Object>> drifts(Shop shop, String sku) {
    return shop.cloud.logs().stream()
        .filter(it -> "Stock drifted".equals(it.get("message")) && sku.equals(it.get("sku"))).toList();
  }
}
