package waybill.incidents;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import waybill.messages.EventMessages.OrderChanged;
import waybill.messages.IncidentMessages.DeliveryRedated;
import waybill.messages.IncidentMessages.IncidentOpened;
import waybill.platform.Log;
import waybill.platform.Log.Metric;
import waybill.platform.Ports;

/**
 * Sends what customers and followers of the feed are to hear of incidents, and only then notes that it was sent: a crash in between sends it
 * again, and a mail is sent once, as an event is recorded once.
 */
record IncidentNews(Cases cases, Consumer<List<IncidentOpened>> mails, Consumer<List<OrderChanged>> events,
    DayNews days,
    Log log, InstantSource clock) {

  static IncidentNews of(Ports ports, Consumer<List<IncidentOpened>> mails, Consumer<List<OrderChanged>> events,
      Consumer<List<DeliveryRedated>> days, Log log) {
    var cases = new Cases(ports);
    return new IncidentNews(cases, mails, events, new DayNews(cases, days, log, ports.clock()), log, ports.clock());
  }

  void send(Case known) {
    List<IncidentOpened> news = known.news();
    List<OrderChanged> changes = known.events();
    if (!news.isEmpty() || !changes.isEmpty()) {
      mails.accept(news);
      events.accept(changes);
      cases.change(known.watch().parcel(),
          it -> it.informed(news, changes, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
      news.forEach(it -> log.measure(Metric.count("IncidentsOpened"), "Incident opened", "order", it.order(), "parcel",
          it.parcel(), "incident", it.incident(), "kind", it.kind()));
    }
    days.send(known);
  }
}
