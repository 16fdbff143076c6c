package waybill.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.messages.LocationId;
import waybill.messages.Sku;
import waybill.platform.Json;
import waybill.workbench.RequestSchema;

class CountsTest {
  private static final String TEA = "{\"sku\":\"TEA\",\"counted\":%d}";
  private static final String APPROVE = "{\"decision\":\"approve\",\"root_cause\":\"%s\"}";

  private final Building building = new Building();

  @BeforeEach
  void aHundredTeasInABin() {
    building.product("TEA", 200, 100);
    building.putBin("A-1", "{}");
    building.putBin("A-2", "{}");
    building.move("in", "TEA", 100, null, "A-1");
  }

  @AfterEach
  void close() {
    building.close();
  }

  private static List<Object> differences(Building.Answer answer) {
    return ((List<?>) answer.body().get("differences")).stream().map(it -> Json.object(it).get("difference")).toList();
  }

  private static Object status(Building.Answer answer) {
    return answer.body().get("status");
  }

  /** 100 are expected, 4 leave between the request and the count, and 95 are counted. */
  @Test
  void whatLeavesBetweenTheRequestAndTheCountIsNotMissed() {
    String count = building.count("A-1");
    building.bench.clock().advance(Duration.ofMinutes(5));
    building.move("out", "TEA", 4, "A-1", "A-2");
    assertThat(status(building.tally(count, "ada", TEA.formatted(95)))).isEqualTo("recount");
    assertThat(differences(building.tally(count, "bob", TEA.formatted(95)))).containsExactly(-1L);
  }

  /** The same, counted at a time, and sent only after units have left and come. */
  @Test
  void whatMovesAfterTheCountWasMadeIsNotMissedEither() {
    String count = building.count("A-1");
    Instant counted = building.bench.clock().instant();
    building.bench.clock().advance(Duration.ofMinutes(5));
    building.move("out", "TEA", 30, "A-1", "A-2");
    building.move("back", "TEA", 7, "A-2", "A-1");
    String late = "{\"lines\":[%s],\"counted_at\":\"%s\"}";
    assertThat(status(building.tally(count, "ada", "1", late.formatted(TEA.formatted(100), counted))))
        .isEqualTo("matched");
    assertThat(building.openCounts()).isEmpty();
  }

  /** Found to hold 2 where it should be empty. */
  @Test
  void whatIsFoundIsStockOnlyAfterItIsApproved() {
    building.move("out", "TEA", 100, "A-1", "A-2");
    String count = building.count("A-1");
    building.tally(count, "ada", TEA.formatted(2));
    var second = building.tally(count, "bob", TEA.formatted(2));
    assertThat(status(second)).isEqualTo("in_review");
    assertThat(differences(second)).containsExactly(2L);
    assertThat(building.onHand("TEA")).isEqualTo(100L);
    assertThat(building.lying("A-1")).isEmpty();
    var posted = building.review(count, APPROVE.formatted("found"));
    assertThat(status(posted)).isEqualTo("posted");
    assertThat(building.onHand("TEA")).isEqualTo(102L);
    assertThat(building.lying("A-1")).isEqualTo(Map.of("TEA", 2L));
    assertThat(status(building.review(count, APPROVE.formatted("found")))).isEqualTo("posted");
    assertThat(building.onHand("TEA")).isEqualTo(102L);
  }

  @Test
  void whoCountsIsNotShownWhatIsExpectedAndASecondCounterIsSomebodyElse() {
    String count = building.count("A-1");
    assertThat(building.openCounts()).containsExactly("A-1");
    var first = building.tally(count, "ada", TEA.formatted(90));
    assertThat(status(first)).isEqualTo("recount");
    assertThat(differences(first)).isEmpty();
    assertThat(first.body().toString()).doesNotContain("expected").doesNotContain("100");
    assertThat(building.tally(count, "ada", "again", "{\"lines\":[" + TEA.formatted(100) + "]}").code())
        .isEqualTo("same_counter");
    assertThat(status(building.tally(count, "ada", TEA.formatted(90)))).as("the same request").isEqualTo("recount");
    assertThat(status(building.tally(count, "bob", TEA.formatted(100)))).isEqualTo("matched");
    assertThat(building.onHand("TEA")).isEqualTo(100L);
  }

  @Test
  void aDifferenceWithinTheToleranceNeedsNoSecondCounter() {
    String count = (String) building.requestCount("c",
        "{\"location_id\":\"leipzig\",\"bin\":\"A-1\",\"reason\":\"cycle\",\"tolerance\":2}").body().get("id");
    var counted = building.tally(count, "ada", TEA.formatted(98));
    assertThat(status(counted)).isEqualTo("in_review");
    assertThat(status(building.review(count, APPROVE.formatted("missing")))).isEqualTo("posted");
    assertThat(building.onHand("TEA")).isEqualTo(98L);
    assertThat(building.lying("A-1")).isEqualTo(Map.of("TEA", 98L));
  }

  @Test
  void whatIsOnlyMisplacedStaysStockAndIsLookedForAtTheDock() {
    String count = building.count("A-1");
    building.tally(count, "ada", TEA.formatted(97));
    building.tally(count, "bob", TEA.formatted(97));
    building.review(count, APPROVE.formatted("misplaced"));
    assertThat(building.onHand("TEA")).isEqualTo(100L);
    assertThat(building.lying("A-1")).isEqualTo(Map.of("TEA", 97L));
    assertThat(new BinStock(building.bench.ports()).unplaced(new LocationId("leipzig"), new Sku("TEA"), null))
        .isEqualTo(3);
  }

