package waybill.messages;

import java.time.Instant;
import java.util.List;
import waybill.messages.Choreography.*;

/** What customers claim of what they got, or did not get. */
public interface ClaimMessages {

  /** A claim has arrived. */
  record ClaimOpened(OrderId order, ClaimId claim, Instant at)
      implements NotifyCustomer.Input, RequestClaim.Output, SubmitClaim.Output, SweepReturns.Output {}

  /** The shop does nothing about it. */
  record ClaimDenied(OrderId order, ClaimId claim, Instant at)
      implements NotifyCustomer.Input, DecideClaim.Output, SweepReturns.Output {}

  /**
   * What was claimed is made good.
   *
   * @param amount what is refunded; null if nothing is
   * @param replaced whether units are sent again
   * @param credited whether the amount is the customer's store credit
   */
  record ClaimResolved(OrderId order, ClaimId claim, Money amount, boolean replaced, boolean credited, Instant at)
      implements NotifyCustomer.Input, ResolveClaim.Output, FollowClaims.Output, SweepReturns.Output {}

  /** A parcel that never arrived has been made good, and then arrives. Its customer says whether they keep, pay or return it. */
  record ClaimedParcelFound(OrderId order, ClaimId claim, Instant at)
      implements NotifyCustomer.Input, FollowClaims.Output, SweepReturns.Output {}

  /** Units whose customer is compensated are to come back. @param until when they must be there */
  record SendBackAsked(OrderId order, ClaimId claim, ReturnId returned, Instant until, Instant at)
      implements NotifyCustomer.Input, ResolveClaim.Output, DecideClaim.Output, SweepReturns.Output {}

  /** Units that were packed instead of others. @param ordered what stayed where it was */
  record Swap(Sku ordered, Sku sent, int quantity) {}

  /** Others left than the books say: what left is not there any more, and what was ordered still is. */
  record WrongUnitsSent(OrderId order, ClaimId claim, LocationId location, List<Swap> swaps, String by, Instant at)
      implements RestockReturn.Input, ResolveClaim.Output, SweepReturns.Output {}
}
