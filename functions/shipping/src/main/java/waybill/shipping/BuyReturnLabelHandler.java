package waybill.shipping;

import module java.base;
import waybill.catalog.*;
import waybill.messages.Choreography.BuyReturnLabel;
import waybill.messages.*;
import waybill.messages.ReturnLabelMessages.*;
import waybill.orders.OrderSummary.Package;
import waybill.orders.OrderSummary;
import waybill.orders.Orders;
import waybill.orders.Orders.Shipping;
import waybill.platform.*;
import waybill.platform.Table.Key;
import waybill.shipping.ParcelLabel.*;
import waybill.shipping.carrier.CarrierAccount;

/**
 * Buys the label of a return as {@code BuyLabel} buys those of parcels that are sent: one, however often it is asked and wherever it crashes. Or
 * ensures that none is bought any more, and voids one that is not used.
 */
public record BuyReturnLabelHandler(Table<ParcelLabel> labels, LabelDesks desks, LabelWithdrawal withdrawal,
    Table<Tracking> trackings, ScanPolls polls, Function<OrderId, Optional<List<Package>>> sent,
    Function<OrderId, Optional<Shipping>> shipping, Catalog catalog, InstantSource clock,
    Sender<BuyReturnLabel.Output> sender) implements QueueFunction<BuyReturnLabel.Input> {
  private static final Log LOG = Log.of(BuyReturnLabelHandler.class);

  public BuyReturnLabelHandler() { this(Ports.ofProcess()); }

  public BuyReturnLabelHandler(Ports ports) {
    this(ports, id -> new Orders(ports).summary(id).map(OrderSummary::parcels), new Orders(ports)::shipping);
  }

  /** @param sent the parcels of an order. @param shipping where it went, read when a label is made */
  BuyReturnLabelHandler(Ports ports, Function<OrderId, Optional<List<Package>>> sent,
      Function<OrderId, Optional<Shipping>> shipping) {
    this(ports, new LabelDesks(Carriers.of(ports), CarrierAccount.all(ports)), sent, shipping);
  }

  private BuyReturnLabelHandler(Ports ports, LabelDesks desks, Function<OrderId, Optional<List<Package>>> sent,
      Function<OrderId, Optional<Shipping>> shipping) {
    this(ShippingTable.labels(ports), desks, new LabelWithdrawal(ports), ShippingTable.trackings(ports),
        new ScanPolls(ports, desks), sent, shipping, new Catalog(ports), ports.clock(), new Sender<>(ports));
  }

  @Override
  public void work(BuyReturnLabel.Input news) {
    switch (news) {
      case ReturnLabelAsked asked -> buy(asked);
      case ReturnLabelUnwanted unwanted -> withdraw(unwanted);
    }
  }

  private void withdraw(ReturnLabelUnwanted unwanted) {
    Key key = ShippingTable.key(unwanted.order(), unwanted.parcel());
    labels.find(key).map(Stored::value)
        .ifPresent(it -> new LabelPurchase(labels, desks, _ -> {
          throw new IllegalStateException("a label that is not wanted is not drafted");
        }, clock).clarified(key, it));
    boolean withdrawn = withdrawal.withdraw(List.of(unwanted.parcel())).isPresent();
    sender.send(List.of(new ReturnLabelWithdrawn(unwanted.order(), unwanted.parcel(), withdrawn)));
    LOG.info(withdrawn ? "Return label withdrawn" : "Return label stands", "order", unwanted.order(), "parcel",
        unwanted.parcel());
  }

  private void buy(ReturnLabelAsked asked) {
    List<Package> parcels = sent.apply(asked.order())
        .orElseThrow(() -> new IllegalStateException(asked.order() + " is not placed"));
    var wanted = new LabelWanted(asked.order(), location(asked, parcels), null,
        new Parcel(asked.parcel(), asked.lines(), 0, 0, 0, 0, null, null), asked.at());
    var drafting = new ReturnDrafting(desks, catalog, parcels, shipping.apply(asked.order()).orElseThrow(),
        asked.box());
    ParcelLabel label = new LabelPurchase(labels, desks, drafting, clock).buy(wanted);
    switch (label.stage()) {
      case Labelled it -> labelled(label, it);
      case Unsold it -> unlabelled(label, it.code(), it.detail());
      case Uncertain it -> unlabelled(label, "uncertain", it.draft().id());
      case Withdrawn _, Voided _ -> sender.send(Emissions.back(label));
      case Drafted _ -> throw new IllegalStateException(label.parcel() + " is neither bought nor uncertain");
    }
  }

  /** Where it was sent from, if nobody says where it goes. */
  private LocationId location(ReturnLabelAsked asked, List<Package> parcels) {
    Set<LineId> back = asked.lines().stream().map(LineQuantity::lineId).collect(Collectors.toSet());
    return asked.location() != null
        ? asked.location()
        : parcels.stream().filter(it -> it.lines().stream().anyMatch(one -> back.contains(one.lineId())))
            .map(Package::id).flatMap(it -> labels.find(ShippingTable.key(it.order(), it)).stream())
            .map(it -> it.value().location()).filter(Objects::nonNull).findFirst().orElse(null);
  }

  private void unlabelled(ParcelLabel label, String code, String detail) {
    sender.send(Emissions.back(label));
    LOG.warn("Return label not bought", "order", label.order(), "parcel", label.parcel(), "code", code, "detail",
        detail);
  }

  private void labelled(ParcelLabel parcel, Labelled labelled) {
    Tracking joining = Tracking.of(new TrackingNumber(labelled.label().trackingNumber()), parcel.parcel(),
        labelled.at());
    Tracking tracking = trackings.change(ShippingTable.key(joining.trackingNumber()),
        current -> current.map(it -> it.join(joining)).orElse(joining)).value();
    polls.follow(labelled.account(), labelled.label().trackingNumber(), labelled.at());
    sender.send(Stream.concat(Emissions.back(parcel).stream(), Emissions.back(parcel.parcel(), tracking).stream())
        .toList());
    LOG.info("Return labelled", "order", parcel.order(), "parcel",
        parcel.parcel(), "account", labelled.account(), "tracking_number", labelled.label().trackingNumber());
  }
}
