package waybill.journeys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import waybill.local.providers.Caller;
import waybill.local.providers.Caller.Answer;

/**
 * One hostile request, and how it is to be refused.
 *
 * @param name what it tries, for people
 * @param places the pointers of the errors; where there are none the problem itself says it all
 */
record Attack(String name, Caller caller, String method, String path, byte[] body, Map<String, String> headers,
    int status,
    List<String> places) {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  static Attack of(String name, Caller caller, String methodAndPath, String body, int status, String... places) {
    String[] parts = methodAndPath.split(" ", 2);
    return new Attack(name, caller, parts[0], parts[1], body.getBytes(StandardCharsets.UTF_8),
        Map.of("Content-Type", "application/json", "Idempotency-Key", "hostile"), status, List.of(places));
  }

  Attack body(byte[] other) {
    return new Attack(name, caller, method, path, other, headers, status, places);
  }

  /** @param value empty for a header that is not sent */
  Attack header(String header, String value) {
    var all = new LinkedHashMap<>(headers);
    all.put(header, value);
    all.values().removeIf(String::isEmpty);
    return new Attack(name, caller, method, path, body, all, status, places);
  }

  Answer send() {
    var request = HttpRequest.newBuilder(caller.api().resolve(path)).method(method, BodyPublishers.ofByteArray(body));
    if (!caller.token().isEmpty()) {
      request.header("Authorization", "Bearer " + caller.token());
    }
    headers.forEach(request::header);
    try {
      HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.headers(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("stopped", e);
    }
  }

  /** The form with this piece of JSON, as it is, at the pointer. */
  static String with(ObjectNode form, String pointer, String json) {
    ObjectNode changed = form.deepCopy();
    int slash = pointer.lastIndexOf('/');
    JsonNode parent = changed.at(pointer.substring(0, slash));
    String last = pointer.substring(slash + 1).replace("~1", "/").replace("~0", "~");
    if (parent instanceof ArrayNode array) {
      array.set(Integer.parseInt(last), "@@@");
    } else {
      ((ObjectNode) parent).put(last, "@@@");
    }
    return changed.toString().replace("\"@@@\"", json);
  }

  @Override
  public String toString() {
    return name + ": " + method + " " + (path.length() > 80 ? path.substring(0, 80) + "…" : path);
  }
}
