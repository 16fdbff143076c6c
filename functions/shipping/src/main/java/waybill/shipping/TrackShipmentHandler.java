package waybill.shipping;

import module java.base;
import waybill.messages.Choreography.TrackShipment;
import waybill.messages.ShipmentMessages.TrackingNoticed;
import waybill.platform.*;

/** Joins what carriers say into what is known of a tracking number, and sends where its parcels stand by all of it. */
public record TrackShipmentHandler(Table<Tracking> trackings, Sender<TrackShipment.Output> sender, InstantSource clock)
    implements QueueFunction<TrackingNoticed> {
  private static final Log LOG = Log.of(TrackShipmentHandler.class);

  public TrackShipmentHandler() { this(Ports.ofProcess()); }

  public TrackShipmentHandler(Ports ports) { this(ShippingTable.trackings(ports), new Sender<>(ports), ports.clock()); }

  @Override
  public void work(TrackingNoticed noticed) {
    Tracking news = Tracking.of(noticed, clock.instant());
    Tracking tracking = trackings
        .change(ShippingTable.key(news.trackingNumber()), current -> current.map(it -> it.join(news)).orElse(news))
        .value();
    sender.send(Emissions.of(tracking));
    if (tracking.parcels().isEmpty()) {
      LOG.warn("Scan before its label", "tracking_number", tracking.trackingNumber(), "event", noticed.event());
    }
    tracking.parcels().stream().filter(it -> it.voided() && tracking.isUsedBy(it.parcel()))
        .forEach(it -> LOG.warn("Scan of a void label", "order", it.parcel().order(), "parcel", it.parcel(),
            "tracking_number", tracking.trackingNumber(), "event", noticed.event()));
    for (Tracking.Bearer it : tracking.carried()) {
      LOG.info("Parcel tracked", "order", it.parcel().order(), "parcel", it.parcel(), "status", tracking.status(),
          "tracking_number", tracking.trackingNumber(), "event", noticed.event());
    }
  }
}
