package waybill.orders;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.messages.DigitalMessages.GrantsMoved;
import waybill.messages.OrderId;
import waybill.messages.StockMessages.StockBackordered;
import waybill.platform.Backoff;
import waybill.platform.Ports;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.platform.Table.Key;

/**
 * What is reported of orders' digital lines, and of units that are not there yet, an item each. A report is written together with the state
 * of its order, which it may hold or release: of two reports that are joined at once, one is joined again.
 */
final class OrderReports {
  private static final String GRANTS = "grants";
  private static final String PROMISES = "promises";

  private final DynamoDbClient dynamo;
  private final Table<OrderGrants> grants;
  private final Table<OrderPromises> promises;
  private final Table<OrderState> states;

  OrderReports(Ports ports, Table<OrderState> states) {
    this.dynamo = ports.dynamo();
    this.grants = new Table<>(ports, Orders.TABLE, OrderGrants.class, it -> key(it.order()));
    this.promises = new Table<>(ports, Orders.TABLE, OrderPromises.class, it -> promised(it.order()));
    this.states = states;
  }

  private static Key key(OrderId order) {
    return new Key(order.value(), GRANTS);
  }

  private static Key promised(OrderId order) {
    return new Key(order.value(), PROMISES);
  }

  /** What is reported of units that are not there yet; read consistently, as far as there is a report. */
  List<Stored<OrderPromises>> findPromises(Collection<OrderId> orders) {
    return orders.isEmpty() ? List.of() : promises.findAll(orders.stream().map(OrderReports::promised).toList());
  }

  /** Those that there are, read consistently. */
  List<Stored<OrderGrants>> find(Collection<OrderId> orders) {
    return orders.isEmpty() ? List.of() : grants.findAll(orders.stream().map(OrderReports::key).toList());
  }

  /** @throws IllegalStateException if there is no such order */
  Stored<OrderState> join(GrantsMoved news, BiFunction<OrderState, OrderGrants, OrderState> order) {
    return join(grants, key(news.order()), news.order(),
        known -> known.orElse(OrderGrants.none(news.order())).join(news),
        order);
  }

  /** @throws IllegalStateException if there is no such order */
  Stored<OrderState> join(StockBackordered news, BiFunction<OrderState, OrderPromises, OrderState> order) {
    return join(promises, promised(news.order()), news.order(),
        known -> known.orElse(OrderPromises.none(news.order())).join(news), order);
  }

  private <R extends Record> Stored<OrderState> join(Table<R> reports, Key key, OrderId id,
      Function<Optional<R>, R> report, BiFunction<OrderState, R, OrderState> order) {
    var backoff = new Backoff();
    do {
      Stored<OrderState> state = states.find(Orders.stateKey(id))
          .orElseThrow(() -> new IllegalStateException("there is no order " + id));
      Optional<Stored<R>> before = reports.find(key);
      R joined = report.apply(before.map(Stored::value));
      OrderState next = order.apply(state.value(), joined);
      if (before.isPresent() && joined.equals(before.get().value()) && next.equals(state.value())) {
        return state;
      }
      TransactWriteItem written = before.isEmpty()
          ? reports.insertion(joined)
          : reports.replacement(before.get(), joined);
      if (Table.writeAll(dynamo, List.of(written, states.replacement(state, next)))) {
        return new Stored<>(next, state.revision() + 1, state.createdAt(), state.updatedAt());
      }
    } while (backoff.again());
    throw new Table.Contended(id.toString());
  }
}
