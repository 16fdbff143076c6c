package waybill.returns;

import module java.base;
import waybill.messages.Choreography.SweepReturns;
import waybill.platform.*;

/** Sends again what may not have been sent, as a function may have died before it was sent, and gives up what has not come in its time. */
public record SweepReturnsHandler(ReturnDesk desk, Sender<SweepReturns.Output> sender) implements ScheduledFunction {
  private static final Log LOG = Log.of(SweepReturnsHandler.class);

  public SweepReturnsHandler() { this(Ports.ofProcess()); }

  public SweepReturnsHandler(Ports ports) { this(ReturnDesk.of(ports), new Sender<>(ports)); }

  @Override
  public void run() {
    Instant now = desk.now();
    Sweep.each(desk.returns(), ReturnsTable.due(desk.returns(), now), LOG, found -> {
      OrderReturns returns = desk.returns().change(ReturnsTable.key(found.value().order()),
          it -> it.orElseThrow().expired(now), (before, after) -> LOG.info("Return expired", "order", after.order()))
          .value();
      List<Return> unsent = returns.unsent(now);
      sender.send(Stream.concat(returns.disposed(now).stream(), unsent.stream().flatMap(
          it -> ReturnNews.all(it).stream())).toList());
      if (!unsent.isEmpty()) {
        desk.returns().change(ReturnsTable.key(returns.order()), it -> it.orElseThrow().sent(unsent));
      }
    });
  }
}
