package waybill.options;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import waybill.catalog.Address;
import waybill.catalog.CarrierAccountId;
import waybill.catalog.Channel;
import waybill.catalog.Destination;
import waybill.catalog.Product;
import waybill.catalog.ShippingMethod;
import waybill.messages.Parcel;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.shipping.CarrierRates;
import waybill.shipping.carrier.Carrier.Consignment;
import waybill.shipping.carrier.Rates.Rate;
import waybill.shipping.customs.Declaration;

/**
 * What carriers ask for an order, for the methods that leave their price or their days to them. All accounts are asked at once; what one of them
 * objects to takes away no other's answer.
 *
 * @param rates by method
 */
record CarrierOffers(Map<String, Rate> rates, List<Objection> problems) {
  static final CarrierOffers NONE = new CarrierOffers(Map.of(), List.of());
  /** A checkout waits for it. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** Asks nobody if no method that goes there leaves anything to its carrier. */
  static CarrierOffers of(CarrierRates carriers, Channel channel, Situation situation, Parcel parcel,
      Declaration customs) {
    List<ShippingMethod> open = channel.shippingMethods().stream()
        .filter(it -> it.carrierAccount() != null && it.ageCheck() >= situation.age()
            && it.zone(situation.destination()).filter(ShippingMethod.Zone::asksCarrier).isPresent())
        .toList();
    if (open.isEmpty()) {
      return NONE;
    }
    List<CarrierAccountId> accounts = open.stream().map(ShippingMethod::carrierAccount).distinct().toList();
    CarrierRates.Answer answer = carriers.ask(accounts, channel.livemode(),
        new Consignment(parcel, situation.sources().getFirst().location(), address(situation.destination()), null,
            null, customs),
        PATIENCE);
    var rates = new LinkedHashMap<String, Rate>();
    open.forEach(method -> cheapest(method, answer).ifPresent(it -> rates.put(method.code(), it)));
    return new CarrierOffers(rates, answer.problems().stream().map(
        it -> new Objection(null, it.account(), it.code(),
            it.carrier() == null ? it.detail() : it.carrier() + ": " + it.detail()))
        .toList());
  }

  private static Optional<Rate> cheapest(ShippingMethod method, CarrierRates.Answer answer) {
    return answer.rates().stream().filter(it -> it.account().equals(method.carrierAccount()))
        .map(CarrierRates.AccountRate::rate)
        .filter(it -> method.service() == null || it.name().equals(method.service())
            || it.service().equals(method.service()))
        .min(Comparator.comparingLong((Rate it) -> it.price().minorUnits()).thenComparing(Rate::name));
  }

  /** What is known before the order is placed. */
  private static Address address(Destination to) {
    return new Address(null, null, null, null, null, to.state(), to.postalCode(), to.country(), null);
  }

  /** A box that holds the items: as long and as wide as the largest of them, and as high as their volume makes it. */
  static Parcel parcel(Cargo cargo, Map<Sku, Product> products) {
    int length = 0;
    int width = 0;
    int height = 0;
    long volume = 0;
    for (SkuQuantity item : cargo.items()) {
      Product product = products.get(item.sku());
      var edges = new ArrayList<>(List.of(product.lengthMm(), product.widthMm(), product.heightMm()));
      edges.sort(Comparator.reverseOrder());
      length = Math.max(length, edges.get(0));
      width = Math.max(width, edges.get(1));
      height = Math.max(height, edges.get(2));
      volume += (long) product.lengthMm() * product.widthMm() * product.heightMm() * item.quantity();
    }
    long ground = Math.max(1, (long) length * width);
    return new Parcel(null, List.of(), (int) Math.min(Integer.MAX_VALUE, cargo.grams()), length, width,
        (int) Math.min(Integer.MAX_VALUE, Math.max(height, Math.ceilDiv(volume, ground))), null, null);
  }
}
