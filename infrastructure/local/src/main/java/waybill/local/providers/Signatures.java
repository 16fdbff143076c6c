package waybill.local.providers;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import waybill.local.providers.stripe.Stripe;

/** Webhooks' headers, signed as the payment provider and the carrier sign them. */
public final class Signatures {
  private Signatures() {}

  /** Stripe's scheme, version 1. */
  public static Map<String, String> stripe(String body, String secret, Instant now) {
    long seconds = now.getEpochSecond();
    return Map.of("Stripe-Signature", "t=" + seconds + ",v1=" + hmac(secret, seconds + "." + body));
  }

  /** EasyPost's second scheme. */
  public static Map<String, String> easyPost(String path, String body, String secret, Instant now) {
    return Map.of("X-Timestamp", now.toString(), "X-Path", path, "X-Hmac-Signature-V2",
        "hmac-sha256-hex=" + hmac(secret, now + "POST" + path + body));
  }

  private static String hmac(String secret, String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
