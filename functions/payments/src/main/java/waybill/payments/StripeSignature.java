package waybill.payments;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Stripe's webhook signature, scheme v1 (docs.stripe.com/webhooks, "Verify webhook signatures manually"): the header
 * {@code t=<unix seconds>,v1=<hex>} signs {@code <t>.<raw body>} by HMAC-SHA256. While a secret is being rolled there
 * are several {@code v1}; any of them may match any of the account's secrets. Other schemes ({@code v0} marks test
 * events) prove nothing and are passed over.
 */
final class StripeSignature {
  static final Duration TOLERANCE = Duration.ofMinutes(5);
  private static final int MAX_HEADER_CHARACTERS = 4_096;
  private static final Pattern UNIX_SECONDS = Pattern.compile("[1-9][0-9]{0,11}");

  private StripeSignature() {}

  /** What a look at the signature says. */
  enum Verdict {
    GOOD,
    /** There is no header. */
    MISSING,
    /** The header has no time or no v1 signature. */
    MALFORMED,
    /** No v1 signature was made over this body with one of the secrets. */
    WRONG,
    /** Rightly signed, but too long ago or in the future: perhaps a replay. Only who knows a secret gets to hear this. */
    STALE
  }

  /**
   * @param header null where there was none
   * @param body as it came over the wire
   * @param secrets of the account; all that are good at present
   */
  static Verdict verdict(String header, byte[] body, List<String> secrets, Instant now) {
    if (header == null || header.isBlank()) {
      return Verdict.MISSING;
    }
    String time = null;
    var signatures = new ArrayList<String>();
    for (String item : header.length() > MAX_HEADER_CHARACTERS ? new String[0] : header.split(",")) {
      String[] nameAndValue = item.split("=", 2);
      if (nameAndValue.length == 2 && nameAndValue[0].equals("t") && time == null) {
        time = nameAndValue[1];
      } else if (nameAndValue.length == 2 && nameAndValue[0].equals("v1")) {
        signatures.add(nameAndValue[1]);
      }
    }
    if (time == null || !UNIX_SECONDS.matcher(time).matches() || signatures.isEmpty()) {
      return Verdict.MALFORMED;
    }
    if (!matches(time, signatures, body, secrets)) {
      return Verdict.WRONG;
    }
    // In whole seconds, as Stripe counts.
    long awaySeconds = Math.abs(now.getEpochSecond() - Long.parseLong(time));
    return awaySeconds > TOLERANCE.toSeconds() ? Verdict.STALE : Verdict.GOOD;
  }

  private static boolean matches(String time, List<String> signatures, byte[] body, List<String> secrets) {
    boolean found = false;
    for (String secret : secrets) {
      byte[] expected = sign(secret, time, body).getBytes(StandardCharsets.US_ASCII);
      for (String signature : signatures) {
        // In constant time, and all of them: how long it takes tells nothing of what was expected.
        found |= MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8));
      }
    }
    return found;
  }

  /** The v1 signature, in small hex digits. */
  static String sign(String secret, String time, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((time + ".").getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
