package waybill.orders;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.Choreography.PlaceOrder;
import waybill.messages.EventMessages.OrderChanged;
import waybill.messages.EventType;
import waybill.messages.OrderId;
import waybill.messages.OrderMessages.*;
import waybill.messages.PaymentMessages.PaymentRefunded;
import waybill.messages.RefundStatus;
import waybill.messages.ShipmentMessages.*;
import waybill.messages.StockMessages.*;

/**
 * What the feed is sent of an order's changes. It follows from what the order sends to the other functions, and from the news
 * that it has joined: both are sent again if a message is received again, and the feed has each event once.
 */
final class OrderEvents {

  private OrderEvents() {}

  /**
   * What a placed order sends, and the events that follow. That it was placed is an event once its stock has answered, which spares
   * the storefront's call one more; only an order that needs no stock says so at once.
   */
  static List<PlaceOrder.Output> with(List<PlaceOrder.Output> sent, OrderState state) {
    var all = new ArrayList<PlaceOrder.Output>(sent);
    if (state.unitsToShip() == 0) {
      all.addAll(placed(state.id()));
    }
    sent.forEach(it -> event(it).ifPresent(all::add));
    return all;
  }

  /** What the order sends in answer to this news, and the events that follow from both. */
  static List<AdvanceOrder.Output> with(List<? extends AdvanceOrder.Output> sent, OrderState state,
      AdvanceOrder.Input news, Advancing.Details details) {
    var all = new ArrayList<AdvanceOrder.Output>(sent);
    if (state.placed()) {
      if (state.unitsToShip() == 0) {
        // No answer about its stock comes, and whoever placed it may have died before saying so.
        all.addAll(placed(state.id()));
      }
      if (news instanceof StockReserved || news instanceof StockBackordered || news instanceof StockRefused
          || news instanceof StockReleased || news instanceof OrderDue) {
        all.addAll(placed(state.id()));
      }
      sent.forEach(it -> event(it).ifPresent(all::add));
      event(state, news, details).ifPresent(all::add);
      linesChanged(state, news).ifPresent(all::add);
      state.holds().forEach(it -> all.add(new OrderChanged(state.id(), EventType.ORDER_HELD, it.id().value())));
    }
    return all;
  }

  /** That it was placed is an event, and what it is found by is due. */
  private static List<PlaceOrder.Output> placed(OrderId order) {
    return List.of(new OrderChanged(order, EventType.ORDER_PLACED, ""), new IndexDue(order));
  }

  private static Optional<OrderChanged> event(AdvanceOrder.Output sent) {
    return switch (sent) {
      case OrderReleased it -> changed(it.order(), EventType.ORDER_CONFIRMED, "");
      case OrderPaymentFailed it -> changed(it.order(), EventType.ORDER_PAYMENT_FAILED,
          it.payment() + " " + it.at());
      case OrderCancelled it -> changed(it.order(), EventType.ORDER_CANCELLED, "");
      case OrderDelivered it -> changed(it.order(), EventType.ORDER_DELIVERED, "");
      default -> Optional.empty();
    };
  }

  private static Optional<OrderChanged> event(OrderState state, AdvanceOrder.Input news, Advancing.Details details) {
    return switch (news) {
      case PaymentRefunded it when isRefunded(state, it) ->
        changed(state.id(), EventType.ORDER_REFUNDED, it.refund().id().value());
      case OrderDue _ -> details.merged().filter(MergedOrder::stands)
          .flatMap(it -> changed(state.id(), EventType.ORDER_MERGED, it.merger().with().value()));
      case StockBackordered _ when state.isBackordered() ->
        changed(state.id(), EventType.ORDER_BACKORDERED, "move " + details.promises().move());
      case ShipmentLabelled it -> changed(it.order(), EventType.PARCEL_SHIPPED, it.parcel().value());
      case ShipmentMoved it -> moved(it, details);
      default -> Optional.empty();
    };
  }

  /** Each number is one event; what a change adds is one once stock has answered. */
  private static Optional<OrderChanged> linesChanged(OrderState state, AdvanceOrder.Input news) {
    OrderChanges changes = state.changes();
    boolean asked = news instanceof OrderDue || news instanceof StockReserved || news instanceof StockBackordered
        || news instanceof StockRefused;
    return asked && changes.edited() > 0 && changes.open() == null
        ? changed(state.id(), EventType.ORDER_CHANGED, "change " + changes.edited())
        : Optional.empty();
  }

  /** Whether this very refund, of the whole or of a part, has moved its money. */
  private static boolean isRefunded(OrderState state, PaymentRefunded news) {
    return state.money().find(news.payment().id()).stream()
        .flatMap(it -> Stream.concat(Stream.ofNullable(it.refund()), it.parts().stream()))
        .anyMatch(it -> it.id().equals(news.refund().id()) && it.status() == RefundStatus.SUCCEEDED);
  }

  /** What a later scan has overtaken is not news any more. */
  private static Optional<OrderChanged> moved(ShipmentMoved news, Advancing.Details details) {
    Optional<EventType> type = switch (news) {
      case ShipmentOutForDelivery _ -> Optional.of(EventType.PARCEL_OUT_FOR_DELIVERY);
      case ShipmentReadyForPickup _ -> Optional.of(EventType.PARCEL_READY_FOR_PICKUP);
      case ShipmentDeliveryFailed _ -> Optional.of(EventType.PARCEL_DELIVERY_FAILED);
      case ShipmentReturned _ -> Optional.of(EventType.PARCEL_RETURNED);
      case ShipmentInTransit _, ShipmentOnHold _, ShipmentDelivered _ -> Optional.empty();
    };
    return type.filter(_ -> news.scan().equals(details.parcel(news.parcel()).scan()))
        .map(it -> new OrderChanged(news.order(), it, news.parcel() + " " + news.at()));
  }

  private static Optional<OrderChanged> changed(OrderId order, EventType type, String subject) {
    return Optional.of(new OrderChanged(order, type, subject));
  }
}
