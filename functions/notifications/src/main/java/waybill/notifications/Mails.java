package waybill.notifications;

import java.time.Instant;

/** Decides what an attempt to send a mail may do, by the marker that it finds. */
final class Mails {
  private Mails() {}

  enum Decision {
    /** The claim is this attempt's own. */
    SEND,
    /** The mail was sent, or given up, or its address gets none. */
    DONE,
    /** Another attempt may be sending it right now. */
    RETRY_LATER,
    /** Another attempt claimed it and crashed: whether the mail was sent cannot be found out. */
    GIVE_UP
  }

  static Decision decide(Marker marker, String claimant, Instant now) {
    return switch (marker.status()) {
      case SENT, UNCERTAIN, SUPPRESSED -> Decision.DONE;
      case CLAIMED -> switch (marker.lease().standing(claimant, now)) {
        case OWN -> Decision.SEND;
        case RUNNING -> Decision.RETRY_LATER;
        case EXPIRED -> Decision.GIVE_UP;
      };
    };
  }
}
