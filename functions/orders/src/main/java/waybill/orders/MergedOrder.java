package waybill.orders;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import waybill.messages.Parcel;
import waybill.orders.Orders.Role;
import waybill.orders.Orders.Together;
import waybill.platform.Records;
import waybill.platform.TimeText;

/**
 * What an order knows of the other one that it leaves with in one parcel. It is read whenever somebody asks, as whether that is still so
 * follows from both.
 *
 * @param number what the customer calls the other order
 * @param stands whether the two are still to leave together
 * @param fulfillments those of the other order
 * @param parcels those of the other order that are packed
 */
record MergedOrder(Merger merger, String number, boolean stands, List<OrderFulfillment> fulfillments,
    List<OrderParcel> parcels) {

  /** Whether the two are to leave together. */
  private enum Status {
    OPEN, ENDED
  }

  static MergedOrder of(Merger merger, OrderContent own, OrderState state, OrderContent other, OrderState otherState,
      List<OrderParcel> parcels) {
    boolean stands = merger.endedAt() == null && MergingOrders.mayStand(own, state, other, otherState);
    return new MergedOrder(merger, name(other), stands, otherState.packing().fulfillments(), parcels);
  }

  /**
   * What a fulfillment is packed together with. A companion that is packed is not waited for, nor is a lead whose units are gone.
   *
   * @return empty if it is packed for itself
   */
  Optional<Together> together(OrderFulfillment own) {
    return stands
        ? fulfillments.stream().filter(it -> own.locationId().equals(it.locationId()) && !it.lines().isEmpty())
            .filter(it -> !merger.leads() || it.parcels() == 0)
            .findFirst().map(this::with)
        : Optional.empty();
  }

  private Together with(OrderFulfillment other) {
    List<OrderParcel> packed = parcels.stream()
        .filter(it -> it.parcel().id().fulfillment().equals(other.id())).toList();
    boolean left = !packed.isEmpty() && packed.stream().allMatch(it -> it.scan() != null);
    return new Together(other.id(), merger.leads(),
        packed.stream().filter(OrderParcel::isLabelled).map(MergedOrder::labelled).toList(), left);
  }

  private static Parcel labelled(OrderParcel it) {
    Parcel parcel = it.parcel();
    return new Parcel(parcel.id(), parcel.lines(), parcel.weightGrams(), parcel.lengthMm(), parcel.widthMm(),
        parcel.heightMm(), it.carrier(), it.trackingNumber(), parcel.lots());
  }

  /** What a customer calls an order. */
  static String name(OrderContent order) {
    return Objects.requireNonNullElse(order.form().number(), order.form().reference());
  }

  /** As the API shows it. @param forOperator whether it says who merged them, and why */
  Map<String, Object> toTree(boolean forOperator) {
    var view = new LinkedHashMap<String, Object>();
    view.put("order_id", merger.with().value());
    view.put("number", number);
    view.put("role", Records.toTree(Role.of(merger.leads())));
    view.put("status", Records.toTree(stands ? Status.OPEN : Status.ENDED));
    view.put("note", forOperator ? merger.note() : null);
    view.put("by", forOperator ? merger.by() : null);
    view.put("created_at", TimeText.of(merger.at()));
    return view;
  }
}
