package waybill.orders;

import com.amazonaws.services.lambda.runtime.*;
import module java.base;
import waybill.messages.OrderId;
import waybill.orders.Orders.Order;
import waybill.platform.*;

/** {@code GET /orders/{id}}: an order, whole. Customers see their own; for them another's is not there. */
public final class GetOrderHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(GetOrderHandler.class);
  private final Orders orders;

  public GetOrderHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(LOG, () -> orders.find(Snapshot.NOBODYS));
  }

  public GetOrderHandler(Ports ports) { this.orders = new Orders(ports); }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Http.answer(in, out, LOG, this::get);
  }

  private HttpResponse get(HttpRequest request) {
    request.refuseQuery();
    OrderId id = request.pathId("id", OrderId::new);
    Order order = orders.find(id, it -> Access.maySee(request, it))
        .orElseThrow(() -> Problem.notFound("order"));
    return HttpResponse.resource(200, order.progress().whole(), OrderView.whole(order, Access.operates(request)));
  }
}
