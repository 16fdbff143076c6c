package waybill.shipping.easypost;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import waybill.platform.Sha256;
import waybill.platform.webhook.Verdict;

/**
 * EasyPost's webhook signature, version 2 (support.easypost.com, "Webhook HMAC Validation"): {@code X-Hmac-Signature-V2:
 * hmac-sha256-hex=<hex>} signs {@code X-Timestamp + "POST" + X-Path + raw body} by HMAC-SHA256, the secret taken in
 * Unicode's NFKD form, as EasyPost's own libraries do. The older {@code X-Hmac-Signature} covers no time and could be
 * replayed for ever, so it is not accepted.
 *
 * @param value the header {@code X-Hmac-Signature-V2}; this and the others are null if they were not sent
 * @param timestamp the header {@code X-Timestamp}: RFC 2822, for example {@code Tue, 19 Aug 2025 20:37:09 -0000}, or ISO-8601
 * @param path the header {@code X-Path}
 */
record EasyPostSignature(String value, String timestamp, String path) {
  private static final String PREFIX = "hmac-sha256-hex=";

  /**
   * @param requestPath the path that the request was sent to
   * @param body as it came over the wire
   * @param secrets of the account; all that are valid at present
   */
  Verdict verdict(String requestPath, byte[] body, List<String> secrets, Instant now) {
    if (value == null || timestamp == null || path == null) {
      return Verdict.MISSING;
    }
    Optional<Instant> signedAt = signedAt();
    if (!value.startsWith(PREFIX) || signedAt.isEmpty()) {
      return Verdict.MALFORMED;
    }
    if (!path.equals(requestPath)) {
      return Verdict.WRONG;
    }
    return Verdict.of(List.of(value), secrets, secret -> sign(secret, timestamp, path, body), signedAt.get(), now);
  }

  private Optional<Instant> signedAt() {
    for (DateTimeFormatter format : List.of(DateTimeFormatter.RFC_1123_DATE_TIME,
        DateTimeFormatter.ISO_OFFSET_DATE_TIME)) {
      try {
        return Optional.of(OffsetDateTime.parse(timestamp, format).toInstant());
      } catch (DateTimeException e) {
        // The other form, or none.
      }
    }
    return Optional.empty();
  }

  /** The header's value. */
  static String sign(String secret, String timestamp, String path, byte[] body) {
    byte[] before = (timestamp + "POST" + path).getBytes(StandardCharsets.UTF_8);
    return PREFIX
        + HexFormat.of().formatHex(Sha256.hmac(Normalizer.normalize(secret, Normalizer.Form.NFKD), before, body));
  }
}
