package waybill.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.fulfillment.Floor.approved;
import static waybill.fulfillment.Floor.fulfillment;
import static waybill.fulfillment.Floor.line;
import static waybill.fulfillment.Floor.order;
import static waybill.fulfillment.Floor.released;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.fulfillment.Floor.Answer;
import waybill.messages.FulfillmentId;

class FulfillmentListTest {
  private static final String PARCELS = """
      {"parcels": [{"lines": [{"line_id": "line_0", "quantity": 1}], "weight_grams": 1, "length_mm": 2, "width_mm": 3, "height_mm": 4}]}""";
  private final Floor floor = new Floor();

  @AfterEach
  void close() {
    floor.close();
  }

  @Test
  void aFulfillmentShowsWhatItIsAndNothingOfThePackersKey() {
    floor.holds("berlin", "TEA", 9);
    FulfillmentId id = floor.open(1, line(0, "TEA", 1));
    floor.bench.clock().advance(Duration.ofMinutes(5));
    floor.pack(id, Map.of("idempotency-key", "secret"), PARCELS);

    Answer answer = floor.get(id);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers()).containsEntry("etag", "\"3\"");
    assertThat(answer.body())
        .containsAllEntriesOf(
            Map.of("id", id.value(), "order_id", order(1).value(), "location_id", "berlin", "status", "packed",
                "lines", List.of(Map.of("line_id", "line_0", "sku", "TEA", "quantity", 1L)),
                "parcels",
                List.of(Map.of("id", "par_" + id.value().substring(4) + "_1", "lines",
                    List.of(Map.of("line_id", "line_0", "sku", "TEA", "quantity", 1L)),
                    "weight_grams", 1L, "length_mm", 2L, "width_mm", 3L, "height_mm", 4L)),
                "created_at", "2026-11-22T09:00:00.000Z", "updated_at", "2026-11-22T09:05:00.000Z", "revision", 3L))
        .containsEntry("dispatched_at", null).containsEntry("packs_with", null).containsEntry("sourcing", null)
        .hasSize(12);
  }

  @Test
  void whatIsNoFulfillmentIsNotFound() {
    assertThat(floor.get(fulfillment(1, 1)).status()).isEqualTo(404);
    assertThat(floor.get("ful_x").status()).isEqualTo(404);
    assertThat(floor.get("").status()).isEqualTo(404);
  }

  @Test
  void thePackersListIsWhatIsOpenAtTheirLocationLongestOpenFirst() {
    floor.holds("berlin", "TEA", 3).holds("berlin-2", "MUG", 3);
    var open = new ArrayList<>();
    for (int order : new int[]{7, 3, 5}) {
      open.add(floor.open(order, line(0, "TEA", 1)).value());
      floor.bench.clock().advance(Duration.ofMillis(1_500));
    }
    Object elsewhere = floor.open(8, line(0, "MUG", 1)).value();
    floor.plan(released(9, line(0, "MUG", 1)));

    assertThat(floor.list(Map.of("location_id", "berlin")).ids()).isEqualTo(open);
    assertThat(floor.list(Map.of("status", "open", "location_id", "berlin-2")).ids()).containsExactly(elsewhere);
    assertThat(floor.list(Map.of()).ids()).hasSize(4);
    assertThat(floor.list(Map.of("location_id", "munich")).ids()).isEmpty();
  }

  @Test
  void whatIsPackedAndMayLeaveIsInTheListOfThePackedFromThenOnTheLatestFirst() {
    floor.holds("berlin", "TEA", 3);
    FulfillmentId id = floor.open(1, line(0, "TEA", 1));
    assertThat(floor.list(Map.of("status", "packed")).ids()).isEmpty();

    floor.pack(id, Map.of("idempotency-key", "k"), PARCELS);

    assertThat(floor.list(Map.of()).ids()).isEmpty();
    assertThat(floor.list(Map.of("status", "packed")).ids()).as("its order may still be cancelled").isEmpty();

    floor.plan(approved(floor.packed().getLast()).getFirst());
    floor.bench.clock().advance(Duration.ofDays(30));
    assertThat(floor.list(Map.of("status", "packed")).body().get("data")).isEqualTo(List.of(floor.get(id).body()));
    assertThat(floor.get(id).body()).containsEntry("status", "packed").containsEntry("dispatched_at",
        "2026-11-22T09:00:00.000Z");

    FulfillmentId later = floor.open(2, line(0, "TEA", 1));
    floor.pack(later, Map.of("idempotency-key", "k"), PARCELS);
    floor.plan(approved(floor.packed().getLast()).getFirst());
    assertThat(floor.list(Map.of("status", "packed")).ids()).containsExactly(later.value(), id.value());
  }

  @Test
  void pagesTogetherAreTheList() {
    floor.holds("berlin", "TEA", 7);
    for (int order = 0; order < 7; order++) {
      floor.open(order, line(0, "TEA", 1));
    }
    var seen = new ArrayList<>();
    var query = new HashMap<>(Map.of("limit", "3", "location_id", "berlin"));
    do {
      Answer page = floor.list(query);
      assertThat(page.ids()).hasSizeLessThanOrEqualTo(3);
      seen.addAll(page.ids());
      query.put("cursor", (String) page.body().get("next_cursor"));
    } while (query.get("cursor") != null);

    assertThat(seen).isEqualTo(floor.list(Map.of()).ids()).hasSize(7);
  }

  @Test
  void pagesOfOneStatusMayBeShorterThanTheirLimitButTogetherTheyAreTheList() {
    floor.holds("berlin", "TEA", 9);
    var open = new ArrayList<>();
    var packed = new ArrayList<>();
    for (int order = 0; order < 9; order++) {
      FulfillmentId id = floor.open(order, line(0, "TEA", 1));
      floor.bench.clock().advance(Duration.ofSeconds(1));
      if (order % 4 == 0) {
        floor.pack(id, Map.of("idempotency-key", "k"), PARCELS);
        floor.plan(approved(floor.packed().getLast()).getFirst());
      }
      (order % 4 == 0 ? packed : open).add(id.value());
    }

    assertThat(pages("open", "berlin")).isEqualTo(open);
    assertThat(pages("packed", "berlin")).isEqualTo(packed.reversed());
  }

  private List<Object> pages(String status, String location) {
    var seen = new ArrayList<>();
    var query = new HashMap<>(Map.of("limit", "2", "status", status, "location_id", location));
    do {
      Answer page = floor.list(query);
      assertThat(page.ids()).hasSizeLessThanOrEqualTo(2);
      seen.addAll(page.ids());
      query.put("cursor", (String) page.body().get("next_cursor"));
    } while (query.get("cursor") != null);
    return seen;
  }

  @Test
  void aCursorOfTheOtherStatusIsRefused() {
    floor.holds("berlin", "TEA", 9);
    List.of(1, 2, 3).forEach(order -> floor.open(order, line(0, "TEA", 1)));
    var cursor = (String) floor.list(Map.of("limit", "1")).body().get("next_cursor");

    assertThat(floor.list(Map.of("limit", "1", "cursor", cursor)).ids()).hasSize(1);
    assertThat(floor.list(Map.of("limit", "1", "status", "open", "cursor", cursor)).ids()).hasSize(1);
    assertThat(floor.list(Map.of("status", "packed", "cursor", cursor)).errors()).containsExactly("cursor invalid");
    assertThat(floor.list(Map.of("cursor", "OPEN.")).errors()).containsExactly("cursor invalid");
  }

  @Test
  void aWrongQueryIsRefused() {
    assertThat(floor.list(Map.of("status", "planned")).errors()).containsExactly("status unknown_value");
    assertThat(floor.list(Map.of("location_id", "Berlin!")).errors()).containsExactly("location_id invalid");
    assertThat(floor.list(Map.of("limit", "0")).errors()).containsExactly("limit out_of_range");
    assertThat(floor.list(Map.of("cursor", "abc")).errors()).containsExactly("cursor invalid");
    assertThat(floor.list(Map.of("colour", "red", "order", "1")).errors()).containsExactly("colour unknown",
        "order unknown");
    assertThat(floor.list(Map.of("status", "", "location_id", "", "limit", "x", "colour", "red")).errors())
        .containsExactly("status unknown_value", "location_id invalid", "limit out_of_range", "colour unknown");
  }
}
