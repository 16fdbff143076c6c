package waybill.platform;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A request refused, as RFC 9457 problem details: what rule, and which fields broke it, all of them at once. */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1;
  /** An answer of a function has at most 6 MB; a body can be made to break more rules than fit. */
  private static final int MAX_ERRORS = 1_000;

  private final int status;
  private final transient Map<String, Object> body;

  private Problem(int status, Map<String, Object> body) {
    super(body.get("title") + ": " + body.getOrDefault("code", ""), null, false, false);
    this.status = status;
    this.body = body;
  }

  public static Problem of(int status, String code, String detail) {
    return of(status, code, detail, Map.of());
  }

  /** @param more further members of the document */
  public static Problem of(int status, String code, String detail, Map<String, ?> more) {
    var body = new LinkedHashMap<String, Object>();
    body.put("type", "about:blank");
    body.put("title", title(status));
    body.put("status", status);
    body.put("code", code);
    body.put("detail", detail);
    body.putAll(more);
    return new Problem(status, body);
  }

  public static Problem of(Refused refused) {
    var more = new LinkedHashMap<String, Object>(refused.about());
    if (!refused.violations().isEmpty()) {
      more.put("errors", refused.violations().stream().limit(MAX_ERRORS).toList());
    }
    return of(status(refused.kind()), refused.code(), refused.detail(), more);
  }

  private static int status(Refused.Kind kind) {
    return switch (kind) {
      case MALFORMED -> 400;
      case ABSENT -> 404;
      case CONFLICT -> 409;
      case OUTDATED -> 412;
      case TOO_LARGE -> 413;
      case INVALID -> 422;
    };
  }

  /** The request is well-formed and breaks rules. */
  public static Problem invalid(List<Violation> violations) {
    return of(Refused.invalid(violations));
  }

  public static Problem invalid(String pointer, String code, String detail) {
    return of(Refused.invalid(pointer, code, detail));
  }

  /** There is no such thing, or not for this caller: the two look the same. */
  public static Problem notFound(String what) {
    return of(Refused.absent(what));
  }

  /** The thing's state does not allow it. */
  public static Problem conflict(String code, String detail) {
    return of(409, code, detail);
  }

  public int status() {
    return status;
  }

  public Map<String, Object> body() {
    return body;
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 409 -> "Conflict";
      case 410 -> "Gone";
      case 412 -> "Precondition Failed";
      case 413 -> "Content Too Large";
      case 422 -> "Unprocessable Content";
      case 503 -> "Service Unavailable";
      default -> "Internal Server Error";
    };
  }
}
