package waybill.events;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.messages.EndpointId;
import waybill.platform.Backoff;
import waybill.platform.Outcome;
import waybill.platform.Page;
import waybill.platform.Ports;
import waybill.platform.Refused;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.platform.Table.Key;
import waybill.platform.TimeKey;

/** The webhook endpoints, and what each has been sent and is still to be sent. Secrets are not here: see {@link EndpointSecrets}. */
final class Endpoints {
  /** Each may keep one instance of {@code DeliverEvents} busy, of which the template allows more than these. */
  static final int MOST = 16;
  static final Refused GONE = Refused.absent("webhook endpoint");
  private static final String PK = "endpoints";
  private static final String RETRY = "retry#";
  private static final String DELIVERY = "delivery#";
  private static final String REDELIVERY = "redelivery#";
  /** Sorts behind every time. */
  private static final String LAST = "~";

  private final DynamoDbClient dynamo;
  private final Table<WebhookEndpoint> endpoints;
  private final Table<Progress> progress;
  private final Table<Retry> retries;
  private final Table<Delivery> deliveries;
  private final Table<Redelivery> redeliveries;

  Endpoints(Ports ports) {
    this.dynamo = ports.dynamo();
    this.endpoints = new Table<>(ports, Feed.TABLE, WebhookEndpoint.class, it -> key(it.id()));
    this.progress = new Table<>(ports, Feed.TABLE, Progress.class, it -> progressKey(it.life()));
    this.retries = new Table<>(ports, Feed.TABLE, Retry.class, Endpoints::key);
    this.deliveries = new Table<>(ports, Feed.TABLE, Delivery.class,
        it -> new Key(pk(it.endpoint()), DELIVERY + TimeKey.of(it.at()) + "-" + it.event().id() + "-" + it.attempt()));
    this.redeliveries = new Table<>(ports, Feed.TABLE, Redelivery.class,
        it -> new Key(pk(it.life()), REDELIVERY + it.key()));
  }

  private static Key key(EndpointId id) {
    return new Key(PK, id.value());
  }

  private static Key key(Retry retry) {
    return new Key(pk(retry.life()), RETRY + TimeKey.of(retry.dueAt()) + "#" + retry.event().id());
  }

  /** Of the log, which an endpoint of the same id goes on with. */
  private static String pk(EndpointId id) {
    return "endpoint#" + id;
  }

  private static String pk(Generation life) {
    return "endpoint#" + life;
  }

  private static Key progressKey(Generation life) {
    return new Key(pk(life), "progress");
  }

  List<WebhookEndpoint> all() {
    return endpoints.findAll(PK, "").stream().map(Stored::value).toList();
  }

  Optional<Stored<WebhookEndpoint>> find(EndpointId id) {
    return endpoints.find(key(id));
  }

  /** Replaces an endpoint. @return refused with {@link #GONE} if it is not there any more */
  Outcome<Stored<WebhookEndpoint>> put(WebhookEndpoint endpoint, OptionalInt ifMatch) {
    return endpoints.decide(key(endpoint.id()), ifMatch,
        it -> it.map(before -> Outcome.of(endpoint.replacing(before))).orElseGet(GONE::outcome));
  }

  /**
   * Makes an endpoint, its place in the feed and its secret, all of them or none: without one of them nothing could be delivered.
   *
   * @param before one without a place in the feed, as an older version may have left behind
   * @return empty if somebody else was faster
   */
  Optional<Stored<WebhookEndpoint>> make(WebhookEndpoint endpoint, Optional<Stored<WebhookEndpoint>> before,
      FeedCursor cursor, TransactWriteItem secret) {
    TransactWriteItem made = before.map(it -> endpoints.replacement(it, endpoint))
        .orElseGet(() -> endpoints.insertion(endpoint));
    boolean written = Table.writeAll(dynamo,
        List.of(made, progress.insertion(Progress.from(endpoint.life(), cursor)), secret));
    return written ? find(endpoint.id()) : Optional.empty();
  }

  /** Switches it off, as Waybill itself decides, unless it has got another address meanwhile. */
  void off(WebhookEndpoint tried, WebhookEndpoint.Reason reason) {
    find(tried.id()).ifPresent(_ -> endpoints.change(key(tried.id()),
        it -> isSame(it.get(), tried) ? it.get().off(reason) : it.get()));
  }

  /** Whether an endpoint is still what was tried. */
  static boolean isSame(WebhookEndpoint now, WebhookEndpoint tried) {
    return now.url().equals(tried.url()) && now.life().equals(tried.life());
  }

