package waybill.fulfillment.sourcing;

import java.util.Arrays;
import java.util.List;

/**
 * What customs ask for the parcels of an order, as the EU does since July 2026: an amount for each tariff number of each consignment. Goods of one
 * number cost least if they come from few locations, so of each set of locations it is found, number by number, which of them ship those goods.
 * That is exact: a location of the set is paid for anyway, and which of them ship one number changes nothing for another.
 */
final class Duties {
  private static final long NEVER = Long.MAX_VALUE / 4;

  /** Which locations of a set ship the goods of a number, by number and set. */
  private final int[][] ship;
  private final long[] total;

  /**
   * @param duty of each location, the first is the lowest bit of a set
   * @param covers by number and set, whether the set holds all goods of that number
   */
  Duties(long[] duty, List<boolean[]> covers) {
    int sets = 1 << duty.length;
    this.ship = new int[covers.size()][sets];
    this.total = new long[sets];
    for (int number = 0; number < covers.size(); number++) {
      var least = new long[sets];
      Arrays.fill(least, NEVER);
      for (int set = 1; set < sets; set++) {
        if (!covers.get(number)[set]) {
          continue;
        }
        long all = 0;
        for (int bit = 0; bit < duty.length; bit++) {
          all += (set >> bit & 1) * duty[bit];
        }
        least[set] = all;
        ship[number][set] = set;
        for (int bit = 0; bit < duty.length; bit++) {
          int without = set & ~(1 << bit);
          if (without != set && least[without] <= least[set]) {
            least[set] = least[without];
            ship[number][set] = ship[number][without];
          }
        }
      }
      for (int set = 1; set < sets; set++) {
        total[set] += least[set] == NEVER ? 0 : least[set];
      }
    }
  }

  /** Of all goods, from a set that holds them. */
  long of(int set) {
    return total[set];
  }

  /** Which locations of a set ship the goods of a number. */
  int ship(int number, int set) {
    return ship[number][set];
  }
}
