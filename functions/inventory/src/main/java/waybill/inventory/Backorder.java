package waybill.inventory;

import module java.base;
import waybill.messages.*;

/**
 * What a reservation was promised without being there, and when it comes.
 *
 * @param promises one a SKU that was missing; one whose units are all there stays, with none
 * @param version one more with each change
 * @param move how often the day has moved on which all of it is there
 * @param at when it was promised, or moved last
 */
record Backorder(List<StockPromise> promises, int version, int move, Instant at) {

  static Backorder of(List<StockPromise> promises, Instant at) {
    return new Backorder(promises, 1, 0, at);
  }

  /** The units that are still not there, per SKU. */
  Map<Sku, Integer> owed() {
    var owed = new TreeMap<Sku, Integer>();
    promises.stream().filter(it -> it.units() > 0).forEach(it -> owed.put(it.sku(), it.units()));
    return owed;
  }

  /** With fewer units of a SKU owed: they are wanted no more. */
  Backorder less(Sku sku, int units) {
    return changed(sku, it -> new StockPromise(sku, it.units() - units, it.originally(), it.now()));
  }

  /** With more units of a SKU owed: another order has them, as this one waits for others anyway. */
  Backorder lending(Sku sku, int units) {
    return changed(sku, it -> new StockPromise(sku, it.units() + units, it.originally(), it.now()));
  }

  /**
   * After some units of a SKU have come. The day may move by that too: what came last may have been what nobody knew the day of.
   *
   * @param day on which the others come
   * @param time when all that became known
   */
  Backorder come(Sku sku, int units, Instant day, Instant time) {
    Backorder next = changed(sku, it -> new StockPromise(sku, it.units() - units, it.originally(), day));
    boolean moved = !next.owed().isEmpty() && !Objects.equals(next.day(), day());
    return moved ? new Backorder(next.promises, next.version, move + 1, time) : next;
  }

  private Backorder changed(Sku sku, UnaryOperator<StockPromise> change) {
    List<StockPromise> next = promises.stream().map(it -> it.sku().equals(sku) ? change.apply(it) : it).toList();
    return next.equals(promises) ? this : new Backorder(next, version + 1, move, at);
  }

  StockPromise promise(Sku sku) {
    return promises.stream().filter(it -> it.sku().equals(sku)).findFirst().orElseThrow();
  }

  /** The day on which all of it is there; null if nobody knows. */
  Instant day() {
    return last(promises.stream().filter(it -> it.units() > 0), StockPromise::now);
  }

  /** The day on which all of it was first said to be there; null if nobody knew. */
  Instant originally() {
    return last(promises.stream(), StockPromise::originally);
  }

  private static Instant last(Stream<StockPromise> of, Function<StockPromise, Instant> day) {
    List<Instant> days = of.map(day).toList();
    return days.stream().anyMatch(Objects::isNull)
        ? null
        : days.stream().max(Comparator.naturalOrder()).orElse(null);
  }
}
