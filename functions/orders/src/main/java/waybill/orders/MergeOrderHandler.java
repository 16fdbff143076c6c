package waybill.orders;

import module java.base;
import waybill.messages.*;
import waybill.messages.Choreography.MergeOrder;
import waybill.messages.OrderMessages.OrderDue;
import waybill.orders.OrderCommands.*;
import waybill.platform.*;

/**
 * {@code POST /orders/{id}/merger}: an open order of a customer leaves in the parcel of another one, under that one's label. The two stay two
 * orders, each with its money; the shipping of the one that joins may be refunded by the same request.
 */
public record MergeOrderHandler(Orders orders, Sender<MergeOrder.Output> sender, InstantSource clock)
    implements HttpFunction {
  private static final Log LOG = Log.of(MergeOrderHandler.class);

  public MergeOrderHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> orders.find(Snapshot.NOBODYS));
  }

  public MergeOrderHandler(Ports ports) { this(new Orders(ports), new Sender<>(ports), ports.clock()); }

  /** What a request asks for. @param order whose parcel carries both */
  record Form(OrderId order, boolean refundShipping, String note) {
    static Form read(Fields fields) {
      var form = new Form(fields.parsed("order_id", OrderId::new, "is the id of an order"),
          fields.flagOr("refund_shipping", false), fields.textOrNull("note", HoldOrderHandler.MAX_NOTE));
      fields.verify();
      return form;
    }
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    var call = CommandCall.of(request, orders, clock);
    Form form = Form.read(request.fields());
    return call.answer(OrderCommand.Kind.MERGER, Json.write(form),
        (_, state, before, command) -> merge(form, state, before, command),
        (state, command) -> call.dry() ? Map.of("merger", shown(form, state, command)) : Map.of(),
        due -> sender.send(
            Stream.concat(due.stream(), Stream.of(new OrderDue(form.order, clock.instant()))).toList()),
        LOG, "with", form.order, "refunds_shipping", form.refundShipping);
  }

  /** Both are read here, each state before what was ordered: whatever changes since, one of the two states has another revision. */
  private Outcome<Decided> merge(Form form, OrderState state, List<OrderCommand> before, OrderCommand command) {
    Optional<Stored<OrderState>> other = orders.state(form.order).filter(it -> it.value().placed());
    if (other.isEmpty()) {
      return Refused.invalid("/order_id", "unknown", "there is no such order").outcome();
    }
    OrderContent content = orders.content(state.id()).orElseThrow();
    var merging = new MergingOrders(side(state, content),
        side(other.get().value(), orders.content(form.order).orElseThrow()));
    Optional<Refused> refusal = merging.refusal();
    if (refusal.isPresent()) {
      return refusal.get().outcome();
    }
    var joint = new Joint(other.get(), other.get().value().unsent(command.at()),
        merging.agreed(command.by(), form.note, command.at()));
    return refunded(form, content, state, before, command)
        .map(it -> new Decided(it.state().unsent(command.at()), it.adjustment(), null, joint));
  }

  private MergingOrders.Side side(OrderState state, OrderContent content) {
    return new MergingOrders.Side(content, state, orders.merged(state).filter(MergedOrder::stands).isPresent());
  }

  private static Outcome<Refunding.Granted> refunded(Form form, OrderContent content, OrderState state,
      List<OrderCommand> before, OrderCommand command) {
    if (!form.refundShipping) {
      return Outcome.of(new Refunding.Granted(state, null));
    }
    var back = new Refunding.Form(Adjustment.Kind.REFUND, List.of(), true, null, "merged", form.note, null, false);
    return switch (Refunding.of(content, state, before, command.id(), command.at()).grant(back)) {
      case Outcome.Declined<Refunding.Granted>(Refused refused) -> ofShipping(refused).outcome();
      case Outcome.Accepted<Refunding.Granted> it -> it;
    };
  }

  /** The request names no amount: whatever is wrong is about its shipping. */
  private static Refused ofShipping(Refused refused) {
    return new Refused(refused.kind(), refused.code(), refused.detail(), refused.violations().stream()
        .map(it -> new Violation("/refund_shipping", it.code(), it.detail())).toList(), refused.about());
  }

  /** As it would be. */
  private Map<String, Object> shown(Form form, OrderState state, OrderCommand command) {
    var merger = new Merger(state.id(), form.order, false, command.by(), form.note, command.at(), null);
    return new MergedOrder(merger, MergedOrder.name(orders.content(form.order).orElseThrow()), true, List.of(),
        List.of())
        .toTree(true);
  }
}
