package waybill.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;

/**
 * An AWS service on loopback. Each request names its operation in the header {@code X-Amz-Target}, after a dot; signatures are not
 * checked.
 */
public final class AwsJsonServer implements AutoCloseable {
  private static final String CONTENT_TYPE = "application/x-amz-json-1.0";
  private static final int BAD_REQUEST = 400;
  private static final int INTERNAL_ERROR = 500;

  private final JsonFactory json = new JsonFactory();
  private final Operations operations;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private record Answer(int status, byte[] body) {}

  /**
   * Starts it on a free port.
   *
   * @param service the SDK's interface of the service
   * @param client does the work; the exceptions of the SDK that it throws are answered as the service answers them
   */
  public static <C> AwsJsonServer start(Class<C> service, C client) throws IOException {
    // Read once, before the first server: without it every answer waits 40 ms for a delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    return new AwsJsonServer(new Operations(service, client));
  }

  private AwsJsonServer(Operations operations) throws IOException {
    this.operations = operations;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      Answer answer = answer(target == null ? "" : target.substring(target.lastIndexOf('.') + 1),
          exchange.getRequestBody());
      exchange.getResponseHeaders().put("Content-Type", List.of(CONTENT_TYPE));
      exchange.sendResponseHeaders(answer.status(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    }
  }

  private Answer answer(String operation, InputStream body) throws IOException {
    byte[] bytes = body.readAllBytes();
    if (!operations.has(operation)) {
      return refused(BAD_REQUEST, "UnknownOperationException", "there is no operation " + operation, null);
    }
    try {
      SdkPojo request = operations.newRequest(operation);
      try (JsonParser parser = json.createParser(bytes)) {
        parser.nextToken();
        Shape.read(parser, request);
      }
      return new Answer(200, written(null, null, operations.call(operation, request)));
    } catch (JsonProcessingException | Shape.Malformed e) {
      return refused(BAD_REQUEST, "SerializationException", e.getMessage(), null);
    } catch (UnsupportedOperationException e) {
      return refused(BAD_REQUEST, "UnknownOperationException", operation + " is not known here", null);
    } catch (AwsServiceException e) {
      return refused(e);
    } catch (RuntimeException e) {
      return refused(INTERNAL_ERROR, "InternalServerError", e.toString(), null);
    }
  }

  /** The error's own fields, as a refused transaction's reasons, are part of the answer. */
  private Answer refused(AwsServiceException e) throws IOException {
    return refused(e.statusCode() == 0 ? BAD_REQUEST : e.statusCode(), e.awsErrorDetails().errorCode(),
        e.awsErrorDetails().errorMessage(), e instanceof SdkPojo fields ? fields : null);
  }

  private Answer refused(int status, String type, String message, SdkPojo fields) throws IOException {
    return new Answer(status, written(type, message, fields));
  }

  private byte[] written(String type, String message, SdkPojo fields) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator generator = json.createGenerator(bytes)) {
      generator.writeStartObject();
      if (type != null) {
        generator.writeStringField("__type", "waybill#" + type);
        generator.writeStringField("message", message);
      }
      if (fields != null) {
        Shape.write(generator, fields);
      }
      generator.writeEndObject();
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
