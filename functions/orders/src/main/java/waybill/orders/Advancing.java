package waybill.orders;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import waybill.messages.Message;
import waybill.messages.Message.*;

/**
 * How news moves an order, and what an order's state tells the others. Every piece of news may come twice, late, in another
 * order, or before the order itself; the state is the same in the end, and what it tells is what it implies now, never
 * what was answered once.
 */
final class Advancing {

  private Advancing() {}

  /** @param current the order, or the stub of it, or nothing. @throws OrderState.IllegalTransition where the news is a fault */
  static OrderState advance(Optional<OrderState> current, OrderNews news) {
    OrderState state = current.orElseGet(() -> OrderState.stub(news.order()));
    OrderState next = switch (news) {
      case StockReserved _ -> state.withStock(StockStatus.RESERVED, List.of());
      case StockRefused it -> state.withStock(StockStatus.REFUSED, it.shortOf());
      case PaymentAuthorized it -> state.withPayment(it.payment());
      case PaymentCaptured it -> state.withPayment(it.payment());
      case PaymentFailed it -> state.withPayment(it.payment());
      case PaymentCancelled it -> state.withPayment(it.payment());
      case StockAllocated it ->
        state.withFulfillment(new OrderFulfillment(it.fulfillment(), it.location(), it.lines(), List.of()));
      case FulfillmentPacked it ->
        state.withFulfillment(new OrderFulfillment(it.fulfillment(), it.location(), it.lines(),
            it.parcels().stream().map(OrderParcel::packed).toList()));
      case ShipmentLabelled it -> state.withParcel(it.parcel(),
          parcel -> parcel.labelled(it.carrier(), it.service(), it.trackingNumber(), it.at()));
      case ShipmentMoved it ->
        state.withParcel(it.parcel(), parcel -> parcel.moved(it.scan(), it.estimatedDeliveryAt()));
    };
    return next.after(state);
  }

  /** What a placed order asks the others for, at its first writing and for every repeated request after. */
  static List<Message> emissions(OrderState state, OrderContent content) {
    var messages = new ArrayList<Message>();
    if (state.stock() == StockStatus.PENDING) {
      messages.add(new OrderPlaced(state.id(), content.pool(), content.items(), content.acceptedAt()));
    }
    content.form().payments().stream().filter(OrderForm.NamedPayment::isWatched)
        .forEach(it -> messages.add(new PaymentExpected(state.id(), it.provider(), it.account(), it.reference())));
    messages.addAll(released(state, () -> content));
    return messages;
  }

  /** What the order's state tells in answer to this news. */
  static List<Message> emissions(OrderState state, OrderNews news, Supplier<OrderContent> content) {
    return switch (news) {
      case StockReserved _, PaymentAuthorized _, PaymentCaptured _, PaymentFailed _, PaymentCancelled _ ->
        released(state, content);
      case FulfillmentPacked it ->
        state.fulfillments().stream().filter(fulfillment -> fulfillment.id().equals(it.fulfillment()))
            .flatMap(fulfillment -> fulfillment.parcels().stream()
                .<Message>map(parcel -> new DispatchApproved(state.id(), fulfillment.locationId(), state.terms().pool(),
                    parcel.parcel())))
            .toList();
      case ShipmentMoved _ ->
        state.deliveredAt() == null ? List.of() : List.of(new OrderDelivered(state.id(), state.deliveredAt()));
      case StockRefused _, StockAllocated _, ShipmentLabelled _ -> List.of();
    };
  }

  private static List<Message> released(OrderState state, Supplier<OrderContent> content) {
    return state.isReleased()
        ? List.of(new OrderReleased(state.id(), state.terms().pool(), content.get().shippedLines()))
        : List.of();
  }
}
