package waybill.events;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How deliveries leave: names are resolved, and a request goes to exactly the address that was looked at. */
public interface Outbound {
  /** What a delivery may take at most: name, connection and answer together. */
  Duration TIMEOUT = Duration.ofSeconds(15);

  /** A request. @param to an address of its host, to which it goes whatever the name resolves to by then */
  record Post(URI url, InetAddress to, Map<String, String> headers, String body) {}

  /**
   * An answer.
   *
   * @param retryAfter when the receiver wants to be tried again; null if it does not say
   * @param body its beginning
   */
  record Reply(int status, Duration retryAfter, String body) {}

  /** @throws IOException if there is no such host, or if nobody has said so in time */
  List<InetAddress> resolve(String host, Duration timeout) throws IOException;

  /** Redirects are not followed. @throws IOException if there is no answer */
  Reply post(Post post, Duration timeout) throws IOException;
}
