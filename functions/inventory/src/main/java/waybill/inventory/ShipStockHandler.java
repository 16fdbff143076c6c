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
import waybill.messages.Message.ShipmentLabelled;
import waybill.platform.Batch;
import waybill.platform.Clients;
import waybill.platform.Environment;
import waybill.platform.Log;

/** Takes what a labelled parcel holds off its location and off the promise that it keeps, once a parcel. */
public final class ShipStockHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(ShipStockHandler.class);
  private final Desk<ShipmentLabelled, Shipment> desk;

  public ShipStockHandler() {
    this(System.getenv(), InstantSource.system());
  }

  public ShipStockHandler(Map<String, String> environment, InstantSource clock) {
    this(new Environment(environment), clock, Clients.dynamo());
  }

  public ShipStockHandler(Environment environment, InstantSource clock, DynamoDbClient dynamo) {
    Ledger<Shipment> shipments = InventoryTable.shipments(dynamo, environment, clock);
    this.desk = new Desk<>(it -> Optional.of(Shipment.of(it)), shipments, Emissions::of, _ -> Map.of(),
        ShipStockHandler::told, LOG);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Batch<ShipmentLabelled> batch = Batch.read(in, ShipmentLabelled.class, LOG);
    desk.settle(batch);
    batch.answer(out);
  }

  private static void told(Shipment it) {
    LOG.info("Stock shipped", "order", it.parcel().order(), "parcel", it.parcel(), "location", it.location(), "units",
        Movement.units(it.items()));
  }
}
