package waybill.returns;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.ParcelId;
import waybill.messages.ShipmentStatus;
import waybill.messages.Sku;
import waybill.orders.OrderSummary.Package;
import waybill.orders.Orders.Placed;

/**
 * What the customer of an order has, as its parcels say.
 *
 * @param lines what is carried, as it is packed
 * @param parcels those that have left
 * @param market where it goes; null if nothing is carried
 */
record Goods(List<LineQuantity> lines, List<Package> parcels, String market) {

  static Goods of(Placed order) {
    var address = order.content().form().shippingAddress();
    return new Goods(order.content().shippedLines(),
        order.summary().parcels().stream().filter(Package::hasLeft).toList(),
        address == null ? null : address.country());
  }

  private static boolean is(Package parcel, ShipmentStatus status) {
    return parcel.scan() != null && parcel.scan().status() == status;
  }

  private Stream<Package> delivered() {
    return parcels.stream().filter(it -> is(it, ShipmentStatus.DELIVERED));
  }

  private static Map<LineId, Integer> units(Stream<Package> parcels) {
    var units = new HashMap<LineId, Integer>();
    parcels.flatMap(it -> it.lines().stream()).forEach(it -> units.merge(it.lineId(), it.quantity(), Integer::sum));
    return units;
  }

  Map<LineId, Integer> unitsDelivered() {
    return units(delivered());
  }

  List<LineQuantity> in(ParcelId parcel) {
    return parcels.stream().filter(it -> it.id().equals(parcel)).flatMap(it -> it.lines().stream()).toList();
  }

  /** When the last of it was delivered; null if something still is to be. */
  Instant lastDelivery() {
    boolean all = units(parcels.stream()).values().stream().mapToInt(Integer::intValue).sum() >= units()
        && parcels.stream().allMatch(it -> is(it, ShipmentStatus.DELIVERED) || is(it, ShipmentStatus.RETURNED));
    return all ? delivered().map(it -> it.scan().at()).max(Comparator.naturalOrder()).orElse(null) : null;
  }

  int units() {
    return lines.stream().mapToInt(LineQuantity::quantity).sum();
  }

  Sku sku(LineId line) {
    return lines.stream().filter(it -> it.lineId().equals(line)).map(LineQuantity::sku).findFirst().orElse(null);
  }
}
