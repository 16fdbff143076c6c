package waybill.inventory;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import waybill.messages.FulfillmentId;
import waybill.messages.FulfillmentMessages.FulfillmentCancelled;
import waybill.messages.FulfillmentMessages.FulfillmentPlanned;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.OrderId;
import waybill.messages.SkuQuantity;

/**
 * What a location keeps for a fulfillment.
 *
 * @param shortOf the units that were missing there, per SKU; empty unless refused
 */
record Allocation(OrderId order, FulfillmentId fulfillment, LocationId location, List<LineQuantity> lines,
    Status status, int moved, List<SkuQuantity> shortOf)
    implements
    Movement<Allocation> {

  Allocation {
    Objects.requireNonNull(order, "order");
    Objects.requireNonNull(fulfillment, "fulfillment");
    Objects.requireNonNull(location, "location");
    Movement.checked(lines.stream().map(line -> new SkuQuantity(line.sku(), line.quantity())).toList());
  }

  static Allocation of(FulfillmentPlanned planned) {
    return new Allocation(planned.order(), planned.fulfillment(), planned.location(), planned.lines(), Status.TAKING, 0,
        List.of());
  }

  /**
   * The wish that nothing be kept for the fulfillment any more. Its parcels are not looked for: the order decides between
   * dispatch and cancelling before a label is bought, so what has shipped is never cancelled. Were that broken, the location
   * would show units that have left, until its counter of allocated ones, too low by as many, refuses another's release or
   * parcel for a person to see.
   */
  static Allocation released(FulfillmentCancelled cancelled) {
    return new Allocation(cancelled.order(), cancelled.fulfillment(), cancelled.location(), cancelled.lines(),
        Status.RELEASED, 0, List.of());
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
    return Movement.moves(LineQuantity.bySku(lines),
        item -> Map.of(Counter.of(item.sku(), location), Levels.allocated(item.quantity())));
  }

  @Override
  public Allocation with(Status next, int done, List<SkuQuantity> missing) {
    return new Allocation(order, fulfillment, location, lines, next, done, missing);
  }
}
