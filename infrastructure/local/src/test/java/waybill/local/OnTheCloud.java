package waybill.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import waybill.local.machine.Json;

/** A test on the fixture's template. All of them share one cloud, started once. */
@ExtendWith(OnTheCloud.Shared.class)
public abstract class OnTheCloud {
  public static EmbeddedCloud cloud;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  static final class Shared implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
      context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).getOrComputeIfAbsent("cloud", _ -> start(),
          AutoCloseable.class);
    }

    private static AutoCloseable start() {
      try {
        Path folder = Files.createTempDirectory("waybill-fixture");
        cloud = EmbeddedCloud
            .start(Settings.of(FixtureZips.project(folder)).withSecrets(Map.of("SecretParameter", "s3cret")));
        return () -> {
          cloud.close();
          delete(folder);
        };
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    private static void delete(Path folder) throws Exception {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  static HttpResponse<String> get(String path, String... headers) {
    return send(request(path, headers).GET());
  }

  static HttpResponse<String> post(String path, String body, String... headers) {
    return send(request(path, headers).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  static HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(cloud.url() + path));
    return headers.length == 0 ? request : request.headers(headers);
  }

  static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  static JsonNode json(HttpResponse<String> response) {
    return json(response.body());
  }

  static JsonNode json(String text) {
    try {
      return Json.read(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(text, e);
    }
  }

  /** The batches that a function was invoked with, as it logged them. */
  static List<JsonNode> batches(String function, String marker) {
    return cloud.logs().stream().filter(line -> function.equals(line.get("fn")) && "batch".equals(line.get("message")))
        .filter(line -> line.toString().contains(marker))
        .map(line -> json(new String(Json.bytes(line.get("event")), StandardCharsets.UTF_8))).toList();
  }
}
