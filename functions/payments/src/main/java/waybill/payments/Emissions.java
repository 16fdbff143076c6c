package waybill.payments;

import java.util.List;
import waybill.messages.Message;
import waybill.messages.Message.PaymentAuthorized;
import waybill.messages.Message.PaymentCancelled;
import waybill.messages.Message.PaymentCaptured;
import waybill.messages.Message.PaymentFailed;

/** What a payment's state tells its order: the same at its first writing and for every duplicate after. */
final class Emissions {

  private Emissions() {}

  static List<Message> of(RecordedPayment recorded) {
    if (recorded.order() == null) {
      // Nobody to tell yet: the order asks by expecting it.
      return List.of();
    }
    return switch (recorded.payment().status()) {
      case PENDING -> List.of();
      case FAILED -> List.of(new PaymentFailed(recorded.order(), recorded.payment()));
      case AUTHORIZED -> List.of(new PaymentAuthorized(recorded.order(), recorded.payment()));
      case CANCELLED -> List.of(new PaymentCancelled(recorded.order(), recorded.payment()));
      case CAPTURED -> List.of(new PaymentCaptured(recorded.order(), recorded.payment()));
    };
  }
}
