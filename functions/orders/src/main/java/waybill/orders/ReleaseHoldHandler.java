package waybill.orders;

import module java.base;
import waybill.messages.*;
import waybill.messages.Choreography.ReleaseHold;
import waybill.messages.OrderMessages.OrderDue;
import waybill.orders.OrderHolds.Release;
import waybill.orders.OrderHolds.Resolution;
import waybill.orders.Orders.Order;
import waybill.platform.*;

/**
 * {@code POST /orders/{id}/holds/{hold_id}/release}: ends a hold that a person placed, or one because of another amount, which is
 * accepted. When the last one is released, the order goes on from where it was.
 */
public record ReleaseHoldHandler(Orders orders, Sender<ReleaseHold.Output> sender, InstantSource clock)
    implements HttpFunction {
  private static final Log LOG = Log.of(ReleaseHoldHandler.class);

  public ReleaseHoldHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> orders.find(Snapshot.NOBODYS));
  }

  public ReleaseHoldHandler(Ports ports) { this(new Orders(ports), new Sender<>(ports), ports.clock()); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    OrderId id = request.pathId("id", OrderId::new);
    HoldId hold = request.pathId("hold_id", HoldId::new);
    String key = request.idempotencyKey();
    Form form = Form.read(request.fields());
    Order seen = orders.find(id).orElseThrow(() -> Problem.notFound("order"));
    // A repeated request carries the revision from before it was done the first time.
    boolean repeated = seen.progress().state().holding().find(hold).filter(it -> !it.isOpen()).isPresent();
    OptionalInt ifMatch = repeated ? OptionalInt.empty() : request.ifMatch();
    Stored<OrderState> released = Http.orProblem(orders.decide(id, ifMatch,
        current -> current.orElseThrow().released(hold, form.resolution(),
            new Release(form.note(), clock.instant(), key), clock.instant())));
    if (released.value().due() != null) {
      // The arbiter sends what follows; if this dies before, the mark makes sure of it.
      sender.send(List.of(new OrderDue(id, clock.instant())));
    }
    LOG.info(repeated ? "Hold released again, unchanged" : "Hold released", "order", id, "hold", hold, "resolution",
        form.resolution());
    var order = new Order(seen.content(), orders.progress(released));
    return HttpResponse.resource(200, order.progress().whole(), OrderView.whole(order, orders.commands(order), true));
  }

  /** What a request asks for. */
  record Form(String note, Resolution resolution) {
    static Form read(Fields fields) {
      var form = new Form(fields.text("note", HoldOrderHandler.MAX_NOTE),
          fields.has("resolution") ? fields.choiceOr("resolution", Resolution.ACCEPT_DIFFERENCE) : null);
      fields.verify();
      return form;
    }
  }
}
