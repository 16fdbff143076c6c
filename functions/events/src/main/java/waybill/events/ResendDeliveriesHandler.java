package waybill.events;

import module java.base;
import waybill.messages.Choreography.ResendDeliveries;
import waybill.messages.EventMessages.DeliveryDue;
import waybill.platform.*;

/** Finds endpoints that something waits for: a delivery to be tried again, or news that whoever recorded it could not report. */
public record ResendDeliveriesHandler(Feed feed, Endpoints endpoints, Sender<ResendDeliveries.Output> sender,
    InstantSource clock) implements ScheduledFunction {
  private static final Log LOG = Log.of(ResendDeliveriesHandler.class);

  public ResendDeliveriesHandler() { this(Ports.ofProcess()); }

  public ResendDeliveriesHandler(Ports ports) {
    this(new Feed(ports), new Endpoints(ports), new Sender<>(ports), ports.clock());
  }

  @Override
  public void run() {
    FeedCursor end = feed.end();
    sender.send(endpoints.all().stream().filter(WebhookEndpoint::active).filter(it -> waits(it, end))
        .map(it -> new DeliveryDue(it.id())).toList());
  }

  private boolean waits(WebhookEndpoint endpoint, FeedCursor end) {
    Instant now = clock.instant();
    Optional<Progress> found = endpoints.progress(endpoint.life());
    if (found.isEmpty()) {
      // Deleted since the list was read, or left behind by an older version. The others must be delivered to nevertheless.
      LOG.warn("Webhook endpoint has no place in the feed: if it is still there, put it again", "endpoint",
          endpoint.id());
      return false;
    }
    Progress progress = found.get();
    return !progress.isPaused(now) && (!progress.cursor().equals(end)
        || !endpoints.due(endpoint.life(), now, 1).isEmpty() || endpoints.unfinished(endpoint.life()).isPresent());
  }
}
