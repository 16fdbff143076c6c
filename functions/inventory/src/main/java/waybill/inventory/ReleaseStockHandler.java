package waybill.inventory;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import waybill.messages.Message.FulfillmentCancelled;
import waybill.messages.Message.OrderCancelled;
import waybill.messages.Message.ReleaseNews;
import waybill.platform.Batch;
import waybill.platform.Clients;
import waybill.platform.Environment;
import waybill.platform.Log;
import waybill.platform.Sender;

/**
 * Gives back what a cancelled order was promised and what a cancelled fulfillment had allocated, each once, however often it is
 * asked. What comes before the promise or the allocation leaves a tombstone that it loses to.
 */
public final class ReleaseStockHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(ReleaseStockHandler.class);
  private final Desk<ReleaseNews, Reservation> promises;
  private final Desk<ReleaseNews, Allocation> allocations;

  public ReleaseStockHandler() {
    this(System.getenv(), InstantSource.system());
  }

  public ReleaseStockHandler(Map<String, String> environment, InstantSource clock) {
    this(new Environment(environment), clock, Clients.dynamo(), Clients.sqs());
  }

  public ReleaseStockHandler(Environment environment, InstantSource clock, DynamoDbClient dynamo, SqsClient sqs) {
    Sender sender = new Sender(sqs, environment);
    this.promises = new Desk<>(ReleaseStockHandler::promise, InventoryTable.reservations(dynamo, environment, clock),
        Emissions::ofReleased, sender::trySend, ReleaseStockHandler::told, LOG);
    this.allocations = new Desk<>(ReleaseStockHandler::allocation,
        InventoryTable.allocations(dynamo, environment, clock), _ -> List.of(), _ -> Map.of(),
        ReleaseStockHandler::told, LOG);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Batch<ReleaseNews> batch = Batch.read(in, ReleaseNews.class, LOG);
    promises.settle(batch);
    allocations.settle(batch);
    batch.answer(out);
  }

  private static Optional<Reservation> promise(ReleaseNews news) {
    return switch (news) {
      case OrderCancelled cancelled -> Optional.of(Reservation.released(cancelled));
      case FulfillmentCancelled _ -> Optional.empty();
    };
  }

  private static Optional<Allocation> allocation(ReleaseNews news) {
    return switch (news) {
      case FulfillmentCancelled cancelled -> Optional.of(Allocation.released(cancelled));
      case OrderCancelled _ -> Optional.empty();
    };
  }

  private static void told(Reservation it) {
    LOG.info("Stock released", "order", it.order(), "units", Movement.units(it.items()), "status", it.status());
  }

  private static void told(Allocation it) {
    LOG.info("Allocation released", "order", it.order(), "fulfillment", it.fulfillment(), "location", it.location(),
        "status", it.status());
  }
}
