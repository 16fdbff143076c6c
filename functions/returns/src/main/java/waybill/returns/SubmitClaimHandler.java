package waybill.returns;

import module java.base;
import waybill.messages.*;
import waybill.messages.Choreography.SubmitClaim;
import waybill.platform.*;

import waybill.returns.Return.Word;

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
    return new PageForm<>(door, photos, "/tracking/claims", AskedLines::claims, true).answer(request,
        SubmitClaimHandler::rule, (visit, after, key) -> claimed(after.claims().stream()
            .filter(it -> it.key().equals(key)).findFirst().orElseThrow(), visit));
  }

  private static Function<OrderReturns, Outcome<OrderReturns>> rule(Visit visit, AskedLines<ClaimReason> asked,
      String key) {
    List<Claim.Line> lines = lines(visit, asked);
    var word = new Word(Visit.CUSTOMER, null, visit.now());
    return before -> new Claiming(before, visit.goods(), null, visit.now()).ask(key, lines, asked.parcel(),
        asked.wish(), word);
  }

  private void claimed(Claim made, Visit visit) {
    sender.send(List.of(ClaimNews.opened(made), ClaimNews.event(made, EventType.CLAIM_OPENED)));
    ClaimNews.measure(LOG, made, visit.now());
    LOG.info("Claim made by its customer", "order", visit.id(), "claim", made.id());
  }

  private static List<Claim.Line> lines(Visit visit, AskedLines<ClaimReason> asked) {
    return asked.lines().stream().flatMap(it -> PageForm.asked(visit, it).map(one -> new Claim.Line(one.lineId(),
        visit.goods().sku(one.lineId()), one.quantity(), it.reason(), it.note(), it.photoIds(visit.id())))).toList();
  }
}
