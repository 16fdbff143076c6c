package waybill.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.fulfillment.Floor.POOL;
import static waybill.fulfillment.Floor.approved;
import static waybill.fulfillment.Floor.cancelled;
import static waybill.fulfillment.Floor.fulfillment;
import static waybill.fulfillment.Floor.line;
import static waybill.fulfillment.Floor.order;
import static waybill.fulfillment.Floor.released;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.messages.FulfillmentId;
import waybill.messages.FulfillmentMessages.FulfillmentPlanned;
import waybill.messages.LineQuantity;
import waybill.messages.Message;
import waybill.messages.OrderMessages.LinesChanged;
import waybill.messages.OrderMessages.OrderReleased;

/** Lines of an order are changed while it is planned, picked and packed. */
class ChangedLinesTest {
  private static final LineQuantity TEA = line(1, "TEA", 2);
  private static final LineQuantity MUG = line(2, "MUG", 1);

  private final Floor floor = new Floor().holds("berlin", "TEA", 5, "MUG", 5);

  @AfterEach
  void close() {
    floor.close();
  }

  private static LinesChanged changed(int change, List<FulfillmentId> approved, LineQuantity... lines) {
    return new LinesChanged(order(1), POOL, List.of(lines), change, approved);
  }

  private static OrderReleased again(int change, LineQuantity... lines) {
    return new OrderReleased(order(1), POOL, List.of(lines), change, List.of());
  }

  private void change(int change, LineQuantity... lines) {
    assertThat(floor.plan(changed(change, List.of(), lines))).isEmpty();
  }

  @Test
  void whatIsOpenLosesTheUnitsAndKeepsTheOthers() {
    FulfillmentId id = floor.open(1, TEA, MUG);
    floor.bench.forgetSent();
    change(1, line(1, "TEA", 1), MUG);
    assertThat(floor.get(id).body()).containsEntry("status", "open").extracting("lines").asString()
        .contains("line_1, sku=TEA, quantity=1").contains("line_2");
    FulfillmentPlanned sent = floor.planned().getFirst();
    assertThat(sent.lines()).containsExactly(line(1, "TEA", 1), MUG);
    assertThat(sent.change()).isEqualTo(1);
    assertThat(floor.pack(id, 1, 2).status()).as("with what is cancelled").isEqualTo(422);
  }

  @Test
  void whatIsLeftNothingIsCancelledAndItsUnitsAreReleased() {
    FulfillmentId id = floor.open(1, TEA);
    floor.bench.forgetSent();
    change(1);
    assertThat(floor.status(id)).isEqualTo("cancelled");
    assertThat(floor.planned().getFirst().lines()).isEmpty();
    assertThat(floor.pack(id, 1, 2).status()).isEqualTo(409);
  }

  @Test
  void whatIsPackedAndNotApprovedIsPackedAgain() {
    FulfillmentId id = floor.open(1, TEA);
    floor.pack(id, 1, 2);
    change(1, line(1, "TEA", 1));
    assertThat(floor.status(id)).isEqualTo("open");
    floor.bench.forgetSent();
    assertThat(floor.pack(id, java.util.Map.of("idempotency-key", "again"),
        """
            {"parcels": [{"lines": [{"line_id": "line_1", "quantity": 1}], "weight_grams": 1, "length_mm": 2, "width_mm": 3, "height_mm": 4}]}""")
        .status()).isEqualTo(200);
    assertThat(floor.packed().getFirst().change()).isEqualTo(1);
  }

  @Test
  void whatIsApprovedOrDispatchedStaysAndTheUnitsComeFromTheOthers() {
    FulfillmentId first = floor.open(1, line(1, "TEA", 1));
    floor.pack(first, 1, 1);
    floor.plan(again(1, line(1, "TEA", 3)));
    FulfillmentPlanned more = floor.planned().getLast();
    assertThat(more.lines()).containsExactly(line(1, "TEA", 2));
    floor.plan(floor.allocate(more));
    assertThat(floor.plan(changed(2, List.of(first), line(1, "TEA", 2)))).isEmpty();
    assertThat(floor.status(first)).isEqualTo("packed");
    assertThat(floor.get(more.fulfillment()).body().get("lines")).asString().contains("quantity=1");
    floor.plan(approved(floor.packed().getFirst()).toArray(Message[]::new));
    assertThat(floor.plan(changed(3, List.of(), line(1, "TEA", 1)))).isEmpty();
    assertThat(floor.status(more.fulfillment())).isEqualTo("cancelled");
    assertThat(floor.plan(changed(4, List.of()))).as("more is dispatched than is left").hasSize(1);
  }

