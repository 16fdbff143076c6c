package waybill.orders;

import module java.base;
import waybill.messages.OrderId;
import waybill.orders.Orders.Order;
import waybill.platform.*;

/** {@code GET /orders/{id}}: an order, whole. Customers see their own; for them another's is not there. */
public record GetOrderHandler(Orders orders, Access access) implements HttpFunction {
  public GetOrderHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> orders.find(Snapshot.NOBODYS));
  }

  public GetOrderHandler(Ports ports) {
    this(new Orders(ports), new Access(ports.environment().values().get("CUSTOMER_CHANNEL")));
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    OrderId id = request.pathId("id", OrderId::new);
    Order order = orders.find(id, it -> access.maySee(request, it))
        .orElseThrow(() -> Problem.notFound("order"));
    return HttpResponse.resource(200, order.progress().whole(),
        OrderView.whole(order, orders.commands(order), orders.remarks(id, Access.operates(request)),
            Access.operates(request)));
  }
}
