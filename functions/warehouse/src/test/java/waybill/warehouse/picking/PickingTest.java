package waybill.warehouse.picking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.messages.Choreography.CorrectStock;
import waybill.messages.Choreography.ShareShortfall;
import waybill.messages.FulfillmentId;
import waybill.messages.Message;
import waybill.messages.PickMessages.UnitsNotPicked;
import waybill.platform.HttpRequest;
import waybill.platform.Json;
import waybill.platform.Problem;
import waybill.warehouse.picking.PickingFloor.Answer;
import waybill.workbench.CapturedLog;

class PickingTest {
  private final PickingFloor floor = new PickingFloor();

  @AfterEach
  void close() {
    floor.close();
  }

  @Test
  void anOrderIsPickedScanByScanIntoItsToteAndLeavesItWhenItIsPacked() {
    floor.shelf("A-1").shelf("B-2").holds("A-1", "TEA", 10).holds("B-2", "MUG", 5);
    FulfillmentId id = floor.order(1, "TEA", 2, "MUG", 1);

    Answer wave = floor.wave();
    assertThat(wave.status()).isEqualTo(201);
    assertThat(floor.content("A-1", "TEA")).isEqualTo("10/2");
    Answer work = floor.next("ada");
    assertThat(work.instruction()).isEqualTo("Go to bin A-1.");
    assertThat(floor.scan("ada", work.id(), "A-1").instruction()).isEqualTo("Take 2 of TEA (tea).");
    assertThat(floor.scan("ada", work.id(), "TEA", 2).state()).isEqualTo("tote");
    assertThat(floor.scan("ada", work.id(), "T-1").said()).isEqualTo("2 of TEA (tea) in tote T-1.");
    assertThat(floor.content("A-1", "TEA")).isEqualTo("8/0");
    assertThat(floor.content("T-1", "TEA")).isEqualTo("2/0");
    floor.scan("ada", work.id(), "B-2");
    floor.scan("ada", work.id(), "MUG");
    Answer done = floor.scan("ada", work.id(), "T-1");
    assertThat(done.state()).isEqualTo("done");
    assertThat(done.instruction()).isEqualTo("All is picked: bring T-1 to packing.");
    assertThat(floor.next("ada").state()).isEqualTo("idle");

    Message[] packed = floor.pack(id, 1, 2, 2, 1);
    try (CapturedLog log = CapturedLog.open()) {
      floor.settle(packed);
      floor.settle(packed);
      assertThat(log.measured("UnitsPicked")).extracting(it -> it.get("UnitsPicked")).containsExactly(3L);
    }
    assertThat(floor.content("T-1", "TEA")).isEmpty();
    assertThat(floor.content("T-1", "MUG")).isEmpty();
    floor.settle(packed);
    assertThat(floor.content("A-1", "TEA")).isEqualTo("8/0");
  }

  @Test
  void anOrderIsReleasedOnceAndARepeatedRequestIsAnsweredAlike() {
    floor.shelf("A-1").holds("A-1", "TEA", 10);
    FulfillmentId id = floor.order(1, "TEA", 2);
    String body = """
        {"location_id": "leipzig", "pickers": 1, "maximum_lines": 20,
         "devices": [{"id": "cart", "bins": 4, "maximum_weight_grams": 100000, "maximum_volume_cm3": 500000}],
         "collections": [{"carrier": "dhl", "cut_off_at": "2026-11-22T16:00:00.123456789Z"}]}""";

    Answer first = floor.wave("k", Map.of(), body);
    assertThat(first.body()).containsEntry("left", List.of());
    assertThat(first.body().get("waves").toString()).contains(id.value());
    assertThat(floor.wave("k", Map.of(), body)).isEqualTo(first);
    assertThat(floor.wave("k", Map.of(), body.replace("\"pickers\": 1", "\"pickers\": 2")).body())
        .containsEntry("code", "idempotency_key_reused");
    assertThat(floor.wave("l", Map.of(), body).body()).containsEntry("waves", List.of());
    assertThat(floor.content("A-1", "TEA")).isEqualTo("10/2");
  }

