package waybill.payments;

import java.time.Instant;
import waybill.messages.Money;
import waybill.messages.Refund;
import waybill.messages.RefundStatus;
import waybill.platform.Lease;

/** How far the refund of a payment has come. It is claimed before its provider is asked, so that one asks at a time. */
sealed interface RefundStage {
  /** The refund as its order may hear of it. */
  Refund refund();

  /** How often the provider was asked, this time included. */
  int attempt();

  /**
   * An attempt is asking the provider, or was when it crashed.
   *
   * @param refund pending if the provider is moving it already, and is asked how far it is
   */
  record Claimed(int attempt, Lease lease, Refund refund) implements RefundStage {}

  /** The payment is processing, and can be neither cancelled nor refunded until that has ended. */
  record Waiting(int attempt, Refund refund) implements RefundStage {}

  /**
   * The provider has answered, or reported it by an event.
   *
   * @param reference what the provider calls the refund; null if it made none, or if only an event has reported it
   */
  record Settled(int attempt, Refund refund, String reference) implements RefundStage {}

  /** The first claim, one after another attempt crashed, and one that asks again: what the provider has accepted stays known. @param amount as it is asked for now */
  static Claimed claim(int attempt, String claimant, Refund refund, Money amount, Instant now) {
    if (refund.status() == RefundStatus.PENDING) {
      return new Claimed(attempt, Lease.begin(claimant, now), refund);
    }
    var requested = new Refund(refund.id(), refund.reason(), RefundStatus.REQUESTED, amount, refund.updatedAt());
    return new Claimed(attempt, Lease.begin(claimant, now), requested);
  }

  /** This stage after an answer or an event of the provider, either of which may be late. */
  static Settled settled(RefundStage stage, Refund news, String reference) {
    return switch (stage) {
      case null -> new Settled(1, news, reference);
      case Claimed it -> new Settled(it.attempt, answered(it.refund, news), reference);
      case Waiting it -> new Settled(it.attempt, answered(it.refund, news), reference);
      case Settled it -> new Settled(it.attempt, further(it.refund, news),
          it.reference == null ? reference : it.reference);
    };
  }

  private static Refund answered(Refund asked, Refund news) {
    return asked.status() == RefundStatus.PENDING ? further(asked, news) : withReason(news, asked);
  }

  /** A void gives way to money that moves after all, whichever is reported first; otherwise the further one stays. */
  private static Refund further(Refund known, Refund news) {
    if (known.status() != RefundStatus.VOIDED && news.status() == RefundStatus.VOIDED) {
      return known;
    }
    return known.status() == RefundStatus.VOIDED && news.status() != RefundStatus.VOIDED
        ? withReason(news, known)
        : Refund.join(known, news);
  }

  private static Refund withReason(Refund news, Refund first) {
    return new Refund(news.id(), first.reason(), news.status(), news.amount(), news.updatedAt());
  }
}
