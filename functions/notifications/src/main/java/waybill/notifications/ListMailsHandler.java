package waybill.notifications;

import module java.base;
import waybill.messages.OrderId;
import waybill.orders.Orders;
import waybill.platform.*;

/** {@code GET /orders/{id}/mails}: what became of each mail about an order, and whether its customer's address still gets any. */
public record ListMailsHandler(Orders orders, Markers markers, Addresses addresses) implements HttpFunction {
  public ListMailsHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> markers.about(Snapshot.NOBODYS));
  }

  public ListMailsHandler(Ports ports) { this(new Orders(ports), new Markers(ports), new Addresses(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    OrderId id = request.pathId("id", OrderId::new);
    Orders.Placed order = orders.placed(id).orElseThrow(() -> Problem.notFound("order"));
    return HttpResponse.json(200,
        MailView.of(markers.about(id), addresses.find(order.content().form().customer().email())));
  }
}
