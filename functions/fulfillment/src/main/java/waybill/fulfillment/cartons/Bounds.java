package waybill.fulfillment.cartons;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Below how many boxes no packing can go. A length that leaves no room for another beside it counts as the whole length of
 * the box, by the dual feasible functions of Fekete and Schepers; so sizes are seen, not only volumes.
 */
public final class Bounds {
  private static final int LARGEST_K = 5;

  private Bounds() {}

  /** The fewest boxes of these kinds that could hold the goods, in any number of each. */
  public static int fewest(List<Goods> goods, List<Box> boxes) {
    long heaviest = boxes.stream().mapToLong(Box::carries).max().orElseThrow();
    long grams = goods.stream().mapToLong(it -> (long) it.grams() * it.units()).sum();
    long byWeight = heaviest == 0 ? 1 : Math.ceilDiv(grams, heaviest);
    return (int) Math.max(1, Math.max(byWeight, Math.max(bySize(goods, boxes), byPairs(goods, boxes))));
  }

  /** Whether one box cannot hold the goods, by volume, size or weight. */
  static boolean exceed(List<Goods> goods, Box box) {
    return fewest(goods, List.of(box)) > 1 || !goods.stream().allMatch(it -> it.fits(box));
  }

  private static long bySize(List<Goods> goods, List<Box> boxes) {
    List<List<List<Size>>> ways = boxes.stream()
        .map(box -> goods.stream().map(it -> it.orientations().stream().filter(box.inner()::holds).toList()).toList())
        .toList();
    long most = 1;
    int[] k = new int[3];
    for (k[0] = 0; k[0] <= LARGEST_K; k[0]++) {
      for (k[1] = 0; k[1] <= LARGEST_K; k[1]++) {
        for (k[2] = 0; k[2] <= LARGEST_K; k[2]++) {
          most = Math.max(most, boxes(goods, boxes, ways, k));
        }
      }
    }
    return most;
  }

  private static long boxes(List<Goods> goods, List<Box> boxes, List<List<List<Size>>> ways, int[] k) {
    double filled = 0;
    for (int kind = 0; kind < goods.size(); kind++) {
      double least = Double.MAX_VALUE;
      for (int box = 0; box < boxes.size(); box++) {
        Size inner = boxes.get(box).inner();
        for (Size way : ways.get(box).get(kind)) {
          least = Math.min(least, part(way.length(), inner.length(), k[0]) * part(way.width(), inner.width(), k[1])
              * part(way.height(), inner.height(), k[2]));
        }
      }
      filled += least * goods.get(kind).units();
    }
    // What adds up to whole boxes but for the error of its sums is that many boxes.
    return (long) Math.ceil(filled - 1e-6);
  }

  /** How much of the whole a length counts: itself with k = 0, else by the function u(k). */
  private static double part(long length, long whole, int k) {
    return k == 0 || (k + 1) * length % whole == 0 ? (double) length / whole : (double) ((k + 1) * length / whole) / k;
  }

  /** Units of which no two share a box need one each. Kinds join greedily, those of most units first. */
  private static long byPairs(List<Goods> goods, List<Box> boxes) {
    var alone = new ArrayList<Goods>();
    long units = 0;
    List<Goods> largest = goods.stream().sorted(
        Comparator.comparingLong((Goods it) -> -it.size().volume()).thenComparing(Goods::id)).toList();
    for (Goods it : largest) {
      boolean apartFromAll = alone.stream().noneMatch(other -> boxes.stream().anyMatch(box -> pair(it, other, box)));
      if (apartFromAll) {
        boolean apartFromItself = it.units() == 1 || boxes.stream().noneMatch(box -> pair(it, it, box));
        alone.add(it);
        units += apartFromItself ? it.units() : 1;
      }
    }
    return units;
  }

  private static boolean pair(Goods a, Goods b, Box box) {
    if ((long) a.grams() + b.grams() > box.carries()) {
      return false;
    }
    Size inner = box.inner();
    for (Size one : a.orientations()) {
      for (Size two : b.orientations()) {
        boolean beside = inner.holds(one) && inner.holds(two) && (one.length() + two.length() <= inner.length()
            || one.width() + two.width() <= inner.width() || one.height() + two.height() <= inner.height());
        if (beside) {
          return true;
        }
      }
    }
    return false;
  }
}
