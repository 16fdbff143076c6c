package waybill.payments;

import java.time.Instant;
import waybill.messages.Capture;
import waybill.platform.Lease;

/** How far a capture of a payment has come. It is claimed before its provider is asked, so that one asks at a time. */
sealed interface CaptureStage {
  /** The capture as its order may hear of it. */
  Capture capture();

  /** How often the provider was asked, this time included. */
  int attempt();

  /** An attempt is asking the provider, or was when it crashed. */
  record Claimed(int attempt, Lease lease, Capture capture) implements CaptureStage {}

  /** The provider has answered. */
  record Settled(int attempt, Capture capture) implements CaptureStage {}

  /** Whether another attempt may be asking the provider right now. */
  default boolean isUnderWay(String claimant, Instant now) {
    return this instanceof Claimed it && it.lease.standing(claimant, now) == Lease.Standing.RUNNING;
  }

  /** @param stage null if it was never claimed */
  static CaptureStage claim(CaptureStage stage, String claimant, Capture requested, Instant now) {
    return switch (stage) {
      case null -> new Claimed(1, Lease.begin(claimant, now), requested);
      case Claimed it when it.lease.standing(claimant, now) == Lease.Standing.OWN -> it;
      case Claimed it -> new Claimed(it.attempt + 1, Lease.begin(claimant, now), it.capture);
      case Settled it -> it;
    };
  }

  /** This stage after an answer of the provider, which may be late. */
  static Settled settled(CaptureStage stage, Capture answer) {
    return new Settled(stage.attempt(), stage.capture().join(answer));
  }
}
