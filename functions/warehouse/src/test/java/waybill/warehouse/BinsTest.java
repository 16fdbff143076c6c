package waybill.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.messages.LocationId;
import waybill.workbench.RequestSchema;

class BinsTest {
  private final Building building = new Building();

  @AfterEach
  void close() {
    building.close();
  }

  @Test
  void aBinIsPutReplacedAndShown() {
    String sample = Building.sample("put-bin.json");
    assertThat(building.putBin("A-03-12", sample).status()).isEqualTo(201);
    assertThat(building.getBin("A-03-12").body()).containsEntry("location_id", "leipzig")
        .containsEntry("bin", "A-03-12").containsEntry("purpose", "pick").containsEntry("maximum_units", 96L)
        .containsEntry("walking_sequence", 312L).containsEntry("locked", false)
        .doesNotContainKey("maximum_volume_cm3");
    var replaced = building.putBin("leipzig", "A-03-12", Map.of("if-match", "\"1\""),
        "{\"purpose\":\"bulk\",\"storage_type\":\"pallet\",\"locked\":true}");
    assertThat(replaced.status()).isEqualTo(200);
    assertThat(replaced.body()).containsEntry("purpose", "bulk").containsEntry("storage_type", "pallet")
        .containsEntry("locked", true).containsEntry("revision", 2L).doesNotContainKey("zone");
    assertThat(building.putBin("leipzig", "A-03-12", Map.of("if-match", "\"1\""), sample).status()).isEqualTo(412);
  }

  @Test
  void aBinIsOfALocationThatThereIs() {
    assertThat(building.putBin("nowhere", "A-1", Map.of(), "{}").status()).isEqualTo(404);
    assertThat(building.putBin("leipzig", "A 1", Map.of(), "{}").status()).isEqualTo(404);
    assertThat(building.getBin("A-1").status()).isEqualTo(404);
  }

  @Test
  void whatIsNoBinIsRefusedByField() {
    var refused = building.putBin("A-1", "{\"purpose\":\"shop\",\"level\":-1,\"maximum_units\":0,"
        + "\"storage_type\":\"Big Things\",\"colour\":\"red\"}");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.errors()).containsExactlyInAnyOrder("/purpose unknown_value", "/level out_of_range",
        "/maximum_units out_of_range", "/storage_type invalid", "/colour unknown");
    assertThat(building.getBin("A-1").status()).isEqualTo(404);
  }

  @Test
  void aPickFaceIsOfAProductAndHasAMaximumAboveItsMinimum() {
    building.product("TEA", 60, 0);
    assertThat(building
        .putBin("A-1", "{\"purpose\":\"bulk\",\"pick_face\":{\"sku\":\"TEA\",\"minimum\":5,\"maximum\":5}}").errors())
        .containsExactlyInAnyOrder("/pick_face not_allowed", "/pick_face/maximum out_of_range");
    assertThat(building.putBin("A-1", "{\"pick_face\":{\"sku\":\"MUG\",\"minimum\":5,\"maximum\":9}}").errors())
        .containsExactly("/pick_face/sku unknown_product");
    assertThat(building.putBin("A-1", "{\"pick_face\":{\"sku\":\"TEA\",\"minimum\":5,\"maximum\":9}}").body())
        .containsEntry("pick_face", Map.of("sku", "TEA", "minimum", 5L, "maximum", 9L));
    assertThat(building.getBin("A-1").body()).containsEntry("replenishment", null);
  }

  @Test
  void itIsReadAsOpenapiDescribesIt() {
    assertThat(RequestSchema.of("BinForm").misfits("""
        {"purpose": "pick", "zone": "A", "aisle": "03", "position": 12, "level": 1, "storage_type": "shelf",
         "walking_sequence": 312, "maximum_height_mm": 400, "maximum_weight_grams": 50000,
         "maximum_volume_cm3": 90000, "maximum_units": 96, "locked": true,
         "pick_face": {"sku": "TEA-200", "minimum": 5, "maximum": 30}}""",
        fields -> BinForm.read(new LocationId("leipzig"), new BinId("A-1"), fields))).isEmpty();
  }
}
