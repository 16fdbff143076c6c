package waybill.events;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import waybill.messages.EndpointId;
import waybill.platform.Deadline;
import waybill.platform.Log;
import waybill.platform.Ports;

/** Sends a delivery, signed, to an address that was looked at, and says what came of it. */
final class Courier {
  private static final Log LOG = Log.of(DeliverEventsHandler.class);

  private final Outbound outbound;
  private final EndpointSecrets secrets;
  private final boolean loopback;
  private final InstantSource clock;

  Courier(Ports ports) {
    this.outbound = outbound(ports);
    this.secrets = new EndpointSecrets(ports);
    this.loopback = loopback(ports);
    this.clock = ports.clock();
  }

  static Outbound outbound(Ports ports) {
    return ports.client(Outbound.class, _ -> new SocketOutbound());
  }

  /** Whether receivers on this machine are allowed: only in the embedded cloud. */
  static boolean loopback(Ports ports) {
    return Boolean.parseBoolean(ports.environment().get("WEBHOOK_LOOPBACK"));
  }

  Answered post(WebhookEndpoint endpoint, FeedEvent event, String body, Instant now) {
    List<String> signing = secrets.signing(endpoint.id(), now);
    try {
      URI url = URI.create(EndpointUrl.parse(endpoint.url(), loopback));
      InetAddress to = address(url.getHost(), left(now));
      if (!EndpointUrl.isAllowed(to, loopback)) {
        return failed(endpoint, event, "the host's address is not on the public Internet", now);
      }
      var headers = StandardWebhook.headers(event.id().value(), now, body, signing);
      Outbound.Reply reply = outbound.post(new Outbound.Post(url, to, headers, body),
          left(now));
      var answered = new Answered(reply.status(), reply.retryAfter(), reply.body(), null, millis(now));
      if (answered.isSuccess()) {
        LOG.info("Event delivered", "about", event.subject(), "event", event.id(), "endpoint", endpoint.id(), "status",
            reply.status());
      } else {
        LOG.warn("Event not delivered", "about", event.subject(), "event", event.id(), "endpoint", endpoint.id(),
            "status", reply.status());
      }
      return answered;
    } catch (IOException e) {
      // Its text may quote what the receiver sent.
      return failed(endpoint, event, e.getClass().getSimpleName(), now);
    }
  }

  /** All of a name's addresses must be allowed: a name with two is the simplest way to be let in by one and go to the other. */
  private InetAddress address(String host, Duration timeout) throws IOException {
    List<InetAddress> all = outbound.resolve(host, timeout);
    return all.stream().filter(it -> !EndpointUrl.isAllowed(it, loopback)).findFirst().orElse(all.getFirst());
  }

  /** What is left for the rest of a delivery that was begun then. */
  private Duration left(Instant begun) throws SocketTimeoutException {
    Duration left = Outbound.TIMEOUT.minusMillis(millis(begun));
    if (left.toMillis() < 1) {
      throw new SocketTimeoutException("no answer in time");
    }
    return Deadline.atMost(left);
  }

  private Answered failed(WebhookEndpoint endpoint, FeedEvent event, String problem, Instant begun) {
    LOG.warn("Event not delivered", "about", event.subject(), "event", event.id(), "endpoint", endpoint.id(), "reason",
        problem);
    return Answered.failed(problem, millis(begun));
  }

  private int millis(Instant begun) {
    return (int) Duration.between(begun, clock.instant()).toMillis();
  }

  void gaveUp(EndpointId endpoint, FeedEvent event) {
    LOG.report("DeliveriesGivenUp", "Event given up after its last try", "endpoint", endpoint, "about", event.subject(),
        "event", event.id());
  }

  void switchedOff(EndpointId endpoint, WebhookEndpoint.Reason reason) {
    LOG.report("EndpointsSwitchedOff", "Endpoint switched off", "endpoint", endpoint, "reason", reason);
  }
}
