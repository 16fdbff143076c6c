package waybill.orders;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.messages.FulfillmentId;
import waybill.messages.OrderId;
import waybill.orders.Orders.Together;
import waybill.platform.Ports;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.platform.Table.Found;
import waybill.platform.Table.Key;

/** Which orders leave in one parcel: an item under the id of each of the two, written in one transaction with the states of both. */
final class Mergers {
  private static final String MERGER = "merger";

  private final Table<Merger> mergers;
  private final Table<OrderState> states;
  private final Table<OrderContent> contents;
  private final OrderParcels parcels;

  Mergers(Ports ports, Table<OrderState> states, Table<OrderContent> contents, OrderParcels parcels) {
    this.mergers = new Table<>(ports, Orders.TABLE, Merger.class, it -> key(it.order()));
    this.states = states;
    this.contents = contents;
    this.parcels = parcels;
  }

  private static Key key(OrderId order) {
    return new Key(order.value(), MERGER);
  }

  /** Read consistently, as far as there are some. */
  private List<Stored<Merger>> find(Collection<OrderId> orders) {
    return orders.isEmpty() ? List.of() : mergers.findAll(orders.stream().map(Mergers::key).toList());
  }

  /** What is written for two orders that are merged: also that each of them is not to leave with a third order any more. */
  List<TransactWriteItem> writes(List<Merger> agreed, Instant now) {
    List<Stored<Merger>> before = find(agreed.stream().map(Merger::order).toList());
    List<Stored<Merger>> thirds = find(before.stream().map(it -> it.value().with()).distinct().toList()).stream()
        .filter(third -> before.stream().anyMatch(it -> it.value().order().equals(third.value().with())))
        .filter(third -> agreed.stream().noneMatch(it -> it.order().equals(third.value().order()))).toList();
    var writes = new ArrayList<TransactWriteItem>();
    agreed.forEach(it -> writes.add(before.stream().filter(old -> old.value().order().equals(it.order())).findFirst()
        .map(old -> mergers.replacement(old, it)).orElseGet(() -> mergers.insertion(it))));
    thirds.stream().filter(it -> it.value().endedAt() == null)
        .forEach(it -> writes.add(mergers.replacement(it, it.value().ended(now))));
    return writes;
  }

  /** Nothing is read of orders that no location packs yet: they were never merged. */
  private static boolean mayBeMerged(OrderState state) {
    return !state.packing().fulfillments().isEmpty();
  }

  /** The order that each of these leaves with, as far as it was merged with one. */
  Map<OrderId, MergedOrder> of(Collection<OrderState> orders) {
    List<OrderState> possible = orders.stream().filter(Mergers::mayBeMerged).toList();
    List<Merger> found = find(possible.stream().map(OrderState::id).toList()).stream().map(Stored::value).toList();
    if (found.isEmpty()) {
      return Map.of();
    }
    Found items = states.findTogether(found.stream().flatMap(it -> Stream.of(Orders.contentKey(it.order()),
        Orders.contentKey(it.with()), Orders.stateKey(it.with()))).distinct().toList());
    Map<OrderId, OrderState> read = possible.stream().collect(Collectors.toMap(OrderState::id, Function.identity()));
    return found.stream().flatMap(it -> of(it, read.get(it.order()), items).stream())
        .collect(Collectors.toMap(it -> it.merger().order(), Function.identity()));
  }

  /** What each of these is packed together with: what the other order has at the same location. */
  Map<FulfillmentId, Together> together(Collection<FulfillmentId> fulfillments) {
    List<OrderId> merged = find(fulfillments.stream().map(FulfillmentId::order).distinct().toList()).stream()
        .map(it -> it.value().order()).toList();
    if (merged.isEmpty()) {
      return Map.of();
    }
    List<OrderState> read = states.findAll(merged.stream().map(Orders::stateKey).toList()).stream().map(Stored::value)
        .toList();
    Map<OrderId, MergedOrder> others = of(read);
    var together = new LinkedHashMap<FulfillmentId, Together>();
    for (FulfillmentId it : fulfillments) {
      read.stream().filter(state -> state.id().equals(it.order())).flatMap(state -> state.packing().find(it).stream())
          .findFirst().filter(own -> own.locationId() != null)
          .flatMap(own -> others.get(it.order()).together(own)).ifPresent(found -> together.put(it, found));
    }
    return together;
  }

  private Optional<MergedOrder> of(Merger it, OrderState state, Found items) {
    Optional<OrderContent> own = contents.in(items, Orders.contentKey(it.order())).map(Stored::value);
    Optional<OrderContent> other = contents.in(items, Orders.contentKey(it.with())).map(Stored::value);
    Optional<OrderState> otherState = states.in(items, Orders.stateKey(it.with())).map(Stored::value);
    return own.flatMap(content -> other.flatMap(another -> otherState.map(there -> MergedOrder.of(it, content, state,
        another, there, parcels.find(there.packing().parcelIds()).stream().map(Stored::value)
            .toList()))));
  }
}
