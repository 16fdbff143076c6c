package waybill.incidents;

import module java.base;
import waybill.catalog.DeliveryOption;
import waybill.messages.Choreography.WatchParcel;
import waybill.messages.IncidentId;
import waybill.messages.IncidentMessages.RefundAnswered;
import waybill.messages.ParcelId;
import waybill.messages.ReturnMessages.ReturnAnswered;
import waybill.messages.ShipmentMessages.ShipmentLabelled;
import waybill.messages.ShipmentMessages.ShipmentMoved;
import waybill.options.Disruptions;
import waybill.options.UsualDays;
import waybill.orders.Orders;
import waybill.orders.Orders.Shipping;
import waybill.platform.*;
import waybill.shipping.ExpectedScans;

/** Notes what is heard of a parcel on its way: its incidents end by that, or open. */
public record WatchParcelHandler(Cases cases, Orders orders, UsualDays usual, ExpectedScans scans,
    Disruptions disruptions, IncidentNews news, InstantSource clock) implements QueueFunction<WatchParcel.Input> {
  private static final Log LOG = Log.of(WatchParcelHandler.class);

  public WatchParcelHandler() { this(Ports.ofProcess()); }

  public WatchParcelHandler(Ports ports) {
    this(ports, new Sender<>(ports));
  }

  private WatchParcelHandler(Ports ports, Sender<WatchParcel.Output> sender) {
    this(new Cases(ports), new Orders(ports), new UsualDays(ports), new ExpectedScans(ports), new Disruptions(ports),
        IncidentNews.of(ports, sender::send, sender::send, sender::send, LOG), ports.clock());
  }

  @Override
  public void work(WatchParcel.Input message) {
    switch (message) {
      case ShipmentLabelled it -> labelled(it);
      case ShipmentMoved it -> heard(it.parcel(), watch -> watch.moved(it), null);
      case RefundAnswered it -> answered(it);
      case ReturnAnswered it -> returned(it);
    }
  }

  private void labelled(ShipmentLabelled it) {
    Optional<Shipping> order = orders.shipping(it.order());
    Instant promised = order.map(Shipping::chosen).map(DeliveryOption::latestAt).orElse(null);
    Integer learned = order.flatMap(shipping -> usual.slowest(it.location(), shipping)).orElse(null);
    // What was reported before it left does not look for it; what is reported from now on does.
    heard(it.parcel(), watch -> watch.labelled(it, promised, learned),
        Redating.of(disruptions.known(), order.orElse(null)));
  }

  /** @param delayed null if nothing new delays it */
  private void heard(ParcelId parcel, UnaryOperator<ParcelWatch> fact, Delayed delayed) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Case next = cases.change(parcel, it -> {
      ParcelWatch known = fact.apply(it.watch());
      return it.with(delayed == null ? known : delayed.of(known, now)).at(now, scans::of);
    });
    LOG.info("Parcel watched", "order", parcel.order(), "parcel", parcel, "status", next.watch().status(),
        "incidents", next.incidents().size());
    news.send(next);
  }

  /** Refunds are asked for by others, too. */
  private void answered(RefundAnswered it) {
    if (!it.cause().startsWith(IncidentsTable.INCIDENTS)) {
      return;
    }
    var id = new IncidentId(it.cause());
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Case next = cases.decide(id.parcel(), id, known -> Outcome.of(known.incident(id)
        .map(incident -> known.answered(incident, it, now))
        .orElseThrow(() -> new IllegalStateException("there is no incident " + id)))).orElseThrow();
    news.send(next);
    LOG.info("Refund answered", "order", it.order(), "incident", id, "granted", it.granted() != null);
  }

  private void returned(ReturnAnswered it) {
    var id = new IncidentId(it.cause());
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Case next = cases.decide(id.parcel(), id, known -> Outcome.of(known.incident(id)
        .map(incident -> known.returned(incident, it, now))
        .orElseThrow(() -> new IllegalStateException("there is no incident " + id)))).orElseThrow();
    news.send(next);
    LOG.info("Return answered", "order", it.order(), "incident", id, "return", it.opened());
  }
}
