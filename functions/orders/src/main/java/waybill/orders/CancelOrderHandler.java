package waybill.orders;

import module java.base;
import waybill.messages.*;
import waybill.messages.Choreography.CancelOrder;
import waybill.messages.OrderMessages.OrderDue;
import waybill.orders.Orders.Order;
import waybill.platform.*;

/**
 * {@code POST /orders/{id}/cancellation}: cancels an order whole, by its customer, its storefront's backend or an operator, until something of it is
 * packed. The order is cancelled when this answers; its stock is released, its plans are cancelled and its money is refunded a
 * moment later.
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
    request.refuseQuery();
    OrderId id = request.pathId("id", OrderId::new);
    String key = request.idempotencyKey();
    CancelReason reason = reason(request.fields(), Access.operates(request));
    Order seen = orders.find(id, it -> access.mayCancel(request, it))
        .orElseThrow(() -> Problem.notFound("order"));
    // A repeated request carries the revision from before it was done the first time.
    boolean repeated = seen.progress().state().isCancelled();
    OptionalInt ifMatch = repeated ? OptionalInt.empty() : request.ifMatch();
    Stored<OrderState> cancelled = Http.orProblem(orders.decide(id, ifMatch,
        current -> current.orElseThrow().cancelled(reason, key, clock.instant())));
    if (cancelled.value().due() != null) {
      // The arbiter sends what follows; if this dies before, the mark makes sure of it.
      sender.send(List.of(new OrderDue(id, clock.instant())));
    }
    LOG.info(repeated ? "Order cancelled again, unchanged" : "Order cancelled", "order", id, "reason", reason);
    var order = new Order(seen.content(), orders.progress(cancelled));
    return HttpResponse.resource(200, order.progress().whole(),
        OrderView.whole(order, orders.commands(order), Access.operates(request)));
  }

  /** Why a person may say that they cancel. */
  private enum Asked {
    CUSTOMER, FRAUD, OTHER
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
