package waybill.events;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * HTTP/1.1 over a socket of its own: the JDK's clients resolve a name again when they connect, and may then reach another address
 * than the one that was looked at. The certificate must be the host's, whatever the address. Whatever a receiver does, and whatever
 * its name server does, is over in time: a call that cannot be given a timeout is ended from outside.
 */
final class SocketOutbound implements Outbound {
  private static final int MOST_BODY_BYTES = 4_096;
  /** Nobody sends a longer head; what is over is not read. */
  private static final int MOST_HEAD_BYTES = 65_536;
  private static final int MOST_STATUS = 599;

  private final Names names;

  /** The addresses of a host. */
  interface Names {
    InetAddress[] of(String host) throws IOException;
  }

  SocketOutbound() { this(InetAddress::getAllByName); }

  SocketOutbound(Names names) {
    this.names = names;
  }

  /** The resolver of the system takes as long as it likes, and cannot be interrupted: it is left behind. */
  @Override
  public List<InetAddress> resolve(String host, Duration timeout) throws IOException {
    var resolved = new CompletableFuture<List<InetAddress>>();
    Thread.ofPlatform().daemon().name("resolve").start(() -> {
      try {
        resolved.complete(List.of(names.of(host)));
      } catch (IOException | RuntimeException e) {
        resolved.completeExceptionally(e);
      }
    });
    try {
      return resolved.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new SocketTimeoutException("the name was not resolved in time");
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  @Override
  public Reply post(Post post, Duration timeout) throws IOException {
    long end = System.nanoTime() + timeout.toNanos();
    var plain = new Socket();
    var over = new AtomicBoolean();
    Thread watchdog = Thread.ofVirtual().start(() -> closeAfter(timeout, plain, over));
    try (plain) {
      connect(plain, post, end);
      // Closing it says good-bye to the other side, which may not listen: the socket below it is closed by itself.
      Socket socket = post.url().getScheme().equals("https") ? secured(plain, post.url()) : plain;
      byte[] body = post.body().getBytes(StandardCharsets.UTF_8);
      socket.getOutputStream().write(head(post, body.length).getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(body);
      socket.getOutputStream().flush();
      return reply(read(socket, end));
    } catch (IOException e) {
      throw over.get() ? new SocketTimeoutException("no answer in time") : e;
    } finally {
      watchdog.interrupt();
    }
  }

  private static void closeAfter(Duration timeout, Socket socket, AtomicBoolean over) {
    try {
      Thread.sleep(timeout);
      over.set(true);
      socket.close();
    } catch (InterruptedException | IOException e) {
      // The call has ended by itself, or its socket has.
    }
  }

  private static void connect(Socket plain, Post post, long end) throws IOException {
    plain.connect(new InetSocketAddress(post.to(), port(post.url())), millisUntil(end));
    plain.setSoTimeout(millisUntil(end));
  }

  private static int port(URI url) {
    return url.getPort() == -1 ? 443 : url.getPort();
  }

  private static Socket secured(Socket plain, URI url) throws IOException {
    var socket = (SSLSocket) ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(plain, url.getHost(),
        port(url), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private static String head(Post post, int length) {
    URI url = post.url();
    String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    var head = new StringBuilder("POST %s%s HTTP/1.1\r\nhost: %s\r\ncontent-length: %d\r\nconnection: close\r\n"
        .formatted(path, url.getRawQuery() == null ? "" : "?" + url.getRawQuery(), url.getAuthority(), length));
    post.headers().forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    return head.append("\r\n").toString();
  }

  /** The beginning of the answer: its head, and as much of its body as comes before there is enough or the other side is done. */
  private static String read(Socket socket, long end) throws IOException {
    var bytes = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    var buffer = new byte[1_024];
    int body = -1;
    while (body < 0 ? bytes.size() < MOST_HEAD_BYTES : bytes.size() - body < MOST_BODY_BYTES) {
      int read = read(in, buffer, socket, end, body >= 0);
      if (read < 0) {
        break;
      }
      bytes.write(buffer, 0, read);
      String text = bytes.toString(StandardCharsets.ISO_8859_1);
      body = bodyAt(text);
      if (body >= 0 && isWhole(text, body)) {
        break;
      }
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  /** @param answered whether the receiver has said what it had to say: what its body does then does not matter any more */
  private static int read(InputStream in, byte[] buffer, Socket socket, long end, boolean answered) throws IOException {
    try {
      // A receiver that sends a byte now and then must not hold this for longer than one that is silent.
      socket.setSoTimeout(millisUntil(end));
      return in.read(buffer);
    } catch (IOException e) {
      if (answered) {
        return -1;
      }
      throw e;
    }
  }

  /** Where the answer begins that counts: behind those that only say that it is being worked on. */
  private static int headAt(String text) {
    int at = 0;
    while (text.startsWith("HTTP/1.1 1", at) && text.indexOf("\r\n\r\n", at) >= 0) {
      at = text.indexOf("\r\n\r\n", at) + 4;
    }
    return at;
  }

  /** Where its body begins; -1 if its head is not there to its end. */
  private static int bodyAt(String text) {
    int end = text.indexOf("\r\n\r\n", headAt(text));
    return end < 0 ? -1 : end + 4;
  }

  /** Whether the body is there to its end, so that nobody waits for the other side to close. */
  private static boolean isWhole(String text, int body) {
    String head = text.substring(headAt(text), body);
    String length = header(head, "content-length");
    if (length != null && length.matches("[0-9]{1,9}")) {
      return text.length() - body >= Integer.parseInt(length);
    }
    return head.startsWith("HTTP/1.1 204") || text.endsWith("\r\n0\r\n\r\n");
  }

  /** What is longer than any head counts by its beginning: the receiver has said whether it took the event. */
  private static Reply reply(String text) throws IOException {
    int head = headAt(text);
    int body = bodyAt(text);
    String status = text.length() < head + 12 ? "" : text.substring(head + 9, head + 12);
    if (!text.startsWith("HTTP/1.", head) || !status.matches("[2-5][0-9]{2}")
        || body < 0 && text.length() < MOST_HEAD_BYTES || Integer.parseInt(status) > MOST_STATUS) {
      throw new IOException("the answer is not HTTP/1.1");
    }
    String shown = body < 0
        ? ""
        : new String(text.substring(body, Math.min(text.length(), body + MOST_BODY_BYTES))
            .getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    return new Reply(Integer.parseInt(status), retryAfter(text.substring(head, body < 0 ? text.length() : body)),
        shown);
  }

  /** In seconds; a date is not understood, and then the usual time is waited. */
  private static Duration retryAfter(String head) {
    String seconds = header(head, "retry-after");
    return seconds != null && seconds.matches("[0-9]{1,9}") ? Duration.ofSeconds(Long.parseLong(seconds)) : null;
  }

  private static String header(String head, String name) {
    return head.lines().filter(it -> it.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        .map(it -> it.substring(name.length() + 1).strip()).findFirst().orElse(null);
  }

  private static int millisUntil(long end) throws SocketTimeoutException {
    long millis = (end - System.nanoTime()) / 1_000_000;
    if (millis < 1) {
      throw new SocketTimeoutException("no answer in time");
    }
    return (int) millis;
  }
}
