package waybill.platform;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * HTTP below the SDK's clients of tables, queues and parameters, over connections that are kept. The JDK's {@code HttpURLConnection}
 * waits for a millisecond before it sends a POST over a kept connection, to hear whether the other end has closed it, with a timer and an
 * exception; this one does not keep a connection for as long as an end might close it, and if one was closed all the same, the SDK
 * tries again: every write is conditional and every message may come twice. So it is not for mails, which are sent once.
 */
final class AwsHttp implements SdkHttpClient {
  /** After so long without use it is closed, well before the services do so. By the clock of the day, which goes on while Lambda freezes. */
  private static final long IDLE_MILLIS = 5_000;
  private static final int MOST_KEPT = 20;
  private static final int NONE = -1;

  private final Duration connecting;
  private final Duration attempt;
  private final Duration silence;
  private final Map<String, Deque<Kept>> kept = new HashMap<>();

  private record Kept(AwsConnection connection, long sinceMillis) {}

  /**
   * @param connecting how long a connection may take to open
   * @param attempt how long a request and its answer may take in all
   * @param silence how long nothing may come
   */
  AwsHttp(Duration connecting, Duration attempt, Duration silence) {
    this.connecting = connecting;
    this.attempt = attempt;
    this.silence = silence;
  }

  @Override
  public String clientName() {
    return "Kept";
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new Call(request);
  }

  private final class Call implements ExecutableHttpRequest {
    private final HttpExecuteRequest request;
    private volatile boolean isAborted;
    private volatile AwsConnection connection;

    Call(HttpExecuteRequest request) {
      this.request = request;
    }

    @Override
    public HttpExecuteResponse call() throws IOException {
      SdkHttpRequest head = request.httpRequest();
      byte[] bytes = bytes(head, body(request));
      String origin = head.protocol() + "://" + head.host() + ":" + head.port();
      connection = taken(origin);
      if (connection == null) {
        connection = AwsConnection.open(head.host(), head.port(), head.protocol().equals("https"), connecting, silence);
      }
      try {
        if (isAborted) {
          throw new IOException("given up");
        }
        AwsConnection.Answer answer = connection.exchange(bytes, head.method() != SdkHttpMethod.HEAD, attempt, silence);
        release(origin, connection);
        return response(answer);
      } catch (IOException | RuntimeException e) {
        connection.close();
        throw e;
      }
    }

    /** The connection cannot be used any more, as its answer may still come. */
    @Override
    public void abort() {
      isAborted = true;
      AwsConnection used = connection;
      if (used != null) {
        used.close();
      }
    }
  }

  private synchronized AwsConnection taken(String origin) {
    Deque<Kept> idle = kept.getOrDefault(origin, new ArrayDeque<>());
    for (Kept it = idle.pollFirst(); it != null; it = idle.pollFirst()) {
      long age = System.currentTimeMillis() - it.sinceMillis;
      if (age >= 0 && age < IDLE_MILLIS) {
        return it.connection;
      }
      it.connection.close();
    }
    return null;
  }

  private void release(String origin, AwsConnection connection) {
    if (!connection.isKept()) {
      connection.close();
      return;
    }
    synchronized (this) {
      Deque<Kept> idle = kept.computeIfAbsent(origin, _ -> new ArrayDeque<>());
      idle.addFirst(new Kept(connection, System.currentTimeMillis()));
      if (idle.size() > MOST_KEPT) {
        idle.removeLast().connection.close();
      }
    }
  }

  private static byte[] body(HttpExecuteRequest request) throws IOException {
    if (request.contentStreamProvider().isEmpty()) {
      return null;
    }
    try (InputStream content = request.contentStreamProvider().get().newStream()) {
      return content.readAllBytes();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** The whole request, so that it is one packet if it is small. */
  private static byte[] bytes(SdkHttpRequest request, byte[] body) {
    String query = request.encodedQueryParameters().map(it -> "?" + it).orElse("");
    String path = request.encodedPath().isEmpty() ? "/" : request.encodedPath();
    var head = new StringBuilder(1_024).append(request.method()).append(' ').append(path).append(query)
        .append(" HTTP/1.1\r\n");
    Set<String> written = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    request.forEachHeader((name, values) -> {
      if (!name.equalsIgnoreCase("Content-Length") && !name.equalsIgnoreCase("Expect")) {
        written.add(name);
        values.forEach(it -> append(head, name, it));
      }
    });
    if (!written.contains("Host")) {
      boolean isUsual = request.port() == (request.protocol().equals("https") ? 443 : 80);
      append(head, "Host", isUsual ? request.host() : request.host() + ":" + request.port());
    }
    int length = body == null ? NONE : body.length;
    if (length != NONE || request.method() == SdkHttpMethod.POST || request.method() == SdkHttpMethod.PUT) {
      append(head, "Content-Length", Integer.toString(Math.max(length, 0)));
    }
    byte[] first = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    if (length <= 0) {
      return first;
    }
    byte[] whole = new byte[first.length + length];
    System.arraycopy(first, 0, whole, 0, first.length);
    System.arraycopy(body, 0, whole, first.length, length);
    return whole;
  }

  private static void append(StringBuilder head, String name, String value) {
    if (value == null || value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0 || name.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("the header " + name + " is no line");
    }
    head.append(name).append(": ").append(value).append("\r\n");
  }

  private static HttpExecuteResponse response(AwsConnection.Answer answer) {
    var response = SdkHttpResponse.builder().statusCode(answer.status()).statusText(answer.reason());
    answer.headers().forEach(it -> response.appendHeader(it.getKey(), it.getValue()));
    return HttpExecuteResponse.builder().response(response.build())
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(answer.body()))).build();
  }

  @Override
  public synchronized void close() {
    kept.values().forEach(idle -> idle.forEach(it -> it.connection.close()));
    kept.clear();
  }
}
