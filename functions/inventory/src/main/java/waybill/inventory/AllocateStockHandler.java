package waybill.inventory;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import waybill.messages.Message.FulfillmentPlanned;
import waybill.platform.Batch;
import waybill.platform.Clients;
import waybill.platform.Environment;
import waybill.platform.Log;
import waybill.platform.Sender;

/** Keeps a location's units for planned fulfillments, all of one or none. What it refuses is planned again, elsewhere. */
public final class AllocateStockHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(AllocateStockHandler.class);
  private final Desk<FulfillmentPlanned, Allocation> desk;

  public AllocateStockHandler() {
    this(System.getenv(), InstantSource.system());
  }

  public AllocateStockHandler(Map<String, String> environment, InstantSource clock) {
    this(new Environment(environment), clock, Clients.dynamo(), Clients.sqs());
  }

  public AllocateStockHandler(Environment environment, InstantSource clock, DynamoDbClient dynamo, SqsClient sqs) {
    Ledger<Allocation> allocations = InventoryTable.allocations(dynamo, environment, clock);
    Sender sender = new Sender(sqs, environment);
    this.desk = new Desk<>(it -> Optional.of(Allocation.of(it)), allocations, Emissions::of, sender::trySend,
        AllocateStockHandler::told, LOG);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Batch<FulfillmentPlanned> batch = Batch.read(in, FulfillmentPlanned.class, LOG);
    desk.settle(batch);
    batch.answer(out);
  }

  private static void told(Allocation it) {
    switch (it.status()) {
      case TAKEN ->
        LOG.info("Stock allocated", "order", it.order(), "fulfillment", it.fulfillment(), "location", it.location());
      case REFUSED -> LOG.info("Allocation refused", "order", it.order(), "fulfillment", it.fulfillment(), "location",
          it.location(), "short_of", Movement.text(it.shortOf()));
      // A release had died half way, and this went on with it.
      default -> LOG.info("Allocation released", "order", it.order(), "fulfillment", it.fulfillment(), "location",
          it.location());
    }
  }
}
