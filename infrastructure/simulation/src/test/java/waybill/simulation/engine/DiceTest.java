package waybill.simulation.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DiceTest {

  @Test
  void diceOfTheSameNamesFallTheSameWhateverElseWasThrown() {
    var dice = new Dice(7);
    long first = dice.named("order", 3).next();
    dice.next();
    assertThat(dice.named("order", 3).next()).isEqualTo(first);
    assertThat(dice.named("order", 4).next()).isNotEqualTo(first);
    assertThat(new Dice(8).named("order", 3).next()).isNotEqualTo(first);
  }

  @Property
  void whatIsThrownLiesWithinItsBounds(@ForAll long seed, @ForAll @IntRange(min = 1, max = 1_000) int bound) {
    var dice = new Dice(seed);
    assertThat(dice.below(bound)).isBetween(0, bound - 1);
    assertThat(dice.between(bound, bound + 5)).isBetween(bound, bound + 5);
    assertThat(dice.between(Duration.ofSeconds(1), Duration.ofSeconds(1 + bound)))
        .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(1 + bound));
  }

  @Test
  void aShuffleLosesNothingAndChanceIsAsOftenAsSaid() {
    var dice = new Dice(1);
    assertThat(dice.shuffled(List.of(1, 2, 3, 4))).containsExactlyInAnyOrder(1, 2, 3, 4);
    assertThat(IntStream.range(0, 10_000).filter(_ -> dice.chance(0.25)).count()).isBetween(2_300L, 2_700L);
  }
}
