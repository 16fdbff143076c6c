package waybill.shipping.easypost;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import waybill.platform.Deadline;
import waybill.platform.Json;
import waybill.platform.RetryLater;
import waybill.shipping.carrier.CarrierAccount;

/**
 * Calls EasyPost for one account (docs.easypost.com). Its own client library reads money as floating point numbers, so this one reads
 * the JSON itself. Nothing is repeated here: whoever calls knows what may be.
 */
final class EasyPostApi {
  private static final String ADDRESS = "https://api.easypost.com";
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  /** EasyPost asks several carriers while it answers. */
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(12);
  private static final int MAX_ANSWER = 4_000_000;

  private final CarrierAccount account;

  EasyPostApi(CarrierAccount account) {
    this.account = account;
  }

  /** What EasyPost answers; an empty object if that is no JSON object. */
  record Answer(int status, Map<String, Object> body) {

    boolean ok() {
      return status / 100 == 2;
    }
  }

  Answer get(String path) {
    return call("GET", path, null, Deadline.atMost(READ_TIMEOUT));
  }

  Answer post(String path, Map<String, ?> body) {
    return call("POST", path, body, Deadline.atMost(READ_TIMEOUT));
  }

  /** A call that costs money: it is not made if its answer could not be waited for. */
  Answer pay(String path, Map<String, ?> body) {
    if (!Deadline.allows(READ_TIMEOUT)) {
      throw new Deadline.OutOfTime();
    }
    return call("POST", path, body, READ_TIMEOUT);
  }

  private Answer call(String method, String path, Map<String, ?> body, Duration patience) {
    try {
      var connection = (HttpURLConnection) URI.create(base() + path).toURL().openConnection();
      connection.setRequestMethod(method);
      connection.setInstanceFollowRedirects(false);
      connection.setConnectTimeout((int) CONNECT_TIMEOUT.toMillis());
      connection.setReadTimeout((int) patience.toMillis());
      connection.setRequestProperty("Authorization", "Basic " + Base64.getEncoder()
          .encodeToString((account.apiKey() + ":").getBytes(StandardCharsets.UTF_8)));
      connection.setRequestProperty("Accept", "application/json");
      if (body != null) {
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        try (OutputStream out = connection.getOutputStream()) {
          out.write(Json.write(body).getBytes(StandardCharsets.UTF_8));
        }
      }
      return answered(connection, path);
    } catch (IOException e) {
      // Without the cause: the text of some quotes the address.
      throw new RetryLater("EasyPost did not answer %s: %s".formatted(place(path), e.getClass().getSimpleName()));
    }
  }

  /** @throws RetryLater if EasyPost is away or busy, or if its answer breaks off */
  private static Answer answered(HttpURLConnection connection, String path) throws IOException {
    int status = connection.getResponseCode();
    Map<String, Object> body = body(status < 400 ? connection.getInputStream() : connection.getErrorStream());
    if (status >= 500 || status == 429 || status == 408 || status < 200) {
      throw new RetryLater("EasyPost did not do what %s asks: status %d".formatted(place(path), status));
    }
    if (status / 100 == 2 && body.isEmpty()) {
      throw new RetryLater("EasyPost's answer to %s cannot be read".formatted(place(path)));
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

  private String base() {
    return account.apiBase() == null ? ADDRESS : account.apiBase();
  }

  /** Without the ids. */
  private static String place(String path) {
    return path.replaceAll("/[a-z]+_[A-Za-z0-9]+", "/{id}");
  }
}
