package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static waybill.inventory.Depot.*;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import waybill.platform.Sweep;
import waybill.workbench.Faults;

class CheckoutRacesTest {
  private Depot depot;

  @BeforeEach
  void open() {
    depot = new Depot();
    depot.channel("web", "default");
  }

  @AfterEach
  void close() {
    depot.requireExact(BERLIN, LEIPZIG);
    depot.close();
  }

  @Test
  void whoeverDiesBetweenAnyTwoCallsIsRepeatedAndNothingIsLostOrDoubled() {
    depot.holds(TEA, BERLIN, 1_000).oversells(TEA, "{\"policy\":\"backorder\",\"limit\":5}");
    var faults = new Faults();
    int round = 0;
    for (boolean afterItsEffect : new boolean[]{false, true}) {
      for (int call = 1; call <= 12; call++) {
        round++;
        var now = round;
        Answer made = dies(faults, call, afterItsEffect, () -> depot.keep("k-" + now, 10, of(2, TEA)));
        dies(faults, call, afterItsEffect, () -> depot.prolong(id(made), "p", 20));
        dies(faults, call, afterItsEffect, () -> depot.reserve(naming(made, "o" + now, of(3, TEA))));
        Answer given = depot.keep("g-" + now, 10, of(2, TEA));
        dies(faults, call, afterItsEffect, () -> depot.giveUp(id(given)));
        depot.keep("e-" + now, 10, of(5, TEA));
        depot.bench.clock().advance(Duration.ofMinutes(30));
        try {
          strike(faults, call, afterItsEffect);
          depot.expire();
        } catch (RuntimeException e) {
          // The next run does what is left.
        }
        sound(faults);
        depot.expire();
        depot.requireExact(BERLIN, LEIPZIG);
        assertThat(depot.inPool(TEA)).isEqualTo(new Levels(1_000 - 3 * round, 3 * round, 0, 0));
      }
    }
  }

  @Test
  void aReservationIsForgottenInTheEndWhicheverWriteAnotherTransactionIsInTheWayOf() {
    depot.holds(TEA, BERLIN, 1_000);
    var faults = new Faults();
    for (int call = 1; call <= 12; call++) {
      depot.keep("c-" + call, 10, of(2, TEA));
      depot.bench.clock().advance(Duration.ofMinutes(30));
      depot.dynamo = faults.in(DynamoDbClient.class, depot.bench.dynamo());
      faults.strike(call, false, () -> TransactionConflictException.builder().message("in the way").build());
      try {
        depot.expire();
      } catch (RuntimeException e) {
        // The next run does what is left.
      }
      sound(faults);
      depot.expire();
      depot.bench.clock().advance(Duration.ofHours(25));
      depot.expire();
      assertThat(depot.bench.items("inventory")).as("after call %d", call)
          .noneMatch(it -> it.get("sk").s().equals("checkout") || it.get("pk").s().startsWith("expiring#"));
    }
    assertThat(depot.inPool(TEA)).isEqualTo(new Levels(1_000, 0, 0, 0));
  }

  private interface Attempt<T> {
    T run();
  }

  /** Once with the fault, then again as whoever asked does. */

  private <T> T dies(Faults faults, int call, boolean afterItsEffect, Attempt<T> attempt) {
    strike(faults, call, afterItsEffect);
    attempt.run();
    sound(faults);
    return attempt.run();
  }

  private void strike(Faults faults, int call, boolean afterItsEffect) {
    depot.dynamo = faults.in(DynamoDbClient.class, depot.bench.dynamo());
    faults.strike(call, afterItsEffect, () -> new IllegalStateException("died"));
  }

  private void sound(Faults faults) {
    faults.stop();
    depot.dynamo = depot.bench.dynamo();
  }

  @Test
  void ordersProlongationsReleasesAndTheSweepAtOnceAgreeOnOneEnd() throws Exception {
    depot.holds(TEA, BERLIN, 60).holds(MUG, BERLIN, 60);
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      made.add(id(depot.keep("k-" + i, 10, of(2, TEA), of(1, MUG))));
    }
    depot.bench.clock().advance(Duration.ofMinutes(11));
    depot.unlucky(0.05);
    inParallel(4, thread -> {
      for (int i = 0; i < 20; i++) {
        String reservation = made.get((i + thread * 5) % 20);
        switch (thread) {
          case 0 -> repeat(() -> depot.reserve(naming(reservation, "a" + reservation, of(2, TEA), of(1, MUG))));
          case 1 -> repeat(() -> depot.reserve(naming(reservation, "b" + reservation, of(1, TEA))));
          case 2 -> depot.prolong(reservation, "p", 20);
          default -> {
            if (i % 4 == 0) {
              depot.giveUp(reservation);
            }
            try {
              depot.expire();
            } catch (Sweep.Unfinished e) {
              // The next run does what is left.
            }
          }
        }
      }
      return null;
    });
    depot.dynamo = depot.bench.dynamo();
    depot.requireExact(BERLIN, LEIPZIG);
    depot.bench.clock().advance(Duration.ofHours(1));
    depot.expire();
    Map<Object, Long> ends = made.stream().map(it -> depot.getReservation(it).body().get("status"))
        .collect(Collectors.groupingBy(it -> it, Collectors.counting()));
    assertThat(ends).doesNotContainKey("held");
    assertThat(depot.inPool(TEA).reserved()).as("each order has its own units, and no checkout has any")
        .isEqualTo(20 * 2 + 20);
    assertThat(depot.inPool(MUG).reserved()).isEqualTo(20);
  }

  private static void repeat(Attempt<List<String>> attempt) {
    while (!attempt.run().isEmpty()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aSweepThatFailsForOneGoesOnWithTheOthersAndSaysSo() {
    depot.holds(TEA, BERLIN, 5);
    Answer one = depot.keep("k-1", 10, of(1, TEA));
    Answer other = depot.keep("k-2", 10, of(1, TEA));
    depot.bench.clock().advance(Duration.ofMinutes(11));
    depot.bench.dynamo().updateItem(it -> it.tableName(depot.bench.ports().environment().get("INVENTORY_TABLE"))
        .key(Map.of("pk", AttributeValue.fromS(id(one)), "sk", AttributeValue.fromS("checkout")))
        .updateExpression("set #s = :broken").expressionAttributeNames(Map.of("#s", "expires_at"))
        .expressionAttributeValues(Map.of(":broken", AttributeValue.fromS("?"))));

    assertThatThrownBy(() -> depot.expire()).isInstanceOf(Sweep.Unfinished.class);

    assertThat(depot.getReservation(id(other)).body()).containsEntry("status", "expired");
    depot.bench.dynamo().updateItem(it -> it.tableName(depot.bench.ports().environment().get("INVENTORY_TABLE"))
        .key(Map.of("pk", AttributeValue.fromS(id(one)), "sk", AttributeValue.fromS("checkout")))
        .updateExpression("set #s = :whole").expressionAttributeNames(Map.of("#s", "expires_at"))
        .expressionAttributeValues(Map.of(":whole", AttributeValue.fromS("2026-11-22T09:25:04.000Z"))));
  }
}
