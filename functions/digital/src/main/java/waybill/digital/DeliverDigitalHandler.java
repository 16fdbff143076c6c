package waybill.digital;

import module java.base;
import waybill.catalog.Catalog;
import waybill.catalog.Digital;
import waybill.catalog.Product;
import waybill.messages.Choreography.DeliverDigital;
import waybill.messages.DigitalMessages.GrantsDue;
import waybill.messages.OrderId;
import waybill.messages.Sku;
import waybill.orders.Orders;
import waybill.orders.Orders.Granted;
import waybill.orders.Orders.Standing;
import waybill.platform.*;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Gives a customer the links and keys that their order entitles them to, and revokes those that it does not. The message only says that
 * somebody should look: what is given follows from what the order says now.
 */
public record DeliverDigitalHandler(DynamoDbClient dynamo, Table<Delivery> deliveries, Giving giving, KeyPool pool,
    Orders orders, Catalog catalog, Sender<DeliverDigital.Output> sender, InstantSource clock)
    implements QueueFunction<GrantsDue> {
  private static final Log LOG = Log.of(DeliverDigitalHandler.class);

  public DeliverDigitalHandler() { this(Ports.ofProcess()); }

  public DeliverDigitalHandler(Ports ports) {
    this(ports.dynamo(), DigitalTable.deliveries(ports), new Giving(ports), new KeyPool(ports), new Orders(ports),
        new Catalog(ports), new Sender<>(ports), ports.clock());
  }

  @Override
  public void work(GrantsDue due) {
    Optional<Stored<Delivery>> delivered = deliver(due.order());
    if (delivered.isEmpty()) {
      return;
    }
    Delivery delivery = delivered.get().value();
    var news = new ArrayList<DeliverDigital.Output>(List.of(delivery.reported()));
    if (delivery.isAnythingGiven()) {
      // Also if it was given before: whoever gave it may have died before sending this.
      news.add(delivery.news());
    }
    sender.send(news);
  }

  /** @return what the customer has now; empty if the order says nothing about it yet */
  private Optional<Stored<Delivery>> deliver(OrderId id) {
    var backoff = new Backoff();
    boolean first = true;
    while (true) {
      // The delivery before the order: if it still stands when it is written, nobody has seen a newer order since.
      Optional<Stored<Delivery>> found = deliveries.find(DigitalTable.key(id));
      Granted order = orders.granted(id).orElseThrow(() -> new IllegalStateException("there is no order " + id));
      if (order.lines().isEmpty() || found.isEmpty() && order.standing() == Standing.OPEN) {
        return Optional.empty();
      }
      Delivery before = found.map(Stored::value).orElseGet(() -> Delivery.begun(order, clock.instant()));
      Map<Sku, Digital> digital = digital(before);
      Giving.Step step = giving.step(before.decided(order), digital, clock.instant());
      Delivery next = (step.gives() && first ? step.delivery().round() : step.delivery()).after(before,
          found.map(Stored::revision).orElse(0) + 1, clock.instant());
      if (found.isPresent() && next.equals(before)) {
        return found;
      }
      if (write(found, next, step.writes())) {
        log(before, next, digital);
        first &= !step.gives();
        if (!step.more()) {
          return deliveries.find(DigitalTable.key(id));
        }
      } else if (!backoff.again()) {
        throw new Table.Contended("delivery");
      }
    }
  }

  private Map<Sku, Digital> digital(Delivery delivery) {
    return catalog.products(delivery.lines().stream().map(LineGrant::sku).toList()).values().stream()
        .filter(it -> it.digital() != null).collect(Collectors.toMap(Product::sku, Product::digital));
  }

  private boolean write(Optional<Stored<Delivery>> found, Delivery next, List<TransactWriteItem> writes) {
    TransactWriteItem delivery = found.map(it -> deliveries.replacement(it, next))
        .orElseGet(() -> deliveries.insertion(next));
    return Table.writeAll(dynamo, Stream.concat(Stream.of(delivery), writes.stream()).toList());
  }

  private void log(Delivery before, Delivery next, Map<Sku, Digital> digital) {
    for (int i = 0; i < next.lines().size(); i++) {
      LineGrant was = before.lines().get(i);
      LineGrant is = next.lines().get(i);
      if (is.delivered() > was.delivered()) {
        LOG.info("Digital line delivered", "order", next.order(), "line", is.line(), "units", is.delivered());
      }
      if (is.active().count() < was.active().count()) {
        LOG.info("Digital line revoked", "order", next.order(), "line", is.line());
      }
      Digital how = digital.get(is.sku());
      if (how != null && !how.isLink() && !is.equals(was)) {
        reportLow(is.sku(), how.lowAt());
      }
      if (is.missing() > was.missing()) {
        LOG.warn("Digital line waits", "order", next.order(), "line", is.line(), "sku", is.sku(), "missing",
            is.missing());
      }
    }
  }

  private void reportLow(Sku sku, int lowAt) {
    int left = pool.left(sku, lowAt + 1);
    if (left <= lowAt) {
      LOG.report("LicenceKeysLow", "Few licence keys are left", "sku", sku, "left", left);
    }
  }
}
