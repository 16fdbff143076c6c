package waybill.warehouse.picking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.messages.FulfillmentId;
import waybill.platform.Json;

/** What a lead and a packer see of the work of others. */
class ListWorkTest {
  private final PickingFloor floor = new PickingFloor().shelf("A-1").holds("A-1", "TEA", 9);

  @AfterEach
  void close() {
    floor.close();
  }

  @Test
  void aLeadSeesWhoWorksOnWhatAndHowFarTheyAre() {
    floor.order(1, "TEA", 2);
    floor.wave();
    assertThat(floor.open()).singleElement().satisfies(it -> assertThat(it).containsEntry("holder", null)
        .containsEntry("silent", false).containsEntry("carrier", "dhl"));

    String work = floor.next("ada").id();
    floor.scan("ada", work, "A-1");
    floor.scan("ada", work, "TEA", 1);
    floor.scan("ada", work, "T-1");
    assertThat(floor.open()).singleElement().satisfies(it -> {
      assertThat(it).containsEntry("id", work).containsEntry("holder", "ada").containsEntry("silent", false);
      assertThat(Json.object(it.get("progress"))).containsEntry("units_done", 1L).containsEntry("units", 2L);
    });
    floor.bench.clock().advance(Duration.ofMinutes(11));
    assertThat(floor.open()).singleElement().satisfies(it -> assertThat(it).containsEntry("silent", true));
    floor.scan("ada", work, "TEA", 1);
    floor.scan("ada", work, "T-1");
    assertThat(floor.open()).as("it is done").isEmpty();
  }

  @Test
  void aToteSaysWhoseUnitsItHolds() {
    FulfillmentId order = floor.order(1, "TEA", 1);
    floor.wave();
    assertThat(floor.bin("T-1").body()).containsEntry("fulfillment_id", null);
    String work = floor.next("ada").id();
    floor.scan("ada", work, "A-1");
    floor.scan("ada", work, "TEA");
    floor.scan("ada", work, "T-1");

    assertThat(floor.bin("T-1").body()).containsEntry("fulfillment_id", order.value());
    assertThat(floor.bin("A-1").body()).doesNotContainKey("fulfillment_id");
  }
}
