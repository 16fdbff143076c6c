package waybill.warehouse.picking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.platform.Json;
import waybill.warehouse.picking.PickingFloor.Answer;

class ReplenishmentTest {
  private static final String FORM = """
      {"location_id": "leipzig", "pickers": 2, "seconds_per_line": 180,
       "devices": [{"id": "cart", "bins": 4, "maximum_weight_grams": 100000, "maximum_volume_cm3": 500000}],
       "collections": [{"carrier": "dhl", "cut_off_at": "2026-11-22T16:00:00Z", "priority": 1}]}""";
  private final PickingFloor floor = new PickingFloor();

  @AfterEach
  void close() {
    floor.close();
  }

  /** A face that has some of the product, and a bin of the reserve; it comes in cases of 12. */
  private void face(int units, int minimum, int maximum, int reserve) {
    floor.holds(shelf("A-1"), "TEA", units);
    floor.bin("B-1", "\"purpose\": \"bulk\", \"walking_sequence\": 2").holds("B-1", "TEA", reserve).cases("TEA", 12);
    floor.bin("A-1", pickFace(minimum, maximum));
  }

  private String shelf(String name) {
    floor.bin(name, "\"walking_sequence\": 1");
    return name;
  }

  private static String pickFace(int minimum, int maximum) {
    return "\"walking_sequence\": 1, \"pick_face\": {\"sku\": \"TEA\", \"minimum\": %d, \"maximum\": %d}"
        .formatted(minimum, maximum);
  }

