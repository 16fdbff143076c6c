package waybill.payments;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import waybill.messages.Message.PaymentNews;
import waybill.messages.Message.RefundNoticed;
import waybill.messages.Payment;
import waybill.platform.Batch;
import waybill.platform.Clients;
import waybill.platform.Environment;
import waybill.platform.Log;
import waybill.platform.Sender;
import waybill.platform.Table;

/**
 * Moves a payment forward with what its order and its provider say, its refund too, and tells the order how it stands now. Late, doubled
 * and reordered news end the same.
 */
public final class RecordPaymentHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(RecordPaymentHandler.class);
  private final Table<RecordedPayment> payments;
  private final Sender sender;
  private final InstantSource clock;

  public RecordPaymentHandler() {
    this(System.getenv(), InstantSource.system());
  }

  public RecordPaymentHandler(Map<String, String> environment, InstantSource clock) {
    this(new Environment(environment), clock, Clients.dynamo(), Clients.sqs());
  }

  public RecordPaymentHandler(Environment environment, InstantSource clock, DynamoDbClient dynamo, SqsClient sqs) {
    this.payments = PaymentsTable.payments(dynamo, environment, clock);
    this.clock = clock;
    this.sender = new Sender(sqs, environment);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Batch<PaymentNews> batch = Batch.read(in, PaymentNews.class, LOG);
    batch.each(this::record);
    batch.answer(out);
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
    if (payment.currency() == null) {
      LOG.info(happened, "order", order, "payment", payment.id(), "reference", payment.reference());
    } else {
      LOG.info(happened, "order", order, "payment", payment.id(), "amount", recorded.amount(), "currency",
          payment.currency());
    }
  }
}
