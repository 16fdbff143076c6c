package waybill.warehouse.picking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import waybill.messages.ChannelId;
import waybill.messages.FulfillmentId;
import waybill.messages.OrderId;
import waybill.warehouse.picking.WavePlan.Crew;
import waybill.warehouse.picking.WavePlan.Waiting;
import waybill.warehouse.picking.WavePlan.Wave;

class WavePlanTest {
  private static final Instant NOW = Instant.parse("2026-11-30T15:40:00Z");
  private static final Instant FOUR = Instant.parse("2026-11-30T16:00:00Z");
  private static final Instant SIX = Instant.parse("2026-11-30T18:00:00Z");
  private static final Crew TWO = new Crew(2, Duration.ofMinutes(3));

  @Test
  void twelve_of_fourteen_lines_fit_before_the_cut_off_and_the_order_that_misses_it_is_named() {
    var orders = new ArrayList<Waiting>();
    for (int i = 1; i <= 7; i++) {
      orders.add(waiting(i, "dhl", FOUR, 1, 2));
    }

    Wave wave = WavePlan.of(orders, TWO, NOW).getFirst();

    assertThat(wave.lines()).isEqualTo(14);
    assertThat(wave.needs()).isEqualTo(Duration.ofMinutes(21));
    assertThat(wave.fits()).isEqualTo(12);
    assertThat(wave.late()).containsExactly(id(7));
    assertThat(wave.warning("16:00")).isEqualTo(
        "14 lines take 21 minutes, and until 16:00 12 lines fit: %s misses the cut-off".formatted(id(7)));
  }

  @Test
  void a_wave_that_is_in_time_warns_of_nothing() {
    Wave wave = WavePlan.of(List.of(waiting(1, "dhl", FOUR, 1, 12)), TWO, NOW).getFirst();

    assertThat(wave.late()).isEmpty();
    assertThat(wave.warning("16:00")).isEmpty();
  }

  @Test
  void an_order_that_fits_no_more_does_not_make_later_ones_late() {
    Wave wave = WavePlan.of(List.of(waiting(1, "dhl", FOUR, 1, 10), waiting(2, "dhl", FOUR, 1, 4),
        waiting(3, "dhl", FOUR, 1, 2)), TWO, NOW).getFirst();

    assertThat(wave.late()).containsExactly(id(2));
    assertThat(wave.orders()).extracting(Waiting::fulfillment).containsExactly(id(1), id(3), id(2));
  }

  @Test
  void waves_never_mix_carriers_cut_offs_or_priorities() {
    List<Wave> waves = WavePlan.of(List.of(waiting(1, "dhl", SIX, 1, 1), waiting(2, "ups", FOUR, 1, 1),
        waiting(3, "dhl", FOUR, 2, 1), waiting(4, "dhl", FOUR, 1, 1), waiting(5, "dhl", FOUR, 1, 1)), TWO, NOW);

    assertThat(waves).extracting(it -> it.orders().stream().map(Waiting::fulfillment).toList())
        .containsExactly(List.of(id(4), id(5)), List.of(id(2)), List.of(id(3)), List.of(id(1)));
  }

  @Test
  void a_wave_starts_when_the_one_before_is_picked() {
    List<Wave> waves = WavePlan.of(List.of(waiting(1, "dhl", FOUR, 1, 12), waiting(2, "dhl", FOUR, 2, 4)), TWO, NOW);

    assertThat(waves.get(1).starts()).isEqualTo(NOW.plus(Duration.ofMinutes(18)));
    assertThat(waves.get(1).late()).containsExactly(id(2));
  }

  @Test
  void whatever_comes_after_its_cut_off_is_late() {
    Wave wave = WavePlan.of(List.of(waiting(1, "dhl", NOW.minusSeconds(1), 1, 1)), TWO, NOW).getFirst();

    assertThat(wave.fits()).isZero();
    assertThat(wave.late()).containsExactly(id(1));
  }

  private static Waiting waiting(int number, String carrier, Instant cutOff, int priority, int lines) {
    return new Waiting(id(number), carrier, cutOff, priority, NOW.minusSeconds(1_000 - number), lines);
  }

  private static FulfillmentId id(int number) {
    return FulfillmentId.of(OrderId.of(new ChannelId("web"), "o" + number), 1);
  }
}
