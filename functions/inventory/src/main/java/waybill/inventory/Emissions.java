package waybill.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import waybill.messages.Choreography.AdjustStock;
import waybill.messages.Choreography.AllocateStock;
import waybill.messages.Choreography.FillBackorders;
import waybill.messages.Choreography.ReleaseStock;
import waybill.messages.Choreography.ReserveStock;
import waybill.messages.Sent;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.messages.StockMessages.AllocationRefused;
import waybill.messages.StockMessages.BackordersDue;
import waybill.messages.StockMessages.LotSwapDecided;
import waybill.messages.StockMessages.StockAllocated;
import waybill.messages.StockMessages.StockBackordered;
import waybill.messages.StockMessages.StockCorrected;
import waybill.messages.StockMessages.StockCrossed;
import waybill.messages.StockMessages.StockFellShort;
import waybill.messages.StockMessages.StockRefused;
import waybill.messages.StockMessages.StockReleased;
import waybill.messages.StockMessages.StockReserved;

/** What follows from a record's state: the same when it is first written and whenever it is requested again. */
final class Emissions {

  private Emissions() {}

  static List<ReserveStock.Output> of(Reservation it) {
    return switch (it.status()) {
      case TAKEN -> taken(it);
      case REFUSED -> List.of(new StockRefused(it.order(), it.shortOf(), it.change()));
      case RELEASED -> List.of(new StockReleased(it.order()));
      case TAKING, RETURNING, RELEASING -> List.of();
    };
  }

  /** What is waited for is looked for at once: it may have come while this was written. */
  private static List<ReserveStock.Output> taken(Reservation it) {
    var messages = new ArrayList<ReserveStock.Output>();
    if (it.isWaiting()) {
      messages.add(backordered(it));
      it.owed().keySet().forEach(sku -> messages.add(new BackordersDue(sku, it.pool(), false)));
    } else {
      messages.add(new StockReserved(it.order(), it.change()));
      messages.addAll(leaving(it));
    }
    if (it.refusedChange() > it.change()) {
      messages.add(new StockRefused(it.order(), it.shortOf(), it.refusedChange()));
    }
    return List.copyOf(messages);
  }

  /** The same, and what storefronts do not know yet of the stock that is left. */
  static List<ReserveStock.Output> with(List<ReserveStock.Output> following, Reservation it, Counters counters) {
    if (!it.status().hasEnded() || it.status() == Movement.Status.RELEASED || it.items().isEmpty()) {
      return following;
    }
    Stream<ReserveStock.Output> crossed = counters
        .crossed(it.items().stream().map(SkuQuantity::sku).toList(), it.pool())
        .stream().map(sku -> new StockCrossed(sku, it.pool()));
    return Stream.concat(following.stream(), crossed).toList();
  }

  /** Who waits for nothing any more gives its places up. */
  private static List<BackordersDue> leaving(Reservation it) {
    return it.backorder() == null
        ? List.of()
        : it.backorder().promises().stream().map(promise -> new BackordersDue(promise.sku(), it.pool(), false))
            .toList();
  }

  private static StockBackordered backordered(Reservation it) {
    Backorder backorder = it.backorder();
    return new StockBackordered(it.order(), it.change(), backorder.promises(), backorder.version(), backorder.move(),
        backorder.at());
  }

  /** What follows for an order from units that have come, or that come on another day. */
  static List<FillBackorders.Output> ofFilled(Reservation it) {
    return it.isWaiting() ? List.of(backordered(it)) : List.of(new StockReserved(it.order(), it.change()));
  }

  /** The answer to who wanted it released: whatever had been promised before, or refused, nothing is promised now. */
  static List<ReleaseStock.Output> ofReleased(Reservation it) {
    return switch (it.status()) {
      case RELEASED, REFUSED -> List.of(new StockReleased(it.order()));
      case TAKING, TAKEN, RETURNING, RELEASING ->
        throw new IllegalStateException("%s is not released".formatted(it.id()));
    };
  }

  /** What has become free goes to those who wait for it; the order itself waits no more. */
  static List<ReleaseStock.Output> freed(Reservation it, Counters counters) {
    Stream<Sku> waitedFor = it.pool() == null
        ? Stream.of()
        : counters.waitedFor(it.items().stream().map(SkuQuantity::sku).toList(), it.pool()).stream();
    Stream<ReleaseStock.Output> due = Stream.concat(waitedFor, it.owed().keySet().stream()).distinct()
        .map(sku -> new BackordersDue(sku, it.pool(), true));
    return Stream.concat(ofReleased(it).stream(), due).toList();
  }

  static List<AllocateStock.Output> of(Allocation it) {
    return switch (it.status()) {
      case TAKEN ->
        List.of(new StockAllocated(it.order(), it.fulfillment(), it.location(), it.lines(), it.change(), it.lots()));
      case REFUSED ->
        List.of(new AllocationRefused(it.order(), it.fulfillment(), it.location(), it.shortOf(), it.change()));
      // Whoever had it released has given the fulfillment up and waits for nothing.
      case TAKING, RETURNING, RELEASING, RELEASED -> List.of();
    };
  }

  static LotSwapDecided of(LotSwap it) {
    return new LotSwapDecided(it.order(), it.fulfillment(), it.id(), it.refused());
  }

  static StockCorrected of(Shortage it) {
    return new StockCorrected(it.order(), it.fulfillment(), it.id(), it.doubtful());
  }

  /** What was allocated and is not there is taken from fulfillments of the location. */
  static List<StockFellShort> of(Adjustment it) {
    return it.shortfall() == 0
        ? List.of()
        : List.of(new StockFellShort(it.id().value(), it.sku(), it.location(), it.shortfall(), it.actor(), it.lot()));
  }

  /** The same, and who waits for what has come, or for a day that has moved. */
  static List<AdjustStock.Output> of(Adjustment it, Counters counters) {
    Stream<AdjustStock.Output> due = counters.waitedFor(List.of(it.sku()), it.pool()).stream()
        .map(sku -> new BackordersDue(sku, it.pool(), true));
    return Stream.concat(of(it).stream(), due).toList();
  }

  /** Nothing follows from stock that has left: the label that moved it was sent to the others. */
  static List<Sent> of(ShippedUnits it) {
    return switch (it.status()) {
      case TAKEN, TAKING, RELEASING, RELEASED -> List.of();
      case RETURNING, REFUSED -> throw new IllegalStateException("a shipment is never refused");
    };
  }
}
