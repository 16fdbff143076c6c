package waybill.payments;

import module java.base;
import waybill.messages.Choreography.RecordPayment;
import waybill.messages.Payment;
import waybill.messages.PaymentMessages.*;
import waybill.platform.*;

/**
 * Moves a payment forward with what its order and its provider say, its refund too, and reports to the order how it stands now. Late, doubled
 * and reordered news end the same.
 */
public record RecordPaymentHandler(Table<RecordedPayment> payments, Sender<RecordPayment.Output> sender,
    InstantSource clock) implements QueueFunction<RecordPayment.Input> {
  private static final Log LOG = Log.of(RecordPaymentHandler.class);

  public RecordPaymentHandler() { this(Ports.ofProcess()); }

  public RecordPaymentHandler(Ports ports) { this(PaymentsTable.payments(ports), new Sender<>(ports), ports.clock()); }

  @Override
  public void work(RecordPayment.Input news) {
    RecordedPayment recorded = payments
        .change(PaymentsTable.key(RecordedPayment.id(news)),
            known -> RecordedPayment.after(known, news, clock.instant()), MoneyLog.moved(LOG))
        .value();
    if (news instanceof RefundNoticed it) {
      MoneyLog.refund(LOG, recorded, recorded.stage(it.refund().id()).refund());
    } else if (news instanceof AlertNoticed it) {
      LOG.report("PaymentsAlerted", "Payment alert", "order",
          recorded.order() == null ? "none" : recorded.order().value(), "payment", it.payment(), "kind",
          it.alert().kind(), "status", it.alert().status());
    } else {
      log(recorded, news);
    }
    sender.send(Emissions.of(recorded));
  }

  private static void log(RecordedPayment recorded, RecordPayment.Input news) {
    Payment payment = recorded.payment();
    String order = recorded.order() == null ? "none" : recorded.order().value();
    if (recorded.contradicts(news)) {
      LOG.warn("Payment is already bound to another order", "order", order, "payment", payment.id(), "reference",
          payment.reference());
    }
    String happened = recorded.happened(news) + (recorded.order() == null ? " before its order" : "");
    if (recorded.amount().isZero()) {
      LOG.info(happened, "order", order, "payment", payment.id(), "reference", payment.reference());
    } else {
      LOG.info(happened, "order", order, "payment", payment.id(), "amount",
          recorded.amount().minorUnits(), "currency", payment.currency());
    }
  }
}
