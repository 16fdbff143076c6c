package waybill.orders;

import module java.base;
import waybill.messages.*;
import waybill.messages.Choreography.CapturePayment;
import waybill.messages.OrderMessages.OrderDue;
import waybill.orders.OrderCommands.*;
import waybill.orders.Orders.Order;
import waybill.platform.*;

/** {@code POST /orders/{id}/payments/{payment_id}/captures}: says that money has come which other providers took. */
public record CapturePaymentHandler(Orders orders, Sender<CapturePayment.Output> sender, InstantSource clock)
    implements HttpFunction {
  private static final Log LOG = Log.of(CapturePaymentHandler.class);

  public CapturePaymentHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> orders.find(Snapshot.NOBODYS));
  }

  public CapturePaymentHandler(Ports ports) { this(new Orders(ports), new Sender<>(ports), ports.clock()); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    OrderId id = request.pathId("id", OrderId::new);
    PaymentId payment = request.pathId("payment_id", PaymentId::new);
    boolean dry = request.parameters().dryRun();
    String key = request.idempotencyKey();
    Long amount = amount(request.fields());
    OrderContent content = orders.content(id).orElseThrow(() -> Problem.notFound("order"));
    var asked = new OrderCommand.Asked(OrderCommand.Kind.CAPTURE, request.path(), key, "captured " + amount,
        request.subject());
    Done done = Http.orProblem(orders.commands().run(id, request.ifMatch(), asked, dry,
        (state, _, _) -> new Paying(state, clock.instant()).capture(payment, amount)
            .map(it -> new Decided(it, null))));
    if (!dry) {
      sender.send(List.of(new OrderDue(id, clock.instant())));
      LOG.info("Payment captured by the storefront", "order", id, "payment", payment);
    }
    var order = new Order(content, orders.progress(done.order()));
    return HttpResponse.resource(200, order.progress().whole(),
        OrderView.whole(order, done.commands(), Access.operates(request)));
  }

  /** @return null: all that is missing */
  static Long amount(Fields fields) {
    Long amount = fields.has("amount") ? fields.whole("amount", 1, FormReader.MAX_AMOUNT) : null;
    fields.verify();
    return amount;
  }
}
