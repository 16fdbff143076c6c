package waybill.shipping;

import module java.base;
import waybill.catalog.*;
import waybill.messages.Choreography.BuyLabel;
import waybill.messages.OrderId;
import waybill.messages.OrderMessages.DispatchApproved;
import waybill.messages.OrderMessages.DispatchWithdrawn;
import waybill.messages.ShipmentMessages.WithdrawalAnswered;
import waybill.orders.Orders.Shipping;
import waybill.orders.Orders;
import waybill.orders.Sale;
import waybill.platform.*;
import waybill.platform.Log.Metric;
import waybill.shipping.ParcelLabel.*;
import waybill.shipping.carrier.Carrier.Label;
import waybill.shipping.carrier.CarrierAccount;

/**
 * Buys the label of an approved dispatch: one a parcel, however often it is asked and wherever it crashes; or ensures that none is
 * bought any more, if its dispatch is withdrawn before.
 */
public record BuyLabelHandler(LabelPurchase purchase, LabelWithdrawal withdrawal, Table<Tracking> trackings,
    ScanPolls polls, Sender<BuyLabel.Output> sender)
    implements QueueFunction<BuyLabel.Input> {
  private static final Log LOG = Log.of(BuyLabelHandler.class);

  public BuyLabelHandler() { this(Ports.ofProcess()); }

  /** With Waybill's carriers unless the ports have others. */
  public BuyLabelHandler(Ports ports) {
    this(ports, new Orders(ports)::shipping);
  }

  /** @param orders where an order ships to, read when its label is made */
  BuyLabelHandler(Ports ports, Function<OrderId, Optional<Shipping>> orders) {
    this(ports, orders, new Orders(ports)::sale);
  }

  /** @param sales what an order's goods were sold for, read if customs ask */
  BuyLabelHandler(Ports ports, Function<OrderId, Optional<Shipping>> orders, Function<OrderId, Optional<Sale>> sales) {
    this(ports, new LabelDesks(Carriers.of(ports), CarrierAccount.all(ports)), orders, sales);
  }

  private BuyLabelHandler(Ports ports, LabelDesks desks, Function<OrderId, Optional<Shipping>> orders,
      Function<OrderId, Optional<Sale>> sales) {
    this(
        new LabelPurchase(ShippingTable.labels(ports), desks,
            new DispatchDrafting(desks, new Catalog(ports), orders,
                new CustomsDesk(new Catalog(ports), sales, ports.clock()), new ParcelInsurance(sales)),
            ports.clock()),
        new LabelWithdrawal(ports), ShippingTable.trackings(ports), new ScanPolls(ports, desks), new Sender<>(ports));
  }

  @Override
  public void work(BuyLabel.Input news) {
    switch (news) {
      case DispatchApproved approved -> buy(approved);
      case DispatchWithdrawn withdrawn -> withdraw(withdrawn);
    }
  }

  private void withdraw(DispatchWithdrawn dispatch) {
    Optional<List<ParcelLabel>> withdrawn = withdrawal.withdraw(dispatch.parcels());
    LOG.info(withdrawn.isPresent() ? "Labels withdrawn" : "Labels stand", "order", dispatch.order(), "parcels",
        dispatch.parcels());
    sender.send(Stream.<BuyLabel.Output>concat(
        withdrawn.stream().flatMap(List::stream).map(Emissions::of).flatMap(List::stream),
        Stream.of(new WithdrawalAnswered(dispatch.order(), dispatch.parcels(), withdrawn.isPresent()))).toList());
  }

  private void buy(DispatchApproved dispatch) {
    ParcelLabel label = purchase.buy(LabelWanted.of(dispatch));
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
      // Its parcel is packed again: whoever asked for that has the answer.
      case Withdrawn _, Voided _ -> LOG.info("Label withdrawn", "order", label.order(), "parcel", label.parcel());
      case Drafted _ -> throw new IllegalStateException(label.parcel() + " is neither bought nor uncertain");
    }
  }

  private void labelled(ParcelLabel parcel, Labelled labelled) {
    Label label = labelled.label();
    Tracking joining = Tracking.of(new TrackingNumber(label.trackingNumber()), parcel.parcel(), labelled.at());
    Tracking tracking = trackings.change(ShippingTable.key(joining.trackingNumber()),
        current -> current.map(it -> it.join(joining)).orElse(joining)).value();
    if (labelled.account() != null) {
      polls.follow(labelled.account(), label.trackingNumber(), labelled.at());
    }
    sender.send(Emissions.of(parcel, tracking));
    LOG.measure(Metric.count("ParcelsLabelled"), "Parcel labelled", "order", parcel.order(), "parcel", parcel.parcel(),
        "account", labelled.account(), "carrier", label.carrier(), "tracking_number", label.trackingNumber());
  }
}
