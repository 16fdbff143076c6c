package waybill.returns;

import module java.base;
import waybill.catalog.Catalog;
import waybill.messages.*;
import waybill.messages.Choreography.ReceiveReturn;
import waybill.orders.Access;
import waybill.orders.Orders.Placed;
import waybill.platform.*;
import waybill.returns.Return.Found;
import waybill.returns.Return.Receipt;
import waybill.returns.Return.Units;

/**
 * {@code POST /returns/{id}/receipts}: a location counts what came, once an Idempotency-Key: all of it or a part, with what nobody announced,
 * which is kept apart. A person who counts need not know what is expected.
 */
public record ReceiveReturnHandler(ReturnDesk desk, Catalog catalog, NamedLots lots,
    Sender<ReceiveReturn.Output> sender) implements HttpFunction {
  private static final Log LOG = Log.of(ReceiveReturnHandler.class);
  private static final int MOST_LINES = 500;
  private static final int MOST_UNITS = 1_000_000;
  private static final int MOST_TEXT = 500;

  public ReceiveReturnHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> desk.orders().placed(Snapshot.NOBODYS));
  }

  public ReceiveReturnHandler(Ports ports) {
    this(ReturnDesk.of(ports), new Catalog(ports), NamedLots.of(ports), new Sender<>(ports));
  }

  record Form(LocationId location, List<Units> lines, List<Found> found, boolean late) {
    static Form read(Fields fields) {
      var form = new Form(fields.parsed("location_id", LocationId::new, "is the id of a location"),
          fields.listOrEmpty("lines", MOST_LINES,
              it -> new Units(it.parsed("line_id", LineId::new, "is the id of a line"),
                  it.integer("quantity", 1, MOST_UNITS))),
          fields.listOrEmpty("unexpected", MOST_LINES, it -> new Found(it.parsed("sku", Sku::new, "is a SKU"),
              it.integer("quantity", 1, MOST_UNITS), it.textOrNull("note", MOST_TEXT),
              it.parsedOrNull("lot", LotNumber::new, LotNumber.RULE),
              it.parsedOrNull("expires_on", ExpiryDate::new, ExpiryDate.RULE))),
          fields.flagOr("accept_late", false));
      if (form.lines.isEmpty() && form.found.isEmpty()) {
        fields.refuse("lines", "required", "count lines or what is unexpected");
      }
      fields.verify();
      return form;
    }
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    ReturnId id = request.pathId("id", ReturnId::new);
    String key = IdText.digest(request.path(), request.idempotencyKey());
    Form form = Form.read(request.fields());
    if (form.late && !Access.operates(request)) {
      throw Problem.invalid("/accept_late", "not_allowed", "is for operators");
    }
    Placed order = desk.order(id.order());
    boolean again = desk.returns().find(ReturnsTable.key(id.order())).flatMap(it -> it.value().find(id))
        .map(Return::receipts).orElse(List.of()).stream().anyMatch(it -> it.key().equals(key));
    if (!again) { // what was counted stands, also if a lot has expired since
      Http.orProblem(lots.checkFound(catalog, form.location, form.found, desk.now()));
    }
    var receipt = new Receipt(key, form.location, form.lines, form.found, request.subject(), desk.now());
    Stored<OrderReturns> stored = desk.decide(id.order(), request.ifMatch(),
        before -> new Receiving(before, Goods.of(order), desk.now()).receive(id, receipt, form.late));
    Return now = stored.value().find(id).orElseThrow();
    var sent = new ArrayList<ReceiveReturn.Output>(List.of(ReturnNews.received(now, key)));
    now.disposals().stream().filter(it -> it.key().equals("found " + key) || it.worth() != null && it.settled() == null)
        .forEach(it -> sent.add(stored.value().message(now, now.disposals().indexOf(it))));
    sender.send(sent);
    LOG.info("Return received", "order", id.order(), "return", id, "location", form.location, "units",
        form.lines.stream().mapToInt(Units::quantity).sum(), "unexpected", form.found.size());
    return ReturnDesk.answer(201, stored, now, order);
  }
}
