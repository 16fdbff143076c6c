package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.inventory.Depot.*;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.messages.ShortageReason;
import waybill.messages.Sku;
import waybill.platform.Json;

/** The ledger says what moved, when, why, by whom, and what lay there before and after. */
class ListMovementsTest {
  private Depot depot;

  @BeforeEach
  void open() {
    depot = new Depot();
  }

  @AfterEach
  void close() {
    depot.requireExact(BERLIN, LEIPZIG);
    depot.close();
  }

  private void adjust(String location, int quantity, String reason) {
    assertThat(depot.adjust(TEA, location + quantity + reason,
        "{\"location_id\":\"%s\",\"quantity\":%d,\"reason\":\"%s\",\"note\":\"a note\"}".formatted(location,
            quantity, reason))
        .status()).isEqualTo(201);
  }

  private static List<Map<String, Object>> data(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return ((List<?>) answer.body().get("data")).stream().map(Json::object).toList();
  }

  private List<String> reasons(Map<String, String> query) {
    return data(depot.listMovements(TEA, query)).stream().map(it -> (String) it.get("reason")).toList();
  }

  /** Received, allocated, missed by the packer, and shipped. */
  private void aDay() {
    adjust("berlin", 10, "received");
    depot.reserve(order("a", 0, of(8, TEA)));
    var planned = planned("a", BERLIN, of(8, TEA));
    depot.allocate(planned);
    depot.bench.clock().advance(Duration.ofHours(1));
    depot.correct(missing("x", planned, ShortageReason.DAMAGED, 3, 5));
    depot.bench.clock().advance(Duration.ofHours(1));
    depot.ship(labelled("a", 1, BERLIN, of(5, TEA)));
    depot.bench.clock().advance(Duration.ofHours(1));
  }

  @Test
  void everyMovementIsShownWithItsReasonActorReferenceBeforeAndAfter() {
    aDay();

    List<Map<String, Object>> shown = data(depot.listMovements(TEA, Map.of()));

    assertThat(shown).extracting(it -> it.get("reason")).containsExactly("shipped", "damaged", "received");
    assertThat(shown.get(0)).containsEntry("number", 3L).containsEntry("at", "2026-11-22T11:00:00.000Z")
        .containsEntry("location_id", "berlin")
        .containsEntry("change", Map.of("on_hand", -5L, "damaged", 0L, "quarantined", 0L, "in_transit", 0L))
        .containsEntry("before", Map.of("on_hand", 7L, "damaged", 3L, "quarantined", 0L, "in_transit", 0L))
        .containsEntry("after", Map.of("on_hand", 2L, "damaged", 3L, "quarantined", 0L, "in_transit", 0L))
        .containsEntry("references", List.of(labelled("a", 1, BERLIN, of(5, TEA)).parcel().value()));
    assertThat(shown.get(1)).containsEntry("actor", "packer")
        .containsEntry("change", Map.of("on_hand", -3L, "damaged", 3L, "quarantined", 0L, "in_transit", 0L));
    assertThat(shown.get(2)).containsEntry("actor", "ada").containsEntry("note", "a note")
        .containsEntry("before", Map.of("on_hand", 0L, "damaged", 0L, "quarantined", 0L, "in_transit", 0L));
  }

  @Test
  void stockIsShownAsItWasAtAnyTime() {
    aDay();

    assertThat(depot.stockAt(TEA, "2026-11-22T08:59:59Z").text()).contains("\"locations\":[]");
    assertThat(depot.stockAt(TEA, "2026-11-22T09:59:59.999Z").text())
        .contains("{\"location_id\":\"berlin\",\"on_hand\":10,\"damaged\":0,\"quarantined\":0,\"in_transit\":0}");
    assertThat(depot.stockAt(TEA, "2026-11-22T10:00:00Z").text()).contains("\"on_hand\":7,\"damaged\":3");
    assertThat(depot.stockAt(TEA, "2026-11-22T12:00:00+01:00").text()).contains("\"at\":\"2026-11-22T11:00:00",
        "\"on_hand\":2,\"damaged\":3");
    assertThat(depot.stockAt(TEA, "2026-11-23T00:00:00Z").text()).contains("in_the_future");
    assertThat(depot.stockAt(TEA, "yesterday").status()).isEqualTo(422);
  }

  @Test
  void pagesOfAllLocationsHaveEachMovementOnce() {
    for (int i = 1; i <= 7; i++) {
      adjust("berlin", i, "received");
      adjust("leipzig", i, "received");
      if (i % 3 == 0) {
        depot.bench.clock().advance(Duration.ofSeconds(1));
      }
    }
    List<String> all = rows(depot.listMovements(TEA, Map.of()));
    assertThat(all).hasSize(14).doesNotHaveDuplicates();
    for (int limit = 1; limit <= 15; limit++) {
      var paged = new ArrayList<String>();
      Object cursor = null;
      do {
        var query = new HashMap<>(Map.of("limit", "" + limit));
        if (cursor != null) {
          query.put("cursor", (String) cursor);
        }
        Answer page = depot.listMovements(TEA, query);
        paged.addAll(rows(page));
        cursor = page.body().get("next_cursor");
      } while (cursor != null);
      assertThat(paged).as("limit %d", limit).isEqualTo(all);
    }
  }

  private static List<String> rows(Answer answer) {
    return data(answer).stream().map(it -> it.get("location_id") + " " + it.get("number")).toList();
  }

  @Test
  void oneLocationsMovementsAreShownAlone() {
    adjust("berlin", 3, "received");
    adjust("leipzig", 4, "found");

    assertThat(reasons(Map.of("location_id", "leipzig"))).containsExactly("found");
    assertThat(reasons(Map.of("location_id", "vienna"))).isEmpty();
  }

  @Test
  void whatIsWrongIsNamed() {
    assertThat(depot.listMovements(TEA, Map.of()).text()).isEqualTo("{\"data\":[],\"next_cursor\":null}");
    assertThat(depot.listMovements(new Sku("NOTHING"), Map.of()).status()).isEqualTo(404);
    assertThat(depot.listMovements(TEA, Map.of("cursor", "x", "limit", "0", "location_id", "Berlin", "colour", "red"))
        .text()).contains("cursor", "limit", "location_id", "colour");
  }
}
