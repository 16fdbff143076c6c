package waybill.returns;

import module java.base;
import waybill.messages.*;
import waybill.messages.Choreography.DecideClaim;
import waybill.orders.Orders.Placed;
import waybill.platform.*;
import waybill.returns.Claim.Choice;
import waybill.returns.Return.Word;
import waybill.returns.ReturnsTable.ChannelPolicy;

/**
 * {@code POST /claims/{id}/decision}: a person approves a claim or denies it; or, if a parcel has come after it was made good, says whether its
 * customer keeps, pays or returns it.
 */
public record DecideClaimHandler(ReturnDesk desk, Table<ChannelPolicy> policies, Sender<DecideClaim.Output> sender)
    implements HttpFunction {
  private static final Log LOG = Log.of(DecideClaimHandler.class);
  private static final int MOST_TEXT = 500;

  public DecideClaimHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> desk.orders().placed(Snapshot.NOBODYS));
  }

  public DecideClaimHandler(Ports ports) {
    this(ReturnDesk.of(ports), ReturnsTable.policies(ports), new Sender<>(ports));
  }

  private enum Verdict {
    APPROVE, DENY, KEEP, PAY, RETURN
  }

  record Form(Verdict verdict, String reason) {
    static Form read(Fields fields) {
      if (!fields.has("decision")) {
        fields.refuse("decision", "required", "is required");
      }
      var form = new Form(fields.choiceOr("decision", Verdict.APPROVE), fields.textOrNull("reason", MOST_TEXT));
      fields.verify();
      return form;
    }
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    ClaimId id = request.pathId("id", ClaimId::new);
    Form form = Form.read(request.fields());
    Placed order = desk.orders().placed(id.order()).orElseThrow(() -> Problem.notFound("claim"));
    Claim claim = desk.returns().find(ReturnsTable.key(id.order())).map(it -> desk.arrived(it.value(), order))
        .flatMap(it -> it.claim(id)).orElseThrow(() -> Problem.notFound("claim"));
    Money worth = form.verdict == Verdict.PAY ? desk.orders().worth(id.order(), claim.units()).orElseThrow() : null;
    ReturnPolicy policy = ReturnsTable.policy(policies, order.content().form().channel());
    var word = new Word(request.subject(), form.reason, desk.now());
    Stored<OrderReturns> stored = desk.decide(id.order(), request.ifMatch(), before -> {
      var claiming = new Claiming(before, Goods.of(order), policy, desk.now());
      return switch (form.verdict) {
        case APPROVE -> claiming.approve(id, word);
        case DENY -> claiming.deny(id, word);
        case KEEP, PAY, RETURN -> claiming.choose(id, Choice.Kind.valueOf(form.verdict.name()), worth, word);
      };
    });
    Claim decided = stored.value().claim(id).orElseThrow();
    sender.send(news(stored.value(), decided));
    LOG.info("Claim decided", "order", id.order(), "claim", id, "decision", form.verdict);
    return ReturnDesk.answer(200, stored, decided);
  }

  private static List<DecideClaim.Output> news(OrderReturns returns, Claim it) {
    var news = new ArrayList<DecideClaim.Output>();
    ClaimNews.denied(it).ifPresent(one -> {
      news.add(one);
      news.add(ClaimNews.event(it, EventType.CLAIM_DENIED));
    });
    if (it.choice() != null) {
      ClaimNews.sendBack(returns, it).ifPresent(news::add);
    }
    return news;
  }
}
