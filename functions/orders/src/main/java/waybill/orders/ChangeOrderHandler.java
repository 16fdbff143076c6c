package waybill.orders;

import module java.base;
import waybill.catalog.*;
import waybill.messages.*;
import waybill.messages.Choreography.ChangeOrder;
import waybill.orders.ChangingLines.*;
import waybill.orders.OrderCommands.*;
import waybill.platform.*;

/**
 * {@code POST /orders/{id}/changes}: adds, removes and changes lines of an order, as one change. The answer is the order, with the
 * difference of the price and what is due once the change is made.
 */
public record ChangeOrderHandler(Orders orders, Catalog catalog, Sender<ChangeOrder.Output> sender, InstantSource clock)
    implements HttpFunction {
  private static final Log LOG = Log.of(ChangeOrderHandler.class);
  /** So that all that a change adds is reserved in one transaction. */
  static final int MAX_LINES = 50;

  public ChangeOrderHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> orders.find(Snapshot.NOBODYS));
  }

  public ChangeOrderHandler(Ports ports) {
    this(new Orders(ports), new Catalog(ports), new Sender<>(ports), ports.clock());
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    var call = CommandCall.of(request, orders, clock);
    Fields fields = request.fields();
    Form form = form(fields);
    fields.verify();
    List<Sku> added = form.lines().stream().filter(Addition.class::isInstance).map(it -> ((Addition) it).line().sku())
        .distinct().toList();
    Map<Sku, Product> products = added.isEmpty() ? Map.of() : catalog.products(added);
    return call.answer(OrderCommand.Kind.EDIT, Json.write(form), (content, state, before, command) -> new ChangingLines(
        OrderLines.of(content, state.changes(), before), state, before, products, command.id(), clock.instant())
        .change(form).map(it -> new Decided(it.state(), it.adjustment())), this::difference, sender::send, LOG,
        "lines", form.lines().size());
  }

  /** What is due if stock promises what the change adds. */
  private Map<String, Object> difference(OrderState state, OrderCommand command) {
    OrderChanges.Open open = state.changes().open();
    OrderState made = open == null ? state : state.withReserved(open.number(), clock.instant());
    var shown = new LinkedHashMap<String, Object>();
    shown.put("price_difference", -command.adjustment().amount());
    shown.put("due", MoneyView.due(made));
    return shown;
  }

  static Form form(Fields fields) {
    return new Form(fields.list("lines", 1, MAX_LINES, ChangeOrderHandler::edit), fields.textOrNull("note", 1_000));
  }

  private static Edit edit(Fields fields) {
    return fields.isNamed("sku") || fields.isNamed("unit_price")
        ? new Addition(FormReader.line(fields))
        : new Quantity(fields.parsed("line_id", LineId::new, "is the id of a line"),
            fields.integer("quantity", 0, FormReader.MAX_QUANTITY));
  }
}
