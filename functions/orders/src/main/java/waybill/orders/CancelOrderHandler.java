package waybill.orders;

import module java.base;
import waybill.messages.*;
import waybill.messages.Choreography.CancelOrder;
import waybill.messages.OrderMessages.OrderDue;
import waybill.orders.Orders.Order;
import waybill.platform.*;

/**
 * {@code POST /orders/{id}/cancellation}: cancels an order whole, by its customer, its storefront's backend or an operator, until
 * something of it is packed; or units of its lines, until those are. That is decided when this answers; stock is released, plans are
 * cancelled and money is refunded a moment later.
 */
public record CancelOrderHandler(Orders orders, Access access, Sender<CancelOrder.Output> sender,
    InstantSource clock) implements HttpFunction {
  private static final Log LOG = Log.of(CancelOrderHandler.class);

  public CancelOrderHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> orders.find(Snapshot.NOBODYS));
  }

  public CancelOrderHandler(Ports ports) {
    this(new Orders(ports), new Access(ports.environment().values().get("CUSTOMER_CHANNEL")), new Sender<>(ports),
        ports.clock());
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    var call = CommandCall.of(request, orders, clock);
    Form form = form(request.fields(), Access.operates(request));
    Order seen = orders.find(call.id(), it -> access.mayCancel(request, it))
        .orElseThrow(() -> Problem.notFound("order"));
    boolean refunded = seen.progress().state().unitsToGrant() > 0
        && Granting.isRefunded(seen, orders.commands(seen));
    if (form.lines.isEmpty() || Granting.isOfGranted(seen, form.lines)) {
      Http.orProblem(Granting.cancellable(seen, Access.operates(request), refunded));
    }
    boolean free = Access.operates(request) || refunded;
    return form.lines.isEmpty()
        ? whole(request, call, seen, form.reason, free)
        : call.answer(OrderCommand.Kind.CANCELLATION, Json.write(form),
            (content, state, before, command) -> lines(call, form, free || !Granting.isOfGranted(seen, form.lines),
                CancellingLines.of(content, state,
                    before, command.id(), clock.instant())),
            sender::send, LOG, "reason",
            form.reason);
  }

  /** What is carried may be cancelled, whatever became of the links and keys beside it. */
  private static Outcome<OrderCommands.Decided> lines(CommandCall call, Form form, boolean free,
      CancellingLines lines) {
    return Granting.refusal(lines.state(), free).<Outcome<OrderCommands.Decided>>map(
        Refused::outcome).orElseGet(
            () -> lines.cancel(form.reason, call.key(), form.lines)
                .map(it -> new OrderCommands.Decided(it.state(), it.adjustment())));
  }

  private Outcome<OrderState> cancelled(OrderState state, CancelReason reason, String key, boolean free) {
    return Granting.refusal(state, free).<Outcome<OrderState>>map(Refused::outcome)
        .orElseGet(() -> state.cancelled(reason, key, clock.instant()));
  }

  private HttpResponse whole(HttpRequest request, CommandCall call, Order seen, CancelReason reason, boolean free) {
    OrderId id = call.id();
    String key = call.key();
    if (call.dry()) {
      OrderState state = Http.orProblem(cancelled(seen.progress().state(), reason, key, free));
      Stored<OrderState> stored = seen.progress().stored();
      return answer(request, seen.content(),
          new Stored<>(state, stored.revision(), stored.createdAt(), stored.updatedAt()));
    }
    // A repeated request carries the revision from before it was done the first time.
    boolean repeated = seen.progress().state().isCancelled();
    OptionalInt ifMatch = repeated ? OptionalInt.empty() : request.ifMatch();
    Stored<OrderState> cancelled = Http.orProblem(orders.decide(id, ifMatch,
        current -> cancelled(current.orElseThrow(), reason, key, free)));
    orders.remarks().done(id, Remark.CANCELLATION, request.subject());
    if (cancelled.value().due() != null) {
      // The arbiter sends what follows; if this dies before, the mark makes sure of it.
      sender.send(List.of(new OrderDue(id, clock.instant())));
    }
    LOG.info(repeated ? "Order cancelled again, unchanged" : "Order cancelled", "order", id, "reason", reason);
    return answer(request, seen.content(), cancelled);
  }

  private HttpResponse answer(HttpRequest request, OrderContent content, Stored<OrderState> cancelled) {
    var order = orders.whole(content, cancelled);
    return HttpResponse.resource(200, order.progress().whole(),
        OrderView.whole(order, orders.commands(order), orders.remarks(order.content().id(), Access.operates(request)),
            Access.operates(request)));
  }

  /** Why a person may say that they cancel. */
  private enum Asked {
    CUSTOMER, FRAUD, OTHER
  }

  /** @param lines none: all of the order */
  record Form(CancelReason reason, List<Refunding.Units> lines) {}

  static Form form(Fields fields, boolean operates) {
    List<Refunding.Units> lines = fields.has("lines") ? RefundOrderHandler.units(fields) : List.of();
    return new Form(reason(fields, operates), lines);
  }

  /** A customer cancels for a reason of their own, as does a storefront for them; an operator says which it is. */
  static CancelReason reason(Fields fields, boolean operates) {
    Asked asked = fields.choiceOr("reason", Asked.CUSTOMER);
    if (asked != Asked.CUSTOMER && !operates) {
      fields.refuse("reason", "not_allowed", "is customer; fraud and other are for operators");
    }
    fields.verify();
    return CancelReason.valueOf(asked.name());
  }
}
