package waybill.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many customers who want the same few units at once. */
class CrowdTest {
  @RegisterExtension
  static final RunningCloud CLOUD = RunningCloud.withDeclaredWindows();

  @Test
  void fiftyOrdersAtOnceKeepEveryCounterExact() {
    var shop = new Shop(CLOUD.get(), "crowd");
    List<String> locations = List.of(shop.location("leipzig"), shop.location("berlin"), shop.location("mainz"));
    List<String> skus = List.of("tea", "mug", "pot").stream().map(product -> {
      locations.forEach(location -> shop.product(product, location, 8));
      return shop.product(product, locations.getFirst(), 0);
    }).toList();
    var errors = new ConcurrentLinkedQueue<Map<String, Object>>();
    CLOUD.get().onLog(line -> Optional.of(line).filter(it -> "ERROR".equals(it.get("level"))).ifPresent(errors::add));

    var crowd = new Crowd(shop, skus, 50);
    crowd.placesAndPays();
    assertThat(crowd.orders()).as("placed twice, there once").hasSize(50);
    int units = crowd.reservedUnits();
    assertThat(units).as("stock is short, and what is there is sold").isBetween(66, 72);
    assertKept(shop, skus, 72, units);
    crowd.isPacked(locations);
    assertKept(shop, skus, 72 - units, 0);
    crowd.isDelivered();

    assertThat(crowd.orders()).allSatisfy(it -> {
      boolean kept = it.path("status").asText().equals("completed");
      assertThat(Shop.axes(it)).containsExactly(kept ? "paid" : "refunded", kept ? "shipped" : "refused",
          kept ? "fulfilled" : "cancelled", kept ? "delivered" : "cancelled");
    });
    assertThat(crowd.parcels()).extracting(it -> it.path("tracking_number").asText()).doesNotContain("")
        .doesNotHaveDuplicates();
    assertThat(crowd.mails()).doesNotHaveDuplicates().filteredOn(it -> it.contains("wurde zugestellt"))
        .hasSameSizeAs(crowd.reserved());
    assertThat(crowd.deadLetters()).isEmpty();
    assertThat(errors).as("who must wait for another only warns").isEmpty();
  }

  /** So many units lie there, so many of them promised and allocated, in the pool's numbers as in the locations'. */
  private static void assertKept(Shop shop, List<String> skus, int onHand, int kept) {
    List<JsonNode> stocks = skus.stream().map(shop::stock).toList();
    stocks.forEach(stock -> assertThat(sum(stock, "pools", "available") + sum(stock, "pools", "reserved"))
        .isEqualTo(sum(stock, "locations", "on_hand"))
        .isEqualTo(sum(stock, "locations", "available") + sum(stock, "locations", "allocated")));
    assertThat(stocks.stream().mapToInt(it -> sum(it, "locations", "on_hand")).sum()).isEqualTo(onHand);
    assertThat(stocks.stream().mapToInt(it -> sum(it, "pools", "reserved")).sum()).isEqualTo(kept);
    assertThat(stocks.stream().mapToInt(it -> sum(it, "locations", "allocated")).sum()).isEqualTo(kept);
  }

  private static int sum(JsonNode stock, String places, String level) {
    return Shop.elements(stock.path(places)).mapToInt(it -> it.path(level).asInt(-1_000)).sum();
  }
}
