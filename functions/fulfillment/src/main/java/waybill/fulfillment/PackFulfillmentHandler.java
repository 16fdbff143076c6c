package waybill.fulfillment;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import waybill.messages.FulfillmentId;
import waybill.messages.Parcel;
import waybill.platform.Clients;
import waybill.platform.Environment;
import waybill.platform.Fields;
import waybill.platform.Http;
import waybill.platform.HttpRequest;
import waybill.platform.HttpResponse;
import waybill.platform.Log;
import waybill.platform.Log.Metric;
import waybill.platform.Problem;
import waybill.platform.Sender;
import waybill.platform.Snapshot;
import waybill.platform.Stored;
import waybill.platform.Table;

/** {@code POST /fulfillments/{id}/packing}: takes the parcels that an open fulfillment was packed into. */
public final class PackFulfillmentHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(PackFulfillmentHandler.class);
  private final Table<Fulfillment> fulfillments;
  private final Sender sender;

  public PackFulfillmentHandler() {
    this(System.getenv(), InstantSource.system());
    Snapshot.prime(LOG, () -> fulfillments
        .find(FulfillmentTable.key(FulfillmentId.of(Snapshot.NOBODYS, 1))));
  }

  public PackFulfillmentHandler(Map<String, String> environment, InstantSource clock) {
    this(new Environment(environment), clock, Clients.dynamo(), Clients.sqs());
  }

  public PackFulfillmentHandler(Environment environment, InstantSource clock, DynamoDbClient dynamo, SqsClient sqs) {
    this.fulfillments = FulfillmentTable.fulfillments(dynamo, environment, clock);
    this.sender = new Sender(sqs, environment);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Http.answer(in, out, LOG, this::pack);
  }

  private HttpResponse pack(HttpRequest request) {
    request.refuseQuery();
    FulfillmentId id = request.pathId("id", FulfillmentId::new);
    String key = request.idempotencyKey();
    Fields fields = request.fields();
    Fulfillment seen = FulfillmentTable.find(fulfillments, id).orElseThrow(() -> Problem.notFound("fulfillment"))
        .value();
    List<Parcel> parcels = Packing.read(id, seen.lines(), fields);
    // A repeated request carries the revision from before it was done the first time.
    boolean again = seen.isPackedWith(key);
    OptionalInt ifMatch = again ? OptionalInt.empty() : request.ifMatch();
    Stored<Fulfillment> packed = fulfillments.change(FulfillmentTable.key(id), ifMatch,
        it -> it.orElseThrow().pack(key, parcels));
    Object[] about = {"order", id.order(), "fulfillment", id, "location", packed.value().locationId(), "parcels",
      parcels.size()};
    if (again) {
      LOG.info("Packing asked again", about);
    } else {
      LOG.measure(Metric.count("FulfillmentsPacked"), "Packed", about);
    }
    sender.send(Emissions.of(packed.value()));
    return HttpResponse.resource(200, packed, FulfillmentTable.resource(packed));
  }
}
