package waybill.orders;

import module java.base;
import waybill.messages.*;
import waybill.orders.Orders.Order;
import waybill.platform.*;

/** {@code POST /orders/{id}/notes}: an operator notes something about an order, for other operators. */
public record NoteOrderHandler(Orders orders) implements HttpFunction {
  private static final Log LOG = Log.of(NoteOrderHandler.class);
  private static final int MAX_NOTE = 1_000;

  public NoteOrderHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> orders.find(Snapshot.NOBODYS));
  }

  public NoteOrderHandler(Ports ports) { this(new Orders(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    OrderId id = request.pathId("id", OrderId::new);
    String key = request.idempotencyKey();
    String text = text(request.fields());
    Order order = orders.find(id).orElseThrow(() -> Problem.notFound("order"));
    Remarks remarks = Http.orProblem(orders.remarks().note(id, key, text, request.subject()));
    LOG.info("Order noted", "order", id, "notes", remarks.notes().size());
    return HttpResponse.resource(200, order.progress().whole(),
        OrderView.whole(order, orders.commands(order), remarks, true));
  }

  static String text(Fields fields) {
    String text = fields.text("text", MAX_NOTE);
    fields.verify();
    return text;
  }
}
