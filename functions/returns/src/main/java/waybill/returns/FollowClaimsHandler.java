package waybill.returns;

import module java.base;
import waybill.messages.*;
import waybill.messages.Choreography.FollowClaims;
import waybill.messages.IncidentMessages.RefundAnswered;
import waybill.messages.ShipmentMessages.ShipmentDelivered;
import waybill.platform.*;

/** Notes what an order has answered about a claim's money, and that a parcel arrives that never did, as was claimed. */
public record FollowClaimsHandler(ReturnDesk desk, Sender<FollowClaims.Output> sender)
    implements QueueFunction<FollowClaims.Input> {
  private static final Log LOG = Log.of(FollowClaimsHandler.class);

  public FollowClaimsHandler() { this(Ports.ofProcess()); }

  public FollowClaimsHandler(Ports ports) { this(ReturnDesk.of(ports), new Sender<>(ports)); }

  @Override
  public void work(FollowClaims.Input news) {
    switch (news) {
      case RefundAnswered it -> answered(it);
      case ShipmentDelivered it -> arrived(it);
    }
  }

  /** Refunds are asked for by others, too. */
  private void answered(RefundAnswered news) {
    if (!news.cause().startsWith(ClaimId.PREFIX)) {
      return;
    }
    var id = new ClaimId(news.cause());
    OrderReturns now = desk.returns().change(ReturnsTable.key(id.order()), found -> {
      OrderReturns before = found.orElseThrow();
      return before.with(before.claim(id).orElseThrow().answered(news.number(), news.granted(), news.refused(),
          desk.now()));
    }).value();
    Claim it = now.claim(id).orElseThrow();
    ClaimNews.resolved(it).ifPresent(one -> sender.send(List.of(one, ClaimNews.event(it, EventType.CLAIM_RESOLVED))));
    LOG.info("Claim's refund answered", "order", id.order(), "claim", id, "granted", news.granted() != null);
  }

  private void arrived(ShipmentDelivered news) {
    var returns = desk.returns().find(ReturnsTable.key(news.order())).map(Stored::value);
    if (returns.stream().flatMap(it -> it.claims().stream()).noneMatch(it -> it.isOf(news.parcel()))) {
      return; // Nearly every parcel arrives unclaimed: it costs one read.
    }
    OrderReturns now = desk.returns().change(ReturnsTable.key(news.order()),
        found -> new Claiming(found.orElseThrow(), null, null, desk.now()).found(news.parcel(), news.at())).value();
    now.claims().stream().filter(it -> it.isOf(news.parcel()) && it.found() != null).forEach(it -> {
      var sent = new ArrayList<FollowClaims.Output>(List.of(ClaimNews.event(it, EventType.CLAIM_PARCEL_FOUND)));
      ClaimNews.found(it).ifPresent(sent::add);
      sender.send(sent);
      LOG.info("Claimed parcel found", "order", news.order(), "claim", it.id(), "parcel", news.parcel());
    });
  }
}
