package waybill.payments;

import java.util.Optional;
import waybill.messages.Message.PaymentExpected;
import waybill.messages.Message.PaymentNews;
import waybill.messages.Message.PaymentNoticed;
import waybill.messages.OrderId;
import waybill.messages.Payment;
import waybill.messages.PaymentId;
import waybill.messages.PaymentStatus;

/**
 * A payment and the order that it pays. It begins as a stub with whichever comes first, the order that expects it or the
 * provider's event, and every piece of news moves it forward or leaves it. The order is bound once and for all, by the
 * first that names one: the order itself or the payment's metadata.
 *
 * @param order null while nobody has named one
 */
record RecordedPayment(Payment payment, OrderId order) {

  /** The payment that news are of. */
  static PaymentId id(PaymentNews news) {
    return stub(news).payment.id();
  }

  /** What is known after these news, whether there was something before or not. */
  static RecordedPayment after(Optional<RecordedPayment> known, PaymentNews news) {
    RecordedPayment stub = stub(news);
    return known.map(it -> new RecordedPayment(it.payment.join(stub.payment), it.order == null ? stub.order : it.order))
        .orElse(stub);
  }

  /** Whether these news name another order than the one that is bound: somebody has used a payment twice. */
  boolean contradicts(PaymentNews news) {
    OrderId named = stub(news).order;
    return named != null && !named.equals(order);
  }

  /** What the news have come to, in a few words. */
  String happened(PaymentNews news) {
    return switch (payment.status()) {
      case PENDING -> news instanceof PaymentExpected ? "Payment expected" : "Payment pending";
      case FAILED -> "Payment failed";
      case AUTHORIZED -> "Payment authorized";
      case CANCELLED -> "Payment cancelled";
      case CAPTURED -> "Payment captured";
    };
  }

  /** The money that the status is about, in minor units. */
  long amount() {
    return payment.status() == PaymentStatus.CAPTURED ? payment.captured() : payment.authorized();
  }

  /** What the news alone say. */
  private static RecordedPayment stub(PaymentNews news) {
    return switch (news) {
      case PaymentExpected it -> new RecordedPayment(
          new Payment(PaymentId.of(it.provider(), it.account(), it.reference()), it.provider(), it.account(),
              it.reference(), PaymentStatus.PENDING, null, 0, 0, null),
          it.order());
      case PaymentNoticed it -> new RecordedPayment(it.payment(), it.order());
    };
  }
}
