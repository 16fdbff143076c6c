package waybill.incidents;

import module java.base;
import waybill.messages.Choreography.CheckParcels;
import waybill.messages.IncidentMessages.DisruptionDue;
import waybill.options.Disruptions;
import waybill.platform.*;
import waybill.shipping.ExpectedScans;

/** Every hour: looks at the parcels of which something should have been heard, and at the incidents whose time has come. */
public record CheckParcelsHandler(Cases cases, ExpectedScans scans, Disruptions disruptions, Decided decided,
    IncidentNews news, Sender<CheckParcels.Output> sender, InstantSource clock) implements ScheduledFunction {
  private static final Log LOG = Log.of(CheckParcelsHandler.class);
  /** What there is no time for is due at the next run. */
  private static final Duration EACH = Duration.ofSeconds(5);
  /** Longer than from one run to the next, even if one fails. */
  private static final Duration RECENT = Duration.ofHours(3);

  public CheckParcelsHandler() { this(Ports.ofProcess()); }

  public CheckParcelsHandler(Ports ports) { this(ports, new Sender<>(ports)); }

  private CheckParcelsHandler(Ports ports, Sender<CheckParcels.Output> sender) {
    this(new Cases(ports), new ExpectedScans(ports), new Disruptions(ports),
        new Decided(new Cases(ports), sender::send, sender::send, sender::send),
        IncidentNews.of(ports, sender::send, sender::send, sender::send, LOG), sender, ports.clock());
  }

  @Override
  public void run() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    try {
      Sweep.each(cases.watches(), IncidentsTable.due(cases.watches(), now), LOG, it -> {
        if (it.value().due() != null && !now.isBefore(it.value().due()) && Deadline.allows(EACH)) {
          check(it.value(), now);
        }
      });
    } finally {
      // The request that reported or ended one may have died before it was sent, and parcels may have left since. A parcel that fails keeps no other from its new day.
      sender.send(disruptions.recent(now.minus(RECENT)).stream().map(it -> DisruptionDue.of(it.id())).toList());
    }
  }

  private void check(ParcelWatch due, Instant now) {
    var overdue = new LinkedHashSet<Incident>();
    Case next = cases.change(due.parcel(), it -> {
      overdue.clear();
      it.incidents().stream().filter(incident -> incident.isOverdue(now)).forEach(overdue::add);
      return it.at(now, scans::of);
    });
    overdue.stream().filter(it -> next.incident(it.id()).filter(Incident::isLive).isPresent())
        .forEach(it -> LOG.report("IncidentsOverdue", "Incident is overdue", "order", it.id().order(), "incident",
            it.id(), "kind", it.kind(), "status", it.status()));
    news.send(next);
    decided.send(next, now);
  }
}
