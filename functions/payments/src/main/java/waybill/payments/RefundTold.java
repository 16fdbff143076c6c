package waybill.payments;

import waybill.messages.Refund;
import waybill.platform.Log;

/** How a refund stands, in the log. One that failed for good is counted each time it is met: a person must see to it. */
final class RefundTold {

  private RefundTold() {}

  static void tell(Log log, RecordedPayment recorded) {
    Refund refund = recorded.refund().refund();
    Object[] about = {"order", recorded.order() == null ? "none" : recorded.order().value(), "payment",
      recorded.payment().id(), "refund", refund.id(), "refund_reason", refund.reason(), "amount", refund.amount()};
    switch (refund.status()) {
      case REQUESTED -> log.info("Refund requested", about);
      case PENDING -> log.info("Refund pending", about);
      case VOIDED -> log.info("Payment voided", about);
      case SUCCEEDED -> log.info("Payment refunded", about);
      case FAILED -> log.count("RefundsFailed", "Refund failed for good", about);
    }
  }
}
