package waybill.orders;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import waybill.messages.Message;
import waybill.messages.Message.*;
import waybill.messages.Payment;
import waybill.messages.PaymentStatus;
import waybill.messages.Refund;
import waybill.messages.RefundStatus;

/**
 * How news moves an order, and what an order's state tells the others. Every piece of news may come twice, late, in another
 * order, or before the order itself; the state is the same in the end, and what it tells is what it implies now, never
 * what was answered once.
 */
final class Advancing {

  private Advancing() {}

  /** @param current the order, or the stub of it, or nothing. @throws OrderState.IllegalTransition where the news is a fault */
  static OrderState advance(Optional<OrderState> current, OrderNews news, Instant now) {
    OrderState state = current.orElseGet(() -> OrderState.stub(news.order()));
    return told(state, news).decided(news, now).after(state);
  }

  private static OrderState told(OrderState state, OrderNews news) {
    return switch (news) {
      case StockReserved _ -> state.withStock(StockStatus.RESERVED, List.of());
      case StockRefused it -> state.withStock(StockStatus.REFUSED, it.shortOf());
      case StockReleased _ -> state.withStock(StockStatus.RELEASED, List.of());
      case PaymentAuthorized it -> state.withPayment(OrderPayment.of(it.payment()));
      case PaymentCaptured it -> state.withPayment(OrderPayment.of(it.payment()));
      case PaymentFailed it -> state.withPayment(OrderPayment.of(it.payment()));
      case PaymentCancelled it -> state.withPayment(OrderPayment.of(it.payment()));
      case PaymentRefunded it -> state.withPayment(new OrderPayment(it.payment(), null, it.refund()));
      case StockAllocated it ->
        state.withFulfillment(new OrderFulfillment(it.fulfillment(), it.location(), it.lines(), List.of()));
      case FulfillmentPacked it ->
        state.withFulfillment(new OrderFulfillment(it.fulfillment(), it.location(), it.lines(),
            it.parcels().stream().map(OrderParcel::packed).toList()));
      case LabelUncertain it -> state.withParcel(it.parcel(),
          parcel -> parcel.held(new LabelProblem(Hold.Reason.LABEL_UNCERTAIN, null, it.at())));
      case LabelRefused it -> state.withParcel(it.parcel(),
          parcel -> parcel.held(new LabelProblem(Hold.Reason.LABEL_REFUSED, it.detail(), it.at())));
      case ShipmentLabelled it -> state.withParcel(it.parcel(),
          parcel -> parcel.labelled(it.carrier(), it.service(), it.trackingNumber(), it.at()));
      case ShipmentMoved it ->
        state.withParcel(it.parcel(), parcel -> parcel.moved(it.scan(), it.estimatedDeliveryAt()));
      case OrderDue _ -> state;
    };
  }

  /**
   * What a placed order asks the others for, at its first writing and whenever somebody doubts that it was sent. What a
   * cancelled one asks for its arbiter has told, or will.
   */
  static List<Message> emissions(OrderState state, OrderContent content) {
    if (state.isCancelled()) {
      return List.of();
    }
    var messages = new ArrayList<Message>();
    if (state.stock() == StockStatus.PENDING) {
      messages.add(new OrderPlaced(state.id(), content.pool(), content.items(), content.acceptedAt()));
    }
    content.form().payments().stream().filter(OrderForm.NamedPayment::isWatched)
        .forEach(it -> messages.add(new PaymentExpected(state.id(), it.provider(), it.account(), it.reference(),
            content.form().currency())));
    messages.addAll(released(state, () -> content));
    return messages;
  }

  /** What the order's state tells in answer to this news. */
  static List<Message> emissions(OrderState state, OrderNews news, Supplier<OrderContent> content) {
    if (!state.placed()) {
      return refunds(state);
    }
    return switch (news) {
      // The answers to what a cancelled order asks for: to ask again would go round and round.
      case StockReleased _ -> List.of();
      case PaymentRefunded it -> refunds(state, it.payment());
      case OrderNews _ when state.isCancelled() -> cancelled(state);
      case OrderDue _ -> Stream.of(emissions(state, content.get()), refunds(state), askedAgain(state))
          .flatMap(List::stream).toList();
      case StockReserved _, PaymentAuthorized _, PaymentCaptured _, PaymentCancelled _ -> paid(state, content);
      case PaymentFailed it ->
        Stream.concat(paid(state, content).stream(), failed(state, it.payment()).stream()).toList();
      case FulfillmentPacked it -> approved(state, it);
      case ShipmentMoved _ ->
        state.deliveredAt() == null ? List.of() : List.of(new OrderDelivered(state.id(), state.deliveredAt()));
      case StockRefused _, StockAllocated _, ShipmentLabelled _, LabelRefused _, LabelUncertain _ -> List.of();
    };
  }

  private static List<Message> paid(OrderState state, Supplier<OrderContent> content) {
    return Stream.concat(released(state, content).stream(), refunds(state).stream()).toList();
  }

  private static List<Message> released(OrderState state, Supplier<OrderContent> content) {
    return state.isReleased()
        ? List.of(new OrderReleased(state.id(), state.terms().pool(), content.get().shippedLines()))
        : List.of();
  }

  /** The customer may try again; about a payment that is not the order's they hear nothing. */
  private static List<Message> failed(OrderState state, Payment news) {
    return state.ownPayments().stream().map(OrderPayment::payment)
        .filter(it -> it.id().equals(news.id()) && it.status() == PaymentStatus.FAILED && state.payment().isAwaited())
        .<Message>map(it -> new OrderPaymentFailed(state.id(), it.id(), it.updatedAt())).toList();
  }

  /** An account may have been set up meanwhile, or somebody may have found out what became of a label. */
  private static List<Message> askedAgain(OrderState state) {
    return state.heldParcels().<Message>map(it -> new DispatchApproved(state.id(),
        state.location(it.parcel().id().fulfillment()), state.terms().pool(), it.parcel())).toList();
  }

  private static List<Message> approved(OrderState state, FulfillmentPacked news) {
    return state.fulfillments().stream().filter(it -> it.id().equals(news.fulfillment()))
        .flatMap(it -> it.parcels().stream()
            .<Message>map(parcel -> new DispatchApproved(state.id(), it.locationId(), state.terms().pool(),
                parcel.parcel())))
        .toList();
  }

  private static List<Message> cancelled(OrderState state) {
    Cancellation end = state.cancellation();
    var messages = new ArrayList<Message>(List.of(new OrderCancelled(state.id(), end.reason(), end.at())));
    messages.addAll(refunds(state));
    return messages;
  }

  private static List<Message> refunds(OrderState state) {
    return state.payments().stream().filter(OrderPayment::awaitsRefund).map(it -> refund(state, it)).toList();
  }

  /** Asked for again only where money has come since it was let go; else its refund is under way. */
  private static List<Message> refunds(OrderState state, Payment news) {
    return state.payments().stream()
        .filter(it -> it.id().equals(news.id()) && it.awaitsRefund() && it.refund().status() != RefundStatus.REQUESTED)
        .map(it -> refund(state, it)).toList();
  }

  private static Message refund(OrderState state, OrderPayment payment) {
    Refund refund = payment.refund();
    return new RefundRequested(state.id(), payment.payment(),
        Refund.requested(payment.id(), refund.reason(), refund.updatedAt()));
  }
}
