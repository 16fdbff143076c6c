package waybill.orders;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.DigitalMessages.GrantsMoved;
import waybill.messages.FulfillmentMessages.FulfillmentPacked;
import waybill.messages.Message;
import waybill.messages.ParcelId;
import waybill.messages.Sent;
import waybill.messages.ShipmentMessages.ParcelNews;
import waybill.platform.Stored;

/** One order as its functions see it, without any table: what is there, what was sent. */
final class Life implements Advancing.Details {
  OrderPromises promises = OrderPromises.none(null);
  final OrderContent content;
  OrderState state;
  /** What was last reported of its digital lines; null if nothing was. */
  OrderGrants grants;
  /** The order that it leaves with in one parcel; null if with none. */
  MergedOrder merged;
  final Map<ParcelId, OrderParcel> parcels = new TreeMap<>();
  /** All that was ever sent, and what was sent in answer to the last news. */
  final List<Message> sent = new ArrayList<>();
  List<Message> answer = List.of();

  /** @param state null if nothing is known of it yet */
  Life(OrderContent content, OrderState state) {
    this.content = content;
    this.state = state;
  }

  /** The storefront places it, perhaps again. */
  Life isPlaced(Instant at) {
    if (state == null || !state.placed()) {
      state = Optional.ofNullable(state).orElse(OrderState.stub(content.id())).join(content, at);
    }
    return sends(Advancing.emissions(state, content));
  }

  Life hears(AdvanceOrder.Input news, Instant at) {
    if (news instanceof ParcelNews it) {
      OrderParcel moved = Advancing.advance(parcel(it.parcel()), it);
      state = Advancing.advance(state, moved, it, at);
      parcels.put(it.parcel(), moved);
    } else if (news instanceof GrantsMoved it) {
      grants = grants().join(it);
      state = Advancing.advance(state, grants, it, at);
    } else {
      if (news instanceof FulfillmentPacked it) {
        it.parcels().forEach(parcel -> parcels.putIfAbsent(parcel.id(), OrderParcel.packed(parcel, it.change())));
      }
      Optional<OrderState> before = Optional.ofNullable(state);
      state = Advancing.withMark(before, Advancing.advance(before, news, _ -> content, at), news, this::grants, at);
    }
    return sends(Advancing.emissions(state, news, this));
  }

  private Life sends(List<? extends AdvanceOrder.Output> messages) {
    answer = messages.stream().map(Sent::message).toList();
    sent.addAll(answer);
    return this;
  }

  @Override
  public OrderContent content() {
    return content;
  }

  @Override
  public OrderParcel parcel(ParcelId id) {
    return Optional.ofNullable(parcels.get(id)).orElseThrow(() -> new IllegalStateException("no parcel " + id));
  }

  @Override
  public List<OrderParcel> parcels() {
    return state.packing().parcelIds().stream().map(this::parcel).toList();
  }

  @Override
  public OrderPromises promises() {
    return promises;
  }

  @Override
  public OrderGrants grants() {
    return grants == null ? OrderGrants.none(content.id()) : grants;
  }

  @Override
  public Optional<MergedOrder> merged() {
    return Optional.ofNullable(merged);
  }

  OrderProgress progress() {
    return new OrderProgress(stored(state), parcels().stream().map(Life::stored).toList(),
        Optional.ofNullable(grants).map(Life::stored), Optional.empty(), Optional.ofNullable(merged));
  }

  private static <T extends Record> Stored<T> stored(T value) {
    return new Stored<>(value, 1, Instant.EPOCH, Instant.EPOCH);
  }
}
