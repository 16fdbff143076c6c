package waybill.orders;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import waybill.messages.IdText;
import waybill.messages.OrderId;
import waybill.platform.Backoff;
import waybill.platform.Outcome;
import waybill.platform.Ports;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.platform.Table.Key;

/**
 * Notes and tags, beside the orders that they are about. Each note and each change of tags is an item; what tags an order has now is one more, for
 * those who look for orders by them.
 */
final class OrderRemarks {
  private static final String PREFIX = "remark#";

  private final DynamoDbClient dynamo;
  private final Table<Remark> remarks;
  private final Table<OrderTags> tags;
  private final InstantSource clock;

  /** The tags of an order to which operators gave some. */
  record OrderTags(OrderId id, List<String> tags) {}

  OrderRemarks(Ports ports) {
    this.dynamo = ports.dynamo();
    this.remarks = new Table<>(ports, Orders.TABLE, Remark.class, it -> new Key(it.order().value(), PREFIX + it.id()));
    this.tags = new Table<>(ports, Orders.TABLE, OrderTags.class, it -> tagsKey(it.id()));
    this.clock = ports.clock();
  }

  static Key tagsKey(OrderId order) {
    return new Key(order.value(), "tags");
  }

  Remarks find(OrderId order) {
    return Remarks.of(remarks.findAll(order.value(), PREFIX).stream().map(Stored::value));
  }

  /** The tags of those that operators have tagged; the others have those that they were placed with. */
  Map<OrderId, List<String>> tags(Collection<OrderId> orders) {
    return tags.findAll(orders.stream().map(OrderRemarks::tagsKey).toList()).stream().map(Stored::value)
        .collect(Collectors.toMap(OrderTags::id, OrderTags::tags));
  }

  /** The tags that operators have given an order; empty if none did. @param found with the order's {@link #tagsKey} */
  Optional<List<String>> tags(Table.Found found, OrderId order) {
    return tags.in(found, tagsKey(order)).map(it -> it.value().tags());
  }

  /** @param key the request's idempotency key */
  Outcome<Remarks> note(OrderId order, String key, String text, String by) {
    var note = new Remark(order, Remark.NOTE + IdText.digest(order.value(), key), text, List.of(), List.of(), by,
        clock.instant().truncatedTo(ChronoUnit.MILLIS));
    return add(order, it -> it.noted(note));
  }

  Outcome<Remarks> tag(OrderContent order, List<String> now, String by) {
    return add(order.id(), it -> it.tagged(order, now, by, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
  }

  /** Remembers who did something, once. If its writer dies before, the order stands as it is, and only that is not known. */
  void done(OrderId order, String what, String by) {
    remarks.insert(Remark.done(order, what, by, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
  }

  private Outcome<Remarks> add(OrderId order, Function<Remarks, Outcome<Optional<Remark>>> rule) {
    var backoff = new Backoff();
    do {
      Remarks before = find(order);
      Outcome<Optional<Remark>> decided = rule.apply(before);
      if (decided instanceof Outcome.Accepted<Optional<Remark>>(Optional<Remark> added)) {
        if (added.isEmpty() || write(added.get())) {
          return Outcome.of(Remarks.of(Stream.concat(before.all().stream(), added.stream())));
        }
      } else {
        return decided.map(_ -> before);
      }
    } while (backoff.again());
    throw new Table.Contended(order.value());
  }

  /** @return false if somebody else has written it meanwhile, or another change of the tags */
  private boolean write(Remark remark) {
    if (!remark.isOfTags()) {
      return remarks.insert(remark);
    }
    var current = new OrderTags(remark.order(), remark.tags());
    return Table.writeAll(dynamo, List.of(remarks.insertion(remark), tags.find(tagsKey(remark.order()))
        .map(it -> tags.replacement(it, current)).orElseGet(() -> tags.insertion(current))));
  }
}
