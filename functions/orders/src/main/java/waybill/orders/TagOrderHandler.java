package waybill.orders;

import module java.base;
import waybill.messages.*;
import waybill.messages.Choreography.TagOrder;
import waybill.messages.OrderMessages.IndexDue;
import waybill.orders.Orders.Order;
import waybill.platform.*;

/** {@code PUT /orders/{id}/tags}: an operator gives an order its tags, instead of those that it had. A moment later it is found by them. */
public record TagOrderHandler(Orders orders, Sender<TagOrder.Output> sender) implements HttpFunction {
  private static final Log LOG = Log.of(TagOrderHandler.class);

  public TagOrderHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> orders.find(Snapshot.NOBODYS));
  }

  public TagOrderHandler(Ports ports) { this(new Orders(ports), new Sender<>(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    OrderId id = request.pathId("id", OrderId::new);
    List<String> tags = tags(request.fields());
    Order order = orders.find(id).orElseThrow(() -> Problem.notFound("order"));
    Remarks remarks = Http.orProblem(orders.remarks().tag(order.content(), tags, request.subject()));
    // Also if nothing has changed: whoever changed it may have died before sending this.
    sender.send(List.of(new IndexDue(id)));
    LOG.info("Order tagged", "order", id, "tags", tags.size());
    return HttpResponse.resource(200, order.progress().whole(),
        OrderView.whole(order, orders.commands(order), remarks, true));
  }

  static List<String> tags(Fields fields) {
    List<String> tags = fields.parsedList("tags", 0, FormReader.MAX_TAGS, FormReader::tag, FormReader.TAG_RULE);
    if (new HashSet<>(tags).size() < tags.size()) {
      fields.refuse("tags", "repeated", "names each tag once");
    }
    fields.verify();
    return tags;
  }
}