  @Test
  void whatComesLateOfAnEarlierChangePlansNothingAndCancelsNothing() {
    floor.plan(changed(2, List.of(), line(1, "TEA", 1)));
    assertThat(floor.planned()).isEmpty();
    floor.plan(again(1, TEA), released(1, TEA));
    assertThat(floor.planned()).as("before the change").isEmpty();
    floor.plan(again(2, line(1, "TEA", 1)));
    assertThat(floor.planned()).extracting(FulfillmentPlanned::lines).containsExactly(List.of(line(1, "TEA", 1)));
    floor.plan(changed(1, List.of()));
    assertThat(floor.get(fulfillment(1, 1)).status()).as("what only records the change is none").isEqualTo(404);
    assertThat(floor.items(1)).containsExactly("1 refused tombstone r1", "2 planned r1");
  }

  @Test
  void addedUnitsArePlannedOnceTheOrderIsReleasedWithThem() {
    floor.open(1, TEA);
    floor.plan(changed(1, List.of(), TEA, MUG));
    assertThat(floor.planned()).hasSize(2).last().extracting(FulfillmentPlanned::lines).as("the same again")
        .isEqualTo(List.of(TEA));
    floor.bench.forgetSent();
    floor.plan(again(1, TEA, MUG), again(1, TEA, MUG));
    assertThat(floor.planned()).extracting(FulfillmentPlanned::lines).contains(List.of(MUG));
    assertThat(floor.items(1)).hasSize(3);
  }

  private static OrderReleased asFarAsThere(int change, List<LineQuantity> waiting, LineQuantity... lines) {
    return new OrderReleased(order(1), POOL, List.of(lines), change, List.of(), waiting);
  }

  @Test
  void whatIsNotThereIsPlannedByALaterReleaseAndAnOldOneTakesNothingBack() {
    floor.plan(asFarAsThere(0, List.of(line(1, "TEA", 1), MUG), TEA, MUG));
    assertThat(floor.planned()).extracting(FulfillmentPlanned::lines).containsExactly(List.of(line(1, "TEA", 1)));
    floor.bench.forgetSent();
    floor.plan(asFarAsThere(0, List.of(MUG), TEA, MUG), asFarAsThere(0, List.of(line(1, "TEA", 1), MUG), TEA, MUG));
    assertThat(floor.planned()).extracting(FulfillmentPlanned::lines).contains(List.of(line(1, "TEA", 1)))
        .doesNotContain(List.of(MUG));
    floor.bench.forgetSent();
    floor.plan(released(1, TEA, MUG), asFarAsThere(0, List.of(MUG), TEA, MUG));
    assertThat(floor.planned()).extracting(FulfillmentPlanned::lines).contains(List.of(MUG));
    assertThat(floor.items(1)).as("each once").containsExactly("1 planned r1", "2 planned r1", "3 planned r1");
  }

  @Test
  void whatIsCancelledIsFirstWhatIsNotThereAlsoIfThatIsNotKnownYet() {
    floor.open(1, line(1, "TEA", 1));
    floor.plan(asFarAsThere(1, List.of(line(1, "TEA", 2)), line(1, "TEA", 2)),
        changed(1, List.of(), line(1, "TEA", 2)));
    assertThat(floor.items(1)).as("one is open, none is planned").hasSize(2);
    assertThat(floor.status(fulfillment(1, 1))).isEqualTo("open");
    floor.plan(asFarAsThere(1, List.of(), line(1, "TEA", 2)));
    assertThat(floor.planned()).last().extracting(FulfillmentPlanned::lines).isEqualTo(List.of(line(1, "TEA", 1)));
  }

  @Test
  void aCancelledOrderIsPlannedNoMoreWhateverIsChanged() {
    floor.open(1, TEA);
    change(1, line(1, "TEA", 1));
    floor.cancel(cancelled(1));
    floor.bench.forgetSent();
    assertThat(floor.plan(again(2, TEA, MUG), changed(3, List.of()))).isEmpty();
    assertThat(floor.bench.sent()).isEmpty();
    assertThat(floor.status(fulfillment(1, 1))).isEqualTo("cancelled");
  }
}
