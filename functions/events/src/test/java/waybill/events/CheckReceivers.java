package waybill.events;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import waybill.messages.EventType;
import waybill.messages.OrderId;
import waybill.messages.ChannelId;
import waybill.messages.EventMessages.OrderChanged;

/**
 * Posts deliveries over a real connection to receivers of other languages: see {@code infrastructure/tools/check-receivers}. What each
 * library is expected to answer was written down before it was run; where a library differs, the expectation says so.
 */
final class CheckReceivers {
  private static final String SECRET = WebhookSecret
      .of("thirty-two bytes of a test only!".getBytes(StandardCharsets.UTF_8));
  private static final String BEFORE = WebhookSecret
      .of("another thirty-two bytes of test".getBytes(StandardCharsets.UTF_8));
  private static final List<String> LIBRARIES = List.of("standardwebhooks", "svix");
  private static final FeedEvent EVENT = FeedEvent.of(new OrderChanged(OrderId.of(new ChannelId("de-web"), "1"),
      EventType.ORDER_PLACED, ""), 1, Instant.now());

  private boolean failed;

  private CheckReceivers() {}

  /** A delivery. @param known the secret that the receiver has */
  private record Sent(String what, boolean verified, Map<String, String> headers, String body, String known) {}

  /** @param args each receiver's language and port, for example {@code node=4711} */
  public static void main(String[] args) throws IOException {
    var check = new CheckReceivers();
    for (String arg : args) {
      for (String library : LIBRARIES) {
        for (Sent sent : deliveries()) {
          check.post(arg.split("=")[0], Integer.parseInt(arg.split("=")[1]), library, sent);
        }
      }
    }
    System.exit(check.failed ? 1 : 0);
  }

  private static List<Sent> deliveries() {
    String body = StandardWebhook.body(EVENT);
    Map<String, String> now = signed(0, SECRET);
    return List.of(new Sent("one secret", true, now, body, SECRET),
        new Sent("while a secret is rotated, the new one is known", true, signed(0, SECRET, BEFORE), body, SECRET),
        new Sent("while a secret is rotated, the old one is known", true, signed(0, SECRET, BEFORE), body, BEFORE),
        new Sent("after it was rotated, the old one is known", false, now, body, BEFORE),
        new Sent("another body", false, now, body.replace("placed", "held"), SECRET),
        new Sent("the secret without whsec_", true, now, body, SECRET.substring(WebhookSecret.PREFIX.length())),
        new Sent("the shortest secret", true, signed(0, ofBytes(24)), body, ofBytes(24)),
        new Sent("the longest secret", true, signed(0, ofBytes(64)), body, ofBytes(64)),
        new Sent("names of headers in capitals", true, capitals(now), body, SECRET),
        new Sent("almost five minutes old", true, signed(-297, SECRET), body, SECRET),
        new Sent("more than five minutes old", false, signed(-303, SECRET), body, SECRET),
        new Sent("almost five minutes ahead", true, signed(297, SECRET), body, SECRET),
        new Sent("more than five minutes ahead", false, signed(303, SECRET), body, SECRET));
  }

  private static Map<String, String> signed(int seconds, String... secrets) {
    return StandardWebhook.headers(EVENT.id().value(), Instant.now().plusSeconds(seconds), StandardWebhook.body(EVENT),
        List.of(secrets));
  }

  private static String ofBytes(int length) {
    return WebhookSecret.parse(WebhookSecret.of("x".repeat(length).getBytes(StandardCharsets.UTF_8)));
  }

  private static Map<String, String> capitals(Map<String, String> headers) {
    var capitals = new LinkedHashMap<String, String>();
    headers.forEach((name, value) -> capitals.put(name.toUpperCase(Locale.ROOT), value));
    return capitals;
  }

  private void post(String language, int port, String library, Sent sent) throws IOException {
    URI url = URI.create("http://127.0.0.1:%d/%s/%s".formatted(port, library,
        URLEncoder.encode(sent.known, StandardCharsets.UTF_8)));
    Outbound.Reply reply = new SocketOutbound().post(
        new Outbound.Post(url, InetAddress.getLoopbackAddress(), sent.headers, sent.body), Duration.ofSeconds(5));
    boolean right = reply.status() == (sent.verified ? 204 : 400);
    failed |= !right;
    System.out.printf("%-6s %-16s %-47s %-8s %s%n", language, library, sent.what,
        reply.status() == 204 ? "verified" : "refused", right ? "" : "NOT AS EXPECTED: " + reply.body());
  }
}
