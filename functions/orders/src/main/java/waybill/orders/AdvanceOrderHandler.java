package waybill.orders;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import waybill.messages.Message.OrderDue;
import waybill.messages.Message.OrderNews;
import waybill.platform.Batch;
import waybill.platform.Clients;
import waybill.platform.Environment;
import waybill.platform.Log;
import waybill.platform.Log.Metric;
import waybill.platform.Sender;
import waybill.platform.Stored;

/** The arbiter: everything that moves an order goes through here, and the order decides its own life. */
public final class AdvanceOrderHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(AdvanceOrderHandler.class);
  private final Orders orders;
  private final Sender sender;
  private final InstantSource clock;

  public AdvanceOrderHandler() {
    this(System.getenv(), InstantSource.system());
  }

  public AdvanceOrderHandler(Map<String, String> environment, InstantSource clock) {
    this(new Environment(environment), clock, Clients.dynamo(), Clients.sqs());
  }

  public AdvanceOrderHandler(Environment environment, InstantSource clock, DynamoDbClient dynamo, SqsClient sqs) {
    this.orders = new Orders(dynamo, environment, clock);
    this.sender = new Sender(sqs, environment);
    this.clock = clock;
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Batch<OrderNews> batch = Batch.read(in, OrderNews.class, LOG);
    batch.each(this::advance);
    batch.answer(out);
  }

  private void advance(OrderNews news) {
    Stored<OrderState> stored = orders
        .change(news.order(), current -> Advancing.advance(current, news, clock.instant()));
    OrderState state = stored.value();
    sender.send(Advancing.emissions(state, news, () -> orders.content(news.order()).orElseThrow()));
    if (!state.placed() && news instanceof OrderDue) {
      LOG.report("NewsWithoutOrder", "News waited a day for their order", "order", news.order());
    }
    Object[] about = {"order", news.order(), "status", state.status(), "payment", state.payment(), "stock",
      state.stock(), "fulfillment", state.fulfillment(), "delivery", state.delivery()};
    if (news instanceof OrderDue && state.due() != null) {
      // It was looked at, and what it waits for is still not there.
      Duration age = Duration.between(stored.createdAt(), clock.instant());
      LOG.measure(Metric.seconds("WaitingOrderAge", age), "OrderDue", about);
    } else {
      LOG.info(news.getClass().getSimpleName(), about);
    }
    state.holds().forEach(it -> LOG.warn("Order on hold", "order", news.order(), "hold", it.reason()));
  }
}
