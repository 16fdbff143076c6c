package waybill.orders;

import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.messages.DigitalMessages.GrantsMoved;
import waybill.messages.OrderId;
import waybill.platform.Backoff;
import waybill.platform.Ports;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.platform.Table.Key;

/**
 * What is reported of orders' digital lines, an item each. A report is written together with the state of its order, which is held while
 * something is missing: of two reports that are joined at once, one is joined again.
 */
final class OrderReports {
  private static final String GRANTS = "grants";

  private final DynamoDbClient dynamo;
  private final Table<OrderGrants> grants;
  private final Table<OrderState> states;

  OrderReports(Ports ports, Table<OrderState> states) {
    this.dynamo = ports.dynamo();
    this.grants = new Table<>(ports, Orders.TABLE, OrderGrants.class, it -> key(it.order()));
    this.states = states;
  }

  private static Key key(OrderId order) {
    return new Key(order.value(), GRANTS);
  }

  /** Those that there are, read consistently. */
  List<Stored<OrderGrants>> find(Collection<OrderId> orders) {
    return orders.isEmpty() ? List.of() : grants.findAll(orders.stream().map(OrderReports::key).toList());
  }

  /** @throws IllegalStateException if there is no such order */
  Stored<OrderState> join(GrantsMoved news, BiFunction<OrderState, OrderGrants, OrderState> order) {
    var backoff = new Backoff();
    do {
      Stored<OrderState> state = states.find(Orders.stateKey(news.order()))
          .orElseThrow(() -> new IllegalStateException("there is no order " + news.order()));
      List<Stored<OrderGrants>> before = find(List.of(news.order()));
      OrderGrants known = before.isEmpty() ? OrderGrants.none(news.order()) : before.getFirst().value();
      OrderGrants joined = known.join(news);
      OrderState next = order.apply(state.value(), joined);
      if (joined.equals(known) && next.equals(state.value())) {
        return state;
      }
      TransactWriteItem report = before.isEmpty()
          ? grants.insertion(joined)
          : grants.replacement(before.getFirst(), joined);
      if (Table.writeAll(dynamo, List.of(report, states.replacement(state, next)))) {
        return new Stored<>(next, state.revision() + 1, state.createdAt(), state.updatedAt());
      }
    } while (backoff.again());
    throw new Table.Contended(news.order().toString());
  }
}
