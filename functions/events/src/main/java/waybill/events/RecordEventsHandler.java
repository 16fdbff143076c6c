package waybill.events;

import module java.base;
import waybill.messages.Choreography.RecordEvents;
import waybill.messages.EventMessages.*;
import waybill.messages.OrderId;
import waybill.orders.Orders;
import waybill.platform.*;
import waybill.platform.Batch.Entry;

/** Appends what has happened to orders and stock to the feed, a batch at a time, each event once. */
public record RecordEventsHandler(Feed feed, Endpoints endpoints, Orders orders, Sender<RecordEvents.Output> sender,
    InstantSource clock) implements BatchFunction<RecordEvents.Input> {
  private static final Log LOG = Log.of(RecordEventsHandler.class);

  public RecordEventsHandler() { this(Ports.ofProcess()); }

  public RecordEventsHandler(Ports ports) {
    this(new Feed(ports), new Endpoints(ports), new Orders(ports), new Sender<>(ports), ports.clock());
  }

  @Override
  public void work(Batch<RecordEvents.Input> batch) {
    List<Entry<RecordEvents.Input>> entries = batch.entries();
    try {
      Map<OrderId, Integer> revisions = revisions(entries);
      var events = new LinkedHashMap<EventId, FeedEvent>();
      for (Entry<RecordEvents.Input> entry : entries) {
        event(entry.message(), revisions).ifPresentOrElse(it -> events.putIfAbsent(it.id(), it),
            () -> batch.fail(entry.id(), new IllegalStateException("there is no such order: " + entry.message())));
      }
      // A batch has no order; within it an order is placed before it is delivered.
      append(events.values().stream().sorted(Comparator.comparing(FeedEvent::type)).toList());
    } catch (RuntimeException e) {
      entries.forEach(it -> batch.fail(it.id(), e));
    }
  }

  private Map<OrderId, Integer> revisions(List<Entry<RecordEvents.Input>> entries) {
    List<OrderId> changed = entries.stream().map(Entry::message)
        .flatMap(it -> it instanceof OrderChanged news ? Stream.of(news.order()) : Stream.empty()).distinct().toList();
    return changed.isEmpty() ? Map.of() : orders.revisions(changed);
  }

  /** Empty if there is no such order. */
  private Optional<FeedEvent> event(RecordEvents.Input message, Map<OrderId, Integer> revisions) {
    return switch (message) {
      case OrderChanged news -> Optional.ofNullable(revisions.get(news.order()))
          .map(it -> FeedEvent.of(news, it, clock.instant()));
      case StockMoved news -> Optional.of(FeedEvent.of(news, clock.instant()));
    };
  }

  private void append(List<FeedEvent> events) {
    feed.append(events).ifPresent(page -> page.events().forEach(it -> LOG.info("Event recorded",
        it.order() == null ? "sku" : "order", it.order() == null ? it.sku() : it.order(),
        "event", it.id(), "type", it.type().text(), "revision", it.revision())));
    // Also of what was there already: whoever put it there may have died before sending this.
    sender.send(endpoints.all().stream().filter(WebhookEndpoint::active).map(it -> new DeliveryDue(it.id())).toList());
  }
}
