package waybill.events;

import module java.base;
import waybill.messages.Choreography.RecordEvents;
import waybill.messages.EventMessages.*;
import waybill.messages.OrderId;
import waybill.orders.Orders;
import waybill.platform.*;
import waybill.platform.Batch.Entry;

/** Appends what has happened to orders to the feed, a batch at a time, each event once. */
public record RecordEventsHandler(Feed feed, Endpoints endpoints, Orders orders, Sender<RecordEvents.Output> sender,
    InstantSource clock) implements BatchFunction<OrderChanged> {
  private static final Log LOG = Log.of(RecordEventsHandler.class);

  public RecordEventsHandler() { this(Ports.ofProcess()); }

  public RecordEventsHandler(Ports ports) {
    this(new Feed(ports), new Endpoints(ports), new Orders(ports), new Sender<>(ports), ports.clock());
  }

  @Override
  public void work(Batch<OrderChanged> batch) {
    List<Entry<OrderChanged>> entries = batch.entries();
    try {
      Map<OrderId, Integer> revisions = orders
          .revisions(entries.stream().map(it -> it.message().order()).distinct().toList());
      var events = new LinkedHashMap<EventId, OrderEvent>();
      for (Entry<OrderChanged> entry : entries) {
        OrderChanged news = entry.message();
        if (revisions.containsKey(news.order())) {
          events.putIfAbsent(EventId.of(news), OrderEvent.of(news, revisions.get(news.order()), clock.instant()));
        } else {
          batch.fail(entry.id(), new IllegalStateException("there is no order " + news.order()));
        }
      }
      // A batch has no order; within it an order is placed before it is delivered.
      append(events.values().stream().sorted(Comparator.comparing(OrderEvent::type)).toList());
    } catch (RuntimeException e) {
      entries.forEach(it -> batch.fail(it.id(), e));
    }
  }

  private void append(List<OrderEvent> events) {
    feed.append(events).ifPresent(page -> page.events().forEach(it -> LOG.info("Event recorded", "order", it.order(),
        "event", it.id(), "type", it.type().text(), "revision", it.revision())));
    // Also of what was there already: whoever put it there may have died before sending this.
    sender.send(endpoints.all().stream().filter(WebhookEndpoint::active).map(it -> new DeliveryDue(it.id())).toList());
  }
}
