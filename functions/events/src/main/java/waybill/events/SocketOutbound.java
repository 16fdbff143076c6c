package waybill.events;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * HTTP/1.1 over a socket of its own: the JDK's clients resolve a name again when they connect, and may then reach another address
 * than the one that was looked at. The certificate must be the host's, whatever the address.
 */
final class SocketOutbound implements Outbound {
  private static final int MOST_BYTES = 4_096;
  private static final int MOST_STATUS = 599;

  @Override
  public List<InetAddress> resolve(String host) throws IOException {
    return List.of(InetAddress.getAllByName(host));
  }

  @Override
  public Reply post(Post post, Duration timeout) throws IOException {
    long end = System.nanoTime() + timeout.toNanos();
    try (Socket socket = connected(post, end)) {
      byte[] body = post.body().getBytes(StandardCharsets.UTF_8);
      socket.getOutputStream().write(head(post, body.length).getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(body);
      socket.getOutputStream().flush();
      return reply(read(socket, end));
    }
  }

  private static Socket connected(Post post, long end) throws IOException {
    boolean secure = post.url().getScheme().equals("https");
    int port = post.url().getPort() == -1 ? 443 : post.url().getPort();
    var plain = new Socket();
    try {
      plain.connect(new InetSocketAddress(post.to(), port), millisUntil(end));
      plain.setSoTimeout(millisUntil(end));
      return secure ? secured(plain, post.url().getHost(), port) : plain;
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  private static Socket secured(Socket plain, String host, int port) throws IOException {
    var socket = (SSLSocket) ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(plain, host, port, true);
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
    while (bytes.size() < MOST_BYTES) {
      // A receiver that sends a byte now and then must not hold this for longer than one that is silent.
      socket.setSoTimeout(millisUntil(end));
      int read = in.read(buffer, 0, Math.min(buffer.length, MOST_BYTES - bytes.size()));
      if (read < 0) {
        break;
      }
      bytes.write(buffer, 0, read);
      if (isWhole(bytes.toString(StandardCharsets.ISO_8859_1))) {
        break;
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Whether the body is there to its end, so that nobody waits for the other side to close. */
  private static boolean isWhole(String text) {
    int headEnd = text.indexOf("\r\n\r\n");
    if (headEnd < 0) {
      return false;
    }
    String length = header(text.substring(0, headEnd), "content-length");
    if (length != null && length.matches("[0-9]{1,9}")) {
      return text.length() - headEnd - 4 >= Integer.parseInt(length);
    }
    return text.startsWith("HTTP/1.1 204") || text.endsWith("\r\n0\r\n\r\n");
  }

  private static Reply reply(String text) throws IOException {
    String status = text.length() < 12 ? "" : text.substring(9, 12);
    int headEnd = text.indexOf("\r\n\r\n");
    if (!text.startsWith("HTTP/1.") || !status.matches("[1-5][0-9]{2}") || headEnd < 0
        || Integer.parseInt(status) > MOST_STATUS) {
      throw new IOException("the answer is not HTTP/1.1");
    }
    String head = text.substring(0, headEnd);
    return new Reply(Integer.parseInt(status), retryAfter(head), text.substring(headEnd + 4));
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
