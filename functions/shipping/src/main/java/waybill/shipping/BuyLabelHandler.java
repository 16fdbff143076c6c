package waybill.shipping;

import module java.base;
import waybill.catalog.*;
import waybill.messages.Choreography.BuyLabel;
import waybill.messages.OrderId;
import waybill.messages.OrderMessages.DispatchApproved;
import waybill.orders.Orders.Shipping;
import waybill.orders.Orders;
import waybill.platform.*;
import waybill.platform.Log.Metric;
import waybill.shipping.ParcelLabel.*;
import waybill.shipping.carrier.Carrier.Label;
import waybill.shipping.carrier.CarrierAccount;

/** Buys the label of an approved dispatch: one a parcel, however often it is asked and wherever it crashes. */
public record BuyLabelHandler(LabelPurchase purchase, Table<Tracking> trackings, Sender<BuyLabel.Output> sender)
    implements QueueFunction<DispatchApproved> {
  private static final Log LOG = Log.of(BuyLabelHandler.class);

  public BuyLabelHandler() { this(Ports.ofProcess()); }

  /** With Waybill's carriers unless the ports have others. */
  public BuyLabelHandler(Ports ports) {
    this(ports, new Orders(ports)::shipping);
  }

  /** @param orders where an order ships to, read when its label is made */
  BuyLabelHandler(Ports ports, Function<OrderId, Optional<Shipping>> orders) {
    this(
        new LabelPurchase(ShippingTable.labels(ports),
            new LabelDesks(Carriers.of(ports), CarrierAccount.all(ports)), new Catalog(ports), orders, ports.clock()),
        ShippingTable.trackings(ports), new Sender<>(ports));
  }

  @Override
  public void work(DispatchApproved dispatch) {
    ParcelLabel label = purchase.buy(dispatch);
    switch (label.stage()) {
      case Labelled it -> labelled(label, it);
      case Unsold it -> {
        sender.send(Emissions.of(label));
        LOG.report("LabelsRefused", "Label refused", "order", label.order(), "parcel", label.parcel(), "code",
            it.code(), "detail", it.detail());
      }
      case Uncertain it -> {
        sender.send(Emissions.of(label));
        LOG.report("LabelsUncertain", "Label uncertain", "order", label.order(), "parcel", label.parcel(), "account",
            it.draft().account(), "draft", it.draft().id());
      }
      case Drafted _ -> throw new IllegalStateException(label.parcel() + " is neither bought nor uncertain");
    }
  }

  private void labelled(ParcelLabel parcel, Labelled labelled) {
    Label label = labelled.label();
    Tracking joining = Tracking.of(new TrackingNumber(label.trackingNumber()), parcel.parcel(), labelled.at());
    Tracking tracking = trackings.change(ShippingTable.key(joining.trackingNumber()),
        current -> current.map(it -> it.join(joining)).orElse(joining)).value();
    sender.send(Emissions.of(parcel, tracking));
    LOG.measure(Metric.count("ParcelsLabelled"), "Parcel labelled", "order", parcel.order(), "parcel", parcel.parcel(),
        "account", labelled.account(), "carrier", label.carrier(), "tracking_number", label.trackingNumber());
  }
}
