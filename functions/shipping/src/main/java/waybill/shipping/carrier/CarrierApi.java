package waybill.shipping.carrier;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import waybill.platform.Deadline;
import waybill.platform.Json;
import waybill.platform.RetryLater;

/**
 * Calls a broker's API for one account. The brokers' own client libraries read money as floating point numbers, so this one reads the
 * JSON itself. Nothing is repeated here: whoever calls knows what may be.
 */
public final class CarrierApi {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  /** Brokers ask several carriers while they answer. */
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(12);
  private static final int MAX_ANSWER = 4_000_000;

  private final String broker;
  private final String base;
  private final String authorization;

  /**
   * @param broker its name, for messages
   * @param base where its paths begin
   * @param authorization the header's value, with the account's key
   */
  public CarrierApi(String broker, String base, String authorization) {
    this.broker = broker;
    this.base = base;
    this.authorization = authorization;
  }

  /** What the broker answers; an empty object if that is no JSON object. */
  public record Answer(int status, Map<String, Object> body) {

    public boolean ok() {
      return status / 100 == 2;
    }
  }

  public Answer get(String path) {
    return call("GET", path, null, Deadline.atMost(READ_TIMEOUT));
  }

  public Answer post(String path, Map<String, ?> body) {
    return call("POST", path, body, Deadline.atMost(READ_TIMEOUT));
  }

  public Answer put(String path, Map<String, ?> body) {
    return call("PUT", path, body, Deadline.atMost(READ_TIMEOUT));
  }

  /** A call that costs money: it is not made if its answer could not be waited for. */
  public Answer pay(String path, Map<String, ?> body) {
    if (!Deadline.allows(READ_TIMEOUT)) {
      throw new Deadline.OutOfTime();
    }
    return call("POST", path, body, READ_TIMEOUT);
  }

  private Answer call(String method, String path, Map<String, ?> body, Duration patience) {
    try {
      var connection = (HttpURLConnection) URI.create(base + path).toURL().openConnection();
      connection.setRequestMethod(method);
      connection.setInstanceFollowRedirects(false);
      connection.setConnectTimeout((int) CONNECT_TIMEOUT.toMillis());
      connection.setReadTimeout((int) patience.toMillis());
      connection.setRequestProperty("Authorization", authorization);
      connection.setRequestProperty("Accept", "application/json");
      if (body != null) {
        byte[] request = Json.write(body).getBytes(StandardCharsets.UTF_8);
        connection.setDoOutput(true);
        // Also keeps the JDK from sending a request again by itself whose answer is lost.
        connection.setFixedLengthStreamingMode(request.length);
        connection.setRequestProperty("Content-Type", "application/json");
        try (OutputStream out = connection.getOutputStream()) {
          out.write(request);
        }
      }
      return answered(connection, path);
    } catch (IOException e) {
      // Without the cause: the text of some quotes the address.
      throw new RetryLater("%s did not answer %s: %s".formatted(broker, place(path), e.getClass().getSimpleName()));
    }
  }

  /** @throws RetryLater if the broker is away or busy, or if its answer breaks off */
  private Answer answered(HttpURLConnection connection, String path) throws IOException {
    int status = connection.getResponseCode();
    Map<String, Object> body = body(status < 400 ? connection.getInputStream() : connection.getErrorStream());
    if (status >= 500 || status == 429 || status == 408 || status < 200) {
      throw new RetryLater("%s did not do what %s asks: status %d".formatted(broker, place(path), status));
    }
    if (status / 100 == 2 && body.isEmpty()) {
      throw new RetryLater("%s's answer to %s cannot be read".formatted(broker, place(path)));
    }
    return new Answer(status, body);
  }

  private static Map<String, Object> body(InputStream stream) throws IOException {
    if (stream == null) {
      return Map.of();
    }
    try (stream) {
      return Json.readObject(new String(stream.readNBytes(MAX_ANSWER), StandardCharsets.UTF_8));
    } catch (Json.Malformed e) {
      return Map.of();
    }
  }

  /** Without the ids. */
  private static String place(String path) {
    return path.replaceFirst("\\?.*", "").replaceAll("/[a-z]+_[A-Za-z0-9]+", "/{id}");
  }

  /** The objects of a list in an answer; none if it is no list. */
  public static List<Map<?, ?>> objects(Object list) {
    var objects = new ArrayList<Map<?, ?>>();
    (list instanceof List<?> elements ? elements : List.of()).forEach(it -> {
      if (it instanceof Map<?, ?> object) {
        objects.add(object);
      }
    });
    return objects;
  }
}
