package waybill.orders;

import module java.base;
import waybill.messages.*;
import waybill.messages.Choreography.RefundOrder;
import waybill.orders.OrderCommands.*;
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
    var call = CommandCall.of(request, orders, clock);
    Fields fields = request.fields();
    Refunding.Form form = form(fields);
    fields.verify();
    return call.answer(OrderCommand.Kind.REFUND, Json.write(form),
        (content, state, before, command) -> grant(content, state, before, command, form), sender::send, LOG,
        "refund_kind", form.kind());
  }

  private Outcome<Decided> grant(OrderContent content, OrderState state, List<OrderCommand> before,
      OrderCommand command, Refunding.Form form) {
    Instant now = clock.instant();
    return Refunding.of(content, state, before, command.id(), now).grant(form)
        .map(it -> new Decided(it.state().unsent(now), it.adjustment()));
  }

  /** What a person may grant. */
  private enum Asked {
    REFUND, GOODWILL
  }

  /** @param fields remember what is wrong with them */
  static Refunding.Form form(Fields fields) {
    return new Refunding.Form(Adjustment.Kind.valueOf(fields.choiceOr("kind", Asked.REFUND).name()),
        fields.has("lines") ? units(fields) : List.of(),
        fields.flagOr("shipping", false), fields.has("amount") ? fields.whole("amount", 1, MAX_AMOUNT) : null,
        fields.textOrNull("reason", 100), fields.textOrNull("note", 1_000),
        fields.parsedOrNull("payment_id", PaymentId::new, "is the id of a payment"),
        fields.flagOr("done_elsewhere", false));
  }

  static List<Refunding.Units> units(Fields fields) {
    return fields.list("lines", 1, FormReader.MAX_LINES,
        it -> new Refunding.Units(it.parsed("line_id", LineId::new, "is the id of a line"),
            it.integer("quantity", 1, FormReader.MAX_QUANTITY)));
  }
}
