package waybill.payments;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import waybill.platform.Sha256;
import waybill.platform.webhook.Verdict;

/**
 * Stripe's webhook signature, scheme v1 (docs.stripe.com/webhooks, "Verify webhook signatures manually"): the header
 * {@code t=<unix seconds>,v1=<hex>} signs {@code <t>.<raw body>} by HMAC-SHA256. While a secret is being rolled there
 * are several {@code v1}; any of them may match any of the account's secrets. Other schemes ({@code v0} marks test
 * events) prove nothing and are passed over.
 */
final class StripeSignature {
  private static final int MAX_HEADER_CHARACTERS = 4_096;
  private static final Pattern UNIX_SECONDS = Pattern.compile("[1-9][0-9]{0,11}");

  private StripeSignature() {}

  /**
   * @param header null if there was none
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
    String signedAt = time;
    return Verdict.of(signatures, secrets, secret -> sign(secret, signedAt, body),
        Instant.ofEpochSecond(Long.parseLong(signedAt)), now);
  }

  /** The v1 signature, in small hex digits. */
  static String sign(String secret, String time, byte[] body) {
    return HexFormat.of().formatHex(Sha256.hmac(secret, (time + ".").getBytes(StandardCharsets.US_ASCII), body));
  }
}
