package waybill.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.events.Outbound.Post;
import waybill.events.Outbound.Reply;

/** Real sockets on this machine. */
class SocketOutboundTest {
  private static final Duration SHORT = Duration.ofMillis(300);

  /** Posts to a port of this machine, under whatever name. */
  private static Reply post(String url) throws IOException {
    return new SocketOutbound().post(new Post(URI.create(url), InetAddress.getLoopbackAddress(),
        Map.of("webhook-id", "evt_1", "content-type", "application/json"), "{\"ä\":1}"), Duration.ofSeconds(5));
  }

  @Test
  void aRequestArrivesAtTheAddressThatWasLookedAtUnderTheNameOfItsHost() throws IOException {
    var heard = new AtomicReference<String>();
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      heard.set("%s %s %s %s %s".formatted(exchange.getRequestMethod(), exchange.getRequestURI(),
          exchange.getRequestHeaders().getFirst("host"), exchange.getRequestHeaders().getFirst("webhook-id"),
          new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
      exchange.getResponseHeaders().set("Retry-After", "120");
      byte[] answer = "slow down".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(429, answer.length);
      exchange.getResponseBody().write(answer);
      exchange.close();
    });
    server.start();
    try {
      int port = server.getAddress().getPort();
      Reply reply = post("http://hooks.example.com:" + port + "/a/b?c=d");
      assertThat(reply).isEqualTo(new Reply(429, Duration.ofSeconds(120), "slow down"));
      assertThat(heard.get()).isEqualTo("POST /a/b?c=d hooks.example.com:" + port + " evt_1 {\"ä\":1}");
    } finally {
      server.stop(0);
    }
  }

  /** A server that answers with these bytes, and then keeps the connection open. */
  private static ServerSocket answering(String answer) throws IOException {
    var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> {
      try (Socket socket = server.accept()) {
        for (byte one : answer.getBytes(StandardCharsets.ISO_8859_1)) {
          socket.getOutputStream().write(one);
        }
        socket.getOutputStream().flush();
        Thread.sleep(Duration.ofSeconds(10));
      } catch (IOException | InterruptedException e) {
        // The other side has enough.
      }
    });
    return server;
  }

  @Test
  void aRedirectIsAnAnswerAndIsNotFollowed() throws IOException {
    try (ServerSocket server = answering(
        "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n")) {
      assertThat(post("http://a.example:" + server.getLocalPort()).status()).isEqualTo(302);
    }
  }

  @Test
  void ofALongAnswerOnlyTheBeginningIsRead() throws IOException {
    try (ServerSocket server = answering("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(100_000))) {
      assertThat(post("http://a.example:" + server.getLocalPort()).body()).hasSizeBetween(1_000, 4_096);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage garbage garbage\r\n\r\n", "HTTP/1.1 999 X\r\n\r\n\r\n", "HTTP/2 200\r\n\r\n"})
  void whatIsNoAnswerIsNone(String answer) throws IOException {
    try (ServerSocket server = answering(answer + "x".repeat(5_000))) {
      assertThatThrownBy(() -> post("http://a.example:" + server.getLocalPort())).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aReceiverThatIsSilentOrSendsAByteNowAndThenIsGivenUpInTime() throws IOException {
    try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> {
        try (Socket socket = server.accept()) {
          while (true) {
            socket.getOutputStream().write('H');
            Thread.sleep(20);
          }
        } catch (IOException | InterruptedException e) {
          // The other side has enough.
        }
      });
      var post = new Post(URI.create("http://a.example:" + server.getLocalPort()), InetAddress.getLoopbackAddress(),
          Map.of(), "{}");
      long begun = System.nanoTime();
      assertThatThrownBy(() -> new SocketOutbound().post(post, SHORT)).isInstanceOf(SocketTimeoutException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
    }
  }

  @Test
  void aReceiverThatDragsTheHandshakeOutIsGivenUpInTime() throws IOException {
    try (ServerSocket server = dripping(new byte[]{0x16, 0x03, 0x03, 0x40, 0x00, 0x02, 0x00, 0x3f, (byte) 0xfc})) {
      var post = new Post(URI.create("https://a.example:" + server.getLocalPort()), InetAddress.getLoopbackAddress(),
          Map.of(), "{}");
      long begun = System.nanoTime();
      assertThatThrownBy(() -> new SocketOutbound().post(post, SHORT)).isInstanceOf(SocketTimeoutException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
    }
  }

  /** A server that sends these bytes and then a zero, now and then, for ten seconds. */
  private static ServerSocket dripping(byte[] bytes) throws IOException {
    var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> {
      try (Socket socket = server.accept()) {
        socket.getOutputStream().write(bytes);
        for (int i = 0; i < 500; i++) {
          Thread.sleep(20);
          socket.getOutputStream().write(0);
        }
      } catch (IOException | InterruptedException e) {
        // The other side has enough.
      }
    });
    return server;
  }

  @Test
  void aNameServerThatDoesNotAnswerIsGivenUpInTime() {
    var slow = new SocketOutbound(_ -> {
      LockSupport.parkNanos(Duration.ofSeconds(10).toNanos());
      return new InetAddress[0];
    });
    long begun = System.nanoTime();
    assertThatThrownBy(() -> slow.resolve("a.example", SHORT)).isInstanceOf(SocketTimeoutException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
    assertThatThrownBy(() -> new SocketOutbound().resolve("nobody.invalid", Duration.ofSeconds(10)))
        .isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4_000, 60_000, 100_000})
  void aSuccessWithALongHeadIsASuccess(int length) throws IOException {
    try (ServerSocket server = answering("HTTP/1.1 200 OK\r\nset-cookie: " + "x".repeat(length)
        + "\r\ncontent-length: 2\r\n\r\nok")) {
      Reply reply = post("http://a.example:" + server.getLocalPort());
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.body()).isEqualTo(length < 65_000 ? "ok" : "");
    }
  }

  @Test
  void whatOnlySaysThatItIsBeingWorkedOnIsNotTheAnswer() throws IOException {
    try (ServerSocket server = answering("HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"
        + "HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n")) {
      assertThat(post("http://a.example:" + server.getLocalPort()).status()).isEqualTo(202);
    }
  }

  @Test
  void aSuccessWhoseBodyNeverEndsIsASuccess() throws IOException {
    try (ServerSocket server = answering("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\nok")) {
      var post = new Post(URI.create("http://a.example:" + server.getLocalPort()), InetAddress.getLoopbackAddress(),
          Map.of(), "{}");
      assertThat(new SocketOutbound().post(post, SHORT)).isEqualTo(new Reply(200, null, "ok"));
    }
  }

  @Test
  void aHostWithoutTlsIsNotSentAnything() throws IOException {
    try (ServerSocket server = answering("HTTP/1.1 200 OK\r\n\r\n")) {
      assertThatThrownBy(() -> post("https://a.example:" + server.getLocalPort())).isInstanceOf(SSLException.class);
    }
  }
}
