package waybill.orders;

import module java.base;
import waybill.messages.*;
import waybill.messages.Choreography.RefundOrder;
import waybill.messages.OrderMessages.OrderDue;
import waybill.orders.OrderCommands.*;
import waybill.orders.Orders.Order;
import waybill.platform.*;

/**
 * {@code POST /orders/{id}/refunds}: a person grants money back, by lines, shipping or an amount. The decision stands when this
 * answers; the money moves a moment later, by each payment under a key of its own.
 */
public record RefundOrderHandler(Orders orders, Sender<RefundOrder.Output> sender, InstantSource clock)
    implements HttpFunction {
  private static final Log LOG = Log.of(RefundOrderHandler.class);
  private static final long MAX_AMOUNT = 1_000_000_000_000L;

  public RefundOrderHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> orders.find(Snapshot.NOBODYS));
  }

  public RefundOrderHandler(Ports ports) { this(new Orders(ports), new Sender<>(ports), ports.clock()); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    OrderId id = request.pathId("id", OrderId::new);
    boolean dry = request.parameters().dryRun();
    String key = request.idempotencyKey();
    Fields fields = request.fields();
    Refunding.Form form = form(fields);
    fields.verify();
    OrderContent content = orders.content(id).orElseThrow(() -> Problem.notFound("order"));
    var asked = new OrderCommand.Asked(OrderCommand.Kind.REFUND, request.path(), key, Json.write(form),
        request.subject());
    Done done = Http.orProblem(orders.commands().run(id, request.ifMatch(), asked, dry,
        (state, before, command) -> grant(content, state, before, command, form)));
    if (!dry) {
      sender.send(List.of(new OrderDue(id, clock.instant())));
      LOG.info(done.repeated() ? "Refund granted again, unchanged" : "Refund granted", "order", id, "kind",
          form.kind());
    }
    var order = new Order(content, orders.progress(done.order()));
    return HttpResponse.resource(200, order.progress().whole(),
        OrderView.whole(order, done.commands(), true));
  }

  private Outcome<Decided> grant(OrderContent content, OrderState state, List<OrderCommand> before,
      OrderCommand command, Refunding.Form form) {
    Instant now = clock.instant();
    var adjustments = before.stream().map(OrderCommand::adjustment).filter(Objects::nonNull).toList();
    return new Refunding(content, state, adjustments, command.id(), now).grant(form)
        .map(it -> new Decided(it.state().unsent(now), it.adjustment()));
  }

  /** @param fields remember what is wrong with them */
  static Refunding.Form form(Fields fields) {
    return new Refunding.Form(fields.choiceOr("kind", Adjustment.Kind.REFUND),
        fields.listOrEmpty("lines", FormReader.MAX_LINES,
            it -> new Refunding.Units(it.parsed("line_id", LineId::new, "is the id of a line"),
                it.integer("quantity", 1, FormReader.MAX_QUANTITY))),
        fields.flagOr("shipping", false), fields.has("amount") ? fields.whole("amount", 1, MAX_AMOUNT) : null,
        fields.textOrNull("reason", 100), fields.textOrNull("note", 1_000),
        fields.parsedOrNull("payment_id", PaymentId::new, "is the id of a payment"),
        fields.flagOr("done_elsewhere", false));
  }
}
