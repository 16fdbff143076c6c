package waybill.payments;

import java.util.Optional;
import java.util.function.BiConsumer;
import waybill.messages.Payment;
import waybill.messages.Refund;
import waybill.platform.Log;
import waybill.platform.Log.Metric;

/** Money in the log: what came and went, and how a refund stands. */
final class MoneyTold {

  private MoneyTold() {}

  /** Counts what a payment that was just written has more of than before, in or out. */
  static BiConsumer<Optional<RecordedPayment>, RecordedPayment> moved(Log log) {
    return (before, now) -> {
      long in = now.payment().captured() - before.map(it -> it.payment().captured()).orElse(0L);
      long out = now.refunded() - before.map(RecordedPayment::refunded).orElse(0L);
      if (in != 0) {
        log.measure(Metric.money("MoneyIn", in), "Money in", about(now, in));
      }
      if (out != 0) { // less than nothing where the bank does not give it back after all
        log.measure(Metric.money("MoneyOut", out), "Money out", about(now, out));
      }
    };
  }

  private static Object[] about(RecordedPayment recorded, long amount) {
    Payment payment = recorded.payment();
    return new Object[]{"payment", payment.id(), "amount", amount, "currency", payment.currency()};
  }

  /** One that failed for good is counted each time it is met: a person must see to it. */
  static void refund(Log log, RecordedPayment recorded) {
    Refund refund = recorded.refund().refund();
    Object[] about = {"order", recorded.order() == null ? "none" : recorded.order().value(), "payment",
      recorded.payment().id(), "refund", refund.id(), "refund_reason", refund.reason(), "amount", refund.amount()};
    switch (refund.status()) {
      case REQUESTED -> log.info("Refund requested", about);
      case PENDING -> log.info("Refund pending", about);
      case VOIDED -> log.info("Payment voided", about);
      case SUCCEEDED -> log.info("Payment refunded", about);
      case FAILED -> log.report("RefundsFailed", "Refund failed for good", about);
    }
  }
}
