package waybill.orders;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import waybill.messages.FulfillmentId;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.Money;
import waybill.messages.OrderId;
import waybill.messages.ParcelId;

/**
 * The axis of an order's parcels, as far as deciding takes it: what is allocated, what is packed into how many parcels, and
 * which of them are held. What becomes of each parcel is in its own item, an {@link OrderParcel}.
 *
 * @param held the parcels whose labels have a problem; each moves together with its parcel's item
 */
record OrderPacking(List<OrderFulfillment> fulfillments, List<HeldParcel> held) {
  static final OrderPacking NONE = new OrderPacking(List.of(), List.of());
  /** How long planning and allocating may take before the order is released again. */
  static final Duration TO_ANSWER = Duration.ofMinutes(5);
  /** After how long the label of a held parcel is asked for again. */
  static final Duration TO_SETTLE = Duration.ofHours(1);

  /** A parcel that waits for its label. */
  record HeldParcel(ParcelId id, LabelProblem problem) {}

  /**
   * How much must be taken in all before this fulfillment may leave.
   *
   * @param change as of which change of the lines it was packed
   * @param voided how many parcels of it were voided before
   */
  record Need(FulfillmentId fulfillment, int change, int voided, Money sum) {

    /** What is packed again may need more than its first capture has made. */
    String cause() {
      String packing = voided == 0 ? "" : "/parcel " + (voided + 1);
      return change == 0 ? fulfillment.value() + packing : fulfillment.value() + "/" + change + packing;
    }
  }

  /**
   * The fulfillment as it is allocated or packed; packed stays packed, also if it waits for money, and what a later change has left of it
   * stays so.
   */
  OrderPacking with(OrderFulfillment news) {
    return new OrderPacking(Joined.with(fulfillments, news, OrderFulfillment::id, OrderFulfillment::join), held);
  }

  /** How many units of a line are in what is packed and approved: they leave, whatever is changed. */
  int dispatched(LineId line) {
    return fulfillments.stream().filter(OrderFulfillment::isPacked).flatMap(it -> it.lines().stream())
        .filter(it -> it.lineId().equals(line)).mapToInt(LineQuantity::quantity).sum();
  }

  /** The fulfillments whose dispatch is approved. */
  List<FulfillmentId> approved() {
    return fulfillments.stream().filter(OrderFulfillment::isPacked).map(OrderFulfillment::id).toList();
  }

  /** What is packed and waits for money, the least sum first. @param kept which may not leave for another reason */
  List<Need> needs(Predicate<OrderFulfillment> kept) {
    return fulfillments.stream().filter(it -> it.isWaiting() && !kept.test(it))
        .map(it -> new Need(it.id(), it.change(), it.voided(), it.awaits()))
        .sorted(Comparator.comparing(Need::sum).thenComparing(Need::fulfillment)).toList();
  }

  /** What waits for no more than was taken leaves. @param kept which may not leave for another reason */
  OrderPacking leaving(Money taken, Predicate<OrderFulfillment> kept) {
    return new OrderPacking(fulfillments.stream()
        .map(it -> it.isWaiting() && taken.compareTo(it.awaits()) >= 0 && !kept.test(it) ? it.approved() : it)
        .toList(), held);
  }

  /** All units that leave or wait for that, with those of one more fulfillment, by their lines. */
  Map<LineId, Integer> packedWith(OrderFulfillment news, Predicate<OrderFulfillment> kept) {
    var units = new HashMap<LineId, Integer>();
    Stream.concat(Stream.of(news), fulfillments.stream()
        .filter(it -> !it.id().equals(news.id()) && (it.isPacked() || it.isWaiting() && !kept.test(it))))
        .flatMap(it -> it.lines().stream()).forEach(it -> units.merge(it.lineId(), it.quantity(), Integer::sum));
    return units;
  }

  /** Whether this fulfillment is packed and may leave. */
  boolean isPacked(FulfillmentId fulfillment) {
    return fulfillments.stream().anyMatch(it -> it.id().equals(fulfillment) && it.isPacked());
  }

  /** What a parcel that has moved means for its order: nothing if it is void. */
  OrderPacking with(OrderParcel parcel) {
    ParcelId id = parcel.parcel().id();
    if (find(id.fulfillment()).filter(it -> id.number() > it.voided()).isEmpty()) {
      return this;
    }
    List<HeldParcel> others = held.stream().filter(it -> !it.id.equals(id)).toList();
    return new OrderPacking(fulfillments, parcel.isHeld()
        ? Joined.with(others, new HeldParcel(id, parcel.problem()), HeldParcel::id, (_, it) -> it)
        : others);
  }

