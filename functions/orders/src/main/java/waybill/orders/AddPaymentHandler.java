package waybill.orders;

import module java.base;
import waybill.messages.*;
import waybill.messages.Choreography.AddPayment;
import waybill.messages.OrderMessages.OrderDue;
import waybill.orders.OrderCommands.*;
import waybill.orders.Orders.Order;
import waybill.platform.*;

/** {@code POST /orders/{id}/payments}: names one more payment of an order that stands, also of money that other providers took. */
public record AddPaymentHandler(Orders orders, Sender<AddPayment.Output> sender, InstantSource clock)
    implements HttpFunction {
  private static final Log LOG = Log.of(AddPaymentHandler.class);

  public AddPaymentHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> orders.find(Snapshot.NOBODYS));
  }

  public AddPaymentHandler(Ports ports) { this(new Orders(ports), new Sender<>(ports), ports.clock()); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    OrderId id = request.pathId("id", OrderId::new);
    boolean dry = request.parameters().dryRun();
    String key = request.idempotencyKey();
    Fields fields = request.fields();
    OrderForm.NamedPayment named = FormReader.payment(fields);
    fields.verify();
    OrderContent content = orders.content(id).orElseThrow(() -> Problem.notFound("order"));
    var asked = new OrderCommand.Asked(OrderCommand.Kind.PAYMENT, request.path(), key, Json.write(named),
        request.subject());
    Done done = Http.orProblem(orders.commands().run(id, request.ifMatch(), asked, dry,
        (state, _, _) -> new Paying(state, clock.instant()).add(named)
            .map(it -> new Decided(it, null))));
    if (!dry) {
      sender.send(List.of(new OrderDue(id, clock.instant())));
      LOG.info("Payment named", "order", id, "provider", named.provider(), "amount", named.amount());
    }
    var order = new Order(content, orders.progress(done.order()));
    return HttpResponse.resource(200, order.progress().whole(),
        OrderView.whole(order, done.commands(), Access.operates(request)));
  }
}
