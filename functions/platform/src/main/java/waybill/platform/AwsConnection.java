package waybill.platform;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** One connection to a service, as far as HTTP/1.1 is needed for it: a request of a known length, then its whole answer. */
final class AwsConnection {
  private static final int BUFFER_BYTES = 8 * 1024;
  private static final int MOST_HEAD_BYTES = 64 * 1024;
  /** More than the largest answer of the services, a page of a query with 1 MB or sixteen of a batch. */
  private static final int MOST_BODY_BYTES = 64 * 1024 * 1024;

  private final Socket socket;
  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int next;
  private int end;
  private long deadline;
  private int silenceMillis;
  private boolean isKept = true;

  /** An answer, whole. @param headers in their order, each a name and a value */
  record Answer(int status, String reason, List<Map.Entry<String, String>> headers, byte[] body) {

    /** The value of a header; null if there is none. */
    String header(String name) {
      return headers.stream().filter(it -> it.getKey().equalsIgnoreCase(name)).map(Map.Entry::getValue).findFirst()
          .orElse(null);
    }
  }

  private AwsConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
  }

  /** @param isSecure whether it is encrypted, which takes a certificate for this very host */
  static AwsConnection open(String host, int port, boolean isSecure, Duration timeout, Duration silence)
      throws IOException {
    var plain = new Socket();
    try {
      plain.setTcpNoDelay(true);
      plain.connect(new InetSocketAddress(host, port), Math.toIntExact(timeout.toMillis()));
      plain.setSoTimeout(Math.toIntExact(silence.toMillis()));
      return new AwsConnection(isSecure ? secured(plain, host, port) : plain);
    } catch (IOException | RuntimeException e) {
      plain.close();
      throw e;
    }
  }

  private static Socket secured(Socket plain, String host, int port) throws IOException {
    var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    var secure = (SSLSocket) factory.createSocket(plain, host, port, true);
    SSLParameters parameters = secure.getSSLParameters();
    // Without it a certificate of any other host would do.
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secure.setSSLParameters(parameters);
    secure.startHandshake();
    return secure;
  }

  /**
   * Sends a request and reads its answer.
   *
   * @param within for how long all of it may take
   * @param silence for how long nothing may come
   */
  Answer exchange(byte[] request, boolean hasBody, Duration within, Duration silence) throws IOException {
    deadline = System.nanoTime() + within.toNanos();
    silenceMillis = Math.toIntExact(silence.toMillis());
    socket.getOutputStream().write(request);
    Answer head = head();
    while (head.status == 100) {
      head = head();
    }
    byte[] body = hasBody && head.status != 204 && head.status != 304 ? body(head) : new byte[0];
    isKept &= !"close".equalsIgnoreCase(head.header("Connection"));
    return new Answer(head.status, head.reason, head.headers, body);
  }

  /** Whether another request may follow. */
  boolean isKept() {
    return isKept && next == end;
  }

  private Answer head() throws IOException {
    String[] status = line().split(" ", 3);
    if (status.length < 2 || !status[0].startsWith("HTTP/1.") || !status[1].matches("[1-5][0-9]{2}")) {
      throw new IOException("no HTTP answer");
    }
    isKept = !status[0].equals("HTTP/1.0");
    var headers = new ArrayList<Map.Entry<String, String>>();
    int bytes = 0;
    for (String line = line(); !line.isEmpty(); line = line()) {
      bytes += line.length();
      int colon = line.indexOf(':');
      if (colon <= 0 || bytes > MOST_HEAD_BYTES) {
        throw new IOException("no HTTP header");
      }
      headers.add(Map.entry(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    return new Answer(Integer.parseInt(status[1]), status.length == 3 ? status[2] : "", headers, null);
  }

  private byte[] body(Answer head) throws IOException {
    String encoding = head.header("Transfer-Encoding");
    if (encoding != null) {
      if (!encoding.equalsIgnoreCase("chunked")) {
        throw new IOException("an encoding that is not known");
      }
      return chunks();
    }
    String length = head.header("Content-Length");
    if (length == null) {
      isKept = false;
      return rest();
    }
    return read(number(length, 10));
  }

  private byte[] chunks() throws IOException {
    var body = new ByteArrayOutputStream();
    for (int size = chunk(); size > 0; size = chunk()) {
      if (size > MOST_BODY_BYTES - body.size()) {
        throw new IOException("too long an answer");
      }
      body.write(read(size));
      line();
    }
    while (!line().isEmpty()) {
      // What follows the last chunk is not used.
    }
    return body.toByteArray();
  }

  private int chunk() throws IOException {
    return number(line().replaceFirst(";.*", "").strip(), 16);
  }

  private static int number(String text, int radix) throws IOException {
    try {
      int number = Integer.parseInt(text, radix);
      if (number >= 0 && number <= MOST_BODY_BYTES) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IOException("no length", e);
    }
    throw new IOException("too long an answer");
  }

  private byte[] rest() throws IOException {
    var body = new ByteArrayOutputStream();
    while (next < end || fill() > 0) {
      body.write(buffer, next, end - next);
      next = end;
      if (body.size() > MOST_BODY_BYTES) {
        throw new IOException("too long an answer");
      }
    }
    return body.toByteArray();
  }

  private byte[] read(int length) throws IOException {
    byte[] bytes = new byte[length];
    for (int read = 0; read < length;) {
      require();
      int some = Math.min(end - next, length - read);
      System.arraycopy(buffer, next, bytes, read, some);
      next += some;
      read += some;
    }
    return bytes;
  }

  /** Without its end. */
  private String line() throws IOException {
    var line = new ByteArrayOutputStream(80);
    while (true) {
      require();
      for (int i = next; i < end; i++) {
        if (buffer[i] == '\n') {
          line.write(buffer, next, i - next);
          next = i + 1;
          String text = line.toString(StandardCharsets.ISO_8859_1);
          return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        }
      }
      line.write(buffer, next, end - next);
      next = end;
      if (line.size() > MOST_HEAD_BYTES) {
        throw new IOException("too long a line");
      }
    }
  }

  private void require() throws IOException {
    if (next == end && fill() <= 0) {
      throw new EOFException("the answer ends before its end");
    }
  }

  /** @return how much there is; -1 at the end */
  private int fill() throws IOException {
    long left = (deadline - System.nanoTime()) / 1_000_000;
    if (left <= 0) {
      throw new SocketTimeoutException("no answer in time");
    }
    socket.setSoTimeout((int) Math.min(left, silenceMillis));
    next = 0;
    end = 0;
    int read = in.read(buffer);
    end = Math.max(read, 0);
    return read;
  }

  void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no use any more either way.
    }
  }
}
