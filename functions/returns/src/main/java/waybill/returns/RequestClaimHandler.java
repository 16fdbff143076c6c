package waybill.returns;

import module java.base;
import waybill.messages.*;
import waybill.messages.Choreography.RequestClaim;
import waybill.orders.Access;
import waybill.orders.Orders.Placed;
import waybill.platform.*;
import waybill.returns.Return.Word;

/** {@code POST /claims}: a customer says what is missing, wrong, damaged, or never arrived, once an Idempotency-Key. */
public record RequestClaimHandler(ReturnDesk desk, Access access, PhotoStore photos, Sender<RequestClaim.Output> sender)
    implements HttpFunction {
  private static final Log LOG = Log.of(RequestClaimHandler.class);

  public RequestClaimHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> desk.orders().placed(Snapshot.NOBODYS));
  }

  public RequestClaimHandler(Ports ports) {
    this(ReturnDesk.of(ports), new Access(ports.environment().values().get("CUSTOMER_CHANNEL")), new PhotoStore(ports),
        new Sender<>(ports));
  }

  record Form(OrderId order, ParcelId parcel, List<Asked> lines, Remedy wish) {
    record Asked(LineId line, int quantity, ClaimReason reason, String note, List<PhotoId> photos) {}

    static Form read(Fields fields) {
      var form = new Form(fields.parsed("order_id", OrderId::new, "is the id of an order"),
          fields.parsedOrNull("parcel_id", ParcelId::sent, "is the id of a parcel"),
          fields.list("lines", 1, AskedLines.MOST_LINES, Form::asked),
          fields.choiceOr("wish", Wish.STORE_DECIDES).remedy());
      fields.verify();
      return form;
    }

    private static Asked asked(Fields fields) {
      if (!fields.has("reason")) {
        fields.refuse("reason", "required", "is required");
      }
      return new Asked(fields.parsed("line_id", LineId::new, "is the id of a line"),
          fields.integer("quantity", 1, AskedLines.MOST_UNITS), fields.choiceOr("reason", ClaimReason.DAMAGED),
          fields.textOrNull("note", AskedLines.MOST_TEXT),
          AskedLines.photos(fields));
    }
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    String key = IdText.digest(request.path(), request.idempotencyKey());
    Form form = Form.read(request.fields());
    Placed order = desk.orders().placed(form.order).filter(it -> access.maySee(request, it.content()))
        .orElseThrow(() -> Problem.invalid("/order_id", "unknown", "there is no such order"));
    var goods = Goods.of(order);
    List<Claim.Line> lines = form.lines.stream().flatMap(it -> Goods
        .packed(order.content(), it.line, it.quantity, AskedLines.MOST_UNITS).stream()
        .map(one -> new Claim.Line(one.lineId(),
            goods.sku(one.lineId()), one.quantity(), it.reason, it.note, it.photos)))
        .toList();
    List<Violation> unknown = photos.unknown(form.order, form.lines.stream().map(Form.Asked::photos).toList());
    if (!unknown.isEmpty()) {
      throw Problem.invalid(unknown);
    }
    var word = new Word(request.subject(), null, desk.now());
    Stored<OrderReturns> stored = desk.decide(form.order, OptionalInt.empty(),
        before -> new Claiming(before, goods, null, desk.now()).ask(key, lines, form.parcel, form.wish, word));
    Claim made = stored.value().claims().stream().filter(it -> it.key().equals(key)).findFirst().orElseThrow();
    sender.send(List.of(ClaimNews.opened(made), ClaimNews.event(made, EventType.CLAIM_OPENED)));
    ClaimNews.measure(LOG, made, word.at());
    LOG.info("Claim made", "order", form.order, "claim", made.id());
    return ReturnDesk.answer(201, stored, made).with("location", "/orders/" + form.order + "/returns");
  }
}
