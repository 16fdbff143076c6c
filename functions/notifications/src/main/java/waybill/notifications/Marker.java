package waybill.notifications;

import java.time.Instant;
import waybill.messages.OrderId;
import waybill.platform.Lease;
import waybill.platform.Table.Key;

/**
 * What became of one mail. It never expires, so no mail is sent twice, however late its message is redelivered.
 *
 * @param event what there is one mail of, for example {@code shipped#par_…}
 * @param lease of the one attempt that may send it
 * @param at when it was claimed, or when it came to this status
 * @param sesMessageId what the mail service calls it; null until it is sent
 */
record Marker(OrderId order, String event, Status status, Lease lease, Instant at, String sesMessageId) {

  /** It only moves down this list. */
  enum Status {
    CLAIMED,
    /** Perhaps sent, perhaps not; it is not tried again. */
    UNCERTAIN, SENT
  }

  static Marker claimed(OrderId order, String event, String claimant, Instant now) {
    return new Marker(order, event, Status.CLAIMED, Lease.begin(claimant, now), now, null);
  }

  Marker uncertain(Instant now) {
    return status == Status.CLAIMED ? new Marker(order, event, Status.UNCERTAIN, lease, now, null) : this;
  }

  /** A mail that is known to be sent stays sent, even if another attempt has called it uncertain. */
  Marker sent(String sesMessageId, Instant now) {
    return status == Status.SENT ? this : new Marker(order, event, Status.SENT, lease, now, sesMessageId);
  }

  Key key() {
    return key(order, event);
  }

  static Key key(OrderId order, String event) {
    return new Key(order.value(), event);
  }
}
