package waybill.fulfillment;

import com.amazonaws.services.lambda.runtime.*;
import module java.base;
import waybill.messages.FulfillmentId;
import waybill.platform.*;

/** {@code GET /fulfillments/{id}}: a fulfillment. */
public final class GetFulfillmentHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(GetFulfillmentHandler.class);
  private final Table<Fulfillment> fulfillments;

  public GetFulfillmentHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(LOG, () -> fulfillments
        .find(FulfillmentTable.key(FulfillmentId.of(Snapshot.NOBODYS, 1))));
  }

  public GetFulfillmentHandler(Ports ports) {
    this.fulfillments = FulfillmentTable.fulfillments(ports);
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
