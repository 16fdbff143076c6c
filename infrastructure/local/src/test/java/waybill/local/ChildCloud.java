package waybill.local;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import waybill.local.machine.Json;
import waybill.local.providers.Caller;

/**
 * A cloud in a process of its own, as only a process can be killed. Its port and its data outlive it, so callers see one
 * cloud that is away at times. It is driven over HTTP alone.
 */
final class ChildCloud implements AutoCloseable {
  /** Far more than it takes: on a busy machine each start alone may take a minute. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String UP = "up";
  /** Functions end by their process's death, not by a machine that stalls. */
  private static final int TIME_FACTOR = 10;

  private final Path template;
  private final Path data;
  private final int port = freePort();
  private final List<String> output = new CopyOnWriteArrayList<>();
  private volatile Process process;
  private Thread reader;
  private int linesToLive;
  private volatile boolean up;

  ChildCloud(Path template, Path data) {
    this.template = template;
    this.data = data;
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it, for the first time or again, and waits until it answers. */
  void start() {
    start(Integer.MAX_VALUE);
  }

  /** Starts a life of so many log lines: at the last of them it is killed, whatever else it is doing. */
  void start(int logLines) {
    linesToLive = logLines;
    int said = output.size();
    try {
      process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1", "-Dstdout.encoding=UTF-8", "-cp", System.getProperty("java.class.path"),
          Main.class.getName(), template.toString(), data.toString(), String.valueOf(port))
          .redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    reader = Thread.ofVirtual().start(this::read);
    await().atMost(PATIENCE).until(() -> up || !process.isAlive());
    if (!process.isAlive()) {
      joinReader();
      requireStarted(said);
    }
  }

  /** A short life may be over already. */
  private void requireStarted(int said) {
    List<String> lastWords = output.subList(said, output.size());
    if (!lastWords.contains(UP)) {
      throw new IllegalStateException("the cloud did not start: " + String.join("\n", lastWords));
    }
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.add(line);
        up |= line.equals(UP);
        if (line.startsWith("{") && --linesToLive == 0) {
          process.destroyForcibly();
        }
      }
    } catch (IOException e) {
      output.add("the output ended: " + e.getMessage()); // as it may when its writer is killed
    } finally {
      up = false;
    }
  }

  /** For callers while it is away: until somebody has started it again. */
  void awaitUp() {
    if (!up) {
      await().atMost(PATIENCE).until(() -> up);
    }
  }

  /** As {@code kill -9} does; returns when it is gone, and all that it said is read. */
  void kill() {
    process.destroyForcibly();
    await().atMost(PATIENCE).until(() -> !process.isAlive());
    joinReader();
  }

  /** Waits for its last log line, or kills it before that once there is nothing left that it would log. */
  void awaitDeath(BooleanSupplier workIsDone) {
    await().atMost(PATIENCE).until(() -> !process.isAlive() || workIsDone.getAsBoolean());
    kill();
  }

  private void joinReader() {
    try {
      reader.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped", e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  URI url() {
    return URI.create("http://localhost:" + port);
  }

  /** What it printed in all its lives, the functions' log lines among it. */
  List<String> output() {
    return output;
  }

  /** The log lines of all its lives that say this. */
  List<JsonNode> logged(String message) {
    return output.stream().filter(it -> it.startsWith("{")).map(ChildCloud::json)
        .filter(it -> it.path("message").asText().equals(message)).toList();
  }

  private static JsonNode json(String line) {
    try {
      return Json.read(line.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A system property of the process, as it is in its present life. */
  String property(String name) {
    String start = name + "=";
    return output.stream().filter(it -> it.startsWith(start)).map(it -> it.substring(start.length()))
        .reduce((_, last) -> last).orElseThrow();
  }

  private Caller anybody() {
    return new Caller(url(), "");
  }

  JsonNode health() {
    return anybody().get("/local/health").expect(200).json();
  }

  /** The time that the functions see. */
  Instant now() {
    return Instant.parse(health().path("time").asText());
  }

  void advance(Duration by) {
    anybody().post("/local/clock", "{\"advance\": \"" + by + "\"}").expect(200);
  }

  /** Somebody with a token that outlives the process. */
  Caller caller(String subject, String... scopes) {
    String asked = new String(Json.bytes(Map.of("subject", subject, "scopes", scopes, "expires_in", 86_400)),
        StandardCharsets.UTF_8);
    return new Caller(url(), anybody().post("/local/tokens", asked).expect(200).json().path("token").asText());
  }

  List<JsonNode> mails() {
    return list(anybody().send("GET", "/local/mailbox", "", Map.of("Accept", "application/json")));
  }

  /** Each queue with its depth and, for dead letters, its messages. */
  List<JsonNode> queues() {
    return list(anybody().get("/local/queues"));
  }

  private static List<JsonNode> list(Caller.Answer answer) {
    return StreamSupport.stream(answer.expect(200).json().path("data").spliterator(), false)
        .collect(Collectors.toList());
  }

  /** Until nothing moves any more, but what failed and waits for its next receive. */
  void awaitIdle() {
    await().pollInterval(Duration.ofMillis(300)).atMost(PATIENCE).until(() -> health().path("idle").asBoolean());
  }

  /** Brings back at once whatever failed. @return how many messages */
  int retry() {
    return anybody().send("POST", "/local/queues/retry", "", Map.of()).expect(200).json().path("retried").asInt();
  }

  @Override
  public void close() {
    if (process != null) {
      kill();
    }
  }

  /** What runs in the process. */
  static final class Main {
    private Main() {}

    public static void main(String[] args) throws Exception {
      ProcessHandle.current().parent().ifPresent(test -> test.onExit().thenRun(() -> Runtime.getRuntime().halt(1)));
      EmbeddedCloud cloud = EmbeddedCloud.start(Settings.of(Path.of(args[0])).withData(Path.of(args[1]))
          .withPort(Integer.parseInt(args[2])).withSecrets(Settings.SAMPLE_SECRETS).withTimeFactor(TIME_FACTOR));
      for (String service : List.of("DynamoDb", "Sqs", "Ses")) {
        cloud.console().println("aws.endpointUrl" + service + "=" + System.getProperty("aws.endpointUrl" + service));
      }
      cloud.console().println(UP);
      cloud.onLog(line -> cloud.console().println(new String(Json.bytes(line), StandardCharsets.UTF_8)));
      Thread.currentThread().join();
    }
  }
}
