package waybill.shipping;

import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import waybill.catalog.Address;
import waybill.catalog.Catalog;
import waybill.catalog.Location;
import waybill.messages.Message.DispatchApproved;
import waybill.messages.OrderId;
import waybill.platform.Chance;
import waybill.platform.Log;
import waybill.platform.Table;
import waybill.shipping.Carrier.Bought;
import waybill.shipping.Carrier.Finding;
import waybill.shipping.Carrier.Label;
import waybill.shipping.Carrier.NotBought;
import waybill.shipping.Carrier.Unknown;
import waybill.shipping.Shipment.Drafted;
import waybill.shipping.Shipment.Labelled;
import waybill.shipping.Shipment.Uncertain;

/** Walks a shipment to its label. After each call to the carrier what it said is written, before the next. */
final class LabelPurchase {
  private static final Log LOG = Log.of(BuyLabelHandler.class);

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

  /**
   * The shipment with its label, bought now or before; uncertain where that cannot be found out.
   *
   * @throws Shipment.Busy where another is buying it
   */
  Shipment buy(DispatchApproved dispatch) {
    Table.Key key = ShippingTable.key(dispatch.order(), dispatch.parcel().id());
    Shipment shipment = claim(key, dispatch);
    return switch (shipment.stage()) {
      case Drafted it -> settled(key, it.draft(), pay(it));
      case Uncertain it -> settled(key, it.draft(), ask(it));
      case Labelled _ -> shipment;
    };
  }

  private Shipment claim(Table.Key key, DispatchApproved dispatch) {
    String claimant = Chance.here().newName();
    if (shipments.find(key).isEmpty()) {
      Shipment begun = begin(dispatch, claimant);
      if (shipments.insert(begun)) {
        return begun;
      }
    }
    return shipments.change(key, current -> current.orElseThrow().claimed(claimant, clock.instant())).value();
  }

  private Shipment begin(DispatchApproved dispatch, String claimant) {
    return Shipment.boughtElsewhere(dispatch, clock.instant()).orElseGet(() -> {
      String draft = create(dispatch);
      return Shipment.drafted(dispatch, draft, claimant, clock.instant());
    });
  }

  private String create(DispatchApproved dispatch) {
    Location from = catalog.location(dispatch.location())
        .orElseThrow(() -> new IllegalStateException("there is no location " + dispatch.location()));
    Address to = addresses.apply(dispatch.order())
        .orElseThrow(() -> new IllegalStateException(dispatch.order() + " has no shipping address"));
    return carrier.create(dispatch.parcel(), from, to, dispatch.parcel().id().value()).id();
  }

  /** The label, found or bought; empty where the carrier cannot tell whether there is one. */
  private Optional<Label> pay(Drafted drafted) {
    return switch (drafted.sure() ? new NotBought() : find(drafted)) {
      case Bought it -> Optional.of(it.label());
      case NotBought _ -> Optional.of(carrier.buy(drafted.draft()));
      case Unknown _ -> Optional.empty();
    };
  }

  private Finding find(Drafted drafted) {
    try {
      return carrier.find(drafted.draft());
    } catch (RuntimeException e) {
      if (!drafted.outOfPatience(clock.instant())) {
        throw e;
      }
      LOG.error("carrier fails to answer", e, "draft", drafted.draft());
      return new Unknown();
    }
  }

  /** The label that has turned up, for a person may have asked the carrier meanwhile. It is never bought here. */
  private Optional<Label> ask(Uncertain uncertain) {
    try {
      return carrier.find(uncertain.draft()) instanceof Bought it ? Optional.of(it.label()) : Optional.empty();
    } catch (RuntimeException e) {
      // It is uncertain already, and that must be told also while the carrier is away.
      LOG.error("carrier fails to answer", e, "draft", uncertain.draft());
      return Optional.empty();
    }
  }

  private Shipment settled(Table.Key key, String draft, Optional<Label> label) {
    return shipments.change(key, current -> {
      Shipment shipment = current.orElseThrow();
      return label.map(it -> shipment.labelled(draft, it, clock.instant()))
          .orElseGet(() -> shipment.uncertain(draft, clock.instant()));
    }).value();
  }
}
