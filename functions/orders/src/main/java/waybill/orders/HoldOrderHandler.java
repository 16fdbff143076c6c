package waybill.orders;

import module java.base;
import waybill.messages.*;
import waybill.messages.Choreography.HoldOrder;
import waybill.messages.OrderMessages.OrderDue;
import waybill.orders.OrderHolds.PlacedHold;
import waybill.orders.Orders.Order;
import waybill.platform.*;

/** {@code POST /orders/{id}/holds}: an operator holds an order, or one of its fulfillments, until it is released. */
public record HoldOrderHandler(Orders orders, Sender<HoldOrder.Output> sender, InstantSource clock)
    implements HttpFunction {
  private static final Log LOG = Log.of(HoldOrderHandler.class);
  static final int MAX_HANDLE = 100;
  static final int MAX_NOTE = 500;

  public HoldOrderHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> orders.find(Snapshot.NOBODYS));
  }

  public HoldOrderHandler(Ports ports) { this(new Orders(ports), new Sender<>(ports), ports.clock()); }

  /** Why a person may say that they hold an order. */
  enum Asked {
    FRAUD_SUSPECTED, ADDRESS_INCORRECT, CUSTOMER_REQUEST, OTHER
  }

  /** What a request asks for. */
  record Form(Hold.Reason reason, String handle, FulfillmentId fulfillment, String note) {
    static Form read(Fields fields) {
      Asked asked = fields.choiceOr("reason", Asked.OTHER);
      var form = new Form(Hold.Reason.valueOf(asked.name()), fields.textOrNull("handle", MAX_HANDLE),
          fields.parsedOrNull("fulfillment_id", FulfillmentId::new, "is a fulfillment's id"),
          fields.text("note", MAX_NOTE));
      fields.verify();
      return form;
    }

    private PlacedHold hold(HoldId id, Instant now) {
      return new PlacedHold(id, reason, handle, fulfillment, note, now, null);
    }
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    OrderId id = request.pathId("id", OrderId::new);
    HoldId hold = HoldId.of(id.value(), request.idempotencyKey());
    Form form = Form.read(request.fields());
    Order seen = orders.find(id).orElseThrow(() -> Problem.notFound("order"));
    // A repeated request carries the revision from before it was done the first time.
    boolean repeated = seen.progress().state().holding().find(hold).isPresent();
    OptionalInt ifMatch = repeated ? OptionalInt.empty() : request.ifMatch();
    boolean completed = seen.progress().status() == OrderStatus.COMPLETED;
    Stored<OrderState> held = Http.orProblem(orders.decide(id, ifMatch,
        current -> current.orElseThrow().held(form.hold(hold, clock.instant()), completed, clock.instant())));
    orders.remarks().done(id, hold.value(), request.subject());
    if (held.value().due() != null) {
      // The arbiter sends what follows; if this dies before, the mark makes sure of it.
      sender.send(List.of(new OrderDue(id, clock.instant())));
    }
    LOG.info(repeated ? "Order held again, unchanged" : "Order held", "order", id, "hold", hold, "reason",
        form.reason().text());
    var order = new Order(seen.content(), orders.progress(held));
    Map<String, Object> view = OrderView.whole(order, orders.commands(order), orders.remarks(id, true), true);
    // An order that has ended meanwhile shows no holds, but whoever asks again hears that theirs was placed.
    held.value().holding().find(hold).filter(PlacedHold::isOpen)
        .ifPresent(it -> OrderView.addHold(view, held.value(), it.shown()));
    return HttpResponse.resource(200, order.progress().whole(), view);
  }
}
