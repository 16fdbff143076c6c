package waybill.fulfillment;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import waybill.messages.Message.OrderCancelled;
import waybill.platform.Batch;
import waybill.platform.Clients;
import waybill.platform.Environment;
import waybill.platform.Log;
import waybill.platform.Sender;

/** Gives up what a cancelled order was to be fulfilled with, planned or not yet, so that its stock is let go. */
public final class CancelFulfillmentHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(CancelFulfillmentHandler.class);
  private final Cancellations cancellations;
  private final Sender sender;

  public CancelFulfillmentHandler() {
    this(System.getenv(), InstantSource.system());
  }

  public CancelFulfillmentHandler(Map<String, String> environment, InstantSource clock) {
    this(new Environment(environment), clock, Clients.dynamo(), Clients.sqs());
  }

  public CancelFulfillmentHandler(Environment environment, InstantSource clock, DynamoDbClient dynamo, SqsClient sqs) {
    this.cancellations = new Cancellations(dynamo, environment, clock);
    this.sender = new Sender(sqs, environment);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Batch<OrderCancelled> batch = Batch.read(in, OrderCancelled.class, LOG);
    batch.each(this::cancel);
    batch.answer(out);
  }

  private void cancel(OrderCancelled news) {
    List<Fulfillment> cancelled = cancellations.cancel(news.order());
    if (cancelled.isEmpty()) {
      LOG.info("Nothing to cancel, nothing will be planned", "order", news.order());
    }
    cancelled.forEach(it -> LOG.info("Cancelled", "order", it.orderId(), "fulfillment", it.id(), "location",
        it.locationId()));
    sender.send(cancelled.stream().flatMap(it -> Emissions.of(it).stream()).toList());
  }
}
