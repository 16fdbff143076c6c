package waybill.local.providers.stripe;

import java.util.LinkedHashMap;
import java.util.Map;
import waybill.local.machine.Json;

/** What Stripe answers where it does not do what it is asked. */
final class StripeRefused extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final String INVALID = "invalid_request_error";

  private final int status;
  private final transient Map<String, Object> error;

  private StripeRefused(int status, Map<String, Object> error) {
    super(String.valueOf(error.get("message")), null, false, false);
    this.status = status;
    this.error = error;
  }

  private static StripeRefused of(int status, String type, String code, String param, String message) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("type", type);
    error.put("code", code);
    error.put("param", param);
    error.put("message", message);
    error.values().removeIf(java.util.Objects::isNull);
    return new StripeRefused(status, error);
  }

  static StripeRefused invalid(String code, String param, String message) {
    return of(400, INVALID, code, param, message);
  }

  static StripeRefused missing(String kind, String id, String param) {
    return of(404, INVALID, "resource_missing", param, "No such %s: '%s'".formatted(kind, id));
  }

  static StripeRefused unknownUrl(String method, String path) {
    return of(404, INVALID, null, null, "Unrecognized request URL (%s: %s).".formatted(method, path));
  }

  static StripeRefused wrongKey() {
    return of(401, INVALID, null, null, "Invalid API Key provided.");
  }

  static StripeRefused otherParameters(String key) {
    return of(400, "idempotency_error", null, null,
        "Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a"
            + " key other than '" + key + "' if you meant to execute a different request.");
  }

  static StripeRefused declined() {
    return of(402, "card_error", "card_declined", null, "Your card was declined.");
  }

  static StripeRefused broken() {
    return of(500, "api_error", null, null, "An unknown error occurred.");
  }

  StripeLedger.Answer answer() {
    return new StripeLedger.Answer(status, Json.tree(Map.of("error", error)));
  }
}
