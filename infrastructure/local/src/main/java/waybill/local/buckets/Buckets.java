package waybill.local.buckets;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import waybill.local.machine.Data;
import waybill.local.machine.Http;

/**
 * Files by bucket and key: PutObject, GetObject and HeadObject with the bucket in the path. They are in memory, or in a folder of the data,
 * which keeps them.
 */
public final class Buckets {
  private static final String TYPE = "application/octet-stream";

  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Optional<Path> folder;

  public Buckets(Optional<Data> data) {
    this.folder = data.map(it -> it.file("buckets"));
  }

  public void answer(HttpExchange exchange, byte[] body) throws IOException {
    String path = exchange.getRequestURI().getPath().substring(1);
    if (path.contains("..") || !path.contains("/")) {
      refuse(exchange, 400, "InvalidRequest");
      return;
    }
    switch (exchange.getRequestMethod()) {
      case "PUT" -> {
        write(path, body);
        exchange.getResponseHeaders().set("ETag", "\"" + Integer.toHexString(java.util.Arrays.hashCode(body)) + "\"");
        Http.send(exchange, 200, new byte[0]);
      }
      case "GET", "HEAD" -> {
        Optional<byte[]> file = read(path);
        if (file.isPresent()) {
          Http.send(exchange, 200, TYPE, file.get());
        } else {
          // Whoever may not list a bucket is not told what is missing in it.
          refuse(exchange, 403, "AccessDenied");
        }
      }
      default -> refuse(exchange, 405, "MethodNotAllowed");
    }
  }

  private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
    Http.send(exchange, status, "application/xml",
        "<Error><Code>%1$s</Code><Message>%1$s</Message></Error>".formatted(code).getBytes(StandardCharsets.UTF_8));
  }

  /** Whoever dies meanwhile leaves the old file or the new one. */
  private void write(String path, byte[] bytes) throws IOException {
    if (folder.isEmpty()) {
      files.put(path, bytes);
      return;
    }
    Path file = folder.get().resolve(path);
    Files.createDirectories(file.getParent());
    Path fresh = Files.createTempFile(file.getParent(), "new", null);
    Files.write(fresh, bytes);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private Optional<byte[]> read(String path) throws IOException {
    if (folder.isEmpty()) {
      return Optional.ofNullable(files.get(path));
    }
    Path file = folder.get().resolve(path);
    return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
  }
}
