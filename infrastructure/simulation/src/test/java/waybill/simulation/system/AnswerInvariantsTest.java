package waybill.simulation.system;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.simulation.WatchedWorld.FULFILLMENT;
import static waybill.simulation.WatchedWorld.ORDER;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.simulation.WatchedWorld;
import waybill.simulation.catalog.Shop;
import waybill.simulation.cloud.Cloud.Answer;
import waybill.simulation.cloud.Cloud.Request;

class AnswerInvariantsTest {
  private static final String OF_ORDER = "{\"id\": \"%s\"}".formatted(ORDER);

  private final WatchedWorld watched = new WatchedWorld();

  @AfterEach
  void end() {
    watched.close();
  }

  @Test
  void whatIsDoneMayBeSaid() {
    watched.deliver();
    answered("POST", "/orders", 201, OF_ORDER);
    answered("POST", "/fulfillments/" + FULFILLMENT + "/packing", 200, "{}");
    answered("PUT", "/channels/" + Shop.CHANNEL, 200, "{}");
    answered("PUT", "/products/SKU-1", 201, "{}");
    answered("PUT", "/locations/warehouse-1", 200, "{}");

    assertThat(watched.findings()).isEmpty();
  }

  @Test
  void whatIsRefusedMayNotBeDone() {
    answered("POST", "/orders/" + ORDER + "/cancellation", 409, "{\"code\": \"dispatch_closed\"}");

    assertThat(watched.findings()).isEmpty();
  }

  @Test
  void aCancellationThatIsNotDoneIsFound() {
    watched.placeAndPay();
    answered("POST", "/orders/" + ORDER + "/cancellation", 200, OF_ORDER);

    assertThat(watched.findings()).hasSize(1).allMatch(
        it -> it.startsWith("it is said to be done, and it is not: POST /orders/%s/cancellation".formatted(ORDER)));
  }

  @ParameterizedTest
  @CsvSource({"POST, /orders", "PUT, /channels/shop", "PUT, /products/SKU-1", "PUT, /locations/here",
    "POST, /stock/SKU-1/adjustments"})
  void whatIsNotDoneAndYetSaidIsFound(String method, String path) {
    answered(method, path, 201, "{\"id\": \"%s\", \"adjustment_id\": \"adj_1\"}".formatted(ORDER));

    assertThat(watched.findings()).hasSize(1).allMatch(it -> it.startsWith("it is said to be done, and it is not"));
  }

  @Test
  void aPackingThatIsNotDoneIsFound() {
    watched.placeAndPay();
    answered("POST", "/fulfillments/" + FULFILLMENT + "/packing", 200, "{}");

    assertThat(watched.findings()).hasSize(1).allMatch(it -> it.startsWith("it is said to be done, and it is not"));
  }

  private void answered(String method, String path, int status, String body) {
    new AnswerInvariants(watched.world).answered(new Request(method, path, Map.of(), "somebody", "", Map.of(), ""),
        new Answer(status, body));
  }
}
