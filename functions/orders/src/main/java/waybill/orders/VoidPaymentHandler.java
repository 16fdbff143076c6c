package waybill.orders;

import module java.base;
import waybill.messages.*;
import waybill.messages.Choreography.VoidPayment;
import waybill.messages.OrderMessages.OrderDue;
import waybill.orders.OrderCommands.*;
import waybill.orders.Orders.Order;
import waybill.platform.*;

/** {@code POST /orders/{id}/payments/{payment_id}/voids}: the order no longer waits for this payment, and what is held of it is released. */
public record VoidPaymentHandler(Orders orders, Sender<VoidPayment.Output> sender, InstantSource clock)
    implements HttpFunction {
  private static final Log LOG = Log.of(VoidPaymentHandler.class);

  public VoidPaymentHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> orders.find(Snapshot.NOBODYS));
  }

  public VoidPaymentHandler(Ports ports) { this(new Orders(ports), new Sender<>(ports), ports.clock()); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    OrderId id = request.pathId("id", OrderId::new);
    PaymentId payment = request.pathId("payment_id", PaymentId::new);
    boolean dry = request.parameters().dryRun();
    String key = request.idempotencyKey();
    OrderContent content = orders.content(id).orElseThrow(() -> Problem.notFound("order"));
    var asked = new OrderCommand.Asked(OrderCommand.Kind.VOID, request.path(), key, "void", request.subject());
    Done done = Http.orProblem(orders.commands().run(id, request.ifMatch(), asked, dry,
        (state, _, _) -> new Paying(state, clock.instant()).release(payment)
            .map(it -> new Decided(it, null))));
    if (!dry) {
      sender.send(List.of(new OrderDue(id, clock.instant())));
      LOG.info("Payment voided", "order", id, "payment", payment);
    }
    var order = new Order(content, orders.progress(done.order()));
    return HttpResponse.resource(200, order.progress().whole(),
        OrderView.whole(order, done.commands(), Access.operates(request)));
  }
}
