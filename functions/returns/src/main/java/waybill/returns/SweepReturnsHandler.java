package waybill.returns;

import module java.base;
import waybill.messages.Choreography.SweepReturns;
import waybill.platform.*;

/** Sends again what may not have been sent, as a function may have died before it was sent, gives up what has not come in its time, and reports what waits for a person. */
public record SweepReturnsHandler(ReturnDesk desk, Sender<SweepReturns.Output> sender) implements ScheduledFunction {
  private static final Log LOG = Log.of(SweepReturnsHandler.class);

  public SweepReturnsHandler() { this(Ports.ofProcess()); }

  public SweepReturnsHandler(Ports ports) { this(ReturnDesk.of(ports), new Sender<>(ports)); }

  @Override
  public void run() {
    Instant now = desk.now();
    Sweep.each(desk.returns(), ReturnsTable.due(desk.returns(), now), LOG, found -> {
      OrderReturns expired = desk.returns().change(ReturnsTable.key(found.value().order()),
          it -> it.orElseThrow().expired(now), (before, after) -> LOG.info("Return expired", "order", after.order()))
          .value();
      OrderReturns returns = arrived(expired);
      List<Return> unsent = returns.unsent(now);
      List<Claim> claims = returns.unsentClaims(now);
      sender.send(Stream.of(returns.disposed(now).stream(), unsent.stream().flatMap(it -> ReturnNews.all(it).stream()),
          claims.stream().flatMap(it -> ClaimNews.all(returns, it, SweepReturns.Output.class).stream()))
          .flatMap(it -> it).toList());
      if (!unsent.isEmpty() || !claims.isEmpty()) {
        desk.returns().change(ReturnsTable.key(returns.order()),
            it -> it.orElseThrow().sent(unsent).sentClaims(claims));
      }
      remind(returns, now);
    });
  }

  /** It is reported before that is recorded: who dies between the two reports it twice. */
  private void remind(OrderReturns returns, Instant now) {
    List<Waiting> overdue = returns.overdue(now);
    overdue.stream().filter(it -> it.holds().test(desk.sending(it.orders()))).forEach(it -> LOG.report("ReturnsOverdue",
        "Return or claim waits for a person", "order", returns.order(), "id", it.id(), "waits", it.kind()));
    if (!overdue.isEmpty()) {
      desk.returns().change(ReturnsTable.key(returns.order()), it -> it.orElseThrow().reminded(now));
    }
  }

  /** Few claims say that a parcel never came: only they cost a read of their order. */
  private OrderReturns arrived(OrderReturns returns) {
    return returns.claims().stream().noneMatch(Claim::awaitsParcel)
        ? returns
        : desk.orders().placed(returns.order()).map(it -> desk.arrived(returns, it)).orElse(returns);
  }
}