  /** Whether this is one of its fulfillments. */
  boolean knows(FulfillmentId fulfillment) {
    return fulfillments.stream().anyMatch(it -> it.id().equals(fulfillment));
  }

  Optional<OrderFulfillment> find(FulfillmentId fulfillment) {
    return fulfillments.stream().filter(it -> it.id().equals(fulfillment)).findFirst();
  }

  /** Whether parcels from this number on are no longer to leave: they are void, or are about to be. */
  boolean isWithdrawn(FulfillmentId fulfillment, int first) {
    return find(fulfillment).filter(it -> it.withdrawing() || first <= it.voided()).isPresent();
  }

  /**
   * With one that is to be packed again. That is so at once if its dispatch was not approved; else it must be found out whether a label
   * was bought.
   *
   * @param asked as it is known to who asks, without its parcels
   */
  OrderPacking repacking(OrderFulfillment asked, int first, int parcels) {
    OrderFulfillment known = find(asked.id()).orElse(asked);
    if (first != known.voided() + 1) {
      return this;
    }
    return replaced(known.isPacked()
        ? known.withdrawing(true)
        : known.unpacked(known.voided() + parcels, 0));
  }

  /** @param withdrawn whether no label was bought, and none will be */
  OrderPacking withdrawalAnswered(List<ParcelId> parcels, boolean withdrawn, int latest) {
    return find(parcels.getFirst().fulfillment()).filter(it -> it.isPacked() && it.parcelIds().equals(parcels))
        .map(it -> withdrawn ? it.unpacked(parcels.getLast().number(), latest) : it.withdrawing(false))
        .map(this::replaced).orElse(this);
  }

  private OrderPacking replaced(OrderFulfillment next) {
    return new OrderPacking(
        Joined.with(fulfillments, next, OrderFulfillment::id, (_, news) -> news),
        held.stream().filter(it -> next.isPacked() || !it.id.fulfillment().equals(next.id())).toList());
  }

  /** Those whose approval is being withdrawn. */
  Stream<OrderFulfillment> withdrawing() {
    return fulfillments.stream().filter(OrderFulfillment::withdrawing);
  }

  /** Whether something is packed. */
  boolean isStarted() {
    return fulfillments.stream().anyMatch(OrderFulfillment::isPacked);
  }

  /** All parcels of what is packed. */
  List<ParcelId> parcelIds() {
    return fulfillments.stream().flatMap(it -> it.parcelIds().stream()).toList();
  }

  LocationId location(FulfillmentId fulfillment) {
    return fulfillments.stream().filter(it -> it.id().equals(fulfillment)).findFirst().orElseThrow().locationId();
  }

  FulfillmentProgress progress(int unitsToShip) {
    return FulfillmentProgress.of(units(_ -> true), units(OrderFulfillment::isPacked), unitsToShip);
  }

  private int units(Predicate<OrderFulfillment> counted) {
    return fulfillments.stream().filter(counted).mapToInt(OrderFulfillment::units).sum();
  }

  /** Whether all that ships is allocated to a location. */
  boolean isAllocated(int unitsToShip) {
    return units(_ -> true) >= unitsToShip;
  }

  /** Whether so many units are packed. */
  boolean isPacked(int units) {
    return units(OrderFulfillment::isPacked) >= units;
  }

  /** What a person must look at. */
  List<Hold> holds() {
    return Stream.concat(lacking().map(Hold::ofShort),
        held.stream().map(it -> Hold.of(it.problem, it.id))).toList();
  }

  /** What waits for units that no location has. */
  Stream<OrderFulfillment> lacking() {
    return fulfillments.stream().filter(OrderFulfillment::isShort);
  }

  /** When to look after the packing of an order; null if nothing is waited for. @param released whether it may be planned */
  Instant dueAt(boolean released, int unitsToShip, Instant now) {
    if (released && !isAllocated(unitsToShip)) {
      return now.plus(TO_ANSWER);
    }
    if (withdrawing().findAny().isPresent()) {
      return now.plus(TO_ANSWER);
    }
    return held.isEmpty() ? null : now.plus(TO_SETTLE);
  }

  /** @param changed whether lines of the order were changed. @throws IllegalTransition if packing cannot go here from where it was */
  void after(FulfillmentProgress before, int unitsToShip, boolean changed, OrderId order) {
    boolean repacked = fulfillments.stream().anyMatch(it -> it.voided() > 0);
    IllegalTransition.requireLegal(order, before, progress(unitsToShip),
        repacked ? before.nextOfRepacked() : changed ? before.nextOfChanged() : before.next());
  }
}
