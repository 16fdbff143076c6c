package waybill.messages;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * So many units of an order's line that come from a lot. A list of them has, for each line, the lot first that expires first; and there is
 * null instead of a list where no product is tracked by lots, so that nothing is written for those.
 *
 * @param expiresOn null if the product does not expire
 */
public record LotQuantity(LineId lineId, Sku sku, LotNumber lot, ExpiryDate expiresOn, int quantity) {

  private LotQuantity of(int units) {
    return new LotQuantity(lineId, sku, lot, expiresOn, units);
  }

  /** The list, or null for an empty one. */
  public static List<LotQuantity> orNull(List<LotQuantity> lots) {
    return lots == null || lots.isEmpty() ? null : List.copyOf(lots);
  }

  public static List<LotQuantity> orNone(List<LotQuantity> lots) {
    return lots == null ? List.of() : lots;
  }

  /** What is left of lots if their lines have only so many units: whatever expires last goes first. */
  public static List<LotQuantity> within(List<LotQuantity> lots, List<LineQuantity> lines) {
    var left = new HashMap<LineId, Integer>();
    lines.forEach(it -> left.merge(it.lineId(), it.quantity(), Integer::sum));
    var kept = new ArrayList<LotQuantity>();
    for (LotQuantity it : orNone(lots)) {
      int units = Math.min(it.quantity, left.getOrDefault(it.lineId, 0));
      if (units > 0) {
        kept.add(it.of(units));
        left.merge(it.lineId, -units, Integer::sum);
      }
    }
    return orNull(kept);
  }

  /** What of these is not in others; nothing if the others are not known. */
  public static List<LotQuantity> beyond(List<LotQuantity> lots, List<LotQuantity> others) {
    if (others == null) {
      return List.of();
    }
    Map<LotQuantity, Integer> in = new HashMap<>();
    others.forEach(it -> in.merge(it.of(0), it.quantity, Integer::sum));
    return orNone(lots).stream().filter(it -> it.quantity > in.getOrDefault(it.of(0), 0))
        .map(it -> it.of(it.quantity - in.getOrDefault(it.of(0), 0))).toList();
  }

  /** The same if units of certain lots are missing: as far as a line has fewer units, those go first. */
  public static List<LotQuantity> within(List<LotQuantity> lots, List<LineQuantity> lines, List<LotQuantity> missing) {
    var fewer = new HashMap<LineId, Integer>();
    orNone(lots).forEach(it -> fewer.merge(it.lineId, it.quantity, Integer::sum));
    lines.forEach(it -> fewer.merge(it.lineId(), -it.quantity(), Integer::sum));
    Map<LotQuantity, Integer> gone = new HashMap<>();
    orNone(missing).forEach(it -> gone.merge(it.of(0), it.quantity, Integer::sum));
    var kept = new ArrayList<LotQuantity>();
    for (LotQuantity it : orNone(lots)) {
      int units = Math.clamp(Math.min(fewer.getOrDefault(it.lineId, 0), gone.getOrDefault(it.of(0), 0)), 0,
          it.quantity);
      fewer.merge(it.lineId, -units, Integer::sum);
      if (units < it.quantity) {
        kept.add(it.of(it.quantity - units));
      }
    }
    return within(kept, lines);
  }

  /**
   * Shares lots among parts that hold the lines together, in their order.
   *
   * @return the lots of each part; null for one that holds none
   */
  public static <P> List<List<LotQuantity>> share(List<LotQuantity> lots, List<P> parts,
      Function<P, List<LineQuantity>> lines) {
    var left = new ArrayList<>(orNone(lots));
    var shares = new ArrayList<List<LotQuantity>>();
    for (P part : parts) {
      List<LotQuantity> share = within(left, lines.apply(part));
      orNone(share).forEach(it -> take(left, it));
      shares.add(share);
    }
    return shares;
  }

  private static void take(List<LotQuantity> left, LotQuantity taken) {
    left.replaceAll(it -> it.of(0).equals(taken.of(0)) ? it.of(it.quantity - taken.quantity) : it);
    left.removeIf(it -> it.quantity == 0);
  }

  /**
   * The same with so many units of a line from another lot.
   *
   * @param expiresOn the day of the other lot; null if the product does not expire
   */
  public static List<LotQuantity> exchanged(List<LotQuantity> lots, LotQuantity given, LotNumber other,
      ExpiryDate expiresOn) {
    var next = new ArrayList<>(orNone(lots));
    take(next, given);
    var taken = new LotQuantity(given.lineId, given.sku, other, expiresOn, given.quantity);
    int there = next.indexOf(next.stream().filter(it -> it.of(0).equals(taken.of(0))).findFirst().orElse(null));
    if (there >= 0) {
      next.set(there, taken.of(next.get(there).quantity + given.quantity));
      return List.copyOf(next);
    }
    int place = 0;
    for (int i = 0; i < next.size(); i++) {
      LotQuantity it = next.get(i);
      if (it.lineId.equals(given.lineId) && !expiresAfter(it.expiresOn, expiresOn)) {
        place = i + 1;
      }
    }
    next.add(place, taken);
    return List.copyOf(next);
  }

  private static boolean expiresAfter(ExpiryDate one, ExpiryDate other) {
    return other != null && (one == null || one.day().isAfter(other.day()));
  }

  /** The units of a product by lot. */
  public static Map<LotNumber, Integer> byLot(List<LotQuantity> lots, Sku sku) {
    var units = new TreeMap<LotNumber, Integer>();
    orNone(lots).stream().filter(it -> it.sku.equals(sku))
        .forEach(it -> units.merge(it.lot, it.quantity, Integer::sum));
    return units;
  }
}
