package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.inventory.Depot.MUG;
import static waybill.inventory.Depot.POOL;
import static waybill.inventory.Depot.TEA;
import static waybill.inventory.Depot.orderId;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import waybill.catalog.Oversell;
import waybill.messages.SkuQuantity;
import waybill.messages.StockPromise;

/**
 * Order "late" has four teas, of which three are there, and a mug, and is promised for the ninth; "soon" has two teas, promised for the fourth,
 * and would now get them on another day (case E13).
 */
class DisplacementTest {
  private static final Instant NOW = day(1);

  private static Instant day(int day) {
    return Instant.parse("2026-12-%02dT09:00:00Z".formatted(day));
  }

  private static StockPromise tea(int units, int said, int now) {
    return new StockPromise(TEA, units, day(said), now == 0 ? null : day(now));
  }

  private static StockPromise mug(int said) {
    return new StockPromise(MUG, 1, day(said), day(said));
  }

  private static Reservation order(String name, int teas, boolean inParts, StockPromise... promises) {
    List<SkuQuantity> items = promises.length == 2
        ? List.of(new SkuQuantity(MUG, 1), new SkuQuantity(TEA, teas))
        : List.of(new SkuQuantity(TEA, teas));
    return new Reservation(orderId(name), POOL, items, NOW, Movement.Status.TAKEN, 0, List.of(), 0, 0, List.of(),
        Backorder.of(List.of(promises), NOW), inParts);
  }

  private static Reservation late(int now) {
    return order("late", 4, false, tea(1, 4, now), mug(9));
  }

  private static Reservation soon(int now) {
    return order("soon", 2, false, tea(2, 4, now));
  }

  /** @param inbounds day and units of each */
  private static Supply supply(int... inbounds) {
    return new Supply(Arrays.stream(inbounds).boxed().map(it -> new Expected(TEA, POOL, "PO-" + it, day(it / 100),
        it % 100)).toList(), Oversell.NONE, NOW);
  }

  private static List<Reservation> served(Supply supply, Reservation... queue) {
    return new Displacement(TEA, 0, supply, NOW).of(List.of(queue));
  }

  private static int owed(Reservation it) {
    return it.owed().getOrDefault(TEA, 0);
  }

  private static void assertUntouched(Supply supply, Reservation... queue) {
    assertThat(served(supply, queue)).isEqualTo(List.of(queue));
  }

  @Test
  void aPromiseThatWouldBeBrokenTakesWhatALaterOneDoesNotNeedYetAndBothHold() {
    List<Reservation> served = served(supply(810), late(8), soon(8));

    assertThat(served).extracting(DisplacementTest::owed).containsExactly(3, 0);
    assertThat(served.getFirst().backorder().day()).isEqualTo(day(9));
    assertThat(served.getFirst().backorder().promise(TEA)).isEqualTo(tea(3, 4, 8));
    assertThat(served.getFirst().backorder().move()).as("nothing is said to its customer").isZero();
    assertThat(served.getLast().isWaiting()).isFalse();
  }

  @Test
  void itTakesNothingIfTheUnitsComeBackAfterTheLaterPromise() {
    assertUntouched(supply(802, 1210), late(8), soon(12));
  }

  @Test
  void itTakesNothingIfNobodyKnowsWhenTheyComeBackOrTheInboundIsOnlyLate() {
    assertUntouched(supply(), late(0), soon(0));
    var past = new Supply(List.of(new Expected(TEA, POOL, "PO", day(1).minusSeconds(1), 10)), Oversell.NONE, NOW);
    assertUntouched(past, late(4), soon(8));
  }

  @Test
  void itTakesNothingAsLongAsItsOwnPromiseHolds() {
    assertUntouched(supply(410), late(4), soon(4));
  }

  @Test
  void itTakesNothingOfAnOrderThatLeavesAsFarAsItIsThere() {
    assertUntouched(supply(810), order("late", 4, true, tea(1, 4, 8), mug(9)), soon(8));
  }

  @Test
  void itTakesNothingOfAnOrderThatWasPromisedForTheSameDayOrBefore() {
    assertUntouched(supply(810), order("late", 4, false, tea(1, 4, 8), mug(4)), soon(8));
  }

