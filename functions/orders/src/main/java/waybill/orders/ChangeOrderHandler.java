package waybill.orders;

import module java.base;
import waybill.catalog.*;
import waybill.messages.*;
import waybill.messages.Choreography.ChangeOrder;
import waybill.messages.EventMessages.OrderChanged;
import waybill.messages.OrderMessages.OrderDue;
import waybill.orders.ChangingLines.*;
import waybill.orders.OrderCommands.*;
import waybill.platform.*;

/**
 * {@code POST /orders/{id}/changes}: adds, removes and changes lines of an order, and corrects where it goes, as one change. The answer
 * is the order, with the difference of the price and what is due once the change is made.
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
    List<Sku> added = form.lines().lines().stream().filter(Addition.class::isInstance)
        .map(it -> ((Addition) it).line().sku())
        .distinct().toList();
    Map<Sku, Product> products = added.isEmpty() ? Map.of() : catalog.withComponents(added);
    return call.answer(OrderCommand.Kind.EDIT, Json.write(form),
        (content, state, before, command) -> corrected(form.address(), content.id(), state)
            .then(correction -> changed(form, content, correction
                .map(it -> state.corrected(it.after(), clock.instant())).orElse(state), before, command, products)
                .map(it -> new Decided(it.state(), it.adjustment(), correction.orElse(null)))),
        this::difference, due -> send(due, form, call), LOG, "lines", form.lines().lines().size(), "corrects",
        form.address().isEmpty() ? "" : form.address().what());
  }

  /** A change of lines is an event once it is made, which its arbiter finds; a correction is made already. */
  private void send(List<OrderDue> due, Form form, CommandCall call) {
    sender.send(due);
    if (!form.address().isEmpty()) {
      String correction = "correction " + IdText.digest(call.id().value(), call.key());
      sender.send(List.of(new OrderChanged(call.id(), EventType.ORDER_CHANGED, correction)));
    }
  }

  /** Read anew, as somebody may have corrected it since; empty if this corrects nothing. */
  private Outcome<Optional<Correction>> corrected(Correcting.Form form, OrderId id, OrderState state) {
    if (form.isEmpty()) {
      return Outcome.of(Optional.empty());
    }
    Stored<OrderContent> ordered = orders.stored(id).orElseThrow();
    List<ShippingMethod> methods = form.method() == null
        ? List.of()
        : catalog.channel(state.terms().channel()).map(Channel::shippingMethods).orElse(List.of());
    return new Correcting(ordered, state, methods).correct(form).map(Optional::of);
  }

  private Outcome<Refunding.Granted> changed(Form form, OrderContent content, OrderState state,
      List<OrderCommand> before, OrderCommand command, Map<Sku, Product> products) {
    if (form.lines().lines().isEmpty()) {
      return Outcome.of(new Refunding.Granted(state.unsent(clock.instant()),
          Adjustment.ofAddress(form.address().what(), form.lines().note())));
    }
    var lines = new ChangingLines(OrderLines.of(content, state.changes(), before), state, before, products,
        command.id(), clock.instant());
    return lines.change(form.lines()).map(it -> form.address().isEmpty()
        ? it
        : new Refunding.Granted(it.state(), it.adjustment().because(form.address().what())));
  }

  /** What a request asks for. */
  record Form(ChangingLines.Form lines, Correcting.Form address) {}

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
    var address = new Correcting.Form(FormReader.address(fields, "shipping_address"),
        method(fields.objectOrNull("shipping")));
    boolean changesLines = fields.has("lines") || address.isEmpty();
    List<Edit> lines = changesLines ? fields.list("lines", 1, MAX_LINES, ChangeOrderHandler::edit) : List.of();
    return new Form(new ChangingLines.Form(lines, fields.textOrNull("note", 1_000)), address);
  }

  private static String method(Fields shipping) {
    return shipping == null ? null : shipping.text("method", 100);
  }

  private static Edit edit(Fields fields) {
    return fields.isNamed("sku") || fields.isNamed("unit_price")
        ? new Addition(FormReader.line(fields))
        : new Quantity(fields.parsed("line_id", LineId::new, "is the id of a line"),
            fields.integer("quantity", 0, FormReader.MAX_QUANTITY));
  }
}
