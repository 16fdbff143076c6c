package waybill.shipping;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import waybill.catalog.Address;
import waybill.catalog.Catalog;
import waybill.catalog.Channel;
import waybill.catalog.Location;
import waybill.catalog.Product;
import waybill.catalog.ShippingMethod;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.Parcel;
import waybill.messages.ReturnLabelMessages.ReturnBox;
import waybill.messages.Sku;
import waybill.orders.OrderSummary.Package;
import waybill.orders.Orders.Shipping;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.shipping.LabelDesks.Desk;
import waybill.shipping.LabelDesks.Lookup;
import waybill.shipping.ParcelLabel.Draft;
import waybill.shipping.carrier.Carrier.Consignment;
import waybill.shipping.customs.Declaring;

/**
 * Registers a parcel that a customer sends back, with the first account that takes it.
 *
 * @param sent the order's parcels
 * @param shipping where that went
 * @param box what a person says of the parcel; null for as it was sent
 */
record ReturnDrafting(LabelDesks desks, Catalog catalog, List<Package> sent, Shipping shipping, ReturnBox box)
    implements Function<LabelWanted, Outcome<Draft>> {

  @Override
  public Outcome<Draft> apply(LabelWanted wanted) {
    Optional<Location> to = Optional.ofNullable(wanted.location()).flatMap(catalog::location);
    Address from = shipping.address();
    if (to.isEmpty() || from == null) {
      return Refused.conflict("no_address", to.isEmpty()
          ? "nobody knows to which location it goes: name one"
          : "the order has no shipping address").outcome();
    }
    if (Declaring.isNeeded(to.get().address(), from)) {
      return Refused.conflict("crosses_customs",
          "it crosses a customs border: its label is bought where the goods are declared").outcome();
    }
    return measured(wanted.parcel()).then(parcel -> offered(parcel, to.get(), from));
  }

  private Outcome<Draft> offered(Parcel parcel, Location to, Address from) {
    Optional<Channel> channel = catalog.channel(shipping.channel());
    var needs = new CarrierChoice.Needs(shipping.livemode(), from.country(), parcel.weightGrams());
    List<Lookup> candidates = CarrierChoice.candidates(
        channel.flatMap(it -> it.method(shipping.method())).map(ShippingMethod::carrierAccount).orElse(null),
        channel.map(Channel::carrierAccounts).orElse(List.of()), shipping.livemode()).stream().map(desks::find)
        .toList();
    Optional<Desk> desk = CarrierChoice.choose(candidates, needs);
    return desk.isEmpty()
        ? CarrierChoice.refusal(candidates, needs).outcome()
        : desk.get().carrier().create(Consignment.back(parcel, to, from, parcel.id().value()))
            .map(offer -> new Draft(desk.get().id(), offer.draft(), offer.price()));
  }

  /**
   * It weighs what its units weighed when they were sent: the parcels that they were in, without the known weight of what stays with the
   * customer. So it is never declared too light; of a parcel that nobody has measured nobody knows that. Its box is the largest of those.
   */
  private Outcome<Parcel> measured(Parcel wanted) {
    Map<LineId, Integer> left = new HashMap<>();
    wanted.lines().forEach(it -> left.merge(it.lineId(), it.quantity(), Integer::sum));
    Map<Sku, Product> products = catalog.products(sent.stream()
        .flatMap(it -> it.lines().stream()).map(LineQuantity::sku).distinct().toList());
    long grams = 0;
    boolean unmeasured = false;
    Optional<Package.Box> largest = Optional.empty();
    for (Package parcel : sent) {
      boolean used = false;
      long kept = 0;
      for (LineQuantity line : parcel.lines()) {
        int back = Math.min(line.quantity(), left.getOrDefault(line.lineId(), 0));
        left.merge(line.lineId(), -back, Integer::sum);
        used |= back > 0;
        Product product = products.get(line.sku());
        kept += product == null ? 0 : (long) (line.quantity() - back) * product.weightGrams();
      }
      unmeasured |= used && parcel.box() == null;
      if (used && parcel.box() != null) {
        grams += Math.max(1, parcel.box().weightGrams() - kept);
        largest = largest.filter(it -> VOLUME.compare(it, parcel.box()) >= 0).or(() -> Optional.of(parcel.box()));
      }
    }
    return box(wanted, unmeasured || grams == 0 ? null : (Integer) (int) Math.min(Integer.MAX_VALUE, grams),
        largest.orElse(null));
  }

  private static final Comparator<Package.Box> VOLUME = Comparator
      .comparingLong(it -> (long) it.lengthMm() * it.widthMm() * it.heightMm());

  private Outcome<Parcel> box(Parcel wanted, Integer grams, Package.Box as) {
    Integer weight = said(box == null ? null : box.weightGrams(), grams);
    Integer length = said(box == null ? null : box.lengthMm(), as == null ? null : as.lengthMm());
    Integer width = said(box == null ? null : box.widthMm(), as == null ? null : as.widthMm());
    Integer height = said(box == null ? null : box.heightMm(), as == null ? null : as.heightMm());
    return weight == null || length == null || width == null || height == null
        ? Refused.conflict("no_measures", "nobody knows the parcel's weight and size: say them").outcome()
        : Outcome.of(new Parcel(wanted.id(), wanted.lines(), weight, length, width, height, null, null));
  }

  private static Integer said(Integer one, Integer other) {
    return one == null ? other : one;
  }
}