  private static List<Object> left(Answer wave) {
    return ((List<?>) wave.body().get("left")).stream().map(it -> Json.object(it).get("reason")).map(Object.class::cast)
        .toList();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"5|100|30|B-1 24", "6|100|30|''", "1|100|24|B-1 12", "1|100|12|''",
    "1|17|30|B-1 12",
    "1|11|30|''", "5|24|1000|B-1 24"})
  void fullCasesComeOnceTheMinimumIsReachedAndUpToTheMaximum(int there, int reserve, int maximum, String expected) {
    face(there, 5, maximum, reserve);
    floor.wave();
    assertThat(String.join(",", floor.replenishment("A-1"))).isEqualTo(expected);
  }

  @Test
  void unitsAreProposedOnceAndHeldUntilSomebodyBringsThem() {
    face(4, 5, 30, 100);
    Answer first = floor.wave();
    assertThat(((List<?>) first.body().get("replenishments")).stream().map(it -> Json.object(it).get("bin")))
        .containsExactly("A-1");
    floor.wave();
    floor.wave();
    assertThat(floor.content("B-1", "TEA")).isEqualTo("100/24");

    assertThat(floor.brings("case 1", "B-1", "A-1", "TEA", 12).status()).isEqualTo(201);
    assertThat(floor.brings("case 1", "B-1", "A-1", "TEA", 12).status()).isEqualTo(201);
    assertThat(floor.content("B-1", "TEA")).isEqualTo("88/12");
    assertThat(floor.replenishment("A-1")).containsExactly("B-1 12");
    assertThat(floor.brings("too many", "B-1", "A-1", "TEA", 24).body()).containsEntry("code", "more_than_proposed")
        .containsEntry("proposed", 12L);
    floor.brings("case 2", "B-1", "A-1", "TEA", 12);
    assertThat(floor.content("B-1", "TEA")).isEqualTo("76/0");
    assertThat(floor.content("A-1", "TEA")).isEqualTo("28/0");
    assertThat(floor.replenishment("A-1")).isEmpty();
    floor.wave();
    assertThat(floor.replenishment("A-1")).as("28 are above the minimum").isEmpty();
  }

  @Test
  void twoFacesNeverGetTheSameUnits() {
    face(1, 5, 30, 36);
    floor.bin("A-2", pickFace(5, 30));
    floor.wave();
    assertThat(floor.replenishment("A-2")).as("the emptiest comes first").containsExactly("B-1 24");
    assertThat(floor.replenishment("A-1")).containsExactly("B-1 12");
    assertThat(floor.content("B-1", "TEA")).isEqualTo("36/36");
  }

  @Test
  void releasesAtTheSameTimeHoldUnitsOnce() throws Exception {
    face(1, 5, 30, 100);
    try (var pool = Executors.newFixedThreadPool(4)) {
      pool.invokeAll(IntStream.range(0, 4)
          .mapToObj(it -> (Callable<Answer>) () -> floor.wave("at once " + it, Map.of(), FORM)).toList())
          .forEach(it -> assertThat(it.resultNow().status()).isEqualTo(201));
    }
    assertThat(floor.replenishment("A-1")).containsExactly("B-1 24");
    assertThat(floor.content("B-1", "TEA")).isEqualTo("100/24");
  }

  @Test
  void anOrderThatNeedsWhatIsToComeWaitsForItAndIsPickedAtTheFace() {
    face(4, 5, 30, 24);
    floor.order(1, "TEA", 10);
    assertThat(left(floor.wave())).containsExactly("replenishing");
    floor.brings("both cases", "B-1", "A-1", "TEA", 24);
    Answer released = floor.wave();
    assertThat(left(released)).isEmpty();
    assertThat(floor.next("ada").expects()).containsEntry("bin", "A-1");
  }

  /** Four units of tea are in the face, and more come; the mugs' bin is locked. */
  @Test
  void whatNoFaceIsFilledWithIsNotWaitedFor() {
    face(4, 5, 30, 24);
    floor.holds(shelf("A-3"), "MUG", 2).bin("A-3", "\"locked\": true");
    floor.order(1, "TEA", 4, "MUG", 2);
    assertThat(left(floor.wave())).containsExactly("not_in_bins");
  }

  /** Six units in the face and twenty in the reserve expired yesterday; the face holds sixteen. */
  @Test
  void whatHasExpiredIsNotBroughtAndIsNoStockOfAFace() {
    floor.bin("A-1", "\"walking_sequence\": 1").holdsLot("A-1", "CREAM", "OLD", "2026-11-22", 6);
    floor.bin("B-1", "\"purpose\": \"bulk\"").holdsLot("B-1", "CREAM", "OLD", "2026-11-22", 20)
        .holdsLot("B-1", "CREAM", "NEW", "2027-06-30", 20);
    floor.bin("A-1", "\"walking_sequence\": 1, \"pick_face\": {\"sku\": \"CREAM\", \"minimum\": 5, \"maximum\": 16}");
    floor.bench.clock().advance(Duration.ofDays(1));
    floor.wave();
    assertThat(floor.replenishment("A-1")).containsExactly("B-1 10");
    assertThat(floor.lot("B-1", "CREAM", "OLD")).isEqualTo("20/0");
    assertThat(floor.lot("B-1", "CREAM", "NEW")).isEqualTo("20/10");
  }

  /** An opened case is no reason to wait: it is picked where it lies. */
  @Test
  void whatIsNotHeldForAFaceIsPickedInTheReserve() {
    face(4, 5, 30, 100);
    floor.order(1, "TEA", 20);
    assertThat(left(floor.wave())).isEmpty();
    assertThat(floor.content("A-1", "TEA")).isEqualTo("4/4");
    assertThat(floor.content("B-1", "TEA")).isEqualTo("100/40");
  }

  @Test
  void whatOrdersWerePromisedIsNotCountedAsThere() {
    face(10, 5, 30, 100);
    floor.order(1, "TEA", 6);
    floor.wave();
    assertThat(floor.replenishment("A-1")).as("10 lay there as the wave was released").isEmpty();
    floor.wave();
    assertThat(floor.replenishment("A-1")).as("20 have room beside the ten").containsExactly("B-1 12");
  }

  @Test
  void aDryRunSaysWhatIsLackingAndHoldsNothing() {
    face(4, 5, 30, 24);
    floor.order(1, "TEA", 10);
    Answer planned = floor.wave("dry", Map.of("dry_run", "true"), FORM);
    assertThat(PickingFloor.lines(Json.object(((List<?>) planned.body().get("replenishments")).getFirst())))
        .containsExactly("B-1 24");
    assertThat(left(planned)).containsExactly("replenishing");
    assertThat(floor.content("B-1", "TEA")).isEqualTo("24/0");
    assertThat(floor.replenishment("A-1")).isEmpty();
  }

  @Test
  void whatNobodyBringsForFourHoursIsFreeAgainAndProposedAnew() {
    face(4, 5, 30, 24);
    floor.wave();
    floor.bench.clock().advance(Duration.ofHours(3));
    floor.minutePasses();
    assertThat(floor.content("B-1", "TEA")).isEqualTo("24/24");
    floor.bench.clock().advance(Duration.ofHours(1));
    floor.minutePasses();
    assertThat(floor.content("B-1", "TEA")).isEqualTo("24/0");
    assertThat(floor.replenishment("A-1")).isEmpty();
    floor.wave();
    assertThat(floor.replenishment("A-1")).containsExactly("B-1 24");
  }

  /** A count finds 10 of the 24 that are held: they are moved, and the rest is forgotten in its time. */
  @Test
  void aCountThatFindsFewerLeavesNothingHeldForEver() {
    face(4, 5, 30, 24);
    floor.wave();
    floor.asksForCount("B-1");
    floor.tally("ada", "TEA", 10);
    floor.tally("bob", "TEA", 10);
    floor.review((String) floor.counts().getFirst().get("id"),
        "{\"decision\": \"approve\", \"root_cause\": \"missing\"}");
    assertThat(floor.content("B-1", "TEA")).isEqualTo("10/10");
    assertThat(floor.brings("all", "B-1", "A-1", "TEA", 24).body()).containsEntry("code", "insufficient_stock")
        .containsEntry("available", 10L);
    assertThat(floor.brings("what is there", "B-1", "A-1", "TEA", 10).status()).isEqualTo(201);
    floor.bench.clock().advance(Duration.ofHours(5));
    floor.minutePasses();
    assertThat(floor.replenishment("A-1")).isEmpty();
    assertThat(floor.content("A-1", "TEA")).isEqualTo("14/0");
  }
}
