package waybill.digital;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.messages.ChannelId;
import waybill.messages.Choreography.DeliverDigital;
import waybill.messages.DigitalMessages.GrantsDue;
import waybill.messages.LineId;
import waybill.messages.OrderId;
import waybill.messages.Sku;
import waybill.platform.Table;

/** More orders wait for one product's keys than a sweep takes at once, for longer than those that wait for another's. */
class CrowdedPoolTest {
  private static final int CROWD = 1_005;
  private static final OrderId OTHER = OrderId.of(new ChannelId("de-web"), "other");

  private final Kiosk kiosk = new Kiosk();
  private final Instant now = kiosk.bench.clock().instant();

  @BeforeEach
  void crowd() {
    kiosk.product("RARE", Map.of("kind", "licence_key", "low_at", 1));
    Table<Delivery> deliveries = DigitalTable.deliveries(kiosk.bench.ports());
    for (int i = 0; i < CROWD; i++) {
      waits(deliveries, OrderId.of(new ChannelId("de-web"), "crowd" + i), "RARE", now.minus(Duration.ofDays(1))
          .plusSeconds(i));
    }
    waits(deliveries, OTHER, "KEY", now);
  }

  @AfterEach
  void close() {
    kiosk.close();
  }

  private static void waits(Table<Delivery> deliveries, OrderId order, String sku, Instant since) {
    var line = new LineGrant(new LineId("line_1"), new Sku(sku), 1, 1, true, 0, List.of());
    assertThat(deliveries.insert(new Delivery(order, 1, 0, 0, List.of(line), since, since))).isTrue();
  }

  private List<OrderId> woken() {
    List<OrderId> woken = kiosk.bench.sentTo(DeliverDigital.class).stream().map(it -> ((GrantsDue) it).order())
        .toList();
    kiosk.bench.forgetSent();
    return woken;
  }

  @Test
  void anImportWakesThoseThatWaitForItsProductAndNobodyElse() {
    kiosk.importKeys("KEY", "a", "AAA", "BBB");

    assertThat(woken()).containsExactly(OTHER);
  }

  @Test
  void anImportWakesAsManyAsItHasKeysForTheLongestWaitingFirst() {
    kiosk.importKeys("RARE", "a", "AAA", "BBB");

    assertThat(woken()).containsExactly(OrderId.of(new ChannelId("de-web"), "crowd0"),
        OrderId.of(new ChannelId("de-web"), "crowd1"));
  }

  @Test
  void theSweepPassesOverThoseThatItHasJustLookedAt() {
    var sweep = new ResendGrantsHandler(kiosk.ports());
    sweep.run();
    assertThat(woken()).hasSize(1_000).doesNotContain(OTHER);

    sweep.run();

    assertThat(woken()).hasSize(CROWD + 1 - 1_000).contains(OTHER);
  }
}
