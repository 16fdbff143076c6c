package waybill.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.fulfillment.Floor.fulfillment;
import static waybill.fulfillment.Floor.line;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import waybill.messages.LocationId;
import waybill.messages.Parcel;
import waybill.messages.ParcelId;
import waybill.platform.Stored;

class UnansweredTest {
  private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");
  private static final Fulfillment OPEN = Fulfillment
      .planned(fulfillment(1, 1), new LocationId("berlin"), List.of(line(0, "TEA", 1)), 0).open(NOW);

  @Test
  void onlyWhatIsPackedForAMinuteIsUnanswered() {
    Fulfillment packed = OPEN
        .pack("key", List.of(new Parcel(ParcelId.of(fulfillment(1, 1), 1), List.of(line(0, "TEA", 1)), 100,
            1, 1, 1, null, null)))
        .orElseThrow();

    assertThat(Unanswered.is(changed(packed, NOW.minusSeconds(60)), NOW)).isTrue();
    assertThat(Unanswered.is(changed(packed, NOW.minusSeconds(59)), NOW)).isFalse();
    for (Fulfillment it : List.of(OPEN, packed.dispatch(NOW), packed.cancel())) {
      assertThat(Unanswered.is(changed(it, NOW.minus(Duration.ofDays(1))), NOW)).isFalse();
    }
  }

  private static Stored<Fulfillment> changed(Fulfillment it, Instant at) {
    return new Stored<>(it, 3, at, at);
  }

  @Property
  void ofMoreThanAreLookedAtInAMinuteEachHasItsTurn(@ForAll @IntRange(min = 0, max = 300) int count,
      @ForAll @IntRange(min = 1, max = 40) int most) {
    List<Integer> all = IntStream.range(0, count).boxed().toList();
    var seen = new HashSet<Integer>();
    for (int minute = 0; minute <= count / most; minute++) {
      List<Integer> turn = Unanswered.turn(all, most, NOW.plus(Duration.ofMinutes(minute)));
      assertThat(turn).hasSize(Math.min(count, most)).doesNotHaveDuplicates();
      seen.addAll(turn);
    }
    assertThat(seen).hasSize(count);
  }
}
