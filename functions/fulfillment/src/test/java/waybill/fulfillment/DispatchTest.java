package waybill.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.fulfillment.Floor.allocated;
import static waybill.fulfillment.Floor.approved;
import static waybill.fulfillment.Floor.cancelled;
import static waybill.fulfillment.Floor.fulfillment;
import static waybill.fulfillment.Floor.line;
import static waybill.fulfillment.Floor.order;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import waybill.messages.FulfillmentId;
import waybill.messages.FulfillmentMessages.FulfillmentPlanned;
import waybill.messages.LocationId;
import waybill.messages.OrderMessages.DispatchApproved;
import waybill.messages.Parcel;
import waybill.messages.ParcelId;
import waybill.platform.TimeText;
import waybill.workbench.Faults;

class DispatchTest {
  private static final String TWO_PARCELS = """
      {"parcels": [
        {"lines": [{"line_id": "line_0", "quantity": 1}], "weight_grams": 1, "length_mm": 2, "width_mm": 3, "height_mm": 4},
        {"lines": [{"line_id": "line_0", "quantity": 1}], "weight_grams": 1, "length_mm": 2, "width_mm": 3, "height_mm": 4}]}""";
  private static final Map<String, String> KEY = Map.of("idempotency-key", "k");

  private final Floor floor = new Floor();
  private FulfillmentPlanned planned;
  private FulfillmentId id;

  @BeforeEach
  void open() {
    floor.holds("berlin", "TEA", 9);
    id = floor.open(1, line(0, "TEA", 2));
    planned = floor.planned().getFirst();
  }

  @AfterEach
  void close() {
    floor.close();
  }

  private List<DispatchApproved> pack() {
    floor.pack(id, KEY, TWO_PARCELS);
    List<DispatchApproved> approved = approved(floor.packed().getLast());
    floor.bench.forgetSent();
    return approved;
  }

  @Test
  void theFirstParcelThatIsApprovedDispatchesAndTheOthersWriteNothing() {
    List<DispatchApproved> approved = pack();

    assertThat(floor.plan(approved.get(0))).isEmpty();
    assertThat(floor.items(1)).containsExactly("1 dispatched r4 listed");
    var faults = new Faults();
    floor.through(faults.in(DynamoDbClient.class, floor.bench.dynamo()), floor.bench.sqs());
    floor.bench.clock().advance(Duration.ofDays(14));
    assertThat(floor.plan(approved.get(1))).isEmpty();
    assertThat(floor.plan(approved.get(0))).isEmpty();

    assertThat(faults.calls()).as("a read each").isEqualTo(2);
    assertThat(floor.items(1)).containsExactly("1 dispatched r4 listed");
    assertThat(floor.bench.sent()).isEmpty();
  }

  @Test
  void whatIsDispatchedStaysPackedAndSaysSinceWhenItMayLeave() {
    List<DispatchApproved> approved = pack();
    assertThat(floor.get(id).body()).containsEntry("status", "packed").containsEntry("dispatched_at", null);

    floor.plan(approved.getFirst());

    assertThat(floor.get(id).body()).containsEntry("status", "packed").containsEntry("dispatched_at",
        TimeText.of(floor.bench.clock().instant()));
    assertThat(floor.list(Map.of()).ids()).isEmpty();
    assertThat(floor.list(Map.of("status", "packed")).ids()).containsExactly(id.value());
  }

  @Test
  void thePackingOfWhatIsDispatchedAnswersAsBeforeAndTellsNobody() {
    floor.plan(pack().getFirst());

    assertThat(floor.pack(id, KEY, TWO_PARCELS).body()).containsEntry("status", "packed");
    assertThat(floor.pack(id, Map.of("idempotency-key", "other"), TWO_PARCELS).body()).containsEntry("code",
        "already_packed");

    assertThat(floor.bench.sent()).isEmpty();
  }

  @Test
  void stockAllocatedThatIsToldLateLeavesItDispatched() {
    floor.plan(pack().getFirst());

    assertThat(floor.plan(allocated(planned))).isEmpty();

    assertThat(floor.items(1)).containsExactly("1 dispatched r4 listed");
    assertThat(floor.bench.sent()).isEmpty();
  }

  @Test
  void whatIsNotPackedOrNotThereOrCancelledIsNotDispatchedAndComesBack() {
    var parcel = new Parcel(ParcelId.of(id, 1), List.of(line(0, "TEA", 2)), 1, 1, 1, 1, null, null);
    var early = new DispatchApproved(order(1), new LocationId("berlin"), Floor.POOL, parcel);
    var never = new DispatchApproved(order(2), new LocationId("berlin"), Floor.POOL,
        new Parcel(ParcelId.of(fulfillment(2, 1), 1), List.of(line(0, "TEA", 2)), 1, 1, 1, 1, null, null));

    assertThat(floor.plan(early, never)).hasSize(2);
    assertThat(floor.items(1)).containsExactly("1 open r2 listed");

    pack();
    floor.cancel(cancelled(1), cancelled(2));
    assertThat(floor.plan(early, never)).hasSize(2);
    assertThat(floor.status(id)).isEqualTo("cancelled");
    assertThat(floor.items(2)).containsExactly("1 cancelled tombstone r1");
  }
}