  @Test
  void aDryRunSaysWhichOrderMissesItsCarrierAndReleasesNothing() {
    floor.shelf("A-1").holds("A-1", "TEA", 100);
    floor.bench.clock().advance(Duration.ofMinutes(400));
    for (int i = 1; i <= 14; i++) {
      floor.order(i, "TEA", 1);
    }
    String cutOff = floor.bench.clock().instant().plus(Duration.ofMinutes(20)).toString();
    String body = """
        {"location_id": "leipzig", "pickers": 2, "seconds_per_line": 180,
         "devices": [{"id": "cart", "bins": 4, "maximum_weight_grams": 100000, "maximum_volume_cm3": 500000}],
         "collections": [{"carrier": "dhl", "cut_off_at": "%s"}]}""".formatted(cutOff);

    Map<String, Object> wave = Json
        .object(((List<?>) floor.wave("k", Map.of("dry_run", "true"), body).body().get("waves")).getFirst());

    assertThat(wave).containsEntry("lines", 14L).containsEntry("fits", 12L).containsEntry("minutes", 21L);
    assertThat(wave.get("late")).isEqualTo(
        List.of(PickingFloor.fulfillment(13).value(), PickingFloor.fulfillment(14).value()));
    assertThat((String) wave.get("warning")).contains("14 lines take 21 minutes", "12 lines fit", "miss the cut-off");
    assertThat(floor.next("ada").state()).isEqualTo("idle");
    assertThat(floor.content("A-1", "TEA")).isEqualTo("100/0");
  }

  @Test
  void whatIsNotReleasedIsNamedWithTheReason() {
    floor.shelf("A-1").holds("A-1", "TEA", 3).holds("A-1", "LEAD", 0 + 300);
    FulfillmentId heavy = floor.order(1, "LEAD", 300);
    floor.bin("A-1", "\"zone\": \"A\", \"aisle\": \"A\", \"position\": 1");
    FulfillmentId first = floor.order(2, "TEA", 3);
    assertThat(floor.wave().body().get("left"))
        .isEqualTo(List.of(Map.of("fulfillment_id", heavy.value(), "reason", "on_no_device")));
    assertThat(floor.content("A-1", "TEA")).isEqualTo("3/3");
    assertThat(floor.content("A-1", "LEAD")).isEqualTo("300/0");
    assertThat(first.value()).isNotEqualTo(heavy.value());
    floor.bin("A-1", "\"zone\": \"A\", \"locked\": true");
    assertThat(floor.wave().body().get("left"))
        .isEqualTo(List.of(Map.of("fulfillment_id", heavy.value(), "reason", "not_in_bins")));
  }

  @Test
  void twoWhoAskAtOnceGetDifferentWorkAndOneWhoAsksAgainTheSame() {
    floor.shelf("A-1").holds("A-1", "TEA", 100);
    for (int i = 1; i <= 8; i++) {
      floor.order(i, "TEA", 1);
    }
    floor.wave();

    Answer ada = floor.next("ada");
    Answer bob = floor.next("bob");
    assertThat(ada.id()).isNotEqualTo(bob.id());
    assertThat(floor.next("ada").id()).isEqualTo(ada.id());
    assertThat(floor.next("cleo").state()).isEqualTo("idle");
    assertThat(floor.scan("bob", ada.id(), "A-1").body()).containsEntry("code", "not_yours");
  }

  @Test
  void aPhoneThatDiesGoesOnWithTheNextScan() {
    floor.shelf("A-1").shelf("A-2").shelf("A-3").shelf("A-4");
    List<Object> lines = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      floor.holds("A-" + i, "SKU" + i, 10);
      lines.addAll(List.of("SKU" + i, 1));
    }
    floor.order(1, lines.toArray());
    floor.wave();
    String work = floor.next("ada").id();
    List<String> scans = List.of("A-1", "SKU1", "T-1", "A-2", "SKU2", "T-1", "A-3", "SKU3", "T-1", "A-4", "SKU4",
        "T-1");
    for (int i = 0; i < 7; i++) {
      assertThat(floor.scan("ada", work, scans.get(i), 1, "s" + i).message()).isEqualTo("done");
    }

