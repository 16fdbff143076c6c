package waybill.orders;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import waybill.messages.OrderId;
import waybill.orders.Orders.Order;
import waybill.platform.Clients;
import waybill.platform.Environment;
import waybill.platform.Http;
import waybill.platform.HttpRequest;
import waybill.platform.HttpResponse;
import waybill.platform.Log;
import waybill.platform.Problem;
import waybill.platform.Snapshot;

/** {@code GET /orders/{id}}: an order, whole. Customers see their own; for them another's is not there. */
public final class GetOrderHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(GetOrderHandler.class);
  private final Orders orders;

  public GetOrderHandler() {
    this(System.getenv(), InstantSource.system());
    Snapshot.prime(LOG, () -> orders.find(Snapshot.NOBODYS));
  }

  public GetOrderHandler(Map<String, String> environment, InstantSource clock) {
    this(new Environment(environment), clock, Clients.dynamo());
  }

  public GetOrderHandler(Environment environment, InstantSource clock, DynamoDbClient dynamo) {
    this.orders = new Orders(dynamo, environment, clock);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Http.answer(in, out, LOG, this::get);
  }

  private HttpResponse get(HttpRequest request) {
    request.refuseQuery();
    OrderId id = request.pathId("id", OrderId::new);
    Order order = orders.find(id, it -> Access.maySee(request, it))
        .orElseThrow(() -> Problem.notFound("order"));
    return HttpResponse.resource(200, order.state(), OrderView.whole(order, Access.operates(request)));
  }
}
