package waybill.notifications;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.platform.Table.Key;

/**
 * How a mail address has taken our mails. While it is suppressed nobody mails it; a person may release it, and then only what is sent
 * afterwards counts.
 *
 * @param reason why it is, or was last, suppressed; null if it never was
 * @param detail SES's word for it, or null
 * @param since when the report said that it happened
 * @param release the last one; null if there was none, or it was suppressed again since
 * @param softBounces how many mails came back for reasons that pass
 * @param counted the last reports of those, so that each counts once
 */
record AddressStanding(SuppressionId id, MailFeedback.Kind reason, String detail, Instant since, Release release,
    int softBounces, List<String> counted) {
  private static final String SORT_KEY = "standing";
  private static final int MOST_COUNTED = 20;

  /** @param key the idempotency key of the request */
  record Release(String note, Instant at, String key) {}

  static AddressStanding unknown(SuppressionId id) {
    return new AddressStanding(id, null, null, null, null, 0, List.of());
  }

  static Key key(SuppressionId id) {
    return new Key(id.value(), SORT_KEY);
  }

  boolean isSuppressed() {
    return reason != null && release == null;
  }

  /** After a report, which may come twice, late, or after the address was released. */
  AddressStanding after(MailFeedback news) {
    return switch (news.kind()) {
      case SOFT_BOUNCED -> softBounced(news.id());
      case BOUNCED, COMPLAINED -> suppressed(news);
      case PASSED_OVER, REJECTED -> this;
    };
  }

  private AddressStanding softBounced(String report) {
    if (counted.contains(report)) {
      return this;
    }
    List<String> all = Stream.concat(counted.stream(), Stream.of(report)).toList();
    return new AddressStanding(id, reason, detail, since, release, softBounces + 1,
        all.subList(Math.max(0, all.size() - MOST_COUNTED), all.size()));
  }

  /** A mail that was sent before the release says nothing about the time after it. A complaint weighs more than a bounce. */
  private AddressStanding suppressed(MailFeedback news) {
    boolean isOld = release != null && !news.sentAt().isAfter(release.at);
    boolean isKnown = isSuppressed() && reason.compareTo(news.kind()) >= 0;
    return isOld || isKnown
        ? this
        : new AddressStanding(id, news.kind(), news.detail(), news.at(), null, softBounces, counted);
  }

  /** By a person, who knows that mails reach somebody again. */
  Outcome<AddressStanding> released(Release by) {
    if (release != null && release.key.equals(by.key)) {
      return release.note.equals(by.note)
          ? Outcome.of(this)
          : Refused
              .of(Refused.Kind.INVALID, "idempotency_key_reused", "this Idempotency-Key released it with another note")
              .outcome();
    }
    return isSuppressed()
        ? Outcome.of(new AddressStanding(id, reason, detail, since, by, softBounces, counted))
        : Refused.conflict("not_suppressed", "mails to this address are sent").outcome();
  }
}
