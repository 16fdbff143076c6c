package waybill.shipping;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import waybill.catalog.Catalog;
import waybill.catalog.Channel;
import waybill.catalog.Location;
import waybill.catalog.ShippingMethod;
import waybill.messages.OrderId;
import waybill.orders.Orders.Shipping;
import waybill.platform.Outcome;
import waybill.shipping.LabelDesks.Desk;
import waybill.shipping.LabelDesks.Lookup;
import waybill.shipping.ParcelLabel.Draft;
import waybill.shipping.carrier.Carrier.Consignment;

/** Registers a parcel that is sent to a customer, with the first account that takes it. */
record DispatchDrafting(LabelDesks desks, Catalog catalog, Function<OrderId, Optional<Shipping>> orders,
    CustomsDesk customs, ParcelInsurance insurance) implements Function<LabelWanted, Outcome<Draft>> {

  @Override
  public Outcome<Draft> apply(LabelWanted wanted) {
    Location from = catalog.location(wanted.location())
        .orElseThrow(() -> new IllegalStateException("there is no location " + wanted.location()));
    Shipping to = orders.apply(wanted.order()).filter(it -> it.address() != null)
        .orElseThrow(() -> new IllegalStateException(wanted.order() + " has no shipping address"));
    Optional<Channel> channel = catalog.channel(to.channel());
    Optional<ShippingMethod> method = channel.flatMap(it -> it.method(to.method()));
    var needs = new CarrierChoice.Needs(to.livemode(), to.address().country(), wanted.parcel().weightGrams());
    List<Lookup> candidates = CarrierChoice.candidates(
        to.chosen() == null ? method.map(ShippingMethod::carrierAccount).orElse(null) : to.chosen().carrierAccount(),
        channel.map(Channel::carrierAccounts).orElse(List.of()), to.livemode()).stream().map(desks::find).toList();
    Optional<Desk> chosen = CarrierChoice.choose(candidates, needs);
    if (chosen.isEmpty()) {
      return CarrierChoice.refusal(candidates, needs).outcome();
    }
    Desk desk = chosen.get();
    // What customs would miss is found before anything is paid.
    return customs.declare(wanted.order(), wanted.parcel(), from, to.address(), channel)
        .then(declared -> insurance.of(desk.account(), wanted.order(), wanted.parcel())
            .then(insured -> desk.carrier().create(new Consignment(wanted.parcel(), from, to.address(),
                wanted.parcel().id().value(),
                to.chosen() == null ? method.map(ShippingMethod::service).orElse(null) : to.chosen().service(),
                declared.orElse(null), insured.orElse(null)))))
        .map(offer -> new Draft(desk.id(), offer.draft(), offer.price()));
  }
}
