package waybill.shipping;

import java.util.function.Consumer;
import waybill.messages.Scan;
import waybill.messages.ShipmentMessages.TrackingNoticed;
import waybill.messages.ShipmentStatus;
import waybill.platform.Log;
import waybill.platform.webhook.Event;
import waybill.shipping.carrier.CarrierProvider;

/** What is done with news of a carrier, whether it has sent them or was asked for them. */
final class TrackingIntake {
  private final Log log;
  private final Consumer<TrackingNoticed> queue;

  TrackingIntake(Log log, Consumer<TrackingNoticed> queue) {
    this.log = log;
    this.queue = queue;
  }

  /** Queues those scans that can make a difference, and reports what no table knows. */
  void take(String account, Event<TrackingNoticed> event) {
    switch (event) {
      case Event.News<TrackingNoticed> news -> {
        TrackingNoticed all = news.message();
        queue.accept(new TrackingNoticed(all.trackingNumber(), Tracking.significant(all.scans()),
            all.estimatedDeliveryAt(), all.event(), all.bill()));
        log.info("Tracking event received", "account", account, "event", event.id(), "event_type", event.type(),
            "tracking_number", all.trackingNumber());
        all.scans().stream().filter(it -> it.status() == ShipmentStatus.UNKNOWN).map(Scan::code).distinct()
            .forEach(code -> log.report("ScansUnknown", "Status of a carrier unknown", "account", account, "event",
                event.id(), "code", code));
      }
      case Event.Ignored<TrackingNoticed> it when it.reason() == CarrierProvider.NoNews.UNKNOWN ->
        log.report("ScansUnknown", "Status of a carrier unknown", "account", account, "event", event.id());
      case Event.Ignored<TrackingNoticed> it ->
        log.warn("Tracking event ignored", "account", account, "event", event.id(), "event_type", event.type(),
            "ignored", it.reasonCode());
    }
  }
}
