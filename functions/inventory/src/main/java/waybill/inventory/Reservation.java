package waybill.inventory;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import waybill.messages.OrderId;
import waybill.messages.OrderMessages.OrderCancelled;
import waybill.messages.OrderMessages.OrderPlaced;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.messages.StockPool;

/**
 * What a pool promises to an order. An order that was cancelled before it asked has a tombstone: no items, and neither pool nor
 * time, which a cancellation does not know.
 *
 * @param items units per SKU, one entry a SKU
 * @param shortOf the units that were missing, per SKU; empty unless it or a change is refused
 * @param change which change of the order's lines it promises; 0 as it was placed
 * @param refusedChange the latest change that was refused; 0 if none was
 * @param backorder what of these was promised without being there; null if all of it was
 * @param missing the units of these that a packer did not find and that are not promised again yet, per SKU
 * @param inParts whether what is there leaves before the rest has come; else nothing of it is planned while it waits
 */
record Reservation(OrderId order, StockPool pool, List<SkuQuantity> items, Instant placedAt, Status status, int moved,
    List<SkuQuantity> shortOf, int change, int refusedChange, List<SkuQuantity> missing, Backorder backorder,
    boolean inParts)
    implements
    Movement<Reservation> {

  Reservation {
    Objects.requireNonNull(order, "order");
    if (status != Status.RELEASED) {
      Objects.requireNonNull(pool, "pool");
      Objects.requireNonNull(placedAt, "placed_at");
    }
    items = Movement.checked(items);
  }

  static Reservation of(OrderPlaced placed) {
    return new Reservation(placed.order(), placed.pool(), placed.items(), placed.placedAt(), Status.TAKING, 0,
        List.of(), placed.change(), 0, List.of(), null, placed.inParts());
  }

  /** The wish that nothing be promised to the order any more. */
  static Reservation released(OrderCancelled cancelled) {
    return new Reservation(cancelled.order(), null, List.of(), null, Status.RELEASED, 0, List.of(), 0, 0, List.of(),
        null, false);
  }

  @Override
  public String id() {
    return order.value();
  }

  @Override
  public Instant at() {
    return placedAt;
  }

  @Override
  public List<Move> moves() {
    Map<Sku, Integer> owed = owed();
    return Movement.moves(Missing.without(items, Missing.units(missing)), item -> {
      int waiting = owed.getOrDefault(item.sku(), 0);
      return Map.of(Counter.of(item.sku(), pool),
          Levels.reserved(item.quantity() - waiting).plus(Levels.backordered(waiting)));
    });
  }

  /** What is promised of it, and there. */
  List<SkuQuantity> promised() {
    return Missing.without(Missing.without(items, Missing.units(missing)), owed());
  }

  /** The units of a SKU that are there and wait for others: none if they leave before those. */
  int idle(Sku sku) {
    return inParts || !isWaiting()
        ? 0
        : promised().stream().filter(it -> it.sku().equals(sku)).mapToInt(SkuQuantity::quantity).sum();
  }

  /** The units that it waits for, per SKU. */
  Map<Sku, Integer> owed() {
    return backorder == null ? Map.of() : backorder.owed();
  }

  /** A place in the queue of each SKU that it waits for. */
  @Override
  public int beside() {
    return status == Status.TAKING ? owed().size() : 0;
  }

  boolean isWaiting() {
    return status == Status.TAKEN && !owed().isEmpty();
  }

  /** With these units owed, as they are not there. */
  Reservation owing(Backorder owed) {
    return new Reservation(order, pool, items, placedAt, status, moved, shortOf, change, refusedChange, missing, owed,
        inParts);
  }

  /** A promise that was given, with these units missing. */
  Reservation lacking(Map<Sku, Integer> units) {
    return new Reservation(order, pool, items, placedAt, status, 0, shortOf, change, refusedChange,
        Missing.items(units), backorder, inParts).ended();
  }

  @Override
  public Reservation with(Status next, int done, List<SkuQuantity> lack) {
    return new Reservation(order, pool, items, placedAt, next, done, lack, change, refusedChange, missing, backorder,
        inParts);
  }

  @Override
  public int answered() {
    return Math.max(change, refusedChange);
  }

  @Override
  public Reservation toward(Reservation asked, int mostSkus) {
    List<SkuQuantity> next = Movement.toward(items, asked.items, mostSkus).entrySet().stream()
        .map(it -> new SkuQuantity(it.getKey(), it.getValue())).toList();
    int reached = next.equals(asked.items) ? asked.change : change;
    Backorder left = within(next);
    List<SkuQuantity> lacking = Missing.after(missing, Missing.without(items, owed()),
        left == null ? next : Missing.without(next, left.owed()));
    return new Reservation(order, pool, next, placedAt, status, 0, List.of(), reached, refusedChange, lacking, left,
        inParts).ended();
  }

  @Override
  public Reservation unchanged(int refused, List<SkuQuantity> lack) {
    return new Reservation(order, pool, items, placedAt, status, moved, lack, change, refused, missing, backorder,
        inParts);
  }

  /** What is owed of fewer items: what is wanted no more is first what has not come, then what a packer did not find. */
  private Backorder within(List<SkuQuantity> next) {
    Map<Sku, Integer> before = Missing.units(items);
    Map<Sku, Integer> now = Missing.units(next);
    Backorder left = backorder;
    for (Map.Entry<Sku, Integer> it : owed().entrySet()) {
      int fewer = before.getOrDefault(it.getKey(), 0) - now.getOrDefault(it.getKey(), 0);
      left = left.less(it.getKey(), Math.clamp(fewer, 0, it.getValue()));
    }
    return left;
  }
}
