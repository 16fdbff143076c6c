package waybill.local.providers;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import waybill.local.machine.Json;

/**
 * Somebody who calls the API over HTTP.
 *
 * @param token whose token is sent; empty for none
 */
public record Caller(URI api, String token) {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** What came back. */
  public record Answer(int status, HttpHeaders headers, String text) {

    /** The body as JSON; missing where it is none. */
    public JsonNode json() {
      try {
        return Json.read(text.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException("not JSON: " + text, e);
      }
    }

    /** This answer. @throws IllegalStateException if it is another status, with the body that came instead */
    public Answer expect(int... expected) {
      for (int one : expected) {
        if (status == one) {
          return this;
        }
      }
      throw new IllegalStateException("answered " + status + ": " + text);
    }
  }

  public Answer get(String path) {
    return send("GET", path, "", Map.of());
  }

  public Answer put(String path, String body) {
    return send("PUT", path, body, Map.of());
  }

  public Answer post(String path, String body) {
    return send("POST", path, body, Map.of());
  }

  /** A POST with the Idempotency-Key by which it may be repeated. */
  public Answer post(String path, String body, String idempotencyKey) {
    return send("POST", path, body, Map.of("Idempotency-Key", idempotencyKey));
  }

  public Answer send(String method, String path, String body, Map<String, String> headers) {
    var all = new LinkedHashMap<String, String>();
    if (!token.isEmpty()) {
      all.put("Authorization", "Bearer " + token);
    }
    if (!body.isEmpty()) {
      all.put("Content-Type", "application/json");
    }
    all.putAll(headers);
    var request = HttpRequest.newBuilder(api.resolve(path)).method(method,
        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    all.forEach(request::header);
    try {
      HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.headers(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while waiting for an answer", e);
    }
  }
}
