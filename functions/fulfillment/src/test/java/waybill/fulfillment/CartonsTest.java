package waybill.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.fulfillment.Floor.line;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.catalog.PutBoxHandler;
import waybill.catalog.PutProductHandler;
import waybill.fulfillment.Floor.Answer;
import waybill.messages.FulfillmentId;
import waybill.messages.Parcel;
import waybill.platform.Json;
import waybill.workbench.Bench;

/** Boxes are proposed to a packer, and what is known of a box need not be measured. */
class CartonsTest {
  private static final Map<String, String> KEY = Map.of("idempotency-key", "k");

  private final Floor floor = new Floor().holds("berlin", "TEAPOT", 9, "TIN", 99, "SAND", 9);
  private FulfillmentId id;

  @BeforeEach
  void boxesAndProducts() {
    product("TEAPOT", 900, 220, 150, 150, "");
    product("TIN", 150, 80, 80, 100, "");
    product("SAND", 0, 100, 100, 100, "");
    box("m", "berlin", 300, 240, 160, 40);
    box("l", null, 600, 400, 400, 90);
    box("elsewhere", "hamburg", 300, 240, 160, 1);
    id = floor.open(1, line(0, "TEAPOT", 1), line(1, "TIN", 6));
    floor.bench.forgetSent();
  }

  @AfterEach
  void close() {
    floor.close();
  }

  private void product(String sku, int grams, int length, int width, int height, String requires) {
    String body = """
        {"name": "%s", "weight_grams": %d, "length_mm": %d, "width_mm": %d, "height_mm": %d, "requires": [%s]}"""
        .formatted(sku, grams, length, width, height, requires);
    Bench.output(new PutProductHandler(floor.bench.ports()), floor.bench.httpEvent("PUT", "/products/" + sku,
        Map.of("sku", sku), Map.of(), Map.of(), body, "operator", "catalog:write"));
  }

  private void box(String box, String location, int length, int width, int height, int cost) {
    box(box, location, length, width, height, cost, "");
  }

  private void box(String box, String location, int length, int width, int height, int cost, String counts) {
    String body = """
        {"name": "Box", "location_id": %s, "inner_length_mm": %d, "inner_width_mm": %d, "inner_height_mm": %d, "length_mm": %d,
         "width_mm": %d, "height_mm": %d, "weight_grams": 100, "maximum_weight_grams": 10000, "cost": %d, "counts": [%s]}"""
        .formatted(location == null ? "null" : "\"" + location + "\"", length, width, height, length + 5, width + 5,
            height + 5, cost, counts);
    Bench.output(new PutBoxHandler(floor.bench.ports()), floor.bench.httpEvent("PUT", "/boxes/" + box,
        Map.of("id", box), Map.of(), Map.of(), body, "operator", "catalog:write"));
  }

  private Answer cartons(FulfillmentId of, Map<String, String> query) {
    Map<String, Object> response = Json.readObject(Bench.output(new GetCartonsHandler(floor.bench.ports()),
        floor.bench.httpEvent("GET", "/fulfillments/" + of + "/cartons", Map.of("id", of.value()), query, Map.of(), "",
            "packer", "fulfillment:work")));
    return new Answer(((Long) response.get("statusCode")).intValue(), Json.object(response.get("headers")),
        Json.readObject((String) response.get("body")));
  }

  private static List<Object> boxes(Answer answer) {
    return ((List<?>) answer.body().get("boxes")).stream().map(it -> Json.object(it).get("box_id")).toList();
  }

  private Answer pack(String of) {
    return floor.pack(id, KEY, """
        {"parcels": [{"lines": [{"line_id": "line_0", "quantity": 1}, {"line_id": "line_1", "quantity": 6}], %s}]}"""
        .formatted(of));
  }

  @Test
  void theCheapestBoxIsProposedWithEachUnitInItsPlace() {
    Answer answer = cartons(id, Map.of());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(boxes(answer)).containsExactly("m");
    assertThat(answer.body()).containsEntry("objective", "least_cost").containsEntry("cost", 40L)
        .containsEntry("fewest_possible", 1L);
    Map<String, Object> box = Json.object(((List<?>) answer.body().get("boxes")).getFirst());
    assertThat(box).containsEntry("weight_grams", 1_900L).containsEntry("length_mm", 305L);
    assertThat((List<?>) box.get("placements")).hasSize(7);
    assertThat(box.get("lines")).isEqualTo(List.of(Map.of("line_id", "line_0", "sku", "TEAPOT", "quantity", 1L),
        Map.of("line_id", "line_1", "sku", "TIN", "quantity", 6L)));
  }

