package waybill.returns;

import module java.base;
import waybill.messages.*;
import waybill.messages.Choreography.SubmitReturn;
import waybill.platform.*;
import waybill.platform.Outcome.Accepted;
import waybill.platform.Outcome.Declined;
import waybill.returns.Return.Word;
import waybill.shipping.CustomerPage;

/**
 * {@code POST /tracking/{token}/returns}: a customer asks on their page that units may come back. The same form sent twice asks once. What
 * cannot be is said on the page, with what was filled in, and changes nothing: photos are kept only of what may be asked for.
 */
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
    String language = request.header("accept-language");
    Visit visit = door.open(request.pathParameter("token")).orElse(null);
    if (visit == null) {
      return CustomerPage.missing(language);
    }
    AskedLines<ReturnReason> asked = AskedLines.returns(request.form());
    ReturnsPage page = ReturnsPage.of(visit, language).filledIn(asked.given(), false);
    if (!asked.errors().isEmpty()) {
      return page.refusing(asked.errors(), asked.named()).answer(422);
    }
    String key = IdText.digest("/tracking/returns", asked.form());
    List<Return.Line> lines = lines(visit, asked);
    var word = new Word(Visit.CUSTOMER, null, visit.now());
    Function<OrderReturns, Outcome<OrderReturns>> rule = before -> visit.requesting(before).ask(key, lines, null, null,
        List.of(), word, null, false);
    if (rule.apply(visit.returns()) instanceof Accepted<OrderReturns>) {
      asked.photos().forEach(it -> photos.put(visit.id(), it.id(visit.id()), it));
    }
    return switch (door.desk().attempt(visit.id(), OptionalInt.empty(), rule)) {
      case Accepted<Stored<OrderReturns>>(Stored<OrderReturns> stored) ->
        asked(stored.value().by(key).orElseThrow(), visit);
      case Declined<Stored<OrderReturns>>(Refused refused) ->
        page.refusing(refused, lines.stream().map(Return.Line::lineId).toList()).answer(422);
    };
  }

  private HttpResponse asked(Return made, Visit visit) {
    var news = new ArrayList<SubmitReturn.Output>(List.of(ReturnNews.opened(made)));
    ReturnNews.approved(made).ifPresent(news::add);
    ReturnNews.labelAsked(made).ifPresent(news::add);
    sender.send(news);
    LOG.info("Return asked for by its customer", "order", visit.id(), "return", made.id(), "permitted",
        made.permitted() != null);
    return ReturnsPage.sentOn();
  }

  private static List<Return.Line> lines(Visit visit, AskedLines<ReturnReason> asked) {
    Goods goods = visit.goods();
    return asked.lines().stream().flatMap(it -> Goods
        .packed(visit.order().content(), it.line(), it.quantity(), AskedLines.MOST_UNITS).stream()
        .map(one -> new Return.Line(one.lineId(), goods.sku(one.lineId()), one.quantity(), it.reason(), it.note(),
            it.photos().stream().map(photo -> photo.id(visit.id())).toList())))
        .toList();
  }
}
