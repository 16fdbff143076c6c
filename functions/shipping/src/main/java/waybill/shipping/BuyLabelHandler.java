package waybill.shipping;

import com.amazonaws.services.lambda.runtime.*;
import module java.base;
import waybill.catalog.*;
import waybill.messages.Message.DispatchApproved;
import waybill.messages.OrderId;
import waybill.orders.Orders;
import waybill.platform.*;
import waybill.platform.Log.Metric;
import waybill.shipping.Carrier.Label;
import waybill.shipping.Shipment.*;

/** Buys the label of an approved dispatch: one a parcel, however often it is asked and wherever it dies. */
public final class BuyLabelHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(BuyLabelHandler.class);

  private final LabelPurchase purchase;
  private final Table<Tracking> trackings;
  private final Sender sender;

  public BuyLabelHandler() { this(Ports.ofProcess()); }

  /** With the built-in carrier unless the ports have another, and addresses as the orders have them. */
  public BuyLabelHandler(Ports ports) {
    this(ports, new Orders(ports)::shippingAddress);
  }

  /** @param addresses where an order ships to, read when its label is made */
  BuyLabelHandler(Ports ports, Function<OrderId, Optional<Address>> addresses) {
    this.purchase = new LabelPurchase(ShippingTable.shipments(ports),
        ports.client(Carrier.class, _ -> new TableRateCarrier()), new Catalog(ports), addresses, ports.clock());
    this.trackings = ShippingTable.trackings(ports);
    this.sender = new Sender(ports);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Batch.each(in, out, DispatchApproved.class, LOG, this::label);
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
