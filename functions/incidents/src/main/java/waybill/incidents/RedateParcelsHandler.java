package waybill.incidents;

import module java.base;
import waybill.messages.Choreography.RedateParcels;
import waybill.messages.IncidentMessages.DisruptionDue;
import waybill.options.Disruption;
import waybill.options.Disruptions;
import waybill.orders.Orders;
import waybill.platform.*;

/**
 * Looks at the parcels on their way, a part of them a message, and gives those that a disruption delays their new day, or their old one if it is cancelled. A part
 * that is looked at twice changes nothing the second time.
 */
public record RedateParcelsHandler(Cases cases, Orders orders, Disruptions disruptions, DayNews news,
    Sender<RedateParcels.Output> sender, InstantSource clock) implements QueueFunction<DisruptionDue> {
  private static final Log LOG = Log.of(RedateParcelsHandler.class);
  static final int PAGE = 50;
  /** What a page may take, if each of its parcels is delayed; what there is no time for is left to another invocation. */
  private static final Duration A_PAGE = Duration.ofSeconds(6);

  public RedateParcelsHandler() { this(Ports.ofProcess()); }

  public RedateParcelsHandler(Ports ports) { this(ports, new Sender<>(ports)); }

  private RedateParcelsHandler(Ports ports, Sender<RedateParcels.Output> sender) {
    this(new Cases(ports), new Orders(ports), new Disruptions(ports),
        new DayNews(new Cases(ports), sender::send, LOG, ports.clock()), sender, ports.clock());
  }

  @Override
  public void work(DisruptionDue due) {
    List<Disruption> known = disruptions.known();
    if (known.stream().noneMatch(it -> it.id().equals(due.disruption()))) {
      LOG.info("Disruption is forgotten", "disruption", due.disruption());
      return;
    }
    DisruptionDue next = due;
    do {
      next = page(next, known);
    } while (next.part() < IncidentsTable.PARTS && Deadline.allows(A_PAGE));
    if (next.part() < IncidentsTable.PARTS) {
      sender.send(List.of(next));
    } else {
      LOG.info("Parcels looked at", "disruption", due.disruption(), "delayed", next.delayed());
    }
  }

  /** @return what comes after it */
  private DisruptionDue page(DisruptionDue due, List<Disruption> known) {
    Page<Table.Key> page = cases.watches().keys(IncidentsTable.watched(due.part()), PAGE, due.cursor()).orElseThrow();
    int delayed = due.delayed();
    for (Stored<ParcelWatch> it : cases.watches().findAll(page.data())) {
      if (Delayed.mayBe(it.value(), known, clock.instant())) {
        delayed += redate(it.value(), known) ? 1 : 0;
      }
    }
    return page.nextCursor() == null
        ? new DisruptionDue(due.disruption(), due.part() + 1, null, delayed)
        : new DisruptionDue(due.disruption(), due.part(), page.nextCursor(), delayed);
  }

  private boolean redate(ParcelWatch parcel, List<Disruption> known) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Delayed delayed = Redating.of(known, orders.shipping(parcel.parcel().order()).orElse(null));
    Case next = cases.change(parcel.parcel(), it -> it.delayed(delayed, now));
    news.send(next);
    return next.watch().delay() != null && next.watch().delay().expectedAt() != null;
  }
}
