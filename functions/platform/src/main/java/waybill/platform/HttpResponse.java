package waybill.platform;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer as an API Gateway HTTP API takes it (payload format 2.0).
 *
 * @param isBase64Encoded whether the body is bytes, written as Base64
 */
public record HttpResponse(int status, Map<String, String> headers, String body, boolean isBase64Encoded) {

  /** With a text. */
  public HttpResponse(int status, Map<String, String> headers, String body) {
    this(status, headers, body, false);
  }

  /** Bytes, of which Lambda takes some 4 MB. */
  public static HttpResponse file(int status, String type, byte[] bytes) {
    return new HttpResponse(status, Map.of("content-type", type), Base64.getEncoder().encodeToString(bytes), true);
  }

  /** @param tree a record or a tree */
  public static HttpResponse json(int status, Object tree) {
    return new HttpResponse(status, Map.of("content-type", "application/json"), Json.write(tree));
  }

  public static HttpResponse html(int status, String page) {
    return new HttpResponse(status, Map.of("content-type", "text/html; charset=utf-8"), page);
  }

  static HttpResponse problem(Problem problem) {
    return new HttpResponse(problem.status(), Map.of("content-type", "application/problem+json"),
        Json.write(problem.body()));
  }

  /** A resource as it is stored, with the ETag to change it by. */
  public static HttpResponse resource(int status, Stored<?> resource) {
    return resource(status, resource, resource.toResource());
  }

  /** The answer to a PUT: 201 while the resource is as it was made, so that a repeated request is answered alike; else 200. */
  public static HttpResponse put(Stored<?> resource) {
    return resource(resource.revision() == 1 ? 201 : 200, resource);
  }

  /** @param tree how the resource is shown, where that is more than its record */
  public static HttpResponse resource(int status, Stored<?> resource, Map<String, Object> tree) {
    return json(status, tree).with("etag", "\"" + resource.revision() + "\"");
  }

  public HttpResponse with(String header, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new HttpResponse(status, more, body, isBase64Encoded);
  }
}
