package waybill.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.messages.LocationId;
import waybill.messages.Sku;
import waybill.platform.Table;
import waybill.workbench.RequestSchema;

class MoveUnitsTest {
  private final Building building = new Building();
  private final LocationId leipzig = new LocationId("leipzig");

  @BeforeEach
  void teaAtTheDock() {
    building.product("TEA", 200, 100);
    building.putBin("A-1", "{\"maximum_units\":60}");
    building.putBin("A-2", "{}");
  }

  @AfterEach
  void close() {
    building.close();
  }

  private BinStock stock() {
    return new BinStock(building.bench.ports());
  }

  @Test
  void unitsGoFromTheDockToABinAndToAnother() {
    assertThat(stock().unplaced(leipzig, new Sku("TEA"), null)).isEqualTo(100);
    var moved = building.move("1", "TEA", 40, null, "A-1");
    assertThat(moved.status()).isEqualTo(201);
    assertThat(moved.body()).containsEntry("to", "A-1").doesNotContainKey("from");
    assertThat(stock().unplaced(leipzig, new Sku("TEA"), null)).isEqualTo(60);
    assertThat(building.move("2", "TEA", 15, "A-1", "A-2").status()).isEqualTo(201);
    assertThat(building.lying("A-1")).isEqualTo(Map.of("TEA", 25L));
    assertThat(building.lying("A-2")).isEqualTo(Map.of("TEA", 15L));
    assertThat(stock().unplaced(leipzig, new Sku("TEA"), null)).isEqualTo(60);
    assertThat(stock().lying(leipzig, new Sku("TEA"))).extracting(it -> it.value().bin().value())
        .containsExactly("A-1", "A-2");
    building.move("3", "TEA", 25, "A-1", null);
    assertThat(building.lying("A-1")).isEmpty();
    assertThat(stock().unplaced(leipzig, new Sku("TEA"), null)).isEqualTo(85);
  }

  @Test
  void aMoveThatIsSentTwiceMovesOnce() {
    var first = building.move("1", "TEA", 40, null, "A-1");
    assertThat(building.move("1", "TEA", 40, null, "A-1").body()).isEqualTo(first.body());
    assertThat(building.lying("A-1")).isEqualTo(Map.of("TEA", 40L));
    assertThat(building.move("1", "TEA", 41, null, "A-1").code()).isEqualTo("idempotency_key_reused");
  }

  @Test
  void aBinGivesAndTakesNoMoreThanItHas() {
    assertThat(building.move("1", "TEA", 61, null, "A-1").code()).isEqualTo("bin_full");
    assertThat(building.move("2", "TEA", 101, null, "A-2").code()).isEqualTo("insufficient_stock");
    building.move("3", "TEA", 10, null, "A-1");
    assertThat(building.move("4", "TEA", 11, "A-1", "A-2").code()).isEqualTo("insufficient_stock");
    assertThat(building.move("5", "TEA", 51, null, "A-1").code()).isEqualTo("bin_full");
    assertThat(building.move("6", "TEA", 50, null, "A-1").status()).isEqualTo(201);
    assertThat(building.lying("A-1")).isEqualTo(Map.of("TEA", 60L));
  }

  @Test
  void aLockedBinRefusesInAndOut() {
    building.move("1", "TEA", 10, null, "A-1");
    building.putBin("A-1", "{\"locked\":true}");
    assertThat(building.move("2", "TEA", 1, "A-1", "A-2").code()).isEqualTo("bin_locked");
    assertThat(building.move("3", "TEA", 1, null, "A-1").code()).isEqualTo("bin_locked");
    assertThat(building.lying("A-1")).isEqualTo(Map.of("TEA", 10L));
  }

  @Test
  void whatIsHeldIsTakenOnlyByWhatHeldIt() {
    building.move("1", "TEA", 10, null, "A-1");
    var content = stock().content(leipzig, new BinId("A-1"), new Sku("TEA"), null).orElseThrow();
    assertThat(Table.writeAll(building.bench.dynamo(), List.of(stock().holding(content, 8)))).isTrue();
    assertThat(building.move("2", "TEA", 3, "A-1", "A-2").code()).isEqualTo("insufficient_stock");
    assertThat(building.move("3", "TEA", 2, "A-1", "A-2").status()).isEqualTo(201);
    var pick = new BinMove(BinMoveId.of("pick"), leipzig, new BinId("A-1"), new BinId("A-2"),
        List.of(new BinMove.Line(new Sku("TEA"), null, null, 5)), true, null, BinMove.Reason.PICKED, "ada", "ful_1",
        building.bench.clock().instant());
    assertThat(stock().move(pick).orElseThrow().now()).isTrue();
    assertThat(stock().move(pick).orElseThrow().now()).isFalse();
    var left = stock().content(leipzig, new BinId("A-1"), new Sku("TEA"), null).orElseThrow().value();
    assertThat(left.quantity()).isEqualTo(3);
    assertThat(left.held()).isEqualTo(3);
  }

