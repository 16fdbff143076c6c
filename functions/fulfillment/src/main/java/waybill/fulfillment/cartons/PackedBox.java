package waybill.fulfillment.cartons;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A box and what lies where in it, the lowest first.
 *
 * @param grams of the box, its fill and its goods
 * @param cost until it is at the customer's, in minor units
 */
public record PackedBox(Box box, List<Placement> placements, int grams, long cost) {

  /** How many units of each kind are in it. */
  public Map<String, Integer> units() {
    var units = new TreeMap<String, Integer>();
    placements.forEach(it -> units.merge(it.goods(), 1, Integer::sum));
    return units;
  }

  /** How much of it is goods, in cubic millimetres. */
  public long volume() {
    return placements.stream().mapToLong(it -> it.size().volume()).sum();
  }
}
