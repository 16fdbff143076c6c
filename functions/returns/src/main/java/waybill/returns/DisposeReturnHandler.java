package waybill.returns;

import module java.base;
import waybill.catalog.Catalog;
import waybill.messages.*;
import waybill.messages.Choreography.DisposeReturn;
import waybill.orders.Access;
import waybill.orders.Orders.Placed;
import waybill.platform.*;
import waybill.returns.Return.Disposal;
import waybill.returns.Return.Disposed;

/**
 * {@code POST /returns/{id}/dispositions}: a location decides what becomes of units that it has counted, once an Idempotency-Key. Stock and
 * money follow from it a moment later.
 */
public record DisposeReturnHandler(ReturnDesk desk, Catalog catalog, NamedLots lots,
    Sender<DisposeReturn.Output> sender) implements HttpFunction {
  private static final Log LOG = Log.of(DisposeReturnHandler.class);
  private static final int MOST_LINES = 500;
  private static final int MOST_UNITS = 1_000_000;
  private static final int MOST_TEXT = 500;

  public DisposeReturnHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> desk.orders().placed(Snapshot.NOBODYS));
  }

  public DisposeReturnHandler(Ports ports) {
    this(ReturnDesk.of(ports), new Catalog(ports), NamedLots.of(ports), new Sender<>(ports));
  }

  record Form(LocationId location, List<Disposed> lines) {
    static Form read(Fields fields) {
      var form = new Form(fields.parsed("location_id", LocationId::new, "is the id of a location"),
          fields.list("lines", 1, MOST_LINES, Form::line));
      fields.verify();
      return form;
    }

    private static Disposed line(Fields fields) {
      if (!fields.has("outcome")) {
        fields.refuse("outcome", "required", "is required");
      }
      Fields override = fields.objectOrNull("override");
      int percent = override == null ? 0 : override.integer("refund_percent", 0, 100);
      String why = override == null ? null : override.text("reason", MOST_TEXT);
      return new Disposed(fields.parsed("line_id", LineId::new, "is the id of a line"), null,
          fields.integer("quantity", 1, MOST_UNITS), fields.choiceOr("outcome", Fate.QUARANTINED),
          fields.choiceOr("fault", Fault.NOBODY), fields.textOrNull("note", MOST_TEXT),
          fields.parsedOrNull("lot", LotNumber::new, LotNumber.RULE),
          fields.parsedOrNull("expires_on", ExpiryDate::new, ExpiryDate.RULE), null, percent, why);
    }
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    ReturnId id = request.pathId("id", ReturnId::new);
    String key = IdText.digest(request.path(), request.idempotencyKey());
    Form form = Form.read(request.fields());
    if (!Access.operates(request) && form.lines.stream().anyMatch(it -> it.overruled() != null)) {
      throw Problem.invalid("/lines", "not_allowed", "another share than the policy's is for operators to decide");
    }
    Placed order = desk.order(id.order());
    var asked = new Disposal(key, form.location, form.lines, false, request.subject(), desk.now(), null);
    Return before = desk.returns().find(ReturnsTable.key(id.order())).flatMap(it -> it.value().find(id))
        .orElseThrow(() -> Problem.notFound("return"));
    if (before.disposals().stream().noneMatch(it -> it.key().equals(key))) { // what was decided stands, also if a lot has expired since
      Http.orProblem(lots.check(catalog, form.location, form.lines, before, desk.now()));
    }
    Stored<OrderReturns> stored = desk.decide(id.order(), request.ifMatch(),
        returns -> new Receiving(returns, Goods.of(order), desk.now()).dispose(id, asked));
    Return now = stored.value().find(id).orElseThrow();
    Disposal made = now.disposals().stream().filter(it -> it.key().equals(key)).findFirst().orElseThrow();
    sender.send(List.of(stored.value().message(now, now.disposals().indexOf(made))));
    LOG.info("Return disposed", "order", id.order(), "return", id, "location", form.location, "lines",
        form.lines.size());
    return ReturnDesk.answer(201, stored, now, order);
  }
}
