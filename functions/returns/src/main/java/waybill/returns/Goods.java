package waybill.returns;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import waybill.messages.ClaimId;
import waybill.messages.IncidentId;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.ParcelId;
import waybill.messages.ReturnId;
import waybill.messages.ShipmentStatus;
import waybill.messages.Sku;
import waybill.orders.OrderContent;
import waybill.orders.OrderForm;
import waybill.orders.OrderSummary.Package;
import waybill.orders.Orders.Compensated;
import waybill.orders.Orders.Placed;

/**
 * What the customer of an order has, as its parcels say.
 *
 * @param lines what is carried, as it is packed
 * @param ordered the SKU of each line that was ordered: of a kit its own, and not its components'
 * @param parcels those that have left
 * @param market where it goes; null if nothing is carried
 * @param compensated units that are sent again or refunded, and of no claim
 * @param compensatedOf those of them that an incident of this parcel has
 */
record Goods(List<LineQuantity> lines, Map<LineId, Sku> ordered, List<Package> parcels, String market,
    Map<LineId, Integer> compensated, Map<ParcelId, Map<LineId, Integer>> compensatedOf) {

  static Goods of(Placed order) {
    var address = order.content().form().shippingAddress();
    return new Goods(order.content().shippedLines(), ordered(order.content()),
        order.summary().parcels().stream().filter(Package::hasLeft).toList(),
        address == null ? null : address.country(), compensated(order.compensated()),
        compensatedOf(order.compensated()));
  }

  private static Map<ParcelId, Map<LineId, Integer>> compensatedOf(List<Compensated> all) {
    var parcels = new HashMap<ParcelId, List<Compensated>>();
    all.forEach(it -> parcel(it.cause())
        .ifPresent(parcel -> parcels.computeIfAbsent(parcel, _ -> new ArrayList<>()).add(it)));
    var units = new HashMap<ParcelId, Map<LineId, Integer>>();
    parcels.forEach((parcel, its) -> units.put(parcel, compensated(its)));
    return Map.copyOf(units);
  }

  /** Whose incident asked for it; empty if something else did. */
  private static Optional<ParcelId> parcel(String cause) {
    try {
      return Optional.of(new IncidentId(cause).parcel());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Map<LineId, Sku> ordered(OrderContent content) {
    List<OrderForm.Line> lines = content.form().lines();
    return IntStream.range(0, lines.size()).boxed()
        .collect(Collectors.toMap(OrderContent::lineId, it -> lines.get(it).sku()));
  }

  /** What one cause asks for is one compensation, though units are both refunded and sent again for it. What a claim or an exchange asks for is in the ledger itself. */
  private static Map<LineId, Integer> compensated(List<Compensated> all) {
    var causes = new HashMap<String, Map<LineId, Integer>>();
    all.stream().filter(it -> !isOfReturns(it.cause())).forEach(it -> {
      var units = new HashMap<LineId, Integer>();
      it.lines().forEach(line -> units.merge(line.lineId(), line.quantity(), Integer::sum));
      units.forEach((line, quantity) -> causes.computeIfAbsent(it.cause(), _ -> new HashMap<>()).merge(line, quantity,
          Math::max));
    });
    var units = new HashMap<LineId, Integer>();
    causes.values().forEach(it -> it.forEach((line, quantity) -> units.merge(line, quantity, Integer::sum)));
    return Map.copyOf(units);
  }

  private static boolean isOfReturns(String cause) {
    return cause.startsWith(ClaimId.PREFIX) || cause.startsWith(ReturnId.PREFIX);
  }

  int compensated(LineId line) {
    return compensated.getOrDefault(line, 0);
  }

  int compensated(ParcelId parcel, LineId line) {
    return compensatedOf.getOrDefault(parcel, Map.of()).getOrDefault(line, 0);
  }

  /** So many units of a line as they were packed: of a kit each of its components. A line that the order has not stays as it is. */
  static List<Return.Units> packed(OrderContent content, LineId line, int quantity, int most) {
    return content.kit(line).map(kit -> kit.components().stream()
        .map(one -> new Return.Units(one.id(), (int) Math.min(most, (long) quantity * one.quantity()))).toList())
        .orElseGet(() -> List.of(new Return.Units(line, quantity)));
  }

  private static boolean is(Package parcel, ShipmentStatus status) {
    return parcel.scan() != null && parcel.scan().status() == status;
  }

  boolean isDelivered(ParcelId parcel) {
    return delivered().anyMatch(it -> it.id().equals(parcel));
  }

  /** When its carrier delivered it; empty if the order does not know that. */
  Optional<Instant> deliveredAt(ParcelId parcel) {
    return delivered().filter(it -> it.id().equals(parcel)).map(it -> it.scan().at()).findFirst();
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

  Map<LineId, Integer> unitsShipped() {
    return units(parcels.stream());
  }

  Map<LineId, Integer> unitsIn(ParcelId parcel) {
    return units(parcels.stream().filter(it -> it.id().equals(parcel)));
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

  /** The products that say whether a line may come back: what it is, and the kit that it was sold in. */
  Stream<Sku> skus(LineId line) {
    return Stream.of(sku(line), ordered.get(line.ordered())).filter(Objects::nonNull).distinct();
  }
}
