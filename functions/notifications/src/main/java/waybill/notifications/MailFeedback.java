package waybill.notifications;

import java.time.Instant;
import java.util.List;
import waybill.messages.OrderId;

/**
 * What SES reports about a mail that it took.
 *
 * @param detail SES's word for what kind of this it is, for example {@code General} or {@code abuse}; null if it gives none
 * @param id the same for the same report, however often it comes
 * @param at when it happened
 * @param sentAt when SES took the mail
 * @param addresses those that it is about; they are used and forgotten
 * @param order null if the mail has no tags: it was sent without the configuration set
 * @param event what there is one mail of; null as the order is
 */
record MailFeedback(Kind kind, String detail, String id, Instant at, Instant sentAt, String sesMessageId,
    List<String> addresses, OrderId order, String event) {

  /** The later of these stands if a mail gets several. */
  enum Kind {
    /** Nothing that is wrong with the mail. */
    PASSED_OVER,
    /** It came back for a reason that passes: a full mailbox, an absence, a server that was down. SES has given it up. */
    SOFT_BOUNCED,
    /** SES took it and did not send it, as it found something bad in it. */
    REJECTED,
    /** There is no such mailbox, or it takes no mails from us. */
    BOUNCED,
    /** Its reader calls it spam. */
    COMPLAINED;

    /** Whether further mails to this address harm the sender, and reach nobody. */
    boolean suppresses() {
      return this == BOUNCED || this == COMPLAINED;
    }
  }

  static MailFeedback passedOver(String detail) {
    return new MailFeedback(Kind.PASSED_OVER, detail, null, null, null, null, List.of(), null, null);
  }

  /** Without the addresses. */
  @Override
  public String toString() {
    return "%s %s of %s".formatted(kind, detail, event);
  }
}
