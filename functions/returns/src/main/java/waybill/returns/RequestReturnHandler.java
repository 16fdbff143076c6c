package waybill.returns;

import module java.base;
import waybill.catalog.Catalog;
import waybill.messages.*;
import waybill.messages.Choreography.RequestReturn;
import waybill.orders.Access;
import waybill.orders.OrderContent;
import waybill.orders.Orders.Placed;
import waybill.platform.*;
import waybill.returns.Return.Word;

/** {@code POST /returns}: somebody wants to send units back, once an Idempotency-Key. The channel's policy or a person permits it. */
public record RequestReturnHandler(ReturnDesk desk, Table<ReturnsTable.ChannelPolicy> policies, Catalog catalog,
    Access access, PhotoStore photos, Sender<RequestReturn.Output> sender) implements HttpFunction {
  private static final Log LOG = Log.of(RequestReturnHandler.class);

  public RequestReturnHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> desk.orders().placed(Snapshot.NOBODYS));
  }

  public RequestReturnHandler(Ports ports) {
    this(ReturnDesk.of(ports), ReturnsTable.policies(ports), new Catalog(ports),
        new Access(ports.environment().values().get("CUSTOMER_CHANNEL")), new PhotoStore(ports), new Sender<>(ports));
  }

  /** What a request asks for. @param inAdvance whether others are sent before these come. @param onScan whether that waits for their carrier's first scan. @param refundTo null for what the policy says. @param override why the policy is not to count; null if it is */
  record Form(OrderId order, List<Asked> lines, boolean inAdvance, boolean onScan, RefundTo refundTo,
      String override) {
    record Asked(LineId line, int quantity, ReturnReason reason, String note, List<PhotoId> photos,
        WantedInstead instead) {}

    static Form read(Fields fields) {
      var form = new Form(fields.parsed("order_id", OrderId::new, "is the id of an order"),
          fields.list("lines", 1, AskedLines.MOST_LINES,
              it -> new Asked(it.parsed("line_id", LineId::new, "is the id of a line"),
                  it.integer("quantity", 1, AskedLines.MOST_UNITS), it.choiceOr("reason", ReturnReason.UNKNOWN),
                  it.textOrNull("note", AskedLines.MOST_TEXT), AskedLines.photos(it), WantedInstead.read(it))),
          fields.flagOr("in_advance", false), fields.flagOr("on_first_scan", false),
          fields.has("refund_to") ? fields.choiceOr("refund_to", RefundTo.ORIGINAL_PAYMENT) : null,
          fields.textOrNull("override_reason", AskedLines.MOST_TEXT));
      if (form.onScan && !form.inAdvance) {
        fields.refuse("on_first_scan", "not_allowed", "is for what is sent in advance");
      }
      fields.verify();
      return form;
    }
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    String key = IdText.digest(request.path(), request.idempotencyKey());
    Form form = Form.read(request.fields());
    boolean operates = Access.operates(request);
    if (form.override != null && !operates) {
      throw Problem.invalid("/override_reason", "not_allowed", "is for operators");
    }
    if (form.inAdvance && !operates) {
      throw Problem.invalid("/in_advance", "not_allowed", "is for operators");
    }
    Placed order = desk.orders().placed(form.order).filter(it -> access.maySee(request, it.content()))
        .orElseThrow(() -> Problem.invalid("/order_id", "unknown", "there is no such order"));
    boolean guest = order.content().form().credit().isEmpty();
    ReturnPolicy ofChannel = ReturnsTable.policy(policies, order.content().form().channel());
    ReturnPolicy policy = ofChannel.refunding(form.refundTo, guest);
    var goods = Goods.of(order);
    List<Return.Line> lines = form.lines.stream().flatMap(it -> Goods
        .packed(order.content(), it.line, it.quantity, AskedLines.MOST_UNITS).stream()
        .map(one -> new Return.Line(one.lineId(),
            goods.sku(one.lineId()), one.quantity(), it.reason, it.note, it.photos)))
        .toList();
    List<Violation> unknown = photos.unknown(form.order, form.lines.stream().map(Form.Asked::photos).toList());
    if (!unknown.isEmpty()) {
      throw Problem.invalid(unknown);
    }
    List<WantedInstead.Line> wanted = wanted(order.content(), goods, form);
    var products = catalog.products(Stream.concat(lines.stream().flatMap(it -> goods.skus(it.lineId())),
        wanted.stream().map(WantedInstead.Line::instead)).filter(Objects::nonNull).distinct().toList());
    var exchange = WantedInstead.exchange(wanted, form.inAdvance, form.onScan);
    var unwanted = new ArrayList<>(ofChannel.refused(form.refundTo, guest, operates));
    unwanted.addAll(WantedInstead.check(wanted, order.content(), Access.seesAll(request) ? null : ofChannel, products));
    var word = new Word(request.subject(), null, desk.now());
    Word overruled = form.override == null ? null : new Word(request.subject(), form.override, desk.now());
    Stored<OrderReturns> stored = desk.decide(form.order, OptionalInt.empty(),
        before -> new Requesting(before, goods, policy, products, desk.now()).ask(key, lines, exchange, form.refundTo,
            unwanted, word, overruled, operates));
    Return made = stored.value().by(key).orElseThrow();
    sender.send(news(stored.value(), made));
    LOG.info("Return asked for", "order", form.order, "return", made.id(), "permitted", made.permitted() != null);
    return ReturnDesk.answer(201, stored, made, order).with("location", "/orders/" + form.order + "/returns");
  }

  private static List<WantedInstead.Line> wanted(OrderContent content, Goods goods, Form form) {
    return IntStream.range(0, form.lines.size()).filter(it -> form.lines.get(it).instead != null)
        .mapToObj(it -> new WantedInstead.Line(it, form.lines.get(it).line, goods.sku(form.lines.get(it).line),
            form.lines.get(it).instead))
        .filter(it -> it.instead() != null || content.kit(it.line()).isPresent()).toList();
  }

  private static List<RequestReturn.Output> news(OrderReturns returns, Return it) {
    var news = new ArrayList<RequestReturn.Output>(List.of(ReturnNews.opened(it)));
    news.addAll(returns.unsettled(it, one -> one.worth() != null));
    ReturnNews.approved(it).ifPresent(news::add);
    ReturnNews.labelAsked(it).ifPresent(news::add);
    return news;
  }
}
