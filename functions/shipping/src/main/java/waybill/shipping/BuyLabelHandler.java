package waybill.shipping;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import waybill.catalog.Address;
import waybill.catalog.Catalog;
import waybill.messages.Message.DispatchApproved;
import waybill.messages.OrderId;
import waybill.orders.Orders;
import waybill.platform.Batch;
import waybill.platform.Clients;
import waybill.platform.Environment;
import waybill.platform.Log;
import waybill.platform.Log.Metric;
import waybill.platform.Sender;
import waybill.platform.Table;
import waybill.shipping.Carrier.Label;
import waybill.shipping.Shipment.Drafted;
import waybill.shipping.Shipment.Labelled;
import waybill.shipping.Shipment.Uncertain;

/** Buys the label of an approved dispatch: one a parcel, however often it is asked and wherever it dies. */
public final class BuyLabelHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(BuyLabelHandler.class);

  private final LabelPurchase purchase;
  private final Table<Tracking> trackings;
  private final Sender sender;

  public BuyLabelHandler() {
    this(System.getenv(), InstantSource.system());
  }

  public BuyLabelHandler(Map<String, String> environment, InstantSource clock) {
    this(new Environment(environment), clock, Clients.dynamo(), Clients.sqs());
  }

  /** With the built-in carrier, and addresses as the orders have them. */
  public BuyLabelHandler(Environment environment, InstantSource clock, DynamoDbClient dynamo, SqsClient sqs) {
    this(environment, clock, dynamo, sqs, new TableRateCarrier(),
        new Orders(dynamo, environment, clock)::shippingAddress);
  }

  /** @param addresses where an order ships to, read when its label is made */
  public BuyLabelHandler(Environment environment, InstantSource clock, DynamoDbClient dynamo, SqsClient sqs,
      Carrier carrier,
      Function<OrderId, Optional<Address>> addresses) {
    this.purchase = new LabelPurchase(ShippingTable.shipments(dynamo, environment, clock), carrier,
        new Catalog(dynamo, environment, clock), addresses, clock);
    this.trackings = ShippingTable.trackings(dynamo, environment, clock);
    this.sender = new Sender(sqs, environment);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Batch<DispatchApproved> batch = Batch.read(in, DispatchApproved.class, LOG);
    batch.each(this::label);
    batch.answer(out);
  }

  private void label(DispatchApproved dispatch) {
    Shipment shipment = purchase.buy(dispatch);
    switch (shipment.stage()) {
      case Labelled it -> labelled(shipment, it.label());
      case Uncertain _ -> {
        sender.send(Emissions.of(shipment));
        LOG.report("LabelsUncertain", "Label uncertain", "order", shipment.order(), "parcel", shipment.parcel());
      }
      case Drafted _ -> throw new IllegalStateException(shipment.parcel() + " is neither bought nor uncertain");
    }
  }

  private void labelled(Shipment shipment, Label label) {
    Tracking labelled = Tracking.of(new TrackingNumber(label.trackingNumber()), shipment.parcel());
    Tracking tracking = trackings.change(ShippingTable.key(labelled.trackingNumber()),
        current -> current.map(it -> it.join(labelled)).orElse(labelled)).value();
    sender.send(Emissions.of(shipment, tracking));
    LOG.measure(Metric.count("ParcelsLabelled"), "Parcel labelled", "order", shipment.order(), "parcel",
        shipment.parcel(), "carrier", label.carrier(),
        "tracking_number", label.trackingNumber());
  }
}
