package waybill.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.messages.OrderId;
import waybill.messages.OrderMessages.IndexDue;
import waybill.orders.Orders;

class SearchTest {
  private final Desk desk = new Desk();

  @AfterEach
  void close() {
    desk.close();
  }

  /** The sample order, and one of somebody else in every respect. */
  private void two() {
    desk.order("mine", Map.of());
    desk.bench.clock().advance(Duration.ofMinutes(1));
    var other = new HashMap<String, Object>(Map.of("channel", "uk-web", "number", "2000", "tags", List.of("gift"),
        "customer", Desk.customer("grete@example.org", "Grete Groß", "+43 1 5550123"),
        "shipping_address", Map.of("name", "Hans Müller", "line1", "Weg 1", "city", "Wien", "postal_code", "1010",
            "country", "AT")));
    other.put("lines", List.of(Map.of("sku", "MUG-BLUE", "quantity", 1, "unit_price", 1000, "total", 1000)));
    other.putAll(Map.of("total", 1990, "billing_address", Map.of("name", "Grete Groß", "line1", "Weg 1", "city", "Wien",
        "country", "AT")));
    desk.order("other", other);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"number|1042", "number|#1042", "reference|mine", "email|Ada@EXAMPLE.com",
    "phone|030 555010", "phone|+49 30 555011", "name|ada", "name|BYRON", "name|Hopper Grace", "name|Grace",
    "sku|TEA-200",
    "tag|VIP", "channel|de-web"})
  void anOrderIsFoundByWhatItsCustomerNames(String name, String value) {
    two();
    assertThat(desk.find(name, value).references()).containsExactly("mine");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"number|2000", "reference|other", "email|grete@example.org", "phone|01 5550123",
    "phone|+4315550123", "name|mueller", "name|Muller", "name|gross", "name|Hans Grete", "tag|gift", "channel|uk-web"})
  void theOtherIsFoundByItsOwn(String name, String value) {
    two();
    assertThat(desk.find(name, value).references()).containsExactly("other");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"number|1043", "reference|1", "email|byron@example.com", "phone|+49 40 555010",
    "name|Ada Grete", "name|Ad", "sku|TEA", "tag|vip2", "channel|fr-web", "tracking_number|WB1"})
  void whatNobodyHasIsFoundNowhere(String name, String value) {
    two();
    assertThat(desk.find(name, value).references()).isEmpty();
    assertThat(desk.find(name, value).body()).containsEntry("next_cursor", null);
  }

  @Test
  void allThatIsNamedMustBeSo() {
    two();
    assertThat(desk.find(Map.of("sku", "MUG-BLUE")).references()).containsExactly("other", "mine");
    assertThat(desk.find(Map.of("sku", "MUG-BLUE", "name", "Müller")).references()).containsExactly("other");
    assertThat(desk.find(Map.of("sku", "MUG-BLUE", "name", "Müller", "channel", "de-web")).references()).isEmpty();
    assertThat(desk.find(Map.of("email", "ada@example.com", "phone", "030555010", "number", "1042", "tag", "vip",
        "status", "open", "awaiting", "payment", "customer_id", "c_881", "channel", "de-web")).references())
        .containsExactly("mine");
    assertThat(desk.find(Map.of("email", "ada@example.com", "status", "cancelled")).references()).isEmpty();
    assertThat(desk.find(Map.of("channel", "de-web", "customer_id", "c_881", "sku", "MUG-BLUE")).references())
        .containsExactly("mine");
    assertThat(desk.find(Map.of("channel", "de-web", "customer_id", "c_881", "sku", "NONE")).references()).isEmpty();
  }

  @Test
  void anOrderNumberedByItsSignAloneIsFoundByAllElse() {
    desk.order("signed", Map.of("number", "# #"));
    assertThat(desk.find(Map.of("email", "ada@example.com")).references()).containsExactly("signed");
    assertThat(desk.find(Map.of("sku", "MUG-BLUE", "name", "hopper")).references()).containsExactly("signed");
  }

  @Test
  void aTrackingNumberThatIsLongerThanAnyFindsNothing() {
    desk.order("mine", Map.of());
    assertThat(desk.find(Map.of("tracking_number", "7".repeat(150))).references()).isEmpty();
  }

  @Test
  void theNewestComesFirstAndEachOnceOverAllPages() {
    var expected = new ArrayList<String>();
    for (int i = 1; i <= 7; i++) {
      desk.order("order-" + i, Map.of("channel", i % 2 == 0 ? "de-web" : "uk-web"));
      expected.addFirst("order-" + i);
      if (i != 4) {
        desk.bench.clock().advance(Duration.ofSeconds(1));
      }
    }
    for (String limit : List.of("1", "2", "3", "100")) {
      for (Map<String, String> by : List.of(Map.of("email", "ada@example.com"), Map.of("name", "hopper"),
          Map.<String, String>of())) {
        var query = new HashMap<>(by);
        query.put("limit", limit);
        List<String> found = desk.all(query, "operator", "orders:operate");
        assertThat(found).as(query.toString()).containsExactlyInAnyOrderElementsOf(expected).startsWith("order-7",
            "order-6").endsWith("order-3", "order-2", "order-1");
      }
    }
    assertThat(desk.all(Map.of("limit", "1", "channel", "uk-web", "name", "ada", "sku", "TEA-200"), "operator",
        "orders:operate")).containsExactly("order-7", "order-5", "order-3", "order-1");
  }

  @Test
  void anOrderIsAtTheTimeThatItsCustomerPlacedIt() {
    desk.order("first", Map.of("placed_at", "2026-11-20T10:00:00Z"));
    desk.order("second", Map.of("placed_at", "2026-11-19T10:00:00Z"));
    assertThat(desk.find(Map.of()).references()).containsExactly("first", "second");
    assertThat(desk.find(Map.of("placed_after", "2026-11-19T10:00:00Z")).references()).containsExactly("first");
    assertThat(desk.find(Map.of("placed_after", "2026-11-19T09:59:59.999Z")).references()).hasSize(2);
    assertThat(desk.find(Map.of("placed_after", "2026-11-20T11:00:00+01:00")).references()).isEmpty();
    assertThat(desk.find(Map.of("placed_after", "2026-11-19T10:00:00Z", "customer_id", "c_881", "channel", "de-web"))
        .references()).containsExactly("first");
  }

  @Test
  void whatChangedLatelyIsFound() {
    OrderId old = desk.order("old", Map.of());
    desk.order("quiet", Map.of());
    String then = desk.bench.clock().instant().toString();
    desk.bench.clock().advance(Duration.ofDays(1));
    desk.advance(new waybill.messages.StockMessages.StockRefused(old, List.of()));
    desk.advance(new waybill.messages.StockMessages.StockReleased(old));
    assertThat(desk.find(Map.of("updated_after", then)).references()).containsExactly("old");
  }

  @Test
  void byItsReferenceAnOrderIsFoundInTheMomentInWhichItIsPlaced() {
    desk.place("just-now", Map.of());
    assertThat(desk.find(Map.of("reference", "just-now")).references()).containsExactly("just-now");
    assertThat(desk.find(Map.of("reference", "just-now", "channel", "uk-web")).references()).isEmpty();
    assertThat(desk.find("email", "ada@example.com").references()).as("its entries are not written yet").isEmpty();
  }

  @Test
  void whatIsIndexedAgainIsThereOnceAndCostsNoWrite() {
    OrderId id = desk.order("again", Map.of());
    List<?> before = desk.bench.items("search");
    desk.faults.stop();
    assertThat(desk.receive(new IndexDue(id), new IndexDue(id))).isZero();
    assertThat(desk.faults.calls()).as("the order as it is now with its tags, and its entries are read").isEqualTo(2);
    assertThat(desk.bench.items("search")).isEqualTo(before);
    assertThat(desk.find("email", "ada@example.com").references()).containsExactly("again");
  }

  @Test
  void anOrderThatIsNotThereComesBack() {
    assertThat(desk.receive(new IndexDue(Desk.NOBODYS))).isEqualTo(1);
  }

  @Test
  void indexingThatDiesAnywhereIsFinishedByTheNextTry() {
    OrderId id = desk.order("mine", Map.of());
    int all = desk.bench.items("search").size();
    var placed = new Orders(desk.bench.ports()).contents(List.of(id)).get(id);
    var index = new SearchIndex(desk.ports());
    for (boolean after : List.of(true, false)) {
      for (int call = 1; call <= 3; call++) {
        index.remove(placed, Term.of(placed, List.of("vip")));
        assertThat(desk.bench.items("search")).isEmpty();
        desk.faults.strike(call, after, () -> new IllegalStateException("died"));
        assertThat(desk.receive(new IndexDue(id))).isEqualTo(1);
        desk.faults.stop();
        assertThat(desk.receive(new IndexDue(id))).isZero();
        assertThat(desk.bench.items("search")).hasSize(all);
      }
    }
  }

  @Test
  void anOrderWhoseAddressWasCorrectedIsFoundByBoth() {
    OrderId id = desk.order("mine", Map.of());
    desk.ask(new waybill.orders.ChangeOrderHandler(desk.ports()), id, "op", Map.of(),
        """
            {"shipping_address": {"name": "Grete Hermann", "line1": "Weg 2", "city": "Berlin", "postal_code": "10827", "country": "DE",
             "phone": "030 777888"}, "note": "Asked for"}""");
    desk.advance(new waybill.messages.OrderMessages.OrderDue(id, desk.bench.clock().instant()));
    desk.index(id);
    for (var query : List.of(Map.of("name", "hermann"), Map.of("phone", "+49 30 777888"), Map.of("name", "hopper"),
        Map.of("name", "Grace Hopper"), Map.of("phone", "+4930555011"))) {
      assertThat(desk.find(query).references()).as(query.toString()).containsExactly("mine");
    }
    var order = new Orders(desk.bench.ports()).contents(List.of(id)).get(id);
    new SearchIndex(desk.ports()).remove(order, Term.of(order, order.form().tags()));
    assertThat(desk.bench.items("search")).isEmpty();
  }

  @Test
  void anOrderIsFoundByTheTagsThatItHasNow() {
    OrderId id = desk.order("mine", Map.of());
    desk.tag(id, "Late", "called");
    assertThat(desk.find("tag", "late").references()).containsExactly("mine");
    assertThat(desk.find("tag", "vip").references()).as("it was placed with it").isEmpty();
    desk.tag(id, "vip");
    assertThat(desk.find("tag", "vip").references()).containsExactly("mine");
    assertThat(desk.find(Map.of("email", "ada@example.com", "tag", "late")).references()).isEmpty();
    assertThat(desk.find(Map.of("email", "ada@example.com", "tag", "vip")).references()).containsExactly("mine");
  }

  @Test
  void nothingPersonalIsInTheIndex() {
    desk.order("mine", Map.of());
    assertThat(desk.bench.items("search").toString().toLowerCase(java.util.Locale.ROOT)).contains("channel#de-web")
        .doesNotContain("ada", "byron", "grace", "hopper", "example", "555010", "555011", "1042", "vip", "mine",
            "c_881");
  }

  @Test
  void anEntryIsItsKeyAndFarBelowAUnit() {
    desk.order("mine", Map.of());
    assertThat(desk.bench.items("search")).allSatisfy(it -> assertThat(it).containsOnlyKeys("pk", "sk"));
    assertThat(desk.bench.items("search")).as("channel, number, email, two phones, four words, two SKUs, tag")
        .hasSize(12);
  }

  @Test
  void allEntriesOfAnOrderCanBeRemovedWithIt() {
    OrderId erased = desk.order("erased", Map.of());
    desk.order("kept", Map.of());
    var order = new Orders(desk.bench.ports()).contents(List.of(erased)).get(erased);
    new SearchIndex(desk.ports()).remove(order, Term.of(order, order.form().tags()));
    assertThat(desk.bench.items("search").toString()).doesNotContain(erased.value());
    assertThat(desk.find("name", "hopper").references()).containsExactly("kept");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"email|ada|email invalid", "email||email invalid", "phone|12|phone invalid",
    "phone|call me|phone invalid", "name|.|name invalid", "name|A.|name invalid", "number|#|number invalid",
    "reference| |reference invalid", "sku|a b|sku invalid", "tag| |tag invalid",
    "tracking_number| |tracking_number invalid",
    "status|shipped|status unknown_value", "status|OPEN|status unknown_value", "awaiting|money|awaiting unknown_value",
    "hold|x|hold unknown_value", "placed_after|yesterday|placed_after invalid",
    "placed_after|2026-11-22|placed_after invalid",
    "updated_after|1969-12-31T23:59:59Z|updated_after invalid", "channel|DE WEB|channel invalid",
    "limit|0|limit out_of_range",
    "limit|101|limit out_of_range", "page|2|page unknown", "cursor|x|cursor invalid", "mail|a@b.de|mail unknown"})
  void whatMakesNoSenseIsRefusedByName(String name, String value, String error) {
    assertThat(desk.find(name, value == null ? "" : value).errors()).containsExactly(error);
  }

  @Test
  void whatIsTooLongIsRefusedAndNotShownAgain() {
    for (String name : List.of("email", "phone", "name", "number", "reference", "sku", "tag", "tracking_number")) {
      var answer = desk.find(name, "x".repeat(3_000));
      assertThat(answer.errors()).containsExactly(name + " invalid");
      assertThat(answer.body().toString()).hasSizeLessThan(500);
    }
  }

  @Test
  void everythingThatIsWrongIsNamedAtOnce() {
    assertThat(desk.find(Map.of("email", "x", "phone", "y", "customer_id", "c", "limit", "no")).errors())
        .containsExactlyInAnyOrder("email invalid", "phone invalid", "channel required", "limit out_of_range");
  }

  @ParameterizedTest
  @ValueSource(strings = {"email", "phone", "name", "number", "reference", "sku", "tag", "tracking_number", "status",
    "awaiting", "placed_after", "updated_after"})
  void onlyOperatorsSearch(String name) {
    two();
    var query = Map.of(name, "ada@example.com", "channel", "de-web", "customer_id", "c_881");
    assertThat(desk.list(query, "storefront", "orders:place").errors()).containsExactly(name + " unknown");
    assertThat(desk.list(query, "de-web/c_881", "orders:own").errors()).containsExactly(name + " unknown");
    assertThat(desk.list(Map.of(), "storefront", "orders:place").errors()).containsExactly("customer_id required");
  }

  @Test
  void aCursorIsOfItsOwnListOnly() {
    for (int i = 1; i <= 3; i++) {
      desk.order("order-" + i, Map.of());
    }
    String cursor = (String) desk.find(Map.of("email", "ada@example.com", "limit", "1")).body().get("next_cursor");
    assertThat(desk.find(Map.of("email", "ada@example.com", "cursor", cursor)).references()).hasSize(2);
    assertThat(desk.find(Map.of("name", "hopper", "cursor", cursor)).errors()).containsExactly("cursor invalid");
    assertThat(desk.find(Map.of("email", "ada@example.com", "cursor", cursor.substring(1))).errors())
        .containsExactly("cursor invalid");
    assertThat(desk.find(Map.of("reference", "order-1", "cursor", cursor)).errors()).containsExactly("cursor invalid");
  }

  @Test
  void aPageThatFewOrdersFitIsShortAndTheNextGoesOnBehindIt() {
    for (int i = 1; i <= 25; i++) {
      desk.order("order-" + i, Map.of("number", "N" + i));
      desk.bench.clock().advance(Duration.ofSeconds(1));
    }
    desk.faults.stop();
    var page = desk.find(Map.of("sku", "TEA-200", "status", "cancelled", "limit", "1"));
    assertThat(page.references()).isEmpty();
    assertThat(page.body().get("next_cursor")).isNotNull();
    assertThat(desk.faults.calls()).as("however many orders there are").isLessThanOrEqualTo(41);
    assertThat(desk.all(Map.of("sku", "TEA-200", "name", "hopper", "limit", "1"), "operator", "orders:operate"))
        .hasSize(25).doesNotHaveDuplicates();
  }
}