  @Test
  void allThatLiesInABinGoesToAnother() {
    building.product("MUG", 100, 5);
    building.move("1", "TEA", 10, null, "A-1");
    building.move("2", "MUG", 5, null, "A-1");
    String whole = "{\"location_id\":\"leipzig\",\"from\":\"A-1\",\"to\":\"A-2\"}";
    assertThat(building.move("3", whole).status()).isEqualTo(201);
    assertThat(building.move("3", whole).status()).isEqualTo(201);
    assertThat(building.lying("A-1")).isEmpty();
    assertThat(building.lying("A-2")).isEqualTo(Map.of("MUG", 5L, "TEA", 10L));
    assertThat(building.move("4", whole).code()).isEqualTo("bin_empty");
  }

  @Test
  void whoWorksElsewhereSeesNothingAndChangesNothingHere() {
    String count = building.count("A-1");
    var ports = building.bench.ports();
    var bin = Map.of("location_id", "leipzig", "bin", "A-1");
    assertThat(building.elsewhere(new GetBinHandler(ports), bin, Map.of(), "")).isEqualTo(403);
    assertThat(building.elsewhere(new ProposePutawayHandler(ports), Map.of(),
        Map.of("location_id", "leipzig", "sku", "TEA"), "")).isEqualTo(403);
    assertThat(building.elsewhere(new MoveUnitsHandler(ports), Map.of(), Map.of(), """
        {"location_id": "leipzig", "to": "A-1", "sku": "TEA", "quantity": 1}""")).isEqualTo(403);
    assertThat(building.elsewhere(new RequestCountHandler(ports), Map.of(), Map.of(),
        "{\"location_id\":\"leipzig\",\"bin\":\"A-2\"}")).isEqualTo(403);
    assertThat(building.elsewhere(new EnterCountHandler(ports), Map.of("id", count), Map.of(), "{\"lines\":[]}"))
        .isEqualTo(403);
    assertThat(building.lying("A-1")).isEmpty();
    assertThat(building.openCounts()).containsExactly("A-1");
  }

  @Test
  void twoMovesAtOnceDoNotFillABinBeyondItsRoom() {
    long taken = IntStream.range(0, 8).parallel()
        .filter(it -> building.move("k" + it, "TEA", 10, null, "A-1").status() == 201).count();
    assertThat(taken).isEqualTo(6);
    assertThat(building.lying("A-1")).isEqualTo(Map.of("TEA", 60L));
  }

  @Test
  void whatIsNoMoveIsRefusedByField() {
    assertThat(building.move("1", "{\"location_id\":\"leipzig\",\"sku\":\"TEA\",\"quantity\":0}").errors())
        .containsExactlyInAnyOrder("/quantity out_of_range", "/to required");
    assertThat(building.move("2", "TEA", 1, "A-1", "A-1").errors()).containsExactly("/to same");
    assertThat(building.move("3", "TEA", 1, null, "A-9").errors()).containsExactly("/to unknown_bin");
    assertThat(building.move("4", "NO", 1, null, "A-1").errors()).containsExactly("/sku unknown_product");
    assertThat(building.move("5", "{\"location_id\":\"leipzig\",\"to\":\"A-1\"}").errors())
        .containsExactly("/sku required");
    assertThat(building.move("6", "{\"location_id\":\"rome\",\"from\":\"A-2\",\"to\":\"A-1\"}").errors())
        .containsExactly("/location_id unknown_location");
  }

  @Test
  void itIsReadAsOpenapiDescribesIt() {
    assertThat(RequestSchema.of("BinMoveForm").misfits("""
        {"location_id": "leipzig", "sku": "TEA-200", "lot": "L1", "quantity": 12, "from": "A-03-11", "to": "A-03-12",
         "height_mm": 1200, "reason": "putaway", "reference": "PO-4711"}""", MoveForm::read, "/sku", "/quantity"))
        .isEmpty();
  }
}
