package waybill.digital;

import java.time.Duration;
import java.time.Instant;
import waybill.catalog.Digital;
import waybill.messages.LineId;
import waybill.messages.OrderId;
import waybill.messages.Sku;

/**
 * A link that was given to a customer.
 *
 * @param id the digest of its token
 * @param most how often it works
 * @param used how often it was used
 * @param lastAt when it was used last; null if it was not
 * @param revoked whether it was taken back
 */
record Download(String id, OrderId order, LineId line, Sku sku, Instant expiresAt, int most, int used, Instant lastAt,
    boolean revoked) {
  /** Browsers, previews and broken downloads ask more than once for what a customer asks once. */
  private static final Duration SAME = Duration.ofMinutes(5);

  /** Why a link does not work. */
  enum Refusal {
    REVOKED, EXPIRED, USED_UP
  }

  static Download of(DownloadToken token, OrderId order, LineGrant line, int units, Digital digital, Instant now) {
    return new Download(token.digest(), order, line.line(), line.sku(),
        now.plus(Duration.ofDays(digital.validDays())), digital.downloads() * units, 0, null, false);
  }

  /** Why it does not work now; null if it does. */
  Refusal refusal(Instant now) {
    if (revoked) {
      return Refusal.REVOKED;
    }
    if (!now.isBefore(expiresAt)) {
      return Refusal.EXPIRED;
    }
    return used >= most && !isSame(now) ? Refusal.USED_UP : null;
  }

  /** Whether a use now is the last one, asked for again. */
  private boolean isSame(Instant now) {
    return lastAt != null && now.isBefore(lastAt.plus(SAME));
  }

  /** Used once more, if it works; the same if this is the last use, asked for again. */
  Download used(Instant now) {
    return refusal(now) != null || isSame(now)
        ? this
        : new Download(id, order, line, sku, expiresAt, most, used + 1, now, revoked);
  }

  Download revoke() {
    return new Download(id, order, line, sku, expiresAt, most, used, lastAt, true);
  }

  int left() {
    return most - used;
  }
}
