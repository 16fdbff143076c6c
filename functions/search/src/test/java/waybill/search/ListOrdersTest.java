package waybill.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.platform.Json;

/** The lists that orders keep themselves: a customer's, and those on a hold. */
class ListOrdersTest {
  private final Desk desk = new Desk();

  @AfterEach
  void close() {
    desk.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"uk-web/c_881", "c_881", "de-web2/c_881", "/c_881", "DE WEB/c_881"})
  void theSameIdInAnotherChannelIsSomebodyElse(String subject) {
    desk.place("5512033", Map.of());
    Desk.Answer list = desk.list(Map.of(), subject, "orders:own");
    assertThat(list.status() == 404 || list.data().isEmpty()).isTrue();
  }

  @Test
  void aListReadsTheSmallItemsOnly() {
    desk.place("5512033", Map.of());
    desk.faults.stop();
    Desk.Answer list = desk.list(Map.of("channel", "de-web", "customer_id", "c_881"), "x", "orders:place");
    assertThat(desk.faults.calls()).as("the index and the states").isEqualTo(2);
    Map<String, Object> listed = Json.object(((List<?>) list.body().get("data")).getFirst());
    assertThat(listed).containsEntry("customer_id", "c_881").hasSizeGreaterThan(15);
  }

  @Test
  void aCustomersOrdersAreListedTheNewestFirstPageByPage() {
    for (int i = 1; i <= 5; i++) {
      desk.bench.clock().advance(Duration.ofSeconds(1));
      desk.place("order " + i, Map.of());
    }
    desk.place("of another", Map.of("customer", Map.of("id", "c_882", "email", "x@example.com")));
    assertThat(desk.all(Map.of("limit", "2"), "de-web/c_881", "orders:own")).containsExactly("order 5", "order 4",
        "order 3",
        "order 2", "order 1");
    assertThat(desk.all(Map.of("channel", "de-web", "customer_id", "c_882"), "operator", "orders:operate"))
        .containsExactly("of another");
    assertThat(desk.all(Map.of("channel", "de-web", "customer_id", "c_881"), "de-web/c_881", "orders:own"))
        .hasSize(5);
  }

  @Test
  void ordersAtTheSameMomentAreAllListed() {
    for (int i = 1; i <= 5; i++) {
      desk.place("order " + i, Map.of());
    }
    assertThat(
        desk.all(Map.of("channel", "de-web", "customer_id", "c_881", "limit", "2"), "operator", "orders:operate"))
        .hasSize(5)
        .doesNotHaveDuplicates();
  }

  @Test
  void aListHoldsNothingPersonal() {
    desk.place("5512033", Map.of());
    Desk.Answer list = desk.list(Map.of("channel", "de-web", "customer_id", "c_881"), "x", "orders:place");
    assertThat(list.body().toString()).contains("#1042").doesNotContain("ada@", "Ada", "Grace", "Hauptstr");
  }

  @Test
  void aCustomerListsNobodyElseAndNoWorklist() {
    assertThat(desk.list(Map.of("channel", "de-web", "customer_id", "c_882"), "de-web/c_881", "orders:own").status())
        .isEqualTo(404);
    assertThat(desk.list(Map.of("hold", "payment_mismatch"), "de-web/c_881", "orders:own").status()).isEqualTo(404);
    assertThat(desk.list(Map.of(), "c_881", "catalog:write").status()).isEqualTo(404);
    assertThat(desk.list(Map.of(), "", "orders:own").status()).isEqualTo(404);
  }

  @Test
  void aStorefrontSaysWhichListItMeans() {
    assertThat(desk.list(Map.of(), "x", "orders:place").errors()).containsExactly("customer_id required");
    assertThat(desk.list(Map.of("customer_id", "c"), "x", "orders:operate").errors())
        .containsExactly("channel required");
    assertThat(desk.list(Map.of("channel", "de-web", "customer_id", "c", "hold", "payment_mismatch"), "x",
        "orders:place").errors()).containsExactly("customer_id required");
    assertThat(desk.list(Map.of("hold", "PAYMENT_MISMATCH"), "x", "orders:operate").errors())
        .containsExactly("hold unknown_value");
    assertThat(desk.list(Map.of("channel", "de-web", "customer_id", ""), "x", "orders:operate").errors())
        .containsExactly("customer_id invalid");
    assertThat(desk.list(Map.of("channel", "de-web", "customer_id", "c".repeat(3_000)), "x", "orders:operate").errors())
        .containsExactly("customer_id invalid");
    assertThat(desk.list(Map.of("channel", "de-web", "customer_id", "c", "page", "2"), "x", "orders:operate").errors())
        .containsExactly("page unknown");
    assertThat(desk.list(Map.of("hold", "x", "limit", "0", "page", "2"), "x", "orders:operate").errors())
        .containsExactly("hold unknown_value", "limit out_of_range", "page unknown");
    assertThat(desk.list(Map.of("channel", "de-web", "customer_id", "c", "limit", "0"), "x", "orders:operate").errors())
        .containsExactly("limit out_of_range");
  }

  @Test
  void aCursorOfAnotherCustomersListIsRefused() {
    desk.place("1", Map.of());
    desk.place("2", Map.of());
    String cursor = (String) desk.list(Map.of("limit", "1"), "de-web/c_881", "orders:own").body().get("next_cursor");
    assertThat(desk.list(Map.of("cursor", cursor), "de-web/c_881", "orders:own").status()).isEqualTo(200);
    assertThat(desk.list(Map.of("cursor", cursor), "de-web/c_882", "orders:own").errors())
        .containsExactly("cursor invalid");
    assertThat(desk.list(Map.of("cursor", cursor, "hold", "payment_mismatch"), "x", "orders:operate").errors())
        .containsExactly("cursor invalid");
  }
}
