package waybill.events;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import waybill.platform.Json;
import waybill.platform.TimeText;

/** A delivery by Standard Webhooks (github.com/standard-webhooks): its body, and the headers that sign it. */
final class StandardWebhook {
  private static final String HMAC = "HmacSHA256";

  private StandardWebhook() {}

  /** Thin and without personal data: it says which order or stock to read. The same for every try. */
  static String body(FeedEvent event) {
    var data = new LinkedHashMap<>(event.about());
    data.put("revision", event.revision());
    var body = new LinkedHashMap<String, Object>();
    body.put("type", event.type().text());
    body.put("timestamp", TimeText.of(event.createdAt()));
    body.put("data", data);
    return Json.write(body);
  }

  /** @param secrets that sign, each with its own signature, so that a receiver may know either while they are rotated */
  static Map<String, String> headers(String id, Instant now, String body, List<String> secrets) {
    long seconds = now.getEpochSecond();
    byte[] signed = (id + "." + seconds + "." + body).getBytes(StandardCharsets.UTF_8);
    var headers = new LinkedHashMap<String, String>();
    headers.put("content-type", "application/json");
    headers.put("user-agent", "Waybill");
    headers.put("webhook-id", id);
    headers.put("webhook-timestamp", Long.toString(seconds));
    headers.put("webhook-signature",
        secrets.stream().map(it -> "v1," + signature(it, signed)).collect(Collectors.joining(" ")));
    return headers;
  }

  private static String signature(String secret, byte[] signed) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(WebhookSecret.bytes(secret), HMAC));
      return Base64.getEncoder().encodeToString(mac.doFinal(signed));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