  @Test
  void itTakesNothingIfThatIsNotEnough() {
    assertUntouched(supply(820), late(8), order("soon", 4, false, tea(4, 4, 8)));
  }

  @Test
  void itTakesNothingIfItWaitsForSomethingElseTooThatIsLate() {
    assertUntouched(supply(810), late(8),
        order("soon", 2, false, tea(2, 4, 8), new StockPromise(MUG, 1, day(4), day(8))));
  }

  @Test
  void itTakesNothingIfAThirdOrderWouldComeLaterByIt() {
    Reservation third = order("third", 1, false, tea(1, 8, 8));
    assertThat(served(supply(804), late(8), third, soon(8))).extracting(DisplacementTest::owed)
        .containsExactly(3, 1, 0);
    assertUntouched(supply(803, 910), late(8), third, soon(8));
  }

  /** Whatever waits, for whatever is expected. */
  @Test
  void inNoQueueAnybodyIsWorseOffByItAndNoUnitIsLostOrMade() {
    int served = 0;
    for (int seed = 1; seed <= 3_000; seed++) {
      var random = new Random(seed);
      Supply supply = supply(100 * (2 + random.nextInt(6)) + 1 + random.nextInt(8),
          1_000 + 100 * random.nextInt(4) + 1 + random.nextInt(8));
      List<Reservation> queue = Filling.dated(TEA, IntStream.rangeClosed(1, 2 + random.nextInt(4))
          .mapToObj(it -> random(random, "o" + it)).toList(), 0, supply, NOW);
      List<Reservation> next = new Displacement(TEA, 0, supply, NOW).of(queue);
      assertThat(next.stream().mapToInt(DisplacementTest::owed).sum()
          - queue.stream().mapToInt(DisplacementTest::owed).sum()).as("seed %d", seed)
          .isEqualTo(next.stream().mapToInt(DisplacementTest::there).sum() * -1
              + queue.stream().mapToInt(DisplacementTest::there).sum());
      for (int i = 0; i < queue.size(); i++) {
        served += assertNotWorse(queue.get(i), next.get(i), "seed " + seed) ? 1 : 0;
      }
    }
    assertThat(served).as("it happens").isGreaterThan(50);
  }

  private static Reservation random(Random random, String name) {
    int owed = 1 + random.nextInt(3);
    int said = 2 + random.nextInt(12);
    boolean inParts = random.nextInt(4) == 0;
    return random.nextBoolean()
        ? order(name, owed, inParts, tea(owed, said, said))
        : order(name, owed + random.nextInt(4), inParts, tea(owed, said, said), mug(4 + random.nextInt(16)));
  }

  private static int there(Reservation it) {
    return it.promised().stream().filter(one -> one.sku().equals(TEA)).mapToInt(SkuQuantity::quantity).sum();
  }

  /** @return whether it was served */
  private static boolean assertNotWorse(Reservation before, Reservation after, String seed) {
    Instant was = before.backorder().day();
    if (owed(after) > owed(before)) {
      assertThat(before.inParts()).as(seed).isFalse();
      assertThat(after.backorder().day()).as(seed).isEqualTo(was).isBeforeOrEqualTo(before.backorder().originally());
    } else if (owed(after) < owed(before)) {
      // It may lend some of them again: it is there in time.
      assertThat(after.owed().isEmpty()
          || !after.backorder().day().isAfter(before.backorder().originally())).as(seed).isTrue();
      assertThat(was == null || was.isAfter(before.backorder().originally())).as(seed).isTrue();
      return true;
    } else if (was != null) {
      assertThat(after.backorder().day()).as(seed).isBeforeOrEqualTo(was);
    }
    return false;
  }

  @Test
  void itTakesOfSeveralTheOneThatIsPromisedForTheLatestDayFirst() {
    List<Reservation> served = served(supply(820), late(8), order("later", 4, false, tea(2, 4, 8), mug(20)),
        order("soon", 3, false, tea(3, 4, 8)));
    assertThat(served).extracting(DisplacementTest::owed).containsExactly(2, 4, 0);
  }
}
