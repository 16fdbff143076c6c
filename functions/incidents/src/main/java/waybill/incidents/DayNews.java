package waybill.incidents;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import waybill.messages.IncidentMessages.DeliveryRedated;
import waybill.platform.Log;
import waybill.platform.Log.Metric;

/** Sends the new days of parcels that disruptions delay, and only then notes that it was sent: a crash in between sends it again, and the mail is sent once. */
record DayNews(Cases cases, Consumer<List<DeliveryRedated>> sender, Log log, InstantSource clock) {

  void send(Case known) {
    known.redated().ifPresent(it -> {
      Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      sender.accept(List.of(it));
      cases.change(it.parcel(), found -> found.told(it, now));
      log.measure(Metric.count("DeliveriesRedated"), "Delivery redated", "order", it.order(), "parcel", it.parcel(),
          "disruption", it.disruption(), "expected", it.expectedAt());
    });
  }
}
