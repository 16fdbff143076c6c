package waybill.events;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import waybill.messages.EndpointId;

/**
 * What an endpoint's deliveries are signed with. It is an item of a table of its own, which only those functions may read that sign.
 *
 * @param previous what was replaced; null if nothing was
 * @param previousUntil how long it signs too
 */
record WebhookSecret(EndpointId endpoint, String current, String previous, Instant previousUntil) {
  static final Duration BOTH_SIGN = Duration.ofHours(24);
  static final String PREFIX = "whsec_";
  private static final int LEAST_BYTES = 24;
  private static final int MOST_BYTES = 64;

  /** @throws IllegalArgumentException if it is none that Standard Webhooks allows: Base64 of 24 to 64 bytes after {@code whsec_} */
  static String parse(String text) {
    int bytes = text.startsWith(PREFIX) ? bytes(text).length : 0;
    if (bytes < LEAST_BYTES || bytes > MOST_BYTES) {
      throw new IllegalArgumentException();
    }
    return text;
  }

  static String of(byte[] random) {
    return PREFIX + Base64.getEncoder().encodeToString(random);
  }

  static byte[] bytes(String secret) {
    return Base64.getDecoder().decode(secret.substring(PREFIX.length()));
  }

  /** A repeated request with the same secret changes nothing. */
  WebhookSecret rotated(String next, Instant now) {
    return next.equals(current) ? this : new WebhookSecret(endpoint, next, current, now.plus(BOTH_SIGN));
  }

  /** Those that sign now, the current one first. */
  List<String> signing(Instant now) {
    return previous != null && now.isBefore(previousUntil) ? List.of(current, previous) : List.of(current);
  }

  /** A secret is in no text that could be logged. */
  @Override
  public String toString() {
    return "WebhookSecret[" + endpoint + "]";
  }
}
