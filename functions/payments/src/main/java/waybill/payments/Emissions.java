package waybill.payments;

import java.util.ArrayList;
import java.util.List;
import waybill.messages.Choreography.RecordPayment;
import waybill.messages.PaymentMessages.PaymentAlerted;
import waybill.messages.PaymentMessages.PaymentAuthorized;
import waybill.messages.PaymentMessages.PaymentCancelled;
import waybill.messages.PaymentMessages.PaymentCaptured;
import waybill.messages.PaymentMessages.PaymentFailed;
import waybill.messages.PaymentMessages.PaymentProcessing;
import waybill.messages.PaymentMessages.PaymentRefunded;
import waybill.messages.PaymentMessages.RefundRequested;

/** What a payment's state implies for the others: the same when it is first written and for every duplicate after. */
final class Emissions {

  private Emissions() {}

  static List<RecordPayment.Output> of(RecordedPayment recorded) {
    var messages = new ArrayList<RecordPayment.Output>();
    messages.addAll(toOrder(recorded));
    recorded.owed().forEach(it -> messages.add(new RefundRequested(recorded.order(), recorded.payment(), it)));
    return List.copyOf(messages);
  }

  /** What its order hears; nothing if nobody has named one. */
  static List<RecordPayment.Output> toOrder(RecordedPayment recorded) {
    if (recorded.order() == null) {
      return List.of();
    }
    var messages = new ArrayList<>(aboutAll(recorded));
    recorded.parts().forEach(
        it -> messages.add(new PaymentRefunded(recorded.order(), recorded.payment(), it.refund())));
    recorded.alerts().forEach(it -> messages.add(new PaymentAlerted(recorded.order(), recorded.payment(), it)));
    return messages;
  }

  /** An order never counts money that is being refunded: nothing else is sent to it any more. */
  private static List<RecordPayment.Output> aboutAll(RecordedPayment recorded) {
    if (recorded.refund() != null) {
      return List.of(new PaymentRefunded(recorded.order(), recorded.payment(), recorded.refund().refund()));
    }
    return switch (recorded.payment().status()) {
      case PENDING -> List.of();
      case PROCESSING -> List.of(new PaymentProcessing(recorded.order(), recorded.payment()));
      case FAILED -> List.of(new PaymentFailed(recorded.order(), recorded.payment()));
      case AUTHORIZED -> List.of(new PaymentAuthorized(recorded.order(), recorded.payment()));
      case CANCELLED -> List.of(new PaymentCancelled(recorded.order(), recorded.payment()));
      case CAPTURED -> List.of(new PaymentCaptured(recorded.order(), recorded.payment()));
    };
  }
}
