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
import waybill.messages.OrderId;
import waybill.messages.StockMessages.StockReserved;
import waybill.orders.CancelOrderHandler;
import waybill.orders.HoldOrderHandler;
import waybill.orders.NoteOrderHandler;
import waybill.orders.ReleaseHoldHandler;
import waybill.platform.Json;

class HistoryTest {
  private final Desk desk = new Desk();

  @AfterEach
  void close() {
    desk.close();
  }

  private void later() {
    desk.bench.clock().advance(Duration.ofMinutes(1));
  }

  /** Held, noted, tagged, released and cancelled by four people. */
  private OrderId order() {
    OrderId id = desk.place("mine", Map.of());
    later();
    desk.advance(new StockReserved(id));
    desk.recordEvents();
    later();
    Desk.Answer held = desk.ask(new HoldOrderHandler(desk.ports()), id, "ann", Map.of(),
        "{\"reason\": \"address_incorrect\", \"note\": \"No such street\"}");
    String hold = (String) Json.object(((List<?>) held.body().get("holds")).getFirst()).get("id");
    later();
    desk.ask(new NoteOrderHandler(desk.ports()), id, "ben", Map.of(), "{\"text\": \"Called\"}");
    later();
    desk.advance(new waybill.messages.OrderMessages.OrderDue(id, desk.bench.clock().instant()));
    desk.tag(id, "late");
    later();
    desk.ask(new ReleaseHoldHandler(desk.ports()), id, "cat", Map.of("hold_id", hold), "{\"note\": \"It is there\"}");
    later();
    desk.ask(new CancelOrderHandler(desk.ports()), id, "dan", Map.of(), "{\"reason\": \"other\"}");
    return id;
  }

  private Map<String, Object> entry(OrderId id, String what) {
    return desk.history(id, Map.of("limit", "100"), "orders:operate").data().stream()
        .filter(it -> it.get("what").equals(what)).findFirst().orElseThrow();
  }

  @Test
  void whatPeopleAndTheOrderDidIsInOneOrderOfTime() {
    OrderId id = order();
    List<Map<String, Object>> all = desk.history(id, Map.of("limit", "100"), "orders:operate").data();
    assertThat(all).extracting(it -> it.get("what")).containsSubsequence("order.accepted", "order.placed",
        "hold.placed",
        "note.added", "tags.changed", "command.release", "order.ended");
    assertThat(all).extracting(it -> (String) it.get("at")).isSorted();
    assertThat(all).allSatisfy(it -> assertThat(it).containsOnlyKeys("at", "by", "what", "before", "after", "why"));
    assertThat(entry(id, "hold.placed")).containsEntry("by", "ann").containsEntry("why", "No such street");
    assertThat(Json.object(entry(id, "hold.placed").get("after"))).containsEntry("reason", "address_incorrect");
    assertThat(entry(id, "note.added")).containsEntry("by", "ben").containsEntry("why", "Called");
    assertThat(entry(id, "tags.changed")).containsEntry("before", Map.of("tags", List.of("vip")))
        .containsEntry("after", Map.of("tags", List.of("late")));
    assertThat(entry(id, "command.release")).containsEntry("by", "cat");
    assertThat(entry(id, "hold.released")).containsEntry("why", "It is there");
    assertThat(entry(id, "order.ended")).containsEntry("by", "dan").containsEntry("why", "other")
        .containsEntry("after", Map.of("status", "cancelled"));
  }

  @Test
  void eachEntryIsOnOnePageAndPagesFollowEachOther() {
    OrderId id = order();
    List<Map<String, Object>> all = desk.history(id, Map.of("limit", "100"), "orders:operate").data();
    for (int limit : List.of(1, 2, 3)) {
      var paged = new ArrayList<Map<String, Object>>();
      var query = new HashMap<>(Map.of("limit", Integer.toString(limit)));
      do {
        Desk.Answer page = desk.history(id, query, "orders:operate");
        assertThat(page.data()).hasSizeLessThanOrEqualTo(limit);
        paged.addAll(page.data());
        query.put("cursor", (String) page.body().get("next_cursor"));
      } while (query.get("cursor") != null);
      assertThat(paged).isEqualTo(all);
    }
  }

  @Test
  void nothingOfTheCustomerIsInIt() {
    String text = desk.history(order(), Map.of("limit", "100"), "orders:operate").body().toString();
    assertThat(text).doesNotContainIgnoringCase("ada").doesNotContainIgnoringCase("hopper").doesNotContain("Hauptstr",
        "555010", "example.com");
  }

  @Test
  void whatIsOlderThanTheSettingIsNotShown() {
    OrderId id = order();
    desk.bench.with("HISTORY_DAYS", "1");
    assertThat(desk.history(id, Map.of(), "orders:operate").data()).isNotEmpty();
    desk.bench.clock().advance(Duration.ofDays(2));
    assertThat(desk.history(id, Map.of(), "orders:operate").data()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"cursor,x,cursor invalid", "cursor,,cursor invalid", "limit,0,limit out_of_range",
    "since,2026,since unknown"})
  void whatMakesNoSenseIsRefusedByName(String name, String value, String error) {
    assertThat(desk.history(order(), Map.of(name, value == null ? "" : value), "orders:operate").errors())
        .containsExactly(error);
  }

  @Test
  void whatIsNoOrderHasNoHistory() {
    assertThat(desk.history(Desk.NOBODYS, Map.of(), "orders:operate").status()).isEqualTo(404);
  }
}
