package waybill.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.fulfillment.Floor.fulfillment;
import static waybill.fulfillment.Floor.line;
import static waybill.fulfillment.Floor.order;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.fulfillment.Floor.Answer;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.FulfillmentId;
import waybill.messages.FulfillmentMessages.FulfillmentPacked;
import waybill.messages.FulfillmentMessages.RepackingDecided;
import waybill.messages.FulfillmentMessages.RepackingRequested;
import waybill.messages.OrderMessages.LinesChanged;
import waybill.messages.Parcel;
import waybill.messages.ParcelId;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.platform.Sender;

/** What was packed comes out of its parcels, once its order has decided that nothing of it leaves. */
class RepackFulfillmentTest {
  private final Floor floor = new Floor().holds("berlin", "TEA", 9);
  private FulfillmentId id;
  private Optional<Refused> leaving = Optional.empty();

  @BeforeEach
  void packed() {
    id = floor.open(1, line(1, "TEA", 2));
    assertThat(floor.pack(id, 1, 2).status()).isEqualTo(200);
  }

  @AfterEach
  void close() {
    floor.close();
  }

  private Answer repack(String key) {
    var handler = new RepackFulfillmentHandler(FulfillmentTable.fulfillments(floor.bench.ports()), _ -> leaving,
        new Sender<>(floor.bench.ports()));
    return floor.post(handler, id, "repacking", key);
  }

  private List<RepackingRequested> requested() {
    return floor.bench.sentTo(AdvanceOrder.class).stream().filter(RepackingRequested.class::isInstance)
        .map(RepackingRequested.class::cast).toList();
  }

  private void decide(int first, boolean granted) {
    assertThat(floor.plan(new RepackingDecided(order(1), id, first, granted))).isEmpty();
  }

  private Answer packAgain(String key) {
    return floor.pack(id, Map.of("idempotency-key", key),
        "{\"parcels\": [{\"lines\": [{\"line_id\": \"line_1\", \"quantity\": 2}], \"weight_grams\": 1,"
            + " \"length_mm\": 2, \"width_mm\": 3, \"height_mm\": 4}]}");
  }

  private FulfillmentPacked lastPacked() {
    return (FulfillmentPacked) floor.bench.sentTo(AdvanceOrder.class).getLast();
  }

  @Test
  void whatIsPackedIsOpenAgainOnceItsOrderHasDecidedAndItsNextParcelsAreOthers() {
    assertThat(repack("again").body()).containsEntry("status", "repacking");
    assertThat(requested()).singleElement().satisfies(it -> {
      assertThat(it.first()).isEqualTo(1);
      assertThat(it.parcels()).isEqualTo(1);
    });
    assertThat(packAgain("early").body()).containsEntry("code", "repacking");

    decide(1, true);

    assertThat(floor.get(id).body()).containsEntry("status", "open").containsEntry("parcels", List.of());
    assertThat(floor.list(Map.of("status", "open")).ids()).containsExactly(id.value());
    assertThat(packAgain("second").status()).isEqualTo(200);
    assertThat(lastPacked().parcels()).extracting(it -> it.id().number()).containsExactly(2);
  }

  @Test
  void itStaysPackedIfItsOrderLetsItLeave() {
    repack("again");
    decide(1, false);
    assertThat(floor.status(id)).isEqualTo("packed");

    floor.plan(Floor.approved(floor.packed().getFirst()).getFirst());
    repack("once more");
    decide(1, false);

    assertThat(floor.get(id).body()).containsEntry("status", "packed");
    assertThat(floor.list(Map.of("status", "packed")).ids()).as("may leave").containsExactly(id.value());
  }

  @Test
  void whatWasApprovedIsOpenAgainTooAndLateNewsOfItsVoidParcelsChangesNothing() {
    var approved = Floor.approved(floor.packed().getFirst()).getFirst();
    floor.plan(approved);
    repack("again");
    decide(1, true);

    assertThat(floor.plan(approved)).isEmpty();
    decide(1, true);
    decide(1, false);

    assertThat(floor.get(id).body()).containsEntry("status", "open").containsEntry("dispatched_at", null);
  }

  @Test
  void aRequestThatIsRepeatedLateDoesNothingTwice() {
    repack("again");
    decide(1, true);

    assertThat(repack("again").body()).as("the repacking").containsEntry("status", "open");
    assertThat(floor.pack(id, 1, 2).body()).as("the first packing").containsEntry("code", "repacked");
    assertThat(packAgain("second").status()).isEqualTo(200);
    assertThat(repack("again").body()).as("after the second packing").containsEntry("status", "packed");
    assertThat(requested()).hasSize(1);
  }

  @Test
  void whatLeavesOrIsNotPackedIsRefusedByName() {
    leaving = Optional.of(Refused.conflict("labelled", "it leaves"));
    assertThat(repack("k").body()).containsEntry("code", "labelled");
    leaving = Optional.empty();
    repack("k");
    assertThat(repack("other").body()).containsEntry("code", "repacking");
    decide(1, true);
    assertThat(repack("other").body()).containsEntry("code", "not_packed");
    floor.cancel(Floor.cancelled(1));
    assertThat(repack("other").body()).containsEntry("code", "cancelled");
    id = fulfillment(7, 1);
    assertThat(repack("k").status()).isEqualTo(404);
  }

  @Test
  void anOrderThatDoesNotAnswerIsAskedAgain() {
    repack("again");
    floor.bench.forgetSent();

    floor.resend();
    assertThat(requested()).as("within a minute").isEmpty();
    floor.bench.clock().advance(Duration.ofMinutes(2));
    floor.resend();

    assertThat(requested()).hasSize(1);
  }

  @Test
  void whoeverCancelsTheOrderMeanwhileReleasesItsUnits() {
    repack("again");

    floor.cancel(Floor.cancelled(1));
    decide(1, true);

    assertThat(floor.status(id)).isEqualTo("cancelled");
    assertThat(floor.letGo()).containsExactly(id);
  }

  @Test
  void aChangeOfTheLinesThatComesFirstOpensItWithWhatIsLeft() {
    repack("again");

    floor.plan(new LinesChanged(order(1), Floor.POOL, List.of(line(1, "TEA", 1)), 1, List.of()));
    decide(1, true);

    assertThat(floor.status(id)).isEqualTo("open");
    assertThat(floor.pack(id, Map.of("idempotency-key", "second"),
        "{\"parcels\": [{\"lines\": [{\"line_id\": \"line_1\", \"quantity\": 1}], \"weight_grams\": 1,"
            + " \"length_mm\": 2, \"width_mm\": 3, \"height_mm\": 4}]}")
        .status()).isEqualTo(200);
    assertThat(lastPacked().parcels()).extracting(it -> it.id().number()).containsExactly(2);
  }

  @Test
  void itIsPackedAgainOnlyAsLongAsThereAreNumbersForItsParcels() {
    Fulfillment it = FulfillmentTable.find(FulfillmentTable.fulfillments(floor.bench.ports()), id).orElseThrow()
        .value();
    int times = 0;
    while (it.repack("r" + times) instanceof Outcome.Accepted<Fulfillment>) {
      int first = it.firstParcel();
      it = it.repack("r" + times++).orElseThrow().repackingDecided(first, true);
      var parcel = new Parcel(ParcelId.of(id, it.firstParcel()), it.lines(), 1, 1, 1, 1, null, null);
      it = it.pack("p" + times, List.of(parcel)).orElseThrow();
    }

    assertThat(it.firstParcel()).isEqualTo(Fulfillment.MOST_REPACKINGS + 1);
    assertThat(it.status()).isEqualTo(Fulfillment.Status.PACKED);
  }
}
