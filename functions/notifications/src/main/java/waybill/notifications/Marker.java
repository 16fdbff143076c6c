package waybill.notifications;

import java.time.Instant;
import waybill.messages.OrderId;
import waybill.platform.Lease;
import waybill.platform.Table.Key;

/**
 * What became of one mail. It never expires, so no mail is sent twice, however late its message is redelivered.
 *
 * @param event what there is one mail of, for example {@code shipped#par_…}
 * @param lease of the one attempt that may send it; null for one that nobody tried
 * @param at when it was claimed, or when it came to this status
 * @param sesMessageId what the mail service calls it; null until it is sent
 * @param fate what SES has reported of it, or why it was not sent to this address; null for most
 */
record Marker(OrderId order, String event, Status status, Lease lease, Instant at, String sesMessageId, Fate fate) {

  /** It only moves down this list. */
  enum Status {
    CLAIMED,
    /** Its address is suppressed, so it was not sent. */
    SUPPRESSED,
    /** Perhaps sent, perhaps not; it is not tried again. */
    UNCERTAIN, SENT
  }

  /** @param detail SES's word for what kind of this it is, or null */
  record Fate(MailFeedback.Kind kind, String detail, Instant at) {}

  static Marker claimed(OrderId order, String event, String claimant, Instant now) {
    return new Marker(order, event, Status.CLAIMED, Lease.begin(claimant, now), now, null, null);
  }

  static Marker suppressed(OrderId order, String event, AddressStanding address, Instant now) {
    return new Marker(order, event, Status.SUPPRESSED, null, now, null,
        new Fate(address.reason(), address.detail(), address.since()));
  }

  Marker uncertain(Instant now) {
    return status == Status.CLAIMED ? new Marker(order, event, Status.UNCERTAIN, lease, now, null, fate) : this;
  }

  /** A mail that is known to be sent stays sent, even if another attempt has called it uncertain. */
  Marker sent(String sesMessageId, Instant now) {
    return status == Status.SENT ? this : new Marker(order, event, Status.SENT, lease, now, sesMessageId, fate);
  }

  /** SES took it, as it reports something of it, whatever its sender knew; and of several reports the gravest stands. */
  Marker after(MailFeedback news) {
    Marker known = status == Status.SENT ? this : sent(news.sesMessageId(), news.sentAt());
    return fate != null && fate.kind.compareTo(news.kind()) >= 0
        ? known
        : new Marker(order, event, known.status, lease, known.at, known.sesMessageId,
            new Fate(news.kind(), news.detail(), news.at()));
  }

  String kind() {
    return event.replaceFirst("#.*", "");
  }

  String about() {
    return event.replaceFirst("^[^#]*#", "");
  }

  Key key() {
    return key(order, event);
  }

  static Key key(OrderId order, String event) {
    return new Key(order.value(), event);
  }
}