  @Test
  void whatAProductRequiresDecides() {
    // Tins that stand do not fit beside the teapot.
    product("TIN", 150, 80, 80, 100, "\"keep_upright\"");
    assertThat(boxes(cartons(id, Map.of()))).containsExactly("m", "m");
    assertThat(boxes(cartons(id, Map.of("objective", "fewest_boxes")))).containsExactly("l");
    product("TIN", 150, 80, 80, 100, "\"hazmat\"");
    assertThat(boxes(cartons(id, Map.of("objective", "fewest_boxes")))).hasSize(2);
  }

  @Test
  void whatCannotBePackedIsRefusedByItsRule() {
    FulfillmentId unmeasured = floor.open(2, line(0, "SAND", 1));
    assertThat(cartons(unmeasured, Map.of()).body()).containsEntry("code", "not_measured");
    product("SAND", 100, 2_000, 100, 100, "");
    assertThat(cartons(unmeasured, Map.of()).body()).containsEntry("code", "too_large");
    product("SAND", 20_000, 100, 100, 100, "");
    assertThat(cartons(unmeasured, Map.of()).body()).containsEntry("code", "too_heavy");
    assertThat(cartons(id, Map.of("objective", "prettiest")).status()).isEqualTo(422);
    assertThat(cartons(Floor.fulfillment(9, 1), Map.of()).status()).isEqualTo(404);
    floor.cancel(Floor.cancelled(1));
    assertThat(cartons(id, Map.of()).body()).containsEntry("code", "not_packable");
  }

  @Test
  void aParcelInAKnownBoxHasItsSizeAndWhatItShouldWeigh() {
    assertThat(pack("\"box_id\": \"m\"").status()).isEqualTo(200);
    Parcel parcel = floor.packed().getLast().parcels().getFirst();
    assertThat(List.of(parcel.weightGrams(), parcel.lengthMm(), parcel.widthMm(), parcel.heightMm()))
        .containsExactly(1_900, 305, 245, 165);
    box("m", "berlin", 310, 240, 160, 40);
    assertThat(pack("\"box_id\": \"m\"").status()).as("the same request, after the box was changed").isEqualTo(200);
  }

  @Test
  void aParcelThatNobodyWeighedKeepsItsWeightIfTheRequestIsRepeatedAfterItsProductWasChanged() {
    String unweighed = "\"packaging_grams\": 50, \"length_mm\": 300, \"width_mm\": 200, \"height_mm\": 150";
    assertThat(pack(unweighed).status()).isEqualTo(200);
    int grams = floor.packed().getLast().parcels().getFirst().weightGrams();
    product("TIN", 151, 80, 80, 100, "");
    Answer again = pack(unweighed);
    assertThat(again.status()).as(again.body().toString()).isEqualTo(200);
    assertThat(floor.packed().getLast().parcels().getFirst().weightGrams()).isEqualTo(grams).isEqualTo(1_850);
  }

  /** Carton m, of which Berlin had so many. */
  private void counted(int quantity, String at) {
    box("m", "berlin", 300, 240, 160, 40,
        "{\"location_id\": \"berlin\", \"quantity\": %d, \"counted_at\": \"%s\"}".formatted(quantity, at));
  }

  @Test
  void aBoxThatHasRunOutIsNotProposedAndEachOneThatIsPackedIntoIsCountedOnce() {
    counted(1, "2026-11-20T08:00:00Z");
    assertThat(boxes(cartons(id, Map.of()))).containsExactly("m");
    assertThat(Json.object(((List<?>) cartons(id, Map.of()).body().get("boxes")).getFirst())).containsEntry("left", 1L);
    assertThat(pack("\"box_id\": \"m\"").status()).isEqualTo(200);
    assertThat(pack("\"box_id\": \"m\"").status()).as("the same request").isEqualTo(200);

    assertThat(boxes(cartons(id, Map.of()))).as("dearer, and there").containsExactly("l");
    assertThat(Json.object(((List<?>) cartons(id, Map.of()).body().get("boxes")).getFirst())).containsEntry("left",
        null);
    counted(3, "2026-11-20T08:00:00Z");
    assertThat(boxes(cartons(id, Map.of()))).as("it was miscounted then").containsExactly("m");
    assertThat(Json.object(((List<?>) cartons(id, Map.of()).body().get("boxes")).getFirst())).containsEntry("left", 2L);
    counted(0, "2026-11-21T08:00:00Z");
    assertThat(boxes(cartons(id, Map.of()))).containsExactly("l");
    counted(1, "2026-11-22T08:00:00Z");
    assertThat(boxes(cartons(id, Map.of()))).as("counted again, after some came").containsExactly("m");
  }

