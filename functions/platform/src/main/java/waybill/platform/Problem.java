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

  /**
   * One field that breaks a rule.
   *
   * @param pointer the field, as an RFC 6901 pointer into the body; for a query or path parameter or a header, its name
   * @param code the rule, for programs
   * @param detail the rule, for people
   */
  public record Error(String pointer, String code, String detail) {}

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

  /** The request is well-formed and breaks rules. */
  public static Problem invalid(List<Error> errors) {
    return of(422, "invalid_request",
        errors.size() == 1 ? errors.getFirst().detail() : errors.size() + " fields break a rule",
        Map.of("errors", errors.stream().limit(MAX_ERRORS).toList()));
  }

  public static Problem invalid(String pointer, String code, String detail) {
    return invalid(List.of(new Error(pointer, code, detail)));
  }

  /** There is no such thing, or not for this caller: the two are not told apart. */
  public static Problem notFound(String what) {
    return of(404, "not_found", "there is no such " + what);
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
      case 412 -> "Precondition Failed";
      case 413 -> "Content Too Large";
      case 422 -> "Unprocessable Content";
      case 503 -> "Service Unavailable";
      default -> "Internal Server Error";
    };
  }
}
