package waybill.benchmarks;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A function as AWS runs it: its zip, unpacked, on AWS's own runtime interface client in a JVM that has nothing else. This
 * process is its Lambda service: it serves the runtime API (docs.aws.amazon.com/lambda, "Using the Lambda runtime API"), a
 * server for each child, so that a killed one's waiting request can swallow nobody else's event.
 */
final class LambdaProcess implements AutoCloseable {
  private static final String API = "/2018-06-01/runtime/";
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  /** As Lambda starts Java without SnapStart; 85 % of 1,024 MB are the heap's. */
  private static final List<String> FLAGS = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto",
      "-Xmx870m", "--enable-native-access=ALL-UNNAMED");

  private final BlockingQueue<byte[]> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private final HttpServer server;
  private final Path output;
  private final Process process;

  /** What the function has answered. @param error whether it, or the runtime client for it, has reported a failure */
  private record Answer(byte[] body, boolean error) {}

  /**
   * @param handler its class
   * @param code where its zip is unpacked
   * @param environment what AWS and the template would set
   */
  LambdaProcess(String handler, Path code, Map<String, String> environment) throws IOException {
    this.output = Files.createTempFile("waybill-lambda", ".log");
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(API, this::handle);
    server.setExecutor(task -> Thread.ofVirtual().start(task));
    server.start();
    var command = new java.util.ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(List.of("-cp", runtimeClient(), AWSLambda.class.getName(), handler));
    var builder = new ProcessBuilder(command).directory(code.toFile()).redirectErrorStream(true)
        .redirectOutput(output.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("AWS_LAMBDA_RUNTIME_API", "localhost:" + server.getAddress().getPort());
    this.process = builder.start();
  }

  /** What AWS sets for every function, and where this machine's services are. */
  static Map<String, String> awsEnvironment(String function) {
    var environment = new LinkedHashMap<String, String>();
    environment.put("AWS_LAMBDA_FUNCTION_NAME", function);
    environment.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024");
    environment.put("AWS_REGION", System.getProperty("aws.region"));
    environment.put("AWS_ACCESS_KEY_ID", System.getProperty("aws.accessKeyId"));
    environment.put("AWS_SECRET_ACCESS_KEY", System.getProperty("aws.secretAccessKey"));
    for (String service : List.of("DynamoDb", "Sqs", "Ses", "Ssm", "S3")) {
      environment.put("AWS_ENDPOINT_URL_" + service.toUpperCase(java.util.Locale.ROOT),
          System.getProperty("aws.endpointUrl" + service));
    }
    return environment;
  }

  /** The jars of the runtime client, and no other of ours. */
  private static String runtimeClient() {
    return Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
        .filter(it -> it.matches(".*/aws-lambda-java-(runtime-interface-client|core|serialization)-[^/]+\\.jar"))
        .collect(Collectors.joining(java.io.File.pathSeparator));
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String what = exchange.getRequestURI().getPath().substring(API.length());
      if (what.equals("invocation/next")) {
        next(exchange);
      } else {
        answers.add(new Answer(exchange.getRequestBody().readAllBytes(), what.endsWith("error")));
        exchange.sendResponseHeaders(202, -1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void next(HttpExchange exchange) throws IOException, InterruptedException {
    byte[] event = events.take();
    var headers = exchange.getResponseHeaders();
    headers.set("Lambda-Runtime-Aws-Request-Id", UUID.randomUUID().toString());
    headers.set("Lambda-Runtime-Deadline-Ms", String.valueOf(Instant.now().plus(TIMEOUT).toEpochMilli()));
    headers.set("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-central-1:000000000000:function:child");
    headers.set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, event.length);
    exchange.getResponseBody().write(event);
  }

  /**
   * Hands it an event and waits for its answer.
   *
   * @throws IllegalStateException if it reports an error, dies or is silent; the text has what it printed
   */
  byte[] invoke(byte[] event) throws IOException, InterruptedException {
    events.add(event);
    Instant end = Instant.now().plus(TIMEOUT);
    while (Instant.now().isBefore(end)) {
      Answer answer = answers.poll(50, TimeUnit.MILLISECONDS);
      if (answer != null && !answer.error) {
        return answer.body;
      }
      if (answer != null) {
        throw new IllegalStateException(new String(answer.body, StandardCharsets.UTF_8) + "\n" + printed());
      }
      if (!process.isAlive()) {
        throw new IllegalStateException("it has died:\n" + printed());
      }
    }
    throw new IllegalStateException("it does not answer:\n" + printed());
  }

  /** The processor time that it has taken so far. */
  double processorMillis() {
    return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e6;
  }

  /** All that it has printed so far. */
  String printed() throws IOException {
    return Files.readString(output);
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    server.stop(0);
    Files.deleteIfExists(output);
  }
}
