package waybill.returns;

import module java.base;
import waybill.messages.*;
import waybill.messages.Choreography.SubmitClaim;
import waybill.platform.*;
import waybill.platform.Outcome.Accepted;
import waybill.platform.Outcome.Declined;
import waybill.returns.Return.Word;
import waybill.shipping.CustomerPage;

/**
 * {@code POST /tracking/{token}/claims}: a customer says on their page what is missing, wrong or damaged, or that a parcel never came; as
 * {@link SubmitReturnHandler} takes returns.
 */
public record SubmitClaimHandler(VisitDoor door, PhotoStore photos, Sender<SubmitClaim.Output> sender)
    implements HttpFunction {
  private static final Log LOG = Log.of(SubmitClaimHandler.class);

  public SubmitClaimHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> door.desk().orders().placed(Snapshot.NOBODYS));
  }

  public SubmitClaimHandler(Ports ports) {
    this(VisitDoor.of(ports), new PhotoStore(ports), new Sender<>(ports));
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    String language = request.header("accept-language");
    Visit visit = door.open(request.pathParameter("token")).orElse(null);
    if (visit == null) {
      return CustomerPage.missing(language);
    }
    AskedLines<ClaimReason> asked = AskedLines.claims(request.form());
    ReturnsPage page = ReturnsPage.of(visit, language).filledIn(asked.given(), true);
    if (!asked.errors().isEmpty()) {
      return page.refusing(asked.errors(), asked.named()).answer(422);
    }
    String key = IdText.digest("/tracking/claims", asked.form());
    List<Claim.Line> lines = lines(visit, asked);
    var word = new Word(Visit.CUSTOMER, null, visit.now());
    Function<OrderReturns, Outcome<OrderReturns>> rule = before -> new Claiming(before, visit.goods(), null,
        visit.now()).ask(key, lines, asked.parcel(), asked.wish(), word);
    if (rule.apply(visit.returns()) instanceof Accepted<OrderReturns>) {
      asked.photos().forEach(it -> photos.put(visit.id(), it.id(visit.id()), it));
    }
    return switch (door.desk().attempt(visit.id(), OptionalInt.empty(), rule)) {
      case Accepted<Stored<OrderReturns>>(Stored<OrderReturns> stored) -> claimed(stored.value().claims().stream()
          .filter(it -> it.key().equals(key)).findFirst().orElseThrow(), visit);
      case Declined<Stored<OrderReturns>>(Refused refused) ->
        page.refusing(refused, lines.stream().map(Claim.Line::lineId).toList()).answer(422);
    };
  }

  private HttpResponse claimed(Claim made, Visit visit) {
    sender.send(List.of(ClaimNews.opened(made), ClaimNews.event(made, EventType.CLAIM_OPENED)));
    LOG.info("Claim made by its customer", "order", visit.id(), "claim", made.id());
    return ReturnsPage.sentOn();
  }

  private static List<Claim.Line> lines(Visit visit, AskedLines<ClaimReason> asked) {
    Goods goods = visit.goods();
    return asked.lines().stream().flatMap(it -> Goods
        .packed(visit.order().content(), it.line(), it.quantity(), AskedLines.MOST_UNITS).stream()
        .map(one -> new Claim.Line(one.lineId(), goods.sku(one.lineId()), one.quantity(), it.reason(), it.note(),
            it.photos().stream().map(photo -> photo.id(visit.id())).toList())))
        .toList();
  }
}
