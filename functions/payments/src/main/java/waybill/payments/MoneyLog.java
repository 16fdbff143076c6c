package waybill.payments;

import java.util.Optional;
import java.util.function.BiConsumer;
import waybill.messages.Capture;
import waybill.messages.Money;
import waybill.messages.Refund;
import waybill.platform.Log;
import waybill.platform.Log.Metric;

/** Money in the log: what came and went, and how a refund stands. */
final class MoneyLog {

  private MoneyLog() {}

  /** Counts what a payment that was just written has more of than before, in or out. */
  static BiConsumer<Optional<RecordedPayment>, RecordedPayment> moved(Log log) {
    return (before, now) -> {
      Money in = increase(before.map(it -> it.payment().captured()), now.payment().captured());
      Money out = increase(before.map(RecordedPayment::refunded), now.refunded());
      if (!in.isZero()) {
        log.measure(Metric.money("MoneyIn", in.minorUnits()), "Money in", about(now, in));
      }
      if (!out.isZero()) { // negative if the bank refuses the refund after all
        log.measure(Metric.money("MoneyOut", out.minorUnits()), "Money out", about(now, out));
      }
    };
  }

  /** A payment changes its currency only before there is money in it, so an amount before in another one is zero. */
  private static Money increase(Optional<Money> before, Money now) {
    return before.filter(it -> !it.isZero()).map(now::minus).orElse(now);
  }

  private static Object[] about(RecordedPayment recorded, Money amount) {
    return new Object[]{"payment", recorded.payment().id(), "amount", amount.minorUnits(), "currency",
      amount.currency()};
  }

  /** One that failed for good is counted each time it is met: a person must see to it. */
  static void refund(Log log, RecordedPayment recorded, Refund refund) {
    Object[] about = {"order", recorded.order() == null ? "none" : recorded.order().value(), "payment",
      recorded.payment().id(), "refund", refund.id(), "refund_reason", refund.reason(), "amount",
      refund.amount() == null ? 0 : refund.amount().minorUnits()};
    switch (refund.status()) {
      case REQUESTED -> log.info("Refund requested", about);
      case PENDING -> log.info("Refund pending", about);
      case VOIDED -> log.info("Payment voided", about);
      case SUCCEEDED -> log.info("Payment refunded", about);
      case FAILED -> log.report("RefundsFailed", "Refund failed for good", about);
    }
  }

  /** One that failed for good is counted each time it is met: a person must see to it. */
  static void capture(Log log, RecordedPayment recorded, Capture capture) {
    Object[] about = {"order", recorded.order() == null ? "none" : recorded.order().value(), "payment",
      recorded.payment().id(), "capture", capture.id(), "amount", capture.amount().minorUnits(), "currency",
      capture.amount().currency(), "code", capture.code() == null ? "none" : capture.code()};
    switch (capture.status()) {
      case REQUESTED -> log.info("Capture requested", about);
      case SUCCEEDED -> log.info(capture.isRelease() ? "Rest of the payment released" : "Capture made", about);
      case FAILED -> log.report("CapturesFailed", "Capture refused for good", about);
    }
  }
}
