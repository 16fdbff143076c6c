package waybill.orders;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.OrderMessages.*;
import waybill.messages.PaymentMessages.PaymentRefunded;
import waybill.messages.Refund;
import waybill.messages.RefundReason;
import waybill.messages.RefundStatus;

/** What a customer hears of their order beside its way to the doorstep. It follows from the order's state, and is mailed once however often it is sent. */
final class CustomerNews {
  /** Money of these is not the order's, or goes back on a way of which its customer hears from whoever makes it. */
  private static final Set<RefundReason> UNHEARD = Set.of(RefundReason.NO_ORDER, RefundReason.WRONG_ACCOUNT,
      RefundReason.DONE_ELSEWHERE, RefundReason.CREDITED, RefundReason.LOSS_ACCEPTED);
  /** The mail about the cancellation has said that it goes back. */
  private static final Set<RefundReason> SAID_BEFORE = Set.of(RefundReason.ORDER_CANCELLED,
      RefundReason.PAYMENT_VOIDED);

  private CustomerNews() {}

  /** What the order is looked at for. @param now when it is */
  static List<AdvanceOrder.Output> of(OrderState state, Instant now) {
    var news = new ArrayList<AdvanceOrder.Output>(ofLines(state));
    if (!state.holding().isHeld() && state.times().isReminded(now)) {
      news.add(new OrderPaymentDue(state.id(), now));
    }
    state.holds().stream().filter(it -> it.reason() == Hold.Reason.ADDRESS_INCORRECT)
        .forEach(it -> news.add(new OrderAddressDoubted(state.id(), it.id().value(), it.createdAt())));
    return news;
  }

  /** A change that could not be made has changed nothing, and only its number is another. */
  static List<OrderEdited> ofLines(OrderState state) {
    OrderChanges changes = state.changes();
    boolean changed = changes.edited() > 0 && changes.open() == null
        && !changes.failed().contains(changes.edited() - 1);
    return changed ? List.of(new OrderEdited(state.id(), changes.edited())) : List.of();
  }

  /** This very refund is made, or has failed, as the order knows it now. */
  static List<AdvanceOrder.Output> ofRefund(OrderState state, PaymentRefunded news) {
    return state.money().find(news.payment().id()).filter(it -> !it.isExternal()).stream()
        .flatMap(it -> Stream.concat(Stream.ofNullable(it.refund()), it.parts().stream()))
        .filter(
            it -> it.id().equals(news.refund().id()) && !UNHEARD.contains(it.reason())).<AdvanceOrder.Output>flatMap(
                it -> ofRefund(state, it))
        .toList();
  }

  private static Stream<AdvanceOrder.Output> ofRefund(OrderState state, Refund refund) {
    if (refund.status() == RefundStatus.FAILED) {
      return Stream.of(new OrderRefundFailed(state.id(), refund.id(), refund.updatedAt()));
    }
    return refund.status() == RefundStatus.SUCCEEDED && !SAID_BEFORE.contains(refund.reason())
        ? Stream.of(new OrderRefunded(state.id(), refund.id(), refund.updatedAt()))
        : Stream.empty();
  }
}
