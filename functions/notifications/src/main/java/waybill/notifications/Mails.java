package waybill.notifications;

import java.time.Duration;
import java.time.Instant;

/** Decides what an attempt to send a mail may do, by the marker that it finds. */
final class Mails {
  /** How long an attempt may take: longer than the function's timeout, so that whoever claimed before is dead for sure. */
  static final Duration LEASE = Duration.ofSeconds(60);

  private Mails() {}

  enum Decision {
    /** The claim is this attempt's own. */
    SEND,
    /** The mail has its end. */
    DONE,
    /** Another attempt may be sending it right now: its outcome is waited for. */
    COME_BACK,
    /** Another attempt claimed it and died or never knew: whether the mail went out cannot be found out. */
    GIVE_UP
  }

  static Decision decide(Marker marker, String claimant, Instant now) {
    return switch (marker.status()) {
      case SENT, UNCERTAIN -> Decision.DONE;
      case CLAIMED -> {
        if (marker.claimant().equals(claimant)) {
          yield Decision.SEND;
        }
        yield marker.at().plus(LEASE).isAfter(now) ? Decision.COME_BACK : Decision.GIVE_UP;
      }
    };
  }
}
