package waybill.shipping;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import waybill.messages.Message.TrackingNoticed;
import waybill.platform.Batch;
import waybill.platform.Clients;
import waybill.platform.Environment;
import waybill.platform.Log;
import waybill.platform.Sender;
import waybill.platform.Table;

/** Joins what carriers say into what is known of a tracking number, and tells where its parcels stand by all of it. */
public final class TrackShipmentHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(TrackShipmentHandler.class);

  private final Table<Tracking> trackings;
  private final Sender sender;
  private final InstantSource clock;

  public TrackShipmentHandler() {
    this(System.getenv(), InstantSource.system());
  }

  public TrackShipmentHandler(Map<String, String> environment, InstantSource clock) {
    this(new Environment(environment), clock, Clients.dynamo(), Clients.sqs());
  }

  public TrackShipmentHandler(Environment environment, InstantSource clock, DynamoDbClient dynamo, SqsClient sqs) {
    this.trackings = ShippingTable.trackings(dynamo, environment, clock);
    this.sender = new Sender(sqs, environment);
    this.clock = clock;
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Batch<TrackingNoticed> batch = Batch.read(in, TrackingNoticed.class, LOG);
    batch.each(this::track);
    batch.answer(out);
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
    tracking.parcels().forEach(
        parcel -> LOG.info("Parcel tracked", "order", parcel.order(), "parcel", parcel, "status", tracking.status(),
            "tracking_number", tracking.trackingNumber(), "event", noticed.event()));
  }
}
