package waybill.warehouse.picking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import waybill.messages.Choreography.RestockReturn;
import waybill.messages.Choreography.SettlePicks;
import waybill.messages.Choreography.ShareShortfall;
import waybill.messages.FulfillmentId;
import waybill.messages.Message;
import waybill.messages.PickMessages.UnitsNotPicked;
import waybill.warehouse.picking.PickingFloor.Answer;
import waybill.workbench.Faults;

/** Functions die between any two calls, and people press at once. */
class PickingCrashTest {
  /** What was sent by what died afterwards. */
  private final Set<Message> dead = new HashSet<>();

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whereverAScanDiesItsRepetitionMovesTheUnitsOnce(boolean afterEffect) {
    boolean died = true;
    for (int call = 1; died; call++) {
      try (var floor = new PickingFloor()) {
        var faults = new Faults();
        floor.shelf("A-1").holds("A-1", "TEA", 10);
        floor.order(1, "TEA", 2);
        floor.wave();
        String work = floor.next("ada").id();
        floor.scan("ada", work, "A-1");
        floor.scan("ada", work, "TEA", 2);
        floor.through(faults.in(DynamoDbClient.class, floor.bench.dynamo()));
        faults.strike(call, afterEffect, () -> new IllegalStateException("died"));
        died = floor.scan("ada", work, "T-1", 1, "scan").status() == 500;
        faults.stop();

        Answer again = floor.scan("ada", work, "T-1", 1, "scan");

        assertThat(again.state()).as("call %d", call).isEqualTo("done");
        assertThat(floor.content("A-1", "TEA")).isEqualTo("8/0");
        assertThat(floor.content("T-1", "TEA")).isEqualTo("2/0");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whereverAReleaseDiesItsRepetitionReleasesEachOrderOnce(boolean afterEffect) {
    String body = """
        {"location_id": "leipzig", "pickers": 2,
         "devices": [{"id": "cart", "bins": 1, "maximum_weight_grams": 100000, "maximum_volume_cm3": 500000}],
         "collections": [{"carrier": "dhl", "cut_off_at": "2026-11-22T16:00:00Z"}]}""";
    boolean died = true;
    for (int call = 1; died; call++) {
      try (var floor = new PickingFloor()) {
        var faults = new Faults();
        floor.shelf("A-1").holds("A-1", "TEA", 10);
        floor.order(1, "TEA", 2);
        floor.order(2, "TEA", 3);
        floor.through(faults.in(DynamoDbClient.class, floor.bench.dynamo()));
        faults.strike(call, afterEffect, () -> new IllegalStateException("died"));
        died = floor.wave("k", Map.of(), body).status() == 500;
        faults.stop();

        String answer = floor.wave("k", Map.of(), body).body().get("waves").toString();

        assertThat(answer).as("call %d", call).contains(PickingFloor.fulfillment(1).value(),
            PickingFloor.fulfillment(2).value());
        assertThat(floor.content("A-1", "TEA")).isEqualTo("10/5");
        assertThat(floor.next("ada").id()).isNotEqualTo(floor.next("bob").id());
        assertThat(floor.next("cleo").state()).isEqualTo("idle");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whereverAShortPickDiesEachOrderDoesWithoutItsUnitsOnce(boolean afterEffect) {
    boolean died = true;
    for (int call = 1; died; call++) {
      try (var floor = new PickingFloor()) {
        var faults = new Faults();
        floor.shelf("A-1").shelf("A-2").holds("A-1", "TEA", 6);
        floor.order(1, "TEA", 4);
        floor.wave();
        String work = floor.next("ada").id();
        floor.order(2, "TEA", 2);
        floor.wave();
        floor.holds("A-2", "TEA", 3);
        floor.scan("ada", work, "A-1");
        floor.through(faults.in(DynamoDbClient.class, floor.bench.dynamo()));
        faults.strike(call, afterEffect, () -> new IllegalStateException("died"));
        died = floor.act("ada", work, "{\"action\": \"missing\"}", "m").status() == 500;
        died |= diesSettling(floor);
        faults.stop();
        floor.act("ada", work, "{\"action\": \"missing\"}", "m");
        floor.settle();
        Set<Message> reported = new HashSet<>(floor.bench.sentTo(ShareShortfall.class));
        floor.minutePasses();
        floor.minutePasses();
        floor.settle();
        reported.addAll(floor.bench.sentTo(ShareShortfall.class));

        assertThat(floor.content("A-1", "TEA")).as("call %d", call).isEqualTo("3/3");
        assertThat(floor.content("A-2", "TEA")).isEqualTo("3/3");
        reported.addAll(dead);
        dead.clear();
        assertThat(reported).extracting(it -> ((UnitsNotPicked) it).fulfillment()).doesNotHaveDuplicates();
        assertThat(reported).extracting(it -> ((UnitsNotPicked) it).quantity()).containsExactlyInAnyOrder(1, 2);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whereverAReviewDiesItsRepetitionLetsGoWhatTheCountHeld(boolean afterEffect) {
    boolean died = true;
    for (int call = 1; died; call++) {
      try (var floor = new PickingFloor()) {
        var faults = new Faults();
        floor.shelf("A-1").shelf("A-2").holds("A-1", "TEA", 5).holds("A-2", "TEA", 5);
        floor.order(1, "TEA", 4);
        floor.wave();
        String work = floor.next("ada").id();
        floor.scan("ada", work, "A-1");
        floor.act("ada", work, "missing");
        floor.settle();
        String count = (String) floor.counts().getFirst().get("id");
        floor.tally("bob", "TEA", 3);
        floor.tally("cem", "TEA", 3);
        String approve = "{\"decision\": \"approve\", \"root_cause\": \"missing\"}";
        floor.through(faults.in(DynamoDbClient.class, floor.bench.dynamo()));
        faults.strike(call, afterEffect, () -> new IllegalStateException("died"));
        died = floor.review(count, approve).status() == 500;
        faults.stop();

        assertThat(floor.review(count, approve).body()).as("call %d", call).containsEntry("status", "posted");
        assertThat(floor.content("A-1", "TEA")).isEqualTo("3/0");
        assertThat(floor.content("A-2", "TEA")).isEqualTo("5/4");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whereverAReviewDiesForGoodTheCountIsBookedWithoutItsCaller(boolean afterEffect) {
    boolean died = true;
    int resumed = 0;
    for (int call = 1; died; call++) {
      try (var floor = new PickingFloor()) {
        var faults = new Faults();
        floor.shelf("A-1").shelf("A-2").holds("A-1", "TEA", 5).holds("A-2", "TEA", 5);
        floor.order(1, "TEA", 4);
        floor.wave();
        String work = floor.next("ada").id();
        floor.scan("ada", work, "A-1");
        floor.act("ada", work, "missing");
        floor.settle();
        String count = (String) floor.counts().getFirst().get("id");
        floor.tally("bob", "TEA", 3);
        floor.tally("cem", "TEA", 3);
        floor.through(faults.in(DynamoDbClient.class, floor.bench.dynamo()));
        faults.strike(call, afterEffect, () -> new IllegalStateException("died"));
        died = floor.review(count, "{\"decision\": \"approve\", \"root_cause\": \"missing\"}").status() == 500;
        faults.stop();
        boolean approved = floor.counts().isEmpty() || floor.counts().getFirst().get("status").equals("posting");

        floor.minutePasses();
        floor.minutePasses();

        assertThat(floor.content("A-1", "TEA")).as("call %d", call).isEqualTo(approved ? "3/0" : "5/5");
        assertThat(floor.counts()).hasSize(approved ? 0 : 1);
        resumed += died && approved ? 1 : 0;
        assertThat(new HashSet<>(floor.bench.sentTo(RestockReturn.class))).hasSize(approved ? 1 : 0);
      }
    }
    assertThat(resumed).isPositive();
  }

  @Test
  void aCountThatCannotBeBookedIsLeftToAPersonAfterAQuarterOfAnHour() {
    try (var floor = new PickingFloor()) {
      floor.shelf("A-1").shelf("A-2").holds("A-1", "TEA", 5);
      floor.asksForCount("A-1");
      String count = (String) floor.counts().getFirst().get("id");
      floor.tally("bob", "TEA", 1);
      floor.tally("cem", "TEA", 1);
      floor.moves("A-1", "A-2", "TEA", 4);

      assertThat(floor.review(count, "{\"decision\": \"approve\", \"root_cause\": \"missing\"}").body())
          .containsEntry("code", "insufficient_stock");
      floor.minutePasses();
      floor.bench.clock().advance(Duration.ofMinutes(15));

      assertThatThrownBy(floor::minutePasses).hasMessageContaining("1 failed");
      assertThat(floor.counts()).singleElement()
          .satisfies(it -> assertThat(it).containsEntry("status", "posting"));
      floor.moves("A-2", "A-1", "TEA", 4);
      floor.minutePasses();
      assertThat(floor.counts()).isEmpty();
      assertThat(floor.content("A-1", "TEA")).isEqualTo("1/0");
    }
  }

  /** @return whether it died */
  private boolean diesSettling(PickingFloor floor) {
    Message[] due = floor.bench.sentTo(SettlePicks.class).toArray(Message[]::new);
    if (due.length == 0) {
      return false;
    }
    boolean died = !floor.settles(due);
    dead.addAll(floor.bench.sentTo(ShareShortfall.class));
    floor.bench.forgetSent();
    return died;
  }

  @Test
  void manyWhoAskAtOnceGetDifferentWork() throws Exception {
    try (var floor = new PickingFloor(); var threads = Executors.newFixedThreadPool(8)) {
      floor.shelf("A-1").holds("A-1", "TEA", 100);
      List<FulfillmentId> orders = new ArrayList<>();
      for (int i = 1; i <= 8; i++) {
        orders.add(floor.order(i, "TEA", 1));
        floor.wave();
      }
      var people = new ArrayList<Callable<String>>();
      for (int i = 0; i < 8; i++) {
        String person = "picker-" + i;
        people.add(() -> floor.next(person).id());
      }
      var given = new HashSet<String>();
      for (var next : threads.invokeAll(people)) {
        given.add(next.get());
      }
      assertThat(given).hasSize(orders.size()).doesNotContainNull();
    }
  }
}
