package waybill.orders;

import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import waybill.messages.Parcel;
import waybill.messages.ParcelId;
import waybill.platform.Backoff;
import waybill.platform.Ports;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.platform.Table.Key;

/**
 * The parcels of orders, an item each. What of a parcel its order's state must know is whether it is held: news that changes that
 * is written to both in one transaction, on the revisions of both, so the two always agree. All other news writes the parcel alone.
 */
final class OrderParcels {
  private final DynamoDbClient dynamo;
  private final Table<OrderParcel> parcels;
  private final Table<OrderState> states;

  /**
   * An order after news.
   *
   * @param parcel the parcel that the news is about; null if it is about none
   */
  record Moved(Stored<OrderState> order, OrderParcel parcel) {}

  OrderParcels(Ports ports, Table<OrderState> states) {
    this.dynamo = ports.dynamo();
    this.parcels = new Table<>(ports, Orders.TABLE, OrderParcel.class, it -> key(it.parcel().id()));
    this.states = states;
  }

  private static Key key(ParcelId id) {
    return new Key(id.order().value(), id.value());
  }

  /** Those that are packed, read consistently. */
  List<Stored<OrderParcel>> find(Collection<ParcelId> ids) {
    return ids.isEmpty() ? List.of() : parcels.findAll(ids.stream().map(OrderParcels::key).toList());
  }

  /**
   * Writes the parcels of what was packed; those that are there, from an earlier attempt, stay as they are, unless they were packed
   * before lines were changed, and have not left: units that are added later let what is packed leave as it is.
   */
  void pack(List<Parcel> packed, int change) {
    packed.stream().map(it -> OrderParcel.packed(it, change)).filter(it -> !parcels.insert(it))
        .forEach(it -> parcels.change(key(it.parcel().id()),
            found -> found.filter(known -> known.isShipped() || known.change() >= it.change()).orElse(it)));
  }

  /**
   * Moves a parcel by its rule, and its order by what follows.
   *
   * @param order what the order is after the parcel has moved; usually what it was, and then only the parcel is written
   * @throws IllegalStateException if no such parcel was packed
   * @throws Table.Contended if others were faster, again and again
   */
  Moved change(ParcelId id, UnaryOperator<OrderParcel> rule, BiFunction<OrderState, OrderParcel, OrderState> order) {
    var backoff = new Backoff();
    do {
      // The order first: if its revision still holds when it is written, so does all that it must know of the parcel.
      Stored<OrderState> state = states.find(Orders.stateKey(id.order()))
          .orElseThrow(() -> new IllegalStateException("there is no order " + id.order()));
      Stored<OrderParcel> parcel = parcels.find(key(id))
          .orElseThrow(() -> new IllegalStateException(id.order() + " has no parcel " + id));
      OrderParcel moved = rule.apply(parcel.value());
      OrderState next = order.apply(state.value(), moved);
      if (write(parcel, moved, state, next)) {
        return new Moved(new Stored<>(next, state.revision(), state.createdAt(), state.updatedAt()), moved);
      }
    } while (backoff.again());
    throw new Table.Contended(id.toString());
  }

  private boolean write(Stored<OrderParcel> parcel, OrderParcel moved, Stored<OrderState> state, OrderState next) {
    boolean decides = !next.equals(state.value());
    if (moved.equals(parcel.value())) {
      return !decides || states.replace(state, next);
    }
    return decides || parcel.value().isHeld() || moved.isHeld()
        ? Table.writeAll(dynamo, List.of(parcels.replacement(parcel, moved), states.replacement(state, next)))
        : parcels.replace(parcel, moved);
  }
}
