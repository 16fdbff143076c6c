package waybill.shipping;

import com.amazonaws.services.lambda.runtime.*;
import module java.base;
import waybill.messages.Message.TrackingNoticed;
import waybill.platform.*;

/** Joins what carriers say into what is known of a tracking number, and sends where its parcels stand by all of it. */
public final class TrackShipmentHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(TrackShipmentHandler.class);

  private final Table<Tracking> trackings;
  private final Sender sender;
  private final InstantSource clock;

  public TrackShipmentHandler() { this(Ports.ofProcess()); }

  public TrackShipmentHandler(Ports ports) {
    this.trackings = ShippingTable.trackings(ports);
    this.sender = new Sender(ports);
    this.clock = ports.clock();
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Batch.each(in, out, TrackingNoticed.class, LOG, this::track);
  }

  private void track(TrackingNoticed noticed) {
    Tracking news = Tracking.of(noticed, clock.instant());
    Tracking tracking = trackings
        .change(ShippingTable.key(news.trackingNumber()), current -> current.map(it -> it.join(news)).orElse(news))
        .value();
    sender.send(Emissions.of(tracking));
    if (tracking.parcels().isEmpty()) {
      LOG.warn("Scan before its label", "tracking_number", tracking.trackingNumber(), "event", noticed.event());
    }
    for (Tracking.Bearer it : tracking.parcels()) {
      LOG.info("Parcel tracked", "order", it.parcel().order(), "parcel", it.parcel(), "status", tracking.status(),
          "tracking_number", tracking.trackingNumber(), "event", noticed.event());
    }
  }
}
