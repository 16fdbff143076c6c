package waybill.shipping;

import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import waybill.catalog.Address;
import waybill.catalog.Catalog;
import waybill.catalog.Location;
import waybill.messages.Message.DispatchApproved;
import waybill.messages.OrderId;
import waybill.platform.Table;
import waybill.shipping.Carrier.Label;
import waybill.shipping.Shipment.Claimed;
import waybill.shipping.Shipment.Drafted;
import waybill.shipping.Shipment.Labelled;

/** Walks a shipment to its label. After each call to the carrier what it said is written, before the next. */
final class LabelPurchase {
  private final Table<Shipment> shipments;
  private final Carrier carrier;
  private final Catalog catalog;
  private final Function<OrderId, Optional<Address>> addresses;
  private final InstantSource clock;

  LabelPurchase(Table<Shipment> shipments, Carrier carrier, Catalog catalog,
      Function<OrderId, Optional<Address>> addresses, InstantSource clock) {
    this.shipments = shipments;
    this.carrier = carrier;
    this.catalog = catalog;
    this.addresses = addresses;
    this.clock = clock;
  }

  /** The shipment with its label, bought now or before. @throws Shipment.Busy where another is buying it */
  Shipment buy(DispatchApproved dispatch) {
    Table.Key key = ShippingTable.key(dispatch.order(), dispatch.parcel().id());
    Shipment shipment = shipments.change(key, current -> Shipment.claim(current, dispatch, clock.instant())).value();
    while (true) {
      switch (shipment.stage()) {
        case Claimed claim -> {
          String draft = create(dispatch);
          shipment = shipments.change(key, current -> current.orElseThrow().drafted(claim, draft)).value();
        }
        case Drafted it -> {
          Label label = pay(it);
          shipment = shipments
              .change(key, current -> current.orElseThrow().labelled(it.draft(), label, clock.instant())).value();
        }
        case Labelled _ -> {
          return shipment;
        }
      }
    }
  }

  private String create(DispatchApproved dispatch) {
    Location from = catalog.location(dispatch.location())
        .orElseThrow(() -> new IllegalStateException("there is no location " + dispatch.location()));
    Address to = addresses.apply(dispatch.order())
        .orElseThrow(() -> new IllegalStateException(dispatch.order() + " has no shipping address"));
    return carrier.create(dispatch.parcel(), from, to, dispatch.parcel().id().value()).id();
  }

  private Label pay(Drafted drafted) {
    Optional<Label> bought = drafted.unsure() ? carrier.find(drafted.draft()) : Optional.empty();
    return bought.orElseGet(() -> carrier.buy(drafted.draft()));
  }
}
