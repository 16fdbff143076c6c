package waybill.warehouse.picking;

import module java.base;
import waybill.messages.Choreography.ResendPicks;
import waybill.messages.PickMessages.PickFellShort;
import waybill.platform.*;
import waybill.warehouse.CountDesk;
import waybill.warehouse.Replenishments;

/**
 * Every minute sends again what people did not find and nobody has settled, and books what a count found and somebody approved, because their callers
 * may have vanished before. What is held for a pick face and nobody brings is free again after some hours.
 */
public record ResendPicksHandler(Table<ShortPick> shorts, CountDesk counts, Replenishments replenishments,
    Sender<ResendPicks.Output> sender,
    InstantSource clock)
    implements ScheduledFunction {
  private static final Log LOG = Log.of(ResendPicksHandler.class);
  private static final Duration SETTLED_WITHIN = Duration.ofMinutes(1);
  private static final Duration BOOKED_WITHIN = Duration.ofMinutes(1);
  private static final int MOST = 1_000;

  public ResendPicksHandler() { this(Ports.ofProcess()); }

  public ResendPicksHandler(Ports ports) {
    this(PickingTable.shorts(ports), new CountDesk(ports), new Replenishments(ports), new Sender<>(ports),
        ports.clock());
  }

  @Override
  public void run() {
    try {
      counts.resume(BOOKED_WITHIN, LOG, news -> sender.send(List.of(news)));
    } finally {
      try {
        resend();
      } finally {
        replenishments.forgetStale(LOG);
      }
    }
  }

  private void resend() {
    Instant late = clock.instant().minus(SETTLED_WITHIN);
    List<Table.Key> keys = shorts.keys(ShortPick.UNSETTLED, MOST, null).orElseThrow().data();
    Sweep.each(shorts, keys.stream(), LOG, it -> {
      if (!it.value().settled() && !it.value().at().isAfter(late)) {
        sender.send(List.of(new PickFellShort(it.value().id(), it.value().locationId())));
      }
    });
    LOG.info("Short picks sent again", "found", keys.size());
  }
}
