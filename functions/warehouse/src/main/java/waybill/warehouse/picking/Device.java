package waybill.warehouse.picking;

/**
 * What a person takes along to pick: a cart with bins, each for the units of one order.
 *
 * @param id as its people call it
 * @param bins how many bins it has
 * @param maxGrams what may lie on it
 * @param maxMillilitres what it has room for
 * @param binMillilitres what one of its bins has room for: an order that needs more takes several; null if a bin takes any order
 * @param minMillilitres for less than this the next device is taken
 */
public record Device(String id, int bins, int maxGrams, int maxMillilitres, Integer binMillilitres,
    int minMillilitres) {

  /** How many of its bins an order takes. */
  int bins(Load load) {
    return binMillilitres == null ? 1 : Math.max(1, Math.ceilDiv(load.millilitres(), binMillilitres));
  }

  /** Whether an order fits if nothing else is on it. */
  boolean takes(Load load) {
    return bins(load) <= bins && load.grams() <= maxGrams && load.millilitres() <= maxMillilitres;
  }
}
