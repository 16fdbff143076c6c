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
import waybill.messages.Message.OrderPlaced;
import waybill.messages.Message.StockNews;
import waybill.platform.Batch;
import waybill.platform.Clients;
import waybill.platform.Environment;
import waybill.platform.Log;
import waybill.platform.Log.Metric;
import waybill.platform.Sender;

/** Promises stock to placed orders, a batch at a time, all of an order or none. However often an order asks, it gets one promise. */
public final class ReserveStockHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(ReserveStockHandler.class);
  private final Desk<StockNews, Reservation> desk;

  public ReserveStockHandler() {
    this(System.getenv(), InstantSource.system());
  }

  public ReserveStockHandler(Map<String, String> environment, InstantSource clock) {
    this(new Environment(environment), clock, Clients.dynamo(), Clients.sqs());
  }

  public ReserveStockHandler(Environment environment, InstantSource clock, DynamoDbClient dynamo, SqsClient sqs) {
    Ledger<Reservation> reservations = InventoryTable.reservations(dynamo, environment, clock);
    Sender sender = new Sender(sqs, environment);
    this.desk = new Desk<>(ReserveStockHandler::asked, reservations, Emissions::of, sender::trySend,
        ReserveStockHandler::told, LOG);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Batch<StockNews> batch = Batch.read(in, StockNews.class, LOG);
    desk.settle(batch);
    batch.answer(out);
  }

  private static Optional<Reservation> asked(StockNews news) {
    return switch (news) {
      case OrderPlaced placed -> Optional.of(Reservation.of(placed));
    };
  }

  private static void told(Reservation it) {
    switch (it.status()) {
      case TAKEN ->
        LOG.info("Stock reserved", "order", it.order(), "pool", it.pool(), "units", Movement.units(it.items()));
      case REFUSED ->
        LOG.measure(Metric.count("StockRefused"), "Stock refused", "order", it.order(), "pool", it.pool(), "short_of",
            Movement.text(it.shortOf()));
      // A release had died half way, and this went on with it.
      default -> LOG.info("Stock released", "order", it.order(), "units", Movement.units(it.items()));
    }
  }
}
