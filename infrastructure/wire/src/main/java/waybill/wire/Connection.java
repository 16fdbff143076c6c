package waybill.wire;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * HTTP/1.1 with one client: request after request until the client closes, as far as the SDKs use it. A body has a length, and
 * every answer is one write, so that it is one packet.
 */
final class Connection {
  private static final int MOST_HEADER_BYTES = 64 * 1024;
  /** More than any request that DynamoDB takes: a transaction of 4 MB, with escapes. */
  private static final int MOST_BODY_BYTES = 32 * 1024 * 1024;
  private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Exchange exchange;
  private final InputStream in;
  private final OutputStream out;

  /** What is done with a request. */
  interface Exchange {
    /** @param target empty if the request names none */
    Answer answer(String target, byte[] body) throws InterruptedException, IOException;
  }

  record Answer(int status, byte[] body) {}

  /** Of the request's header what matters here. */
  private record Head(int length, String target, boolean isClosing, boolean isWaiting) {}

  Connection(Socket socket, Exchange exchange) throws IOException {
    this.exchange = exchange;
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  void serve() throws IOException, InterruptedException {
    for (String line = line(); line != null; line = line()) {
      Head head = head();
      if (head.length < 0 || head.length > MOST_BODY_BYTES) {
        send(new Answer(head.length < 0 ? 411 : 413, new byte[0]), true);
        return;
      }
      if (head.isWaiting) {
        out.write(CONTINUE);
      }
      byte[] body = in.readNBytes(head.length);
      if (body.length < head.length) {
        return;
      }
      send(exchange.answer(head.target, body), head.isClosing);
      if (head.isClosing) {
        return;
      }
    }
  }

  /** A request without a body may leave out its length. */
  private Head head() throws IOException {
    int length = 0;
    String target = "";
    boolean isClosing = false;
    boolean isWaiting = false;
    for (String line = line(); line != null && !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      String value = colon < 0 ? "" : line.substring(colon + 1).strip();
      switch (line.substring(0, Math.max(colon, 0)).toLowerCase(Locale.ROOT)) {
        case "content-length" -> length = length(value);
        case "transfer-encoding" -> length = -1;
        case "x-amz-target" -> target = value;
        case "connection" -> isClosing = value.equalsIgnoreCase("close");
        case "expect" -> isWaiting = value.equalsIgnoreCase("100-continue");
        default -> {
          // Who calls and how the request is signed does not matter on one machine.
        }
      }
    }
    return new Head(length, target, isClosing, isWaiting);
  }

  private static int length(String value) throws IOException {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IOException("no length", e);
    }
  }

  /** Null at the end of the stream. */
  private String line() throws IOException {
    var line = new StringBuilder(80);
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        return null;
      }
      if (line.length() == MOST_HEADER_BYTES) {
        throw new IOException("a header line is too long");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  private void send(Answer answer, boolean isClosing) throws IOException {
    var crc = new CRC32();
    crc.update(answer.body());
    byte[] head = ("HTTP/1.1 " + answer.status() + (answer.status() == 200 ? " OK" : " Refused")
        + "\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: " + answer.body().length
        + "\r\nx-amz-crc32: " + crc.getValue() + (isClosing ? "\r\nConnection: close" : "") + "\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
    byte[] whole = new byte[head.length + answer.body().length];
    System.arraycopy(head, 0, whole, 0, head.length);
    System.arraycopy(answer.body(), 0, whole, head.length, answer.body().length);
    out.write(whole);
  }
}
