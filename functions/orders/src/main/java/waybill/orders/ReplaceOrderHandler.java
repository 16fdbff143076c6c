package waybill.orders;

import module java.base;
import waybill.messages.*;
import waybill.messages.Choreography.ReplaceOrder;
import waybill.messages.OrderMessages.ReplacementAsked;
import waybill.orders.Orders.Order;
import waybill.platform.*;

/**
 * {@code POST /orders/{id}/replacements}: a person has units that have left sent again for nothing. The decision stands when this answers;
 * the order that sends them is placed a moment later.
 */
public record ReplaceOrderHandler(Orders orders, Sender<ReplaceOrder.Output> sender, InstantSource clock)
    implements HttpFunction {
  private static final Log LOG = Log.of(ReplaceOrderHandler.class);
  /** How the cause begins of what a person asks for. */
  static final String BY_REQUEST = "req_";

  public ReplaceOrderHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> orders.find(Snapshot.NOBODYS));
  }

  public ReplaceOrderHandler(Ports ports) { this(new Orders(ports), new Sender<>(ports), ports.clock()); }

  /** What a request asks for. */
  record Form(List<Refunding.Units> lines, String reason) {
    static Form read(Fields fields) {
      var form = new Form(RefundOrderHandler.units(fields), fields.text("reason", 100));
      fields.verify();
      return form;
    }
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    OrderId id = request.pathId("id", OrderId::new);
    String cause = BY_REQUEST + IdText.digest(id.value(), request.path(), request.idempotencyKey());
    Form form = Form.read(request.fields());
    Order order = orders.find(id).orElseThrow(() -> Problem.notFound("order"));
    var asked = new ReplacementAsked(id, cause, Http.orProblem(packed(order, form)), form.reason, request.subject(),
        clock.instant());
    Http.orProblem(order.replacements().with(asked, order.progress().packed().toList()));
    // Sent before it is written: if this dies between the two, it is placed all the same, or nothing has happened.
    sender.send(List.of(asked));
    Http.orProblem(orders.replace(order, asked));
    LOG.info("Replacement asked for", "order", id, "cause", cause);
    Order now = orders.whole(order.content(), order.progress().stored());
    return HttpResponse.resource(202, now.progress().whole(),
        OrderView.whole(now, orders.commands(now), orders.remarks(id, true), true));
  }

  /** The units as they are packed; refused if the order has no such line, or nothing of it is carried. */
  private Outcome<List<LineQuantity>> packed(Order order, Form form) {
    OrderLines lines = orders.lines(order.content(), order.progress().state());
    OrderContent now = lines.now();
    var errors = new ArrayList<Violation>();
    var packed = new ArrayList<LineQuantity>();
    for (int i = 0; i < form.lines.size(); i++) {
      Refunding.Units units = form.lines.get(i);
      String pointer = "/lines/" + i + "/line_id";
      Optional<Kit.Component> component = now.component(units.lineId());
      if (component.isEmpty() && (now.place(units.lineId()) < 0 || now.orderedUnits(units.lineId()) == 0)) {
        errors.add(new Violation(pointer, "unknown", "the order has no such line of which units are carried"));
      } else if (form.lines.subList(0, i).stream().anyMatch(it -> it.overlaps(units))) {
        errors.add(new Violation(pointer, "repeated", "the line is named twice"));
      } else {
        packed.addAll(component.map(it -> List.of(new LineQuantity(it.id(), it.sku(), units.quantity())))
            .orElseGet(() -> now.packedOutOf(new LineQuantity(units.lineId(),
                now.form().lines().get(now.place(units.lineId())).sku(), units.quantity()))));
      }
    }
    return errors.isEmpty() ? Outcome.of(List.copyOf(packed)) : Refused.invalid(errors).outcome();
  }
}
