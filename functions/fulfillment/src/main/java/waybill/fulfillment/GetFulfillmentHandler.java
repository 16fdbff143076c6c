package waybill.fulfillment;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import waybill.messages.FulfillmentId;
import waybill.platform.Clients;
import waybill.platform.Environment;
import waybill.platform.Http;
import waybill.platform.HttpRequest;
import waybill.platform.HttpResponse;
import waybill.platform.Log;
import waybill.platform.Problem;
import waybill.platform.Snapshot;
import waybill.platform.Stored;
import waybill.platform.Table;

/** {@code GET /fulfillments/{id}}: a fulfillment. */
public final class GetFulfillmentHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(GetFulfillmentHandler.class);
  private final Table<Fulfillment> fulfillments;

  public GetFulfillmentHandler() {
    this(System.getenv(), InstantSource.system());
    Snapshot.prime(LOG, () -> fulfillments
        .find(FulfillmentTable.key(FulfillmentId.of(Snapshot.NOBODYS, 1))));
  }

  public GetFulfillmentHandler(Map<String, String> environment, InstantSource clock) {
    this(new Environment(environment), clock, Clients.dynamo());
  }

  public GetFulfillmentHandler(Environment environment, InstantSource clock, DynamoDbClient dynamo) {
    this.fulfillments = FulfillmentTable.fulfillments(dynamo, environment, clock);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Http.answer(in, out, LOG, this::get);
  }

  private HttpResponse get(HttpRequest request) {
    request.refuseQuery();
    FulfillmentId id = request.pathId("id", FulfillmentId::new);
    Stored<Fulfillment> stored = FulfillmentTable.find(fulfillments, id)
        .orElseThrow(() -> Problem.notFound("fulfillment"));
    return HttpResponse.resource(200, stored, FulfillmentTable.resource(stored));
  }
}