  @Test
  void twoPackersAtOnceUseTwoBoxes() throws Exception {
    counted(5, "2026-11-20T08:00:00Z");
    FulfillmentId other = floor.open(2, line(0, "TIN", 1));
    try (var pool = Executors.newFixedThreadPool(2)) {
      List<Callable<Answer>> packers = List.of(() -> pack("\"box_id\": \"m\""), () -> floor.pack(other, KEY, """
          {"parcels": [{"lines": [{"line_id": "line_0", "quantity": 1}], "box_id": "m"}]}"""));
      assertThat(pool.invokeAll(packers)).allSatisfy(it -> assertThat(it.get().status()).isEqualTo(200));
    }
    assertThat(Json.object(((List<?>) cartons(id, Map.of()).body().get("boxes")).getFirst())).containsEntry("left", 3L);
  }

  @Test
  void tooFewBoxesOfAKindAreFilledUpByOthers() {
    product("TIN", 150, 80, 80, 100, "\"keep_upright\"");
    counted(1, "2026-11-20T08:00:00Z");
    assertThat(boxes(cartons(id, Map.of()))).as("two of it would be cheapest").isNotEqualTo(List.of("m", "m"));
  }

  @Test
  void anUnknownBoxIsRefused() {
    for (String box : List.of("xl", "elsewhere")) {
      Answer refused = pack(
          "\"box_id\": \"%s\", \"weight_grams\": 1, \"length_mm\": 1, \"width_mm\": 1, \"height_mm\": 1"
              .formatted(box));
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.errors()).containsExactly("/parcels/0/box_id unknown_box");
    }
    assertThat(floor.bench.sent()).isEmpty();
  }

  @Test
  void aWeightThatDiffersIsLookedAtFirst() {
    assertThat(pack("\"box_id\": \"m\", \"weight_grams\": 1939").errors()).as("more than two percent")
        .containsExactly("/parcels/0/weight_grams weight_differs");
    assertThat(pack("\"box_id\": \"m\", \"weight_grams\": 1951").errors())
        .containsExactly("/parcels/0/weight_grams weight_differs");
    assertThat(pack("\"box_id\": \"m\", \"weight_grams\": 1750").errors()).as("a tin is missing")
        .containsExactly("/parcels/0/weight_grams weight_differs");
    assertThat(pack("\"box_id\": \"m\", \"weight_grams\": 10001, \"weight_checked\": true").errors())
        .containsExactly("/parcels/0/weight_grams too_heavy");
    assertThat(pack("\"box_id\": \"m\", \"weight_grams\": 1951, \"weight_checked\": true").status()).isEqualTo(200);
    assertThat(floor.packed().getLast().parcels().getFirst().weightGrams()).isEqualTo(1_951);
  }

  @Test
  void fiftyGramsMoreAreLookedAtHoweverHeavyTheParcelIs() {
    product("TEAPOT", 9_000, 220, 150, 150, "");
    assertThat(pack("\"box_id\": \"l\", \"weight_grams\": 10051, \"weight_checked\": true").errors())
        .containsExactly("/parcels/0/weight_grams too_heavy");
    product("TEAPOT", 8_000, 220, 150, 150, "");
    assertThat(pack("\"box_id\": \"l\", \"weight_grams\": 9051").errors())
        .containsExactly("/parcels/0/weight_grams weight_differs");
    assertThat(pack("\"box_id\": \"l\", \"weight_grams\": 9050").status()).isEqualTo(200);
  }

  @Test
  void aWeightThatIsNearIsTaken() {
    assertThat(pack("\"box_id\": \"m\", \"weight_grams\": 1938").status()).isEqualTo(200);
  }
}
