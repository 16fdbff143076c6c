package waybill.events;

import module java.base;
import waybill.messages.Choreography.DeliverEvents;
import waybill.messages.EndpointId;
import waybill.messages.EventMessages.DeliveryDue;
import waybill.platform.*;

/**
 * Delivers events to one endpoint: what is to be tried again first, then what is new in the feed, then what somebody asked to be
 * sent again. One worker at a time is at an endpoint. A message that finds another at work is done: that one looks at the feed once
 * more after it has stopped.
 */
public record DeliverEventsHandler(Feed feed, Endpoints endpoints, Courier courier, Sender<DeliverEvents.Output> sender,
    InstantSource clock) implements QueueFunction<DeliveryDue> {
  private static final int AT_ONCE = 20;
  /** What is later is found by the schedule. */
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);
  /** The call, and what must be written after it. */
  private static final Duration NEEDED = Outbound.TIMEOUT.plusSeconds(5);
  private static final Log LOG = Log.of(DeliverEventsHandler.class);

  public DeliverEventsHandler() { this(Ports.ofProcess()); }

  public DeliverEventsHandler(Ports ports) {
    this(new Feed(ports), new Endpoints(ports), new Courier(ports), new Sender<>(ports), ports.clock());
  }

  @Override
  public void work(DeliveryDue due) {
    EndpointId id = due.endpoint();
    String attempt = Chance.here().newName();
    boolean again = true;
    while (again) {
      Optional<WebhookEndpoint> endpoint = active(id);
      Optional<Progress> claimed = endpoint
          .flatMap(it -> endpoints.change(it.life(), progress -> progress.claimed(attempt, clock.instant())));
      if (claimed.isEmpty() || !claimed.get().isHeldBy(attempt)) {
        return;
      }
      var run = new Run(endpoint.get(), attempt, claimed.get());
      run.deliver();
      run.release();
      if (run.outOfTime) {
        sender.send(List.of(due));
        return;
      }
      again = !run.stopped && !feed.after(run.progress.cursor(), 1).events().isEmpty();
    }
  }

  private Optional<WebhookEndpoint> active(EndpointId id) {
    return endpoints.find(id).map(Stored::value).filter(WebhookEndpoint::active);
  }

  /** What one worker does while it has the endpoint. */
  private final class Run {
    private final EndpointId id;
    private final Generation life;
    private final String attempt;
    /** As it was when the worker looked last. */
    private WebhookEndpoint endpoint;
    private Progress progress;
    /** The endpoint is switched off or asked for time. */
    private boolean stopped;
    private boolean outOfTime;

    Run(WebhookEndpoint endpoint, String attempt, Progress progress) {
      this.id = endpoint.id();
      this.life = endpoint.life();
      this.endpoint = endpoint;
      this.attempt = attempt;
      this.progress = progress;
    }

    void release() {
      if (endpoints.change(life, it -> it.isHeldBy(attempt) ? progress.released() : it).isEmpty()) {
        // Deleted meanwhile: what this worker has kept to be tried again came too late to be removed with it.
        endpoints.forget(life);
      }
    }

    void deliver() {
      boolean more = true;
      while (more && goesOn()) {
        // Somebody may have switched it off or changed its address since.
        Optional<WebhookEndpoint> now = active(id).filter(it -> it.life().equals(life));
        now.ifPresent(it -> endpoint = it);
        more = now.isPresent() && (retries() || fresh() || asked());
      }
    }

    private boolean goesOn() {
      outOfTime = outOfTime || !Deadline.allows(NEEDED);
      return !stopped && !outOfTime;
    }

    private boolean retries() {
      List<Stored<Retry>> due = endpoints.due(life, clock.instant(), AT_ONCE);
      for (Stored<Retry> retry : due) {
        if (!goesOn()) {
          return true;
        }
        Retry it = retry.value();
        Tried tried = post(it.event(), it.body(), it.tries() + 1, it.firstAt());
        if (!tried.answered.isGone()) {
          endpoints.replace(retry, tried.next);
        }
        finish(tried);
      }
      return !due.isEmpty();
    }

    private boolean fresh() {
      List<Feed.Placed> part = feed.placed(progress.cursor(), AT_ONCE);
      for (Feed.Placed it : part) {
        if (!goesOn()) {
          return true;
        }
        boolean settled = !endpoint.wants(it.event().type()) || first(it.event());
        if (settled) {
          progress = progress.at(it.behind());
        }
      }
      if (!part.isEmpty()) {
        // Whoever takes over after a crash delivers again what came since: the receiver knows it by its id.
        FeedCursor cursor = progress.cursor();
        endpoints.change(life, it -> it.isHeldBy(attempt) ? it.at(cursor) : it);
      }
      return !part.isEmpty();
    }

    private boolean asked() {
      Optional<Stored<Redelivery>> redelivery = endpoints.unfinished(life);
      if (redelivery.isEmpty()) {
        return false;
      }
      Redelivery range = redelivery.get().value();
      List<Feed.Placed> part = feed.placed(range.next(), AT_ONCE);
      FeedCursor next = range.next();
      for (Feed.Placed it : part) {
        if (!goesOn()) {
          break;
        }
        if (range.covers(it.event()) && endpoint.wants(it.event().type()) && !first(it.event())) {
          break;
        }
        next = it.behind();
      }
      boolean end = part.isEmpty()
          || part.stream().allMatch(it -> it.event().createdAt().isAfter(range.to().plus(Feed.SKEW)));
      endpoints.move(redelivery.get(), next, end);
      return true;
    }

    /** @return whether the event is delivered, or is kept to be tried again */
    private boolean first(FeedEvent event) {
      Tried tried = post(event, StandardWebhook.body(event), 1, clock.instant());
      tried.next.ifPresent(endpoints::add);
      finish(tried);
      return !tried.answered.isGone();
    }

    /** Posts an event, and draws from the answer what it means for the endpoint. The caller keeps what is to be tried again. */
    private Tried post(FeedEvent event, String body, int tries, Instant firstAt) {
      Answered answered = courier.post(endpoint, event, body, clock.instant());
      Instant now = clock.instant();
      boolean over = answered.isSuccess() || answered.isGone();
      Optional<Instant> next = over ? Optional.empty() : Attempts.next(tries, now, answered.retryAfter());
      if (answered.isSuccess()) {
        progress = progress.succeeded(now);
      } else if (answered.isGone()) {
        off(WebhookEndpoint.Reason.GONE);
      } else if (next.isEmpty()) {
        courier.gaveUp(id, event);
        if (progress.succeededAt() == null || progress.succeededAt().isBefore(firstAt)) {
          off(WebhookEndpoint.Reason.FAILING);
        }
      } else if (answered.retryAfter() != null) {
        // Only for the time that it asked for: the event's own next try may be a day away, and the others do not wait for that.
        stopped = true;
        progress = progress.paused(now.plus(Attempts.pause(answered.retryAfter())));
      }
      return new Tried(event, tries, now, answered,
          next.map(at -> new Retry(id, life.name(), event, body, tries, firstAt, at)));
    }

    /** What may be lost if the worker dies: a line of the log, and that somebody looks sooner than the schedule. */
    private void finish(Tried tried) {
      Instant next = tried.next.map(Retry::dueAt).orElse(null);
      endpoints.log(Delivery.of(id, tried.event, tried.tries, tried.at, tried.answered, next));
      Stream.of(next, progress.pausedUntil()).filter(Objects::nonNull).filter(tried.at::isBefore).distinct()
          .map(it -> Duration.between(tried.at, it)).filter(it -> it.compareTo(LONGEST_DELAY) <= 0)
          .forEach(this::wake);
    }

    private void wake(Duration delay) {
      try {
        sender.sendLater(new DeliveryDue(id), delay);
      } catch (Sender.NotSent e) {
        LOG.warn("Webhook endpoint is not looked at before the schedule finds it", "endpoint", id, "reason",
            e.getMessage());
      }
    }

    private void off(WebhookEndpoint.Reason reason) {
      stopped = true;
      if (endpoints.find(id).filter(it -> Endpoints.isSame(it.value(), endpoint)).isPresent()) {
        courier.switchedOff(id, reason);
        endpoints.off(endpoint, reason);
      }
    }
  }

  /** A try of an event. @param next when and what is tried again; empty if nothing is */
  private record Tried(FeedEvent event, int tries, Instant at, Answered answered, Optional<Retry> next) {}
}
