package waybill.orders;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Gatherers;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import waybill.messages.Message.OrderDue;
import waybill.messages.OrderId;
import waybill.platform.Clients;
import waybill.platform.Environment;
import waybill.platform.Log;
import waybill.platform.Sender;

/**
 * Every minute: hands the orders that are due to their arbiter. What a caller wrote and did not live to send is sent again, and
 * an order whose time to pay is over comes to its end. It changes nothing itself: {@code AdvanceOrder} moves the mark.
 */
public final class ResendDueOrdersHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(ResendDueOrdersHandler.class);
  private static final int CHUNK = 100;
  private final Orders orders;
  private final Sender sender;
  private final InstantSource clock;

  public ResendDueOrdersHandler() {
    this(System.getenv(), InstantSource.system());
  }

  public ResendDueOrdersHandler(Map<String, String> environment, InstantSource clock) {
    this(new Environment(environment), clock, Clients.dynamo(), Clients.sqs());
  }

  public ResendDueOrdersHandler(Environment environment, InstantSource clock, DynamoDbClient dynamo, SqsClient sqs) {
    this.orders = new Orders(dynamo, environment, clock);
    this.sender = new Sender(sqs, environment);
    this.clock = clock;
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) {
    Instant now = clock.instant();
    orders.due(now).gather(Gatherers.windowFixed(CHUNK)).forEach(ids -> resend(ids, now));
  }

  private void resend(List<OrderId> ids, Instant now) {
    sender.send(ids.stream().map(it -> new OrderDue(it, now)).toList());
    ids.forEach(it -> LOG.info("Order due", "order", it));
  }
}
