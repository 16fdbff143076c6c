package waybill.returns;

import module java.base;
import waybill.messages.*;
import waybill.messages.Choreography.SubmitReturn;
import waybill.platform.*;
import waybill.returns.Return.Word;

/** {@code POST /tracking/{token}/returns}: a customer asks on their page that units may come back, for money or for what is sent instead. */
public record SubmitReturnHandler(VisitDoor door, PhotoStore photos, Sender<SubmitReturn.Output> sender)
    implements HttpFunction {
  private static final Log LOG = Log.of(SubmitReturnHandler.class);

  public SubmitReturnHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> door.desk().orders().placed(Snapshot.NOBODYS));
  }

  public SubmitReturnHandler(Ports ports) {
    this(VisitDoor.of(ports), new PhotoStore(ports), new Sender<>(ports));
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    return new PageForm<>(door, photos, "/tracking/returns", AskedLines::returns, false).answer(request,
        SubmitReturnHandler::rule, (visit, after, key) -> asked(after.by(key).orElseThrow(), visit));
  }

  private static Function<OrderReturns, Outcome<OrderReturns>> rule(Visit visit, AskedLines<ReturnReason> asked,
      String key) {
    List<WantedInstead.Line> wanted = wanted(visit, asked);
    var refused = new ArrayList<>(visit.policy().refused(asked.refundTo(), visit.isGuest(), false));
    refused.addAll(WantedInstead.check(wanted, visit.order().content(), visit.policy(), visit.products()));
    List<Return.Line> lines = lines(visit, asked);
    var word = new Word(Visit.CUSTOMER, null, visit.now());
    return before -> visit.requesting(before, asked.refundTo()).ask(key, lines,
        WantedInstead.exchange(wanted, false, false), asked.refundTo(), refused, word, null, false);
  }

  private void asked(Return made, Visit visit) {
    var news = new ArrayList<SubmitReturn.Output>(List.of(ReturnNews.opened(made)));
    ReturnNews.approved(made).ifPresent(news::add);
    ReturnNews.labelAsked(made).ifPresent(news::add);
    sender.send(news);
    LOG.info("Return asked for by its customer", "order", visit.id(), "return", made.id(), "permitted",
        made.permitted() != null);
  }

  private static List<Return.Line> lines(Visit visit, AskedLines<ReturnReason> asked) {
    return asked.lines().stream().flatMap(it -> PageForm.asked(visit, it).map(one -> new Return.Line(one.lineId(),
        visit.goods().sku(one.lineId()), one.quantity(), it.reason(), it.note(), it.photoIds(visit.id())))).toList();
  }

  /** By the places of the lines as they are packed, as all that a rule refuses. What no line of the order has is refused as such. */
  private static List<WantedInstead.Line> wanted(Visit visit, AskedLines<ReturnReason> asked) {
    List<LineId> packed = PageForm.packed(visit, asked);
    return asked.lines().stream().filter(it -> it.instead() != null).map(it -> new WantedInstead.Line(
        packed.indexOf(PageForm.asked(visit, it).findFirst().orElseThrow().lineId()), it.line(),
        visit.goods().sku(it.line()), new WantedInstead(it.instead(), null))).toList();
  }
}
