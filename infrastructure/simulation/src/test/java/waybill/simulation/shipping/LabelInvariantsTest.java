package waybill.simulation.shipping;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.simulation.WatchedWorld.ORDER;
import static waybill.simulation.WatchedWorld.PARCEL;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.simulation.WatchedWorld;

class LabelInvariantsTest {
  private final WatchedWorld watched = new WatchedWorld();

  @AfterEach
  void end() {
    watched.close();
  }

  @Test
  void oneLabelForAParcelThatIsLetGoIsAllowed() {
    pack("");
    buy(PARCEL, 1);

    assertThat(found()).isEmpty();
  }

  @Test
  void aLabelThatIsPaidTwiceIsFound() {
    pack("");
    buy(PARCEL, 2);

    assertThat(found()).contains("a label is paid 2 times: draft-1 for " + PARCEL);
  }

  @Test
  void aSecondLabelForAParcelIsFound() {
    pack("");
    buy(PARCEL, 1);
    buy(PARCEL, 1);

    assertThat(found()).contains("a parcel has two labels: draft-1 and draft-2 for " + PARCEL);
  }

  @Test
  void aLabelOfACancelledOrderIsFound() {
    pack(", \"cancellation\": {\"reason\": \"customer\"}");
    buy(PARCEL, 1);

    assertThat(found())
        .contains("a label is bought for a parcel that its order has not let go, or has cancelled: " + PARCEL);
  }

  @Test
  void aLabelOfWhatNobodyPackedIsFound() {
    buy(PARCEL, 1);

    assertThat(found())
        .contains("a label is bought for a parcel that its order has not let go, or has cancelled: " + PARCEL);
  }

  private void pack(String more) {
    watched.write("OrdersTable", ORDER, "state", """
        {"terms": {"total": {"minor_units": 0, "currency": "EUR"}}, "stock": {"status": "reserved"},
          "packing": {"fulfillments": [{"id": "%s", "parcels": 1}]}%s}""".formatted(WatchedWorld.FULFILLMENT, more));
  }

  private void buy(String parcel, int times) {
    watched.asFunction(() -> {
      String draft = watched.draft(parcel);
      for (int time = 0; time < times; time++) {
        watched.world.carrier().buy(draft);
      }
    });
  }

  /** After the next write, whatever it is. */
  private List<String> found() {
    watched.write("CatalogTable", "product", "SKU-1", "{}");
    return watched.findings();
  }
}