  /**
   * Removes an endpoint with its place in the feed and its secret, all of them or none. Its log stays.
   *
   * @param secret the removal of its secret; empty if it has none
   * @return false if it was changed meanwhile, so that it must be removed again
   */
  boolean remove(Stored<WebhookEndpoint> endpoint, Optional<TransactWriteItem> secret) {
    Generation life = endpoint.value().life();
    var writes = new ArrayList<>(List.of(endpoints.removal(endpoint)));
    progress.find(progressKey(life)).map(progress::removal).ifPresent(writes::add);
    secret.ifPresent(writes::add);
    if (!Table.writeAll(dynamo, writes)) {
      return false;
    }
    forget(life);
    return true;
  }

  /** Removes what was still to be sent to an endpoint that is gone. */
  void forget(Generation life) {
    retries.findAll(pk(life), RETRY).forEach(retries::remove);
    redeliveries.findAll(pk(life), REDELIVERY).forEach(redeliveries::remove);
  }

  Optional<Progress> progress(Generation life) {
    return progress.find(progressKey(life)).map(Stored::value);
  }

  /** @return empty if the endpoint is gone */
  Optional<Progress> change(Generation life, UnaryOperator<Progress> rule) {
    return progress.decide(progressKey(life), OptionalInt.empty(),
        it -> it.map(before -> Outcome.of(rule.apply(before)))
            .orElseGet(GONE::outcome)) instanceof Outcome.Accepted<Stored<Progress>>(Stored<Progress> changed)
                ? Optional.of(changed.value())
                : Optional.empty();
  }

  /** Those that are due, the longest due first. */
  List<Stored<Retry>> due(Generation life, Instant now, int most) {
    return retries.between(pk(life), RETRY, RETRY + TimeKey.of(now) + LAST, true, most);
  }

  void add(Retry retry) {
    retries.insert(retry);
  }

  /** @return false if another has been at it */
  boolean replace(Stored<Retry> retry, Optional<Retry> next) {
    return next.map(it -> move(retry, it)).orElseGet(() -> retries.remove(retry));
  }

  /** @throws Table.Contended if transactions were in the way, again and again */
  private boolean move(Stored<Retry> retry, Retry next) {
    var backoff = new Backoff();
    do {
      if (Table.writeAll(dynamo, List.of(retries.removal(retry), retries.insertion(next)))) {
        return true;
      }
      if (!retries.find(key(retry.value())).equals(Optional.of(retry))) {
        return false;
      }
    } while (backoff.again());
    throw new Table.Contended("retry");
  }

  void log(Delivery delivery) {
    deliveries.insert(delivery);
  }

  /** The log, the newest first. */
  Outcome<Page<Delivery>> log(EndpointId id, int limit, String cursor) {
    if (cursor != null && !cursor.matches("[0-9]{15}-evt_[0-9a-z]{26}-[0-9]{1,2}")) {
      return Refused.invalid("cursor", "invalid", "is the next_cursor of a page of this very list").outcome();
    }
    // One more than is shown says whether there is more; what is at the cursor was shown.
    String to = DELIVERY + (cursor == null ? LAST : cursor);
    List<Stored<Delivery>> found = deliveries.between(pk(id), DELIVERY, to, false, limit + 2).stream()
        .filter(it -> !place(it.value()).equals(cursor)).toList();
    List<Delivery> shown = found.stream().limit(limit).map(Stored::value).toList();
    return Outcome.of(new Page<>(shown, found.size() > limit ? place(shown.getLast()) : null));
  }

  private static String place(Delivery it) {
    return TimeKey.of(it.at()) + "-" + it.event().id() + "-" + it.attempt();
  }

  /** Asks for a range once; refused if the key has asked for another. */
  Outcome<Stored<Redelivery>> redeliver(Redelivery asked) {
    return redeliveries.decide(new Key(pk(asked.life()), REDELIVERY + asked.key()), OptionalInt.empty(),
        before -> before.isPresent()
            && !(before.get().from().equals(asked.from()) && before.get().to().equals(asked.to()))
                ? Refused
                    .of(Refused.Kind.INVALID, "idempotency_key_reused", "this Idempotency-Key asked for another range")
                    .outcome()
                : Outcome.of(before.orElse(asked)));
  }

  /** A range that is not sent to its end. */
  Optional<Stored<Redelivery>> unfinished(Generation life) {
    return redeliveries.findAll(pk(life), REDELIVERY).stream().filter(it -> !it.value().done()).findFirst();
  }

  void move(Stored<Redelivery> redelivery, FeedCursor next, boolean done) {
    redeliveries.replace(redelivery, redelivery.value().at(next, done));
  }
}
