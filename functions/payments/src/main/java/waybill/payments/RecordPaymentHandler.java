package waybill.payments;

import com.amazonaws.services.lambda.runtime.*;
import module java.base;
import waybill.messages.Choreography.RecordPayment;
import waybill.messages.Message.*;
import waybill.messages.Payment;
import waybill.platform.*;

/**
 * Moves a payment forward with what its order and its provider say, its refund too, and tells the order how it stands now. Late, doubled
 * and reordered news end the same.
 */
public final class RecordPaymentHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(RecordPaymentHandler.class);
  private final Table<RecordedPayment> payments;
  private final Sender<RecordPayment.Output> sender;
  private final InstantSource clock;

  public RecordPaymentHandler() { this(Ports.ofProcess()); }

  public RecordPaymentHandler(Ports ports) {
    this.payments = PaymentsTable.payments(ports);
    this.clock = ports.clock();
    this.sender = new Sender<>(ports);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Batch.each(in, out, PaymentNews.class, LOG, this::record);
  }

  private void record(PaymentNews news) {
    RecordedPayment recorded = payments
        .change(PaymentsTable.key(RecordedPayment.id(news)),
            known -> RecordedPayment.after(known, news, clock.instant()), MoneyTold.moved(LOG))
        .value();
    if (news instanceof RefundNoticed) {
      MoneyTold.refund(LOG, recorded);
    } else {
      log(recorded, news);
    }
    sender.send(Emissions.of(recorded));
  }

  private static void log(RecordedPayment recorded, PaymentNews news) {
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