    Answer resumed = floor.next("ada");

    assertThat(resumed.id()).isEqualTo(work);
    assertThat(resumed.instruction()).isEqualTo("Take 1 of SKU3 (sku3).");
    assertThat(floor.scan("ada", work, "A-3", 1, "s6").message()).as("the seventh is repeated").isNull();
    for (int i = 7; i < 12; i++) {
      assertThat(floor.scan("ada", work, scans.get(i), 1, "s" + i).message()).isEqualTo("done");
    }
    assertThat(floor.scan("ada", work, "T-1", 1, "s11").state()).isEqualTo("done");
    assertThat(floor.content("T-1", "SKU4")).isEqualTo("1/0");
  }

  @Test
  void whoIsSilentLosesTheWorkAndSomebodyElseGoesOn() {
    floor.shelf("A-1").holds("A-1", "TEA", 10);
    floor.order(1, "TEA", 2);
    floor.wave();
    String work = floor.next("ada").id();
    floor.scan("ada", work, "A-1");
    assertThat(floor.next("bob").state()).isEqualTo("idle");

    floor.bench.clock().advance(Duration.ofMinutes(10));

    assertThat(floor.next("bob").instruction()).isEqualTo("Take 2 of TEA (tea).");
    assertThat(floor.scan("ada", work, "TEA", 2).status()).isEqualTo(409);
    assertThat(floor.scan("bob", work, "TEA", 2).state()).isEqualTo("tote");
    assertThat(floor.act("bob", work, "release").message()).isEqualTo("done");
    assertThat(floor.next("ada").instruction()).isEqualTo("Go to bin A-1.");
  }

  @Test
  void aWrongScanIsSaidAndChangesNothing() {
    floor.shelf("A-1").shelf("B-1").holds("A-1", "TEA", 10).holds("B-1", "MUG", 10);
    floor.order(1, "TEA", 1);
    floor.order(2, "TEA", 1, "MUG", 1);
    floor.wave();
    String work = floor.next("ada").id();

    assertThat(floor.scan("ada", work, "B-1").message()).isEqualTo("wrong_bin");
    floor.scan("ada", work, "A-1");
    Answer wrong = floor.scan("ada", work, "MUG");
    assertThat(wrong.status()).isEqualTo(200);
    assertThat(wrong.said()).isEqualTo("That is MUG (mug), which comes later: take TEA (tea).");
    floor.scan("ada", work, "TEA");
    assertThat(floor.scan("ada", work, "A-1").message()).isEqualTo("no_tote");
    floor.scan("ada", work, "T-1");
    floor.scan("ada", work, "TEA");
    Answer other = floor.scan("ada", work, "T-1");
    assertThat(other.message()).isEqualTo("other_order");
    assertThat(floor.content("T-1", "TEA")).isEqualTo("1/0");
    assertThat(floor.scan("ada", work, "T-2").message()).isEqualTo("done");
  }

  @Test
  void aBinThatIsLockedMeanwhileIsRefused() {
    floor.shelf("A-1").holds("A-1", "TEA", 10);
    floor.order(1, "TEA", 1);
    floor.wave();
    String work = floor.next("ada").id();
    floor.bin("A-1", "\"zone\": \"A\", \"locked\": true");

    assertThat(floor.scan("ada", work, "A-1").said()).isEqualTo("Bin A-1 is locked: skip it, and ask why.");
  }

  @Test
  void ofFiveUnitsThreeAreKeptAndTwoAreTakenFromAnotherBinAndTheFirstIsCounted() {
    floor.shelf("A-1").shelf("A-2").holds("A-1", "TEA", 5).holds("A-2", "TEA", 4);
    floor.order(1, "TEA", 5);
    floor.wave();
    String work = floor.next("ada").id();
    floor.scan("ada", work, "A-1");
    floor.scan("ada", work, "TEA", 3);
    floor.scan("ada", work, "T-1");

    Answer missing = floor.act("ada", work, "{\"action\": \"missing\"}", "m");

    assertThat(missing.said()).isEqualTo("2 of TEA (tea) are missing. 2 are in bin A-2.");
    assertThat(missing.instruction()).isEqualTo("Go to bin A-2.");
    assertThat(floor.content("T-1", "TEA")).isEqualTo("3/0");
    assertThat(floor.content("A-2", "TEA")).isEqualTo("4/2");
    assertThat(floor.content("A-1", "TEA")).as("nobody takes what is to be counted").isEqualTo("2/2");
    assertThat(floor.counts()).extracting(it -> it.get("bin") + " " + it.get("reason"))
        .containsExactly("A-1 short_pick");
    floor.act("ada", work, "{\"action\": \"missing\"}", "m");
    floor.settle();
    assertThat(floor.bench.sentTo(ShareShortfall.class)).isEmpty();
    assertThat(floor.content("A-2", "TEA")).isEqualTo("4/2");
    floor.scan("ada", work, "A-2");
    floor.scan("ada", work, "TEA", 2);
    assertThat(floor.scan("ada", work, "T-1").state()).isEqualTo("done");
  }

  /** 2 are missing of 5, which turn out to be there; one more is promised to another order meanwhile. */
  @Test
  void whatAShortPickHeldIsFreeOnceItsBinIsCountedAndNothingElseIs() {
    floor.shelf("A-1").shelf("A-2").holds("A-1", "TEA", 5).holds("A-2", "TEA", 4);
    floor.order(1, "TEA", 5);
    floor.wave();
    String work = floor.next("ada").id();
    floor.scan("ada", work, "A-1");
    floor.scan("ada", work, "TEA", 3);
    floor.scan("ada", work, "T-1");
    floor.act("ada", work, "missing");
    floor.settle();
    floor.holds("A-1", "TEA", 1);
    floor.order(2, "TEA", 3);
    floor.wave();
    assertThat(floor.content("A-1", "TEA")).isEqualTo("3/3");
    assertThat(floor.content("A-2", "TEA")).isEqualTo("4/4");

    Answer counted = floor.tally("bob", "TEA", 3);

    assertThat(counted.body()).containsEntry("status", "matched");
    assertThat(floor.content("A-1", "TEA")).as("one is another order's").isEqualTo("3/1");
    assertThat(floor.counts()).isEmpty();
  }

  @Test
  void aSecondShortPickOfABinAsksForAnotherCountOnlyIfTheFirstIsCounted() {
    floor.shelf("A-1").holds("A-1", "TEA", 2).holds("A-1", "MUG", 2).holds("A-1", "CUP", 2);
    floor.order(1, "TEA", 1, "MUG", 1, "CUP", 1);
    floor.wave();
    String work = floor.next("ada").id();
    floor.scan("ada", work, "A-1");
    floor.act("ada", work, "missing");
    floor.act("ada", work, "missing");
    assertThat(floor.counts()).hasSize(1);
    String first = (String) floor.counts().getFirst().get("id");
    floor.tally("bob", "TEA", 2);
    assertThat(floor.tally("cem", "TEA", 2).body()).containsEntry("status", "in_review");

    floor.act("ada", work, "missing");

    assertThat(floor.counts()).hasSize(2);
    assertThat(floor.review(first, "{\"decision\": \"cancel\"}").body()).containsEntry("status", "cancelled");
    assertThat(List.of(floor.content("A-1", "TEA"), floor.content("A-1", "MUG"), floor.content("A-1", "CUP")))
        .containsExactlyInAnyOrder("2/0", "2/0", "2/2");
  }

  @Test
  void whatIsInNoBinItsOrderDoesWithoutAndSiblingsAreSentElsewhere() {
    floor.shelf("A-1").shelf("A-2").holds("A-1", "TEA", 6);
    floor.order(1, "TEA", 4);
    floor.wave();
    String work = floor.next("ada").id();
    FulfillmentId second = floor.order(2, "TEA", 2);
    floor.wave();
    String sibling = floor.next("bob").id();
    floor.holds("A-2", "TEA", 1);
    floor.scan("bob", sibling, "A-1");
    floor.scan("ada", work, "A-1");
    floor.scan("ada", work, "TEA", 3);
    floor.scan("ada", work, "T-1");

    assertThat(floor.act("ada", work, "missing").said()).isEqualTo("1 of TEA (tea) are missing. 1 are in bin A-2.");
    floor.settle();

    assertThat(floor.next("bob").state()).as("nothing is left for the sibling").isEqualTo("idle");
    assertThat(floor.bench.sentTo(ShareShortfall.class)).singleElement().isInstanceOfSatisfying(UnitsNotPicked.class,
        it -> {
          assertThat(it.fulfillment()).isEqualTo(second);
          assertThat(it.quantity()).isEqualTo(2);
        });
    assertThat(floor.content("A-1", "TEA")).isEqualTo("1/1");
    assertThat(floor.content("A-2", "TEA")).isEqualTo("1/1");
    Message[] news = floor.bench.sentTo(ShareShortfall.class).toArray(Message[]::new);
    floor.bench.forgetSent();
    floor.share(news);
    List<Message> reported = floor.bench.sentTo(CorrectStock.class);
    assertThat(reported).hasSize(1);
    floor.bench.forgetSent();
    floor.share(news);
    assertThat(floor.bench.sentTo(CorrectStock.class)).as("sent again, the same").isEqualTo(reported);
  }

  @Test
  void aShortPickWhoseCallerVanishedIsSettledAMinuteLater() {
    floor.shelf("A-1").holds("A-1", "TEA", 2);
    floor.order(1, "TEA", 2);
    floor.wave();
    String work = floor.next("ada").id();
    floor.scan("ada", work, "A-1");
    floor.act("ada", work, "missing");
    floor.bench.forgetSent();

    floor.minutePasses();
    floor.settle();

    assertThat(floor.bench.sentTo(ShareShortfall.class)).hasSize(1);
    floor.bench.forgetSent();
    floor.minutePasses();
    assertThat(floor.bench.sent()).isEmpty();
  }

  @Test
  void aBinThatShouldBeEmptyAndIsNotIsCounted() {
    floor.shelf("A-1").holds("A-1", "TEA", 2);
    floor.order(1, "TEA", 2);
    floor.wave();
    String work = floor.next("ada").id();
    floor.scan("ada", work, "A-1");
    floor.scan("ada", work, "TEA", 2);

    assertThat(floor.scan("ada", work, "T-1").instruction()).isEqualTo("Is bin A-1 empty?");
    Answer answer = floor.act("ada", work, "{\"action\": \"not_empty\", \"quantity\": 2}", "n");

    assertThat(answer.state()).isEqualTo("done");
    assertThat(floor.counts()).singleElement().satisfies(it -> assertThat(it).containsEntry("reason", "zero_check")
        .containsEntry("reference", work + " saw 2").containsEntry("bin", "A-1"));
    assertThat(floor.content("A-1", "TEA")).as("stock only changes when somebody has counted").isEmpty();
  }

  @Test
  void whatIsCancelledWhileItIsPickedIsLetGo() {
    floor.shelf("A-1").holds("A-1", "TEA", 10);
    floor.order(1, "TEA", 2);
    floor.order(2, "TEA", 1);
    floor.wave();
    String work = floor.next("ada").id();
    floor.scan("ada", work, "A-1");
    floor.cancel(1);

    Answer answer = floor.scan("ada", work, "TEA", 2);

    assertThat(answer.message()).isEqualTo("order_changed");
    assertThat(answer.instruction()).isEqualTo("Take 1 of TEA (tea).");
    assertThat(floor.content("A-1", "TEA")).isEqualTo("10/1");
  }

  /** A picker finds lot B and not A: the order's lots are swapped, and its round takes what nobody was promised of B. */
  @Test
  void whoseLotsAreSwappedPicksTheOtherLotAndNobodyElsesUnits() {
    floor.shelf("A-1").holdsLot("A-1", "CREAM", "A", "2027-03-31", 4);
    FulfillmentId id = floor.order(1, "CREAM", 2);
    FulfillmentId other = floor.order(2, "CREAM", 2);
    floor.shelf("A-2").holdsLot("A-2", "CREAM", "B", "2027-06-30", 1).holdsLot("A-2", "CREAM", "C", "2027-09-30", 5);
    floor.wave();
    Answer work = floor.next("ada");
    assertThat(work.expects()).containsEntry("bin", "A-1");

    floor.swapsLots(id, "A", "B", 1);
    Answer swapped = floor.scan("ada", work.id(), "A-1");
    assertThat(swapped.message()).isEqualTo("lot_swapped");
    assertThat(floor.lot("A-1", "CREAM", "A")).as("three are still to be taken").isEqualTo("4/3");
    assertThat(floor.lot("A-2", "CREAM", "B")).isEqualTo("1/1");
    assertThat(floor.lot("A-2", "CREAM", "C")).isEqualTo("5/0");
    assertThat(floor.scan("ada", work.id(), "A-1").message()).as("once").isEqualTo("done");

    floor.swapsLots(other, "A", "C", 2);
    assertThat(picksAll("ada", work.id())).as("said once more").isEqualTo(1);
    assertThat(floor.lot("T-1", "CREAM", "A")).isEqualTo("1/0");
    assertThat(floor.lot("T-1", "CREAM", "B")).isEqualTo("1/0");
    assertThat(floor.lot("T-2", "CREAM", "C")).isEqualTo("2/0");
    assertThat(floor.lot("A-1", "CREAM", "A")).isEqualTo("3/0");
    assertThat(floor.lot("A-2", "CREAM", "C")).isEqualTo("3/0");
  }

  /** Two orders have two lots, in rounds of two people. The first finds the other's lot: both are swapped, and the bins promise what they promised. */
  @Test
  void roundsWhoseLotsAreSwappedChangePlacesAndNobodyLosesUnits() {
    floor.shelf("A-1").holdsLot("A-1", "CREAM", "A", "2027-03-31", 2);
    FulfillmentId first = floor.order(1, "CREAM", 2);
    floor.wave();
    floor.shelf("A-2").holdsLot("A-2", "CREAM", "B", "2027-06-30", 2);
    floor.order(2, "CREAM", 2);
    floor.wave();
    Answer ada = floor.next("ada");
    Answer bob = floor.next("bob");
    assertThat(bob.expects()).containsEntry("bin", "A-2");

    floor.swapsLots(first, "A", "B", 1);
    assertThat(floor.scan("ada", ada.id(), "A-1").message()).isEqualTo("lot_swapped");
    assertThat(floor.lot("A-1", "CREAM", "A")).isEqualTo("2/2");
    assertThat(floor.lot("A-2", "CREAM", "B")).isEqualTo("2/2");

    assertThat(picksAll("ada", ada.id(), 0)).isZero();
    assertThat(picksAll("bob", bob.id(), 2)).isZero();
    for (String tote : List.of("T-1", "T-3")) {
      assertThat(floor.lot(tote, "CREAM", "A")).as(tote).isEqualTo("1/0");
      assertThat(floor.lot(tote, "CREAM", "B")).as(tote).isEqualTo("1/0");
    }
  }

  /** Bob holds one of three units of tea as Ada's order gets his cream. */
  @Test
  void whatSomebodyHasInHandStaysThereIfALaterPickOfTheirsIsSwapped() {
    floor.shelf("A-1").holdsLot("A-1", "CREAM", "A", "2027-03-31", 2);
    FulfillmentId first = floor.order(1, "CREAM", 2);
    floor.wave();
    Answer ada = floor.next("ada");
    floor.shelf("A-2").holds("A-2", "TEA", 3).shelf("A-3").holdsLot("A-3", "CREAM", "B", "2027-06-30", 2);
    floor.order(2, "CREAM", 2, "TEA", 3);
    floor.wave();
    Answer bob = floor.next("bob");
    assertThat(bob.expects()).containsEntry("bin", "A-2");
    floor.scan("bob", bob.id(), "A-2");
    floor.scan("bob", bob.id(), "TEA");

    floor.swapsLots(first, "A", "B", 1);
    assertThat(floor.scan("ada", ada.id(), "A-1").message()).isEqualTo("lot_swapped");
    Answer three = floor.scan("bob", bob.id(), "TEA", 2);
    assertThat(three.message()).isEqualTo("done");
    assertThat(three.expects()).containsEntry("kind", "tote");
  }

  @Test
  void ordersOfOneRoundWhoseLotsAreSwappedChangePlacesToo() {
    floor.shelf("A-1").holdsLot("A-1", "CREAM", "A", "2027-03-31", 2);
    FulfillmentId first = floor.order(1, "CREAM", 2);
    floor.shelf("A-2").holdsLot("A-2", "CREAM", "B", "2027-06-30", 2);
    floor.order(2, "CREAM", 2);
    floor.wave();
    Answer ada = floor.next("ada");
    floor.swapsLots(first, "A", "B", 2);
    assertThat(picksAll("ada", ada.id())).isEqualTo(1);
    assertThat(floor.lot("A-1", "CREAM", "A")).isEmpty();
    assertThat(floor.lot("A-2", "CREAM", "B")).isEmpty();
    for (String tote : List.of("T-1", "T-2")) {
      assertThat(List.of(floor.lot(tote, "CREAM", "A"), floor.lot(tote, "CREAM", "B"))).as(tote)
          .containsExactlyInAnyOrder("2/0", "");
    }
  }

  private int picksAll(String person, String work) {
    return picksAll(person, work, 0);
  }

  /** Scans whatever is expected, each order into a tote of its own. @return how often a swap was said */
  private int picksAll(String person, String work, int used) {
    int swaps = 0;
    int totes = used;
    Answer now = floor.next(person);
    for (int scans = 0; !now.state().equals("done") && scans < 50; scans++) {
      Map<String, Object> expects = now.expects();
      now = switch ((String) expects.get("kind")) {
        case "bin" -> floor.scan(person, work, (String) expects.get("bin"));
        case "lot" -> floor.scan(person, work, (String) expects.get("lot"));
        case "unit" -> floor.scan(person, work, (String) expects.get("sku"));
        case "tote" -> floor.scan(person, work,
            expects.get("tote") == null ? "T-" + ++totes : (String) expects.get("tote"));
        case "empty" -> floor.act(person, work, "empty");
        default -> throw new AssertionError(expects);
      };
      swaps += "lot_swapped".equals(now.message()) ? 1 : 0;
    }
    return swaps;
  }

  @Test
  void whatIsPackedWithoutBeingPickedLeavesItsBin() {
    floor.shelf("A-1").holds("A-1", "TEA", 10);
    FulfillmentId id = floor.order(1, "TEA", 2);
    floor.wave();

    Message[] packed = floor.pack(id, 1, 2);
    try (CapturedLog log = CapturedLog.open()) {
      floor.settle(packed);
      assertThat(log.measured("UnitsPicked")).as("nobody picked them").isEmpty();
    }

    assertThat(floor.content("A-1", "TEA")).isEqualTo("8/0");
    assertThat(floor.next("ada").state()).isEqualTo("idle");
  }

  @Test
  void aFulfillmentThatNobodyPicksIsPackedAsBefore() {
    floor.shelf("A-1").holds("A-1", "TEA", 10);
    FulfillmentId id = floor.order(1, "TEA", 2);

    floor.settle(floor.pack(id, 1, 2));

    assertThat(floor.content("A-1", "TEA")).isEqualTo("10/0");
    assertThat(floor.wave().body()).containsEntry("waves", List.of());
  }

  @Test
  void whoWorksElsewhereGetsNoWorkHere() {
    floor.shelf("A-1").holds("A-1", "TEA", 10);
    floor.order(1, "TEA", 1);
    floor.wave();
    String work = floor.next("ada").id();
    var kiel = new HttpRequest("r", "POST", "/work/" + work + "/scans", Map.of("id", work), Map.of(),
        Map.of("idempotency-key", "k"), "{\"code\": \"A-1\"}".getBytes(StandardCharsets.UTF_8), "ada",
        Set.of("fulfillment:work"), "", Set.of("kiel"));

    assertThatExceptionOfType(Problem.class).isThrownBy(() -> new ScanWorkHandler(floor.bench.ports()).answer(kiel))
        .satisfies(it -> assertThat(it.status()).isEqualTo(403));
    assertThat(floor.next("ada").instruction()).isEqualTo("Go to bin A-1.");
  }
}
