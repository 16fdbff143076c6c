package waybill.platform.webhook;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/** What a look at a request's signature shows. */
public enum Verdict {
  GOOD,
  /** A header that it needs is not there. */
  MISSING,
  /** The headers are not of the provider's scheme. */
  MALFORMED,
  /** No signature was made over this request with one of the account's secrets. */
  WRONG,
  /** Rightly signed, but too long ago or in the future: perhaps a replay. Only who knows a secret gets this answer. */
  STALE;

  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  /**
   * @param signatures those of the request, any of which may be the right one
   * @param secrets of the account; all that are good at present
   * @param sign makes the signature that a secret should give
   * @param signedAt as the request says, and signs; counted in whole seconds, as providers do
   */
  public static Verdict of(List<String> signatures, List<String> secrets, UnaryOperator<String> sign, Instant signedAt,
      Instant now) {
    boolean found = false;
    for (String secret : secrets) {
      byte[] expected = sign.apply(secret).getBytes(StandardCharsets.UTF_8);
      for (String signature : signatures) {
        // In constant time, and all of them: how long it takes shows nothing of what was expected.
        found |= MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8));
      }
    }
    if (!found) {
      return WRONG;
    }
    long awaySeconds = Math.abs(now.getEpochSecond() - signedAt.getEpochSecond());
    return awaySeconds > TOLERANCE.toSeconds() ? STALE : GOOD;
  }
}
