package waybill.journeys;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/** LocalStack with its queues, mails and parameters: in a container or, where no Docker is, as a process of this machine. */
abstract sealed class LocalStack implements AutoCloseable {
  private static final String IMAGE = "localstack/localstack:4.9.2";
  private static final String SERVICES = "sqs,ses,ssm";
  private static final Duration STARTING = Duration.ofMinutes(2);

  abstract URI endpoint();

  @Override
  public abstract void close();

  /** @param way {@code docker} or {@code host} */
  static LocalStack start(String way) {
    return switch (way) {
      case "docker" -> new Container();
      case "host" -> new Host();
      default -> throw new IllegalArgumentException("-Dlocalstack is docker or host, not " + way);
    };
  }

  private static final class Container extends LocalStack {
    private final LocalStackContainer container = new LocalStackContainer(DockerImageName.parse(IMAGE))
        .withServices(SERVICES.split(",")).withEnv("SQS_ENDPOINT_STRATEGY", "path");

    Container() {
      container.start();
    }

    @Override
    URI endpoint() {
      return container.getEndpoint();
    }

    @Override
    public void close() {
      container.stop();
    }
  }

  /** From the virtual environment that {@code infrastructure/tools/localstack} makes. */
  private static final class Host extends LocalStack {
    private static final Path VENV = RunningCloud.PROJECT.resolve("infrastructure/tools/.venv-localstack");
    private static final Path LOG = Path.of("target/localstack.log").toAbsolutePath();

    private final URI endpoint;
    private final Process process;
    private final Thread hook = new Thread(this::kill);

    Host() {
      int port = freePort();
      endpoint = URI.create("http://localhost:" + port);
      var builder = new ProcessBuilder(VENV.resolve("bin/localstack").toString(), "start", "--host");
      builder.environment().putAll(Map.of("GATEWAY_LISTEN", "127.0.0.1:" + port, "LOCALSTACK_HOST", "localhost:" + port,
          "SQS_ENDPOINT_STRATEGY", "path", "SERVICES", SERVICES, "SKIP_SSL_CERT_DOWNLOAD", "1", "DISABLE_EVENTS", "1",
          "DNS_ADDRESS", "0", "GATEWAY_SERVER", "hypercorn", // its other server listens on every address of the machine
          "LOCALSTACK_VOLUME_DIR", LOG.resolveSibling("localstack").toString()));
      try {
        process = builder.redirectErrorStream(true).redirectOutput(LOG.toFile()).start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      Runtime.getRuntime().addShutdownHook(hook);
      try (HttpClient http = HttpClient.newHttpClient()) {
        await().atMost(STARTING).until(() -> isUp(http));
      }
    }

    private static int freePort() {
      try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private boolean isUp(HttpClient http) throws InterruptedException {
      if (!process.isAlive()) {
        throw new IllegalStateException("LocalStack did not start, see " + LOG);
      }
      try {
        return http.send(HttpRequest.newBuilder(endpoint.resolve("/_localstack/health")).build(),
            BodyHandlers.discarding()).statusCode() == 200;
      } catch (IOException _) {
        return false; // it does not listen yet
      }
    }

    @Override
    URI endpoint() {
      return endpoint;
    }

    @Override
    public void close() {
      Runtime.getRuntime().removeShutdownHook(hook);
      kill();
    }

    private void kill() {
      Stream.concat(process.descendants().toList().stream(), Stream.of(process.toHandle()))
          .forEach(ProcessHandle::destroyForcibly);
    }
  }
}
