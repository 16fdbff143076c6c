package waybill.fulfillment.cartons;

/**
 * A kind of box that an order may be packed into.
 *
 * @param inner what goods fit into
 * @param outer what the carrier measures
 * @param emptyGrams of the box with its fill
 * @param maximumGrams of the box, its fill and what is in it
 * @param cost of one, in minor units
 * @param stock how many there are; null if there are always enough
 */
public record Box(String id, Size inner, Size outer, int emptyGrams, int maximumGrams, long cost, Integer stock) {

  public Box {
    if (!outer.holds(inner) || emptyGrams < 0 || maximumGrams < emptyGrams || cost < 0) {
      throw new IllegalArgumentException("no box is like that: " + id);
    }
  }

  /** How many grams of goods it carries. */
  int carries() {
    return maximumGrams - emptyGrams;
  }

  Box with(Integer left) {
    return new Box(id, inner, outer, emptyGrams, maximumGrams, cost, left);
  }
}
