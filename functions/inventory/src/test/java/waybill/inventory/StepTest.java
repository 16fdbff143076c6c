package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import waybill.messages.CancelReason;
import waybill.messages.ChannelId;
import waybill.messages.OrderId;
import waybill.messages.OrderMessages.OrderCancelled;
import waybill.messages.OrderMessages.OrderPlaced;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.messages.StockPool;

class StepTest {
  private static final StockPool POOL = new StockPool("default");

  @Property(tries = 50)
  void aLargeOrderTakesEverythingStepByStep(@ForAll @IntRange(min = 1, max = 500) int skus) {
    Map<Counter, Levels> levels = stock(skus);

    Reservation ended = walk(order(skus), levels, -1);

    assertThat(ended.status()).isEqualTo(Movement.Status.TAKEN);
    assertThat(ended.moved()).isEqualTo(skus);
    assertThat(levels.values()).containsOnly(new Levels(0, 2, 0, 0));
  }

  @Property(tries = 50)
  void whereOthersTakeAUnitInBetweenItGivesEverythingBack(@ForAll @IntRange(min = 100, max = 500) int skus,
      @ForAll @IntRange(min = 0, max = 1) int steps) {
    Map<Counter, Levels> levels = stock(skus);

    Reservation ended = walk(order(skus), levels, steps);

    assertThat(ended.status()).isEqualTo(Movement.Status.REFUSED);
    assertThat(ended.moved()).isZero();
    assertThat(ended.shortOf()).containsExactly(new SkuQuantity(sku(skus - 1), 1));
    assertThat(levels.values()).allSatisfy(it -> assertThat(it.reserved()).isZero());
  }

  @Property(tries = 100)
  void whateverStepItIsReleasedAtEverythingComesBack(@ForAll @IntRange(min = 1, max = 500) int skus,
      @ForAll @IntRange(min = 0, max = 6) int steps) {
    Map<Counter, Levels> levels = stock(skus);
    Reservation current = order(skus);
    for (int i = 0; i < steps && !current.status().hasEnded(); i++) {
      current = take(current, levels);
    }

    Reservation ended = walk(Movement.turned(current, released()), levels, -1);

    assertThat(ended).isEqualTo(order(skus).with(Movement.Status.RELEASED, 0, List.of()));
    assertThat(levels).isEqualTo(stock(skus));
  }

  @Property
  void aReleaseTurnsOnlyWhatHoldsUnitsAndNothingElseTurnsAnything(@ForAll Movement.Status status) {
    Reservation known = order(3).with(status, 2, List.of(new SkuQuantity(sku(0), 1)));

    assertThat(Movement.turned(known, order(3))).isSameAs(known);
    if (status == Movement.Status.TAKING || status == Movement.Status.TAKEN) {
      assertThat(Movement.turned(known, released()).status()).isEqualTo(Movement.Status.RELEASING);
      assertThat(Movement.turned(known, released()).moved()).isEqualTo(2);
    } else {
      assertThat(Movement.turned(known, released())).isSameAs(known);
    }
  }

  @Property(tries = 50)
  void whatEndsAtOnceEndsAsItsStepsWould(@ForAll @IntRange(min = 0, max = 99) int skus, @ForAll boolean release) {
    Reservation taking = order(skus);
    Reservation movement = release ? Movement.turned(taking.ended(), released()) : taking;

    Step<Reservation> only = Step.of(movement, stock(skus));

    assertThat(only).isEqualTo(new Step<>(movement.ended(), movement.due()));
  }

  private static Reservation released() {
    return Reservation.released(
        new OrderCancelled(OrderId.of(new ChannelId("web"), "large"), CancelReason.CUSTOMER, Instant.EPOCH));
  }

  /** @param raceAfter after so many steps somebody else takes a unit of the last SKU */
  private static Reservation walk(Reservation order, Map<Counter, Levels> levels, int raceAfter) {
    Reservation current = order;
    for (int steps = 0; !current.status().hasEnded(); steps++) {
      if (steps == raceAfter) {
        levels.merge(order.moves().getLast().counter(), new Levels(-1, 0, 0, 0), Levels::plus);
      }
      current = take(current, levels);
    }
    return current;
  }

  private static Reservation take(Reservation current, Map<Counter, Levels> levels) {
    Step<Reservation> step = Step.of(current, levels);
    assertThat(step.moves().size()).isLessThan(Coalescing.MAX_ACTIONS);
    step.moves().forEach(it -> {
      assertThat(levels.get(it.counter()).excess(it.change())).isZero();
      levels.merge(it.counter(), it.change(), Levels::plus);
    });
    return step.record();
  }

  private static Reservation order(int skus) {
    List<SkuQuantity> items = IntStream.range(0, skus).mapToObj(it -> new SkuQuantity(sku(it), 2)).toList();
    return Reservation.of(new OrderPlaced(OrderId.of(new ChannelId("web"), "large"), POOL, items, Instant.EPOCH));
  }

  private static Map<Counter, Levels> stock(int skus) {
    var levels = new HashMap<Counter, Levels>();
    IntStream.range(0, skus).forEach(it -> levels.put(Counter.of(sku(it), POOL), new Levels(2, 0, 0, 0)));
    return levels;
  }

  private static Sku sku(int number) {
    return new Sku("SKU-%03d".formatted(number));
  }
}
