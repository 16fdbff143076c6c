package waybill.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;

/**
 * An AWS service on loopback. Each request names its operation in the header {@code X-Amz-Target}, after a dot; signatures are not
 * checked.
 */
public final class AwsJsonServer implements AutoCloseable {
  private static final int BAD_REQUEST = 400;
  private static final int INTERNAL_ERROR = 500;
  private static final int BACKLOG = 512;

  private final JsonFactory json = new JsonFactory();
  private final Operations operations;
  private final Durability durability;
  private final ServerSocket listener;
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * Starts it on a free port.
   *
   * @param service the SDK's interface of the service
   * @param client does the work; the exceptions of the SDK that it throws are answered as the service answers them
   */
  public static <C> AwsJsonServer start(Class<C> service, C client) throws IOException {
    return start(service, client, Durability.NONE);
  }

  /** @param durability waited for before each answer */
  public static <C> AwsJsonServer start(Class<C> service, C client, Durability durability) throws IOException {
    return new AwsJsonServer(new Operations(service, client), durability);
  }

  private AwsJsonServer(Operations operations, Durability durability) throws IOException {
    this.operations = operations;
    this.durability = durability;
    listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    threads.execute(this::listen);
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  private void listen() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        clients.add(client);
        threads.execute(() -> serve(client));
      } catch (IOException | RejectedExecutionException _) {
        continue; // it is closed, or a client was gone before it was accepted
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setTcpNoDelay(true);
      new Connection(client, this::answer).serve();
    } catch (IOException _) {
      // The client, or this server, is gone: nobody waits for an answer.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      clients.remove(client);
    }
  }

  private Connection.Answer answer(String target, byte[] body) throws IOException, InterruptedException {
    try {
      Connection.Answer answer = answered(target.substring(target.lastIndexOf('.') + 1), body);
      durability.await();
      return answer;
    } catch (IOException | RuntimeException e) {
      return refused(INTERNAL_ERROR, "InternalServerError", e.toString(), null);
    }
  }

  private Connection.Answer answered(String operation, byte[] bytes) throws IOException {
    if (!operations.has(operation)) {
      return refused(BAD_REQUEST, "UnknownOperationException", "there is no operation " + operation, null);
    }
    try {
      SdkPojo request = operations.newRequest(operation);
      try (JsonParser parser = json.createParser(bytes)) {
        parser.nextToken();
        Shape.read(parser, request);
      }
      return new Connection.Answer(200, written(null, null, operations.call(operation, request)));
    } catch (JsonProcessingException | Shape.Malformed e) {
      return refused(BAD_REQUEST, "SerializationException", e.getMessage(), null);
    } catch (UnsupportedOperationException e) {
      // The SDK's interfaces throw it without a message for an operation that the client does not have.
      return e.getMessage() == null
          ? refused(BAD_REQUEST, "UnknownOperationException", operation + " is not known here", null)
          : refused(BAD_REQUEST, "ValidationException", "The embedded cloud does not do this: " + e.getMessage(), null);
    } catch (AwsServiceException e) {
      return refused(e);
    }
  }

  /** The error's own fields, as a refused transaction's reasons, are part of the answer. */
  private Connection.Answer refused(AwsServiceException e) throws IOException {
    return refused(e.statusCode() == 0 ? BAD_REQUEST : e.statusCode(), e.awsErrorDetails().errorCode(),
        e.awsErrorDetails().errorMessage(), e instanceof SdkPojo fields ? fields : null);
  }

  private Connection.Answer refused(int status, String type, String message, SdkPojo fields) throws IOException {
    return new Connection.Answer(status, written(type, message, fields));
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
    try {
      listener.close();
      for (Socket client : clients) {
        client.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      threads.shutdownNow();
    }
  }
}
