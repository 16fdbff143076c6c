package waybill.orders;

import module java.base;
import waybill.messages.*;
import waybill.messages.Choreography.HoldOrder;
import waybill.messages.OrderMessages.OrderDue;
import waybill.orders.OrderHolds.PlacedHold;
import waybill.orders.Orders.Order;
import waybill.platform.*;

/** {@code POST /orders/{id}/holds}: an operator holds an order, one of its fulfillments, or units of its lines, until it is released. */
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
  record Form(Hold.Reason reason, String handle, FulfillmentId fulfillment, List<Refunding.Units> lines, String note) {
    static Form read(Fields fields) {
      Asked asked = fields.choiceOr("reason", Asked.OTHER);
      var form = new Form(Hold.Reason.valueOf(asked.name()), fields.textOrNull("handle", MAX_HANDLE),
          fields.parsedOrNull("fulfillment_id", FulfillmentId::new, "is a fulfillment's id"),
          fields.has("lines") ? RefundOrderHandler.units(fields) : List.of(), fields.text("note", MAX_NOTE));
      fields.verify();
      return form;
    }

    /** @param ordered the lines as they are now, by which the units are known */
    private PlacedHold hold(HoldId id, OrderLines ordered, Instant now) {
      List<LineQuantity> held = lines.stream().filter(it -> ordered.knows(it.lineId()))
          .map(it -> new LineQuantity(it.lineId(), ordered.agreed(it.lineId()).sku(), it.quantity()))
          .flatMap(it -> ordered.content().packedOutOf(it).stream()).toList();
      return new PlacedHold(id, reason, handle, fulfillment, held, note, now, null);
    }
  }

  private Outcome<OrderState> place(OrderState state, OrderContent placed, Form form, HoldId hold, boolean completed) {
    if (form.fulfillment != null && !form.lines.isEmpty()) {
      return Refused.invalid("/lines", "not_allowed", "is not for a hold on a fulfillment").outcome();
    }
    OrderLines lines = orders.lines(placed, state);
    List<Violation> errors = state.holding().isPlaced(hold, form.handle)
        ? List.of()
        : new HoldingLines(lines, state).check(form.lines);
    return errors.isEmpty()
        ? state.held(form.hold(hold, lines, clock.instant()), completed, clock.instant())
        : Refused.invalid(errors).outcome();
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
        current -> place(current.orElseThrow(), seen.content(), form, hold, completed)));
    orders.remarks().done(id, hold.value(), request.subject());
    if (held.value().due() != null) {
      // The arbiter sends what follows; if this dies before, the mark makes sure of it.
      sender.send(List.of(new OrderDue(id, clock.instant())));
    }
    LOG.info(repeated ? "Order held again, unchanged" : "Order held", "order", id, "hold", hold, "reason",
        form.reason().text());
    var order = orders.whole(seen.content(), held);
    Map<String, Object> view = OrderView.whole(order, orders.commands(order), orders.remarks(id, true), true);
    // An order that has ended meanwhile shows no holds, but whoever asks again hears that theirs was placed.
    held.value().holding().find(hold).filter(PlacedHold::isOpen)
        .ifPresent(it -> OrderView.addHold(view, seen.content(), held.value(), it.shown()));
    return HttpResponse.resource(200, order.progress().whole(), view);
  }
}
