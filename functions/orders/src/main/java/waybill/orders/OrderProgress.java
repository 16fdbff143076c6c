package waybill.orders;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import waybill.messages.FulfillmentId;
import waybill.platform.Refused;
import waybill.platform.Stored;

/**
 * How far an order has come: its state and the items of its parcels, read after each other. An order is delivered exactly if its
 * parcels' items say so; nothing else keeps that.
 *
 * @param parcels all of those that the state knows to be packed
 * @param digital what was last reported of its digital lines; empty if nothing was
 * @param promised what was last reported of units that are not there yet; empty if it waits for none
 * @param merged the order that it leaves with in one parcel, or was to; empty if it was merged with none
 */
record OrderProgress(Stored<OrderState> stored, List<Stored<OrderParcel>> parcels,
    Optional<Stored<OrderGrants>> digital, Optional<Stored<OrderPromises>> promised, Optional<MergedOrder> merged) {

  OrderState state() {
    return stored.value();
  }

  Stream<OrderParcel> parcels(OrderFulfillment fulfillment) {
    return packed().filter(it -> it.parcel().id().fulfillment().equals(fulfillment.id()));
  }

  Stream<OrderParcel> packed() {
    return parcels.stream().map(Stored::value);
  }

  /** Why a fulfillment can no longer be packed again. */
  Optional<Refused> leaving(FulfillmentId fulfillment) {
    List<OrderParcel> own = packed().filter(it -> it.parcel().id().fulfillment().equals(fulfillment)).toList();
    if (own.stream().anyMatch(it -> it.scan() != null)) {
      return Optional.of(Refused.conflict("scanned", "its carrier has a parcel of it: it has left as it is packed"));
    }
    if (own.stream().anyMatch(it -> it.isLabelled() && it.parcel().trackingNumber() != null)) {
      return Optional.of(Refused.conflict("labelled", "a label of it was bought elsewhere: it leaves as it is packed"));
    }
    return own.stream().anyMatch(it -> it.isHeld() && it.problem().reason() == Hold.Reason.LABEL_UNCERTAIN)
        ? Optional.of(Refused.conflict("label_uncertain",
            "whether a label of it was bought is unknown: ask the carrier first"))
        : Optional.empty();
  }

  DeliveryProgress delivery() {
    if (state().isCancelled()) {
      return DeliveryProgress.CANCELLED;
    }
    return isWithoutDelivery() ? DeliveryProgress.NOT_REQUIRED : delivery(state(), packed().toList(), grants());
  }

  OrderGrants grants() {
    return digital.map(Stored::value).orElseGet(() -> OrderGrants.none(state().id()));
  }

  OrderPromises promises() {
    return promised.map(Stored::value).orElseGet(() -> OrderPromises.none(state().id()));
  }

  FulfillmentProgress fulfillment() {
    if (state().isCancelled()) {
      return FulfillmentProgress.CANCELLED;
    }
    return isWithoutParcels() ? FulfillmentProgress.NOT_REQUIRED : state().fulfillment();
  }

  StockProgress stock() {
    return StockProgress.of(state().stock().status(), units(packed().toList(), OrderParcel::isShipped),
        state().unitsToShip());
  }

  private boolean isWithoutParcels() {
    return state().placed() && state().unitsToShip() == 0;
  }

  /** Nothing is carried, and nothing is given. */
  private boolean isWithoutDelivery() {
    return isWithoutParcels() && (state().unitsToGrant() == 0 || state().unitsToGrant() == grants().lapsed());
  }

  /** What is given to the customer has left and arrived at once. */
  private static DeliveryProgress delivery(OrderState state, List<OrderParcel> parcels, OrderGrants grants) {
    return DeliveryProgress.of(units(parcels, OrderParcel::isShipped) + grants.unitsDelivered(),
        units(parcels, OrderParcel::isDelivered) + grants.unitsDelivered(),
        state.unitsToShip() + state.unitsToGrant() - grants.lapsed());
  }

  private static int units(List<OrderParcel> parcels, Predicate<OrderParcel> counted) {
    return parcels.stream().filter(counted).mapToInt(OrderParcel::units).sum();
  }

  /** When the last of an order was delivered; empty if something is still to come. */
  static Optional<Instant> deliveredAt(OrderState state, List<OrderParcel> parcels, OrderGrants grants) {
    return delivery(state, parcels, grants) == DeliveryProgress.DELIVERED
        ? Stream.concat(parcels.stream().filter(OrderParcel::isDelivered).map(it -> it.scan().at()),
            Stream.ofNullable(grants.at())).max(Instant::compareTo)
        : Optional.empty();
  }

  OrderStatus status() {
    if (state().isCancelled()) {
      return OrderStatus.CANCELLED;
    }
    boolean arrived = isWithoutDelivery() || delivery() == DeliveryProgress.DELIVERED;
    return state().placed() && arrived && (state().isPaid() || state().hasLeftPaid())
        ? OrderStatus.COMPLETED
        : OrderStatus.OPEN;
  }

  /** What it waits for first; null if it has its end. */
  Awaiting awaiting() {
    if (status() != OrderStatus.OPEN) {
      return null;
    }
    if (state().stock().status() == StockStatus.PENDING) {
      return Awaiting.STOCK;
    }
    if (!state().money().isPaid(state().terms()) && !state().isSecured() && !state().hasLeftPaid()) {
      return Awaiting.PAYMENT;
    }
    if (state().isBackordered() && state().isDoneButForStock()) {
      return Awaiting.STOCK;
    }
    boolean packed = isWithoutParcels() || state().fulfillment() == FulfillmentProgress.FULFILLED;
    return packed ? Awaiting.DELIVERY : Awaiting.FULFILLMENT;
  }

  /** One more with each change of the order or of one of its parcels. That parcels came is the order's own change. */
  int revision() {
    return stored.revision() + parcels.stream().mapToInt(it -> it.revision() - 1).sum();
  }

  Instant updatedAt() {
    return Stream.concat(Stream.of(stored), parcels.stream()).map(Stored::updatedAt)
        .max(Instant::compareTo).orElseThrow();
  }

  /** Adds when the order was made and changed, as every resource has it. */
  Map<String, Object> timed(Map<String, Object> tree) {
    return whole().timed(tree);
  }

  /** The state, with the times and the revision of all of it. */
  Stored<OrderState> whole() {
    return new Stored<>(state(), revision(), stored.createdAt(), updatedAt());
  }
}
