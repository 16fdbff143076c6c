package waybill.simulation.documents;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.simulation.WatchedWorld;

class PickupInvariantsTest {
  private final WatchedWorld watched = new WatchedWorld();

  @AfterEach
  void end() {
    watched.close();
  }

  private void pickup(String id, String stage, String parcel) {
    watched.write("DocumentsTable", id, "pickup",
        "{\"id\":\"%s\",\"stage\":{\"type\":\"%s\"},\"parcels\":[{\"parcel\":\"%s\"}]}".formatted(id, stage, parcel));
  }

  @Test
  void aParcelOnTwoPickupsAtATimeIsFoundAndOneOfAPickupThatIsOverIsNot() {
    pickup("pku_1", "ended", "par_1");
    pickup("pku_2", "booked", "par_1");
    assertThat(watched.world.findings()).isEmpty();
    pickup("pku_3", "quoted", "par_1");
    assertThat(watched.world.findings()).anyMatch(it -> it.startsWith("a parcel is on two pickups: par_1"));
  }

  @Test
  void aPickupThatIsPaidTwiceOrThatNobodyKnowsOfIsFound() {
    watched.world.carrier().visits().booked().put("pku_1", 2);
    pickup("pku_1", "ended", "par_1");
    assertThat(watched.world.findings()).anyMatch(it -> it.startsWith("a pickup is paid 2 times"));
    assertThat(watched.findingsAtRest()).anyMatch(it -> it.startsWith("a pickup is paid and nobody knows of it"));
  }

  @Test
  void aPickupThatNeverEndsIsFound() {
    pickup("pku_1", "booking", "par_1");
    assertThat(watched.findingsAtRest()).anyMatch(it -> it.startsWith("a pickup never ends: pku_1"));
  }
}