  /** 30 were shipped, and nobody took them out of the bin. */
  @Test
  void whatHasLeftStockBeforeIsNotMissedASecondTime() {
    building.adjust("TEA", -30, "lost");
    String count = building.count("A-1");
    building.tally(count, "ada", TEA.formatted(68));
    building.tally(count, "bob", TEA.formatted(68));
    assertThat(status(building.review(count, APPROVE.formatted("outbound_not_recorded")))).isEqualTo("posted");
    assertThat(building.lying("A-1")).isEqualTo(Map.of("TEA", 68L));
    assertThat(building.onHand("TEA")).isEqualTo(68L);
    assertThat(status(building.review(count, APPROVE.formatted("outbound_not_recorded")))).isEqualTo("posted");
    assertThat(building.onHand("TEA")).isEqualTo(68L);
  }

  @Test
  void whatIsNotCountedIsNotThereAndWhatNobodyExpectedIs() {
    building.product("MUG", 100, 0);
    String count = building.count("A-1");
    building.tally(count, "ada", "{\"sku\":\"MUG\",\"counted\":1}");
    var second = building.tally(count, "bob", "{\"sku\":\"MUG\",\"counted\":1}");
    assertThat(differences(second)).containsExactly(1L, -100L);
    assertThat(status(building.review(count, APPROVE.formatted("data_entry_error")))).isEqualTo("posted");
    assertThat(building.lying("A-1")).isEqualTo(Map.of("MUG", 1L));
    assertThat(building.onHand("MUG")).isEqualTo(1L);
    assertThat(building.onHand("TEA")).isEqualTo(0L);
  }

  @Test
  void aReviewerHasItCountedAgainOrEndsIt() {
    String count = building.count("A-1");
    building.tally(count, "ada", TEA.formatted(90));
    building.tally(count, "bob", TEA.formatted(91));
    assertThat(status(building.review(count, "{\"decision\":\"recount\"}"))).isEqualTo("requested");
    assertThat(building.review(count, APPROVE.formatted("missing")).code()).isEqualTo("not_in_review");
    building.tally(count, "cem", "c1", "{\"lines\":[%s]}".formatted(TEA.formatted(99)));
    building.tally(count, "ada", "a2", "{\"lines\":[%s]}".formatted(TEA.formatted(99)));
    assertThat(status(building.review(count, "{\"decision\":\"cancel\"}"))).isEqualTo("cancelled");
    assertThat(building.onHand("TEA")).isEqualTo(100L);
    assertThat(building.tally(count, "bob", "b2", "{\"lines\":[]}").code()).isEqualTo("not_counting");
  }

  @Test
  void aLockedBinIsCountedAndWhatIsMissingIsNotHeldAnyMore() {
    var stock = new BinStock(building.bench.ports());
    var content = stock.content(new LocationId("leipzig"), new BinId("A-1"), new Sku("TEA"), null).orElseThrow();
    waybill.platform.Table.writeAll(building.bench.dynamo(), List.of(stock.holding(content, 20)));
    building.putBin("A-1", "{\"locked\":true}");
    String count = building.count("A-1");
    building.tally(count, "ada", TEA.formatted(15));
    building.tally(count, "bob", TEA.formatted(15));
    assertThat(status(building.review(count, APPROVE.formatted("missing")))).isEqualTo("posted");
    var left = stock.content(new LocationId("leipzig"), new BinId("A-1"), new Sku("TEA"), null).orElseThrow().value();
    assertThat(left.quantity()).isEqualTo(15);
    assertThat(left.held()).isEqualTo(15);
  }

  @Test
  void whatIsNoCountIsRefusedByField() {
    assertThat(building.requestCount("1", "{\"location_id\":\"leipzig\",\"bin\":\"Z-9\"}").errors())
        .containsExactly("/bin unknown_bin");
    String count = building.count("A-1");
    assertThat(building.tally(count, "ada", "{\"sku\":\"NO\",\"counted\":1},{\"sku\":\"TEA\",\"counted\":-1},"
        + "{\"sku\":\"TEA\",\"counted\":1}").errors()).containsExactlyInAnyOrder("/lines/0/sku unknown_product",
            "/lines/1/counted out_of_range", "/lines/2/sku repeated");
    assertThat(building.review(count, "{\"decision\":\"approve\"}").errors()).containsExactly("/root_cause required");
    assertThat(building.getCount("cnt_0").status()).isEqualTo(404);
    assertThat(building.getCount(CountId.of("none").value()).status()).isEqualTo(404);
  }

  @Test
  void theyAreReadAsOpenapiDescribesThem() {
    assertThat(RequestSchema.of("CountForm").misfits("""
        {"location_id": "leipzig", "bin": "A-03-12", "reason": "cycle", "tolerance": 1, "reference": "week 49"}""",
        fields -> RequestCountHandler.read(CountId.of("x"), fields))).isEmpty();
    assertThat(RequestSchema.of("TallyForm").misfits("""
        {"lines": [{"sku": "TEA-200", "lot": "L-1", "counted": 95}], "counted_at": "2026-11-30T08:00:00Z"}""",
        fields -> EnterCountHandler.Form.read(fields, Instant.parse("9999-12-31T23:59:59Z")))).isEmpty();
    assertThat(RequestSchema.of("CountReviewForm").misfits("""
        {"decision": "approve", "root_cause": "found", "note": "behind the shelf"}""",
        ReviewCountHandler.Form::read, "/root_cause")).isEmpty();
  }
}
