package waybill.platform;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import waybill.messages.LocationId;

/**
 * A request as an API Gateway HTTP API hands it over (payload format 2.0).
 *
 * @param id the gateway's, as in its access log; empty if there is none
 * @param headers by their names in small letters
 * @param body the raw bytes, as signatures are made over them
 * @param subject who the verified token stands for; empty where the route needs no token
 * @param scopes what the token allows
 * @param channel whose customer the subject is, by the token's claim {@code channel}; empty if it names none
 * @param locations where the subject works, by the token's claim {@code locations}; empty if it is bound to none
 */
public record HttpRequest(String id, String method, String path, Map<String, String> pathParameters,
    Map<String, String> query,
    Map<String, String> headers, byte[] body,
    String subject, Set<String> scopes, String channel, Set<String> locations) {

  /** Of a subject that is bound to no location. */
  public HttpRequest(String id, String method, String path, Map<String, String> pathParameters,
      Map<String, String> query, Map<String, String> headers, byte[] body, String subject, Set<String> scopes,
      String channel) {
    this(id, method, path, pathParameters, query, headers, body, subject, scopes, channel, Set.of());
  }

  private static final int MAX_IDEMPOTENCY_KEY = 255;
  /** Cognito puts the name of its resource server before a scope; the one that template.yaml makes is this. */
  private static final String RESOURCE_SERVER = "waybill/";

  /** @throws Problem 400 where a name in the query or of a header is too long to be one of ours, or the body's Base64 is none */
  static HttpRequest read(InputStream in) throws IOException {
    Map<String, Object> event = event(in);
    Map<String, Object> context = Json.object(event.get("requestContext"));
    Map<String, Object> http = Json.object(context.get("http"));
    String text = event.get("body") instanceof String sent ? sent : "";
    byte[] body = Boolean.TRUE.equals(event.get("isBase64Encoded"))
        ? decoded(text)
        : text.getBytes(StandardCharsets.UTF_8);
    Map<String, String> claims = claims(context);
    String scope = scope(claims);
    return new HttpRequest(context.get("requestId") instanceof String id ? id : "", (String) http.get("method"),
        (String) event.get("rawPath"),
        strings(event.get("pathParameters")),
        strings(event.get("queryStringParameters")), strings(event.get("headers")), body,
        claims.getOrDefault("sub", ""),
        scope.isEmpty() ? Set.of() : scopes(scope),
        claims.getOrDefault("channel", claims.getOrDefault("custom:channel", "")),
        words(claims.getOrDefault("locations", claims.getOrDefault("custom:locations", ""))));
  }

  /** The gateway writes a list as {@code [a b]}. */
  private static Set<String> words(String text) {
    return Arrays.stream(text.replaceAll("[\\[\\],]", " ").trim().split(" +")).filter(it -> !it.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Okta, Entra ID and others call it {@code scp}; the gateway checks it too, and writes a list as {@code [a b]}. */
  private static String scope(Map<String, String> claims) {
    String scope = claims.getOrDefault("scope", claims.getOrDefault("scp", "")).trim();
    return scope.startsWith("[") && scope.endsWith("]") ? scope.substring(1, scope.length() - 1).trim() : scope;
  }

  private static Set<String> scopes(String text) {
    return Arrays.stream(text.split(" +"))
        .map(it -> it.startsWith(RESOURCE_SERVER) ? it.substring(RESOURCE_SERVER.length()) : it)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static byte[] decoded(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw Problem.of(400, "malformed_request", "the body is not Base64");
    }
  }

  private static Map<String, Object> event(InputStream in) throws IOException {
    try {
      return Json.object(Json.read(in));
    } catch (Json.Malformed e) {
      throw Problem.of(400, "malformed_request", "the request " + e.getMessage());
    }
  }

  private static Map<String, String> claims(Map<String, Object> context) {
    if (context.get("authorizer") instanceof Map<?, ?> authorizer && authorizer.get("jwt") instanceof Map<?, ?> jwt) {
      return strings(jwt.get("claims"));
    }
    return Map.of();
  }

  private static Map<String, String> strings(Object tree) {
    var strings = new HashMap<String, String>();
    if (tree instanceof Map<?, ?> map) {
      map.forEach((name, value) -> strings.put(name.toString(), String.valueOf(value)));
    }
    return strings;
  }

  public String pathParameter(String name) {
    return pathParameters.get(name);
  }

  /** The id in the path. @throws Problem 404 where it cannot be one: there is no such thing */
  public <T> T pathId(String name, Function<String, T> type) {
    try {
      return type.apply(pathParameters.get(name));
    } catch (IllegalArgumentException e) {
      throw Problem.notFound("id");
    }
  }

  /** The header, its name in small letters; null where it was not sent. */
  public String header(String name) {
    return headers.get(name);
  }

  public boolean may(String scope) {
    return scopes.contains(scope);
  }

  /** @throws Problem 403 if the subject works at other locations only */
  public void requireLocation(LocationId location) {
    if (!locations.isEmpty() && !locations.contains(location.value())) {
      throw Problem.of(403, "other_location", "this token is for the work at %s"
          .formatted(locations.stream().sorted().collect(Collectors.joining(", "))));
    }
  }

  /** The query's parameters, to be read and then verified. */
  public Parameters parameters() {
    return new Parameters(query);
  }

  /** For a route without any. @throws Problem 422 if there is a query parameter */
  public void refuseQuery() {
    parameters().verify();
  }

  /** The body's fields, to be read and then verified. @throws Problem 400 where it is not a JSON object */
  public Fields fields() {
    return Fields.of(object());
  }

  /** The body as an HTML form sends it. @throws Problem 400 if it is none */
  public FormData form() {
    return FormData.read(header("content-type"), body);
  }

  /** The body for who passes over what it does not know, as webhooks do. @throws Problem 400 where it is not a JSON object */
  public Map<String, Object> object() {
    try {
      return Json.readObject(text());
    } catch (Json.Malformed e) {
      throw Problem.of(400, "malformed_json", "the body " + e.getMessage());
    }
  }

  private String text() {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(body)).toString();
    } catch (java.nio.charset.CharacterCodingException e) {
      throw Problem.of(400, "malformed_json", "the body is not UTF-8");
    }
  }

  /** @throws Problem 400 if there is none, 422 if it is too long, or more than the characters of ASCII that can be seen */
  public String idempotencyKey() {
    String key = header("idempotency-key");
    if (key == null || key.isBlank()) {
      throw Problem.of(400, "idempotency_key_required",
          "send an Idempotency-Key header: with it the request can be repeated without doing its work twice");
    }
    if (key.length() > MAX_IDEMPOTENCY_KEY) {
      throw Problem.invalid("Idempotency-Key", "too_long", "has at most %d characters".formatted(MAX_IDEMPOTENCY_KEY));
    }
    if (!key.matches("[ -~]+")) {
      throw Problem.invalid("Idempotency-Key", "invalid", "has letters, digits, signs and spaces of ASCII only");
    }
    return key;
  }

  /**
   * The revision that the caller has seen, by {@code If-Match}; 0 where there must be nothing yet.
   *
   * @throws Problem 422 where it is no revision's ETag; neither is {@code *}, as it names none
   */
  public OptionalInt ifMatch() {
    String tag = header("if-match");
    if (tag == null) {
      return OptionalInt.empty();
    }
    if (!tag.matches("\"[0-9]{1,9}\"")) {
      throw Problem.invalid("If-Match", "invalid", "is the ETag of a revision, for example \"3\"");
    }
    return OptionalInt.of(Integer.parseInt(tag.substring(1, tag.length() - 1)));
  }
}
