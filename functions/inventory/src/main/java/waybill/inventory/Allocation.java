package waybill.inventory;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import waybill.messages.FulfillmentId;
import waybill.messages.FulfillmentMessages.FulfillmentCancelled;
import waybill.messages.FulfillmentMessages.FulfillmentPlanned;
import waybill.messages.FulfillmentMessages.ShortageReported;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.LotQuantity;
import waybill.messages.OrderId;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;

/**
 * What a location keeps for a fulfillment.
 *
 * @param lines none if a change of the order's lines has left it none; they only ever get fewer
 * @param shortOf the units that were missing there, per SKU; empty unless refused
 * @param change which change of the order's lines it keeps them for; 0 as it was first planned
 * @param lots which lots it keeps; null if none of the products is tracked by lots
 * @param arrivesOn when the customer has it, if lots are to be good from then on; null if nobody knows
 */
record Allocation(OrderId order, FulfillmentId fulfillment, LocationId location, List<LineQuantity> lines,
    Status status, int moved, List<SkuQuantity> shortOf, int change, List<LotQuantity> lots,
    LocalDate arrivesOn)
    implements
    Movement<Allocation> {

  Allocation {
    Objects.requireNonNull(order, "order");
    Objects.requireNonNull(fulfillment, "fulfillment");
    Objects.requireNonNull(location, "location");
    lots = LotQuantity.orNull(lots);
    Movement.checked(lines.stream().map(line -> new SkuQuantity(line.sku(), line.quantity())).toList());
  }

  static Allocation of(FulfillmentPlanned planned) {
    return new Allocation(planned.order(), planned.fulfillment(), planned.location(), planned.lines(), Status.TAKING, 0,
        List.of(), planned.change(), planned.lots(), planned.arrivesOn());
  }

  /**
   * The wish that nothing be kept for the fulfillment any more. Its parcels are not looked for: the order decides between
   * dispatch and cancelling before a label is bought, and a label that is voided is off its shipment again. Were that broken, the location
   * would show units that have left, until its counter of allocated ones, too low by as many, refuses another's release or
   * parcel for a person to see.
   */
  static Allocation released(FulfillmentCancelled cancelled) {
    return new Allocation(cancelled.order(), cancelled.fulfillment(), cancelled.location(), cancelled.lines(),
        Status.RELEASED, 0, List.of(), 0, null, null);
  }

  @Override
  public String id() {
    return fulfillment.value();
  }

  /** Orders are released as their money comes, so no time ranks fulfillments fairly: their ids decide, the same way for all. */
  @Override
  public Instant at() {
    return Instant.EPOCH;
  }

  @Override
  public List<Move> moves() {
    return Movement.moves(LineQuantity.bySku(lines), item -> {
      var changes = new HashMap<>(Map.of(Counter.of(item.sku(), location), Levels.allocated(item.quantity())));
      LotQuantity.byLot(lots, item.sku())
          .forEach((lot, units) -> changes.put(Counter.of(item.sku(), location, lot), Levels.allocated(units)));
      return changes;
    });
  }

  /** The same from these lots. */
  Allocation from(List<LotQuantity> chosen) {
    return new Allocation(order, fulfillment, location, lines, status, moved, shortOf, change,
        LotQuantity.orNull(chosen), arrivesOn);
  }

  /** A taken one, of these lots: they may be more counters than it has moved, or fewer. */
  Allocation swapped(List<LotQuantity> found) {
    return from(found).ended();
  }

  @Override
  public Allocation with(Status next, int done, List<SkuQuantity> missing) {
    return new Allocation(order, fulfillment, location, lines, next, done, missing, change, lots, arrivesOn);
  }

  /** Units only leave it, by changes and by shortages: of two sizes, the smaller is the later. */
  @Override
  public boolean resizesTo(Allocation asked) {
    boolean taken = status == Status.TAKEN && asked.status == Status.TAKING;
    return taken && (asked.units() < units() || asked.units() == units() && asked.change > change);
  }

  private long units() {
    return Movement.units(LineQuantity.bySku(lines));
  }

  /** A taken one, with what is left of the lines of which units are missing. */
  Allocation within(ShortageReported reported) {
    Map<LineId, Integer> most = reported.lines().stream().collect(Collectors.toMap(LineQuantity::lineId, _ -> 0));
    reported.left().forEach(it -> most.replace(it.lineId(), it.quantity()));
    List<LineQuantity> kept = lines.stream().map(it -> new LineQuantity(it.lineId(), it.sku(),
        Math.min(it.quantity(), most.getOrDefault(it.lineId(), it.quantity())))).filter(it -> it.quantity() > 0)
        .toList();
    return new Allocation(order, fulfillment, location, kept, status, 0, shortOf, change,
        LotQuantity.within(lots, kept, reported.lots()), arrivesOn).ended();
  }

  /** Lines of one SKU change together. */
  @Override
  public Allocation toward(Allocation asked, int mostSkus) {
    List<SkuQuantity> wanted = LineQuantity.bySku(asked.lines);
    Map<Sku, Integer> reached = Movement.toward(LineQuantity.bySku(lines), wanted, mostSkus);
    Predicate<LineQuantity> isReached = line -> wanted.stream().filter(it -> it.sku().equals(line.sku()))
        .mapToInt(SkuQuantity::quantity).sum() == reached.getOrDefault(line.sku(), 0);
    List<LineQuantity> left = lines.stream().filter(isReached.negate()).toList();
    List<LineQuantity> next = Stream.concat(asked.lines.stream().filter(isReached), left.stream()).toList();
    return new Allocation(order, fulfillment, location, next, status, 0, List.of(),
        left.isEmpty() ? asked.change : change, LotQuantity.within(lots, next, LotQuantity.beyond(lots, asked.lots)),
        arrivesOn)
        .ended();
  }
}
