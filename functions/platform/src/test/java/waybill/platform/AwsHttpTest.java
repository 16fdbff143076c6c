package waybill.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class AwsHttpTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private final AwsHttp http = new AwsHttp(LONG, LONG, LONG);
  private final List<Service> services = new ArrayList<>();

  @AfterEach
  void close() {
    http.close();
    services.forEach(Service::close);
  }

  @Test
  void aConnectionIsKeptForTheNextRequest() throws IOException {
    Service service = service("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nX-Kind: a\r\nx-kind: b\r\n\r\nyes");
    for (int i = 0; i < 3; i++) {
      HttpExecuteResponse response = post(http, service.url(), "{\"a\":\"\u00E4\"}");
      assertThat(response.httpResponse().statusCode()).isEqualTo(200);
      assertThat(response.httpResponse().matchingHeaders("X-Kind")).containsExactly("a", "b");
      assertThat(text(response)).isEqualTo("yes");
    }
    assertThat(service.connections.get()).isEqualTo(1);
    assertThat(service.requests).hasSize(3).allSatisfy(it -> assertThat(it)
        .startsWith("POST /path?q=1 HTTP/1.1").contains("\nX-Amz-Target: Thing.Do").contains("\nContent-Length: 10")
        .contains("\nHost: 127.0.0.1:" + service.url().getPort()).endsWith("{\"a\":\"\u00E4\"}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nye\r\n1;last\r\ns\r\n0\r\nTrailer: no\r\n\r\n",
    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length:3\r\n\r\nyes",
    "HTTP/1.1 200\nContent-Length: 3\n\nyes"})
  void aBodyIsReadHoweverItsLengthIsKnown(String answer) throws IOException {
    Service service = service(answer);
    assertThat(text(post(http, service.url(), "{}"))).isEqualTo("yes");
    assertThat(text(post(http, service.url(), "{}"))).isEqualTo("yes");
    assertThat(service.connections.get()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nyes",
    "HTTP/1.1 200 OK\r\n\r\nyes", "HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\nyes"})
  void aConnectionThatTheServiceClosesIsNotUsedAgain(String answer) throws IOException {
    Service service = service(answer);
    service.closesAfter = 1;
    assertThat(text(post(http, service.url(), "{}"))).isEqualTo("yes");
    assertThat(text(post(http, service.url(), "{}"))).isEqualTo("yes");
    assertThat(service.connections.get()).isEqualTo(2);
  }

  @Test
  void aRequestThatMeetsAClosedConnectionFailsOnceAndIsNotSentAgainFromHere() throws IOException {
    Service service = service("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nyes");
    service.closesAfter = 1;
    post(http, service.url(), "{}");
    assertThatThrownBy(() -> post(http, service.url(), "{}")).isInstanceOf(IOException.class);
    assertThat(text(post(http, service.url(), "{}"))).as("by the SDK").isEqualTo("yes");
  }

  /** As after a long silence, or after Lambda has frozen and thawed the function. */
  @Test
  void theSdkTriesAgainIfTheServiceHasClosedTheConnectionMeanwhile() throws IOException {
    Service service = service("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
    service.closesAfter = 1;
    var ports = new Ports(Map.of(), InstantSource.system());
    try (DynamoDbClient dynamo = ports.configured(DynamoDbClient.builder().region(Region.EU_CENTRAL_1)
        .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("fake", "fake")))
        .endpointOverride(service.url()))) {
      for (int i = 1; i <= 3; i++) {
        assertThat(dynamo.getItem(it -> it.tableName("things").key(Map.of())).hasItem()).isFalse();
        assertThat(service.requests).hasSize(i);
      }
    }
  }

  @Test
  void anErrorIsAnAnswerAndNoBodyIsNone() throws IOException {
    Service service = service("HTTP/1.1 400 Refused\r\nContent-Length: 2\r\n\r\n{}");
    HttpExecuteResponse refused = post(http, service.url(), "{}");
    assertThat(refused.httpResponse().isSuccessful()).isFalse();
    assertThat(text(refused)).isEqualTo("{}");
    Service empty = service("HTTP/1.1 204 No Content\r\n\r\n");
    assertThat(text(post(http, empty.url(), ""))).isEmpty();
    assertThat(empty.requests.getFirst()).contains("\nContent-Length: 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\nyes",
    "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n", "SSH-2.0\r\n\r\n", "HTTP/1.1 200 OK\r\nbroken\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ""})
  void whatIsNoWholeAnswerIsNone(String answer) throws IOException {
    Service service = service(answer);
    service.closesAfter = 1;
    assertThatThrownBy(() -> post(http, service.url(), "{}")).isInstanceOf(IOException.class);
  }

  @Test
  void anAnswerThatComesDropByDropEndsWithTheAttempt() throws IOException {
    Service service = service("HTTP/1.1 200 OK\r\nContent-Length: 3000\r\n\r\n" + "y".repeat(3000));
    service.pauseMillis = 20;
    var impatient = new AwsHttp(LONG, Duration.ofMillis(300), LONG);
    assertThatThrownBy(() -> post(impatient, service.url(), "{}")).isInstanceOf(SocketTimeoutException.class);
    impatient.close();
  }

  @Test
  void silenceEndsAnAttempt() throws IOException {
    Service service = service("");
    var impatient = new AwsHttp(LONG, LONG, Duration.ofMillis(100));
    assertThatThrownBy(() -> post(impatient, service.url(), "{}")).isInstanceOf(SocketTimeoutException.class);
    impatient.close();
  }

  @Test
  void aCallThatIsGivenUpEnds() throws Exception {
    Service service = service("");
    ExecutableHttpRequest call = call(http, service.url(), "{}");
    var ended = new CopyOnWriteArrayList<Exception>();
    Thread caller = Thread.ofVirtual().start(() -> {
      try {
        call.call();
      } catch (IOException e) {
        ended.add(e);
      }
    });
    while (service.requests.isEmpty()) {
      Thread.onSpinWait();
    }
    call.abort();
    caller.join(LONG);
    assertThat(ended).hasSize(1);
    assertThatThrownBy(() -> {
      ExecutableHttpRequest late = call(http, service.url(), "{}");
      late.abort();
      late.call();
    }).isInstanceOf(IOException.class);
  }

  @Test
  void aServiceThatCannotProveWhoItIsIsNotSpokenTo() throws IOException {
    Service service = service("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nyes");
    URI secure = URI.create(service.url().toString().replace("http:", "https:"));
    assertThatThrownBy(() -> post(http, secure, "{}")).isInstanceOf(IOException.class);
    assertThat(String.join("", service.requests)).doesNotContain("Thing.Do");
  }

  @Test
  void aHeaderThatWouldBeTwoIsRefused() throws IOException {
    Service service = service("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nyes");
    SdkHttpRequest request = request(service.url()).putHeader("X-Any", "a\r\nX-Other: b").build();
    assertThatThrownBy(() -> http.prepareRequest(HttpExecuteRequest.builder().request(request).build()).call())
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(service.requests).isEmpty();
  }

  private static SdkHttpRequest.Builder request(URI service) {
    return SdkHttpRequest.builder().method(SdkHttpMethod.POST).uri(service.resolve("/path?q=1"))
        .putHeader("X-Amz-Target", "Thing.Do").putHeader("Content-Length", "10");
  }

  private static ExecutableHttpRequest call(AwsHttp http, URI service, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return http.prepareRequest(HttpExecuteRequest.builder().request(request(service).build())
        .contentStreamProvider(() -> new ByteArrayInputStream(bytes)).build());
  }

  private static HttpExecuteResponse post(AwsHttp http, URI service, String body) throws IOException {
    return call(http, service, body).call();
  }

  private static String text(HttpExecuteResponse response) throws IOException {
    return new String(response.responseBody().orElseThrow().readAllBytes(), StandardCharsets.UTF_8);
  }

  private Service service(String answer) throws IOException {
    var service = new Service(answer);
    services.add(service);
    return service;
  }

  /** Answers each request with the same bytes. */
  private static final class Service {
    final AtomicInteger connections = new AtomicInteger();
    final List<String> requests = new CopyOnWriteArrayList<>();
    volatile int closesAfter = Integer.MAX_VALUE;
    volatile int pauseMillis;
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final byte[] answer;

    Service(String answer) throws IOException {
      this.answer = answer.getBytes(StandardCharsets.UTF_8);
      Thread.ofVirtual().start(this::listen);
    }

    URI url() {
      return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    private void listen() {
      while (!listener.isClosed()) {
        try {
          Socket client = listener.accept();
          connections.incrementAndGet();
          Thread.ofVirtual().start(() -> serve(client));
        } catch (IOException e) {
          return; // It is closed.
        }
      }
    }

    private void serve(Socket client) {
      try (client) {
        var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        for (int i = 0; i < closesAfter; i++) {
          requests.add(request(in));
          for (byte part : answer) {
            client.getOutputStream().write(part);
            if (pauseMillis > 0) {
              Thread.sleep(pauseMillis);
            }
          }
        }
      } catch (IOException e) {
        // The client is gone.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private static String request(BufferedReader in) throws IOException {
      var request = new StringBuilder();
      int length = 0;
      for (String line = in.readLine(); !"".equals(line); line = in.readLine()) {
        if (line == null) {
          throw new IOException("closed");
        }
        request.append(line).append('\n');
        if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
          length = Integer.parseInt(line.substring(15).strip());
        }
      }
      for (int bytes = 0; bytes < length;) {
        int next = in.read();
        request.append((char) next);
        bytes += Character.toString(next).getBytes(StandardCharsets.UTF_8).length;
      }
      return request.toString();
    }

    void close() {
      try {
        listener.close();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
