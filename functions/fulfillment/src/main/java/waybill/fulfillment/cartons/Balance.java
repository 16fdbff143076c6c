package waybill.fulfillment.cartons;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import waybill.fulfillment.cartons.Filler.Filled;

/**
 * Divides goods over the same boxes so that they weigh about the same: two boxes of 10.5 kg are carried more easily than one of 20 and one
 * of 1. What makes them dearer, or fits no more, is left as it was.
 */
final class Balance {
  private static final int MOST_MOVES = 20;

  private final Filler filler;
  private final Tariff tariff;
  private final List<Goods> goods;

  Balance(Filler filler, Tariff tariff, List<Goods> goods) {
    this.filler = filler;
    this.tariff = tariff;
    this.goods = goods;
  }

  List<Filled> of(List<Filled> boxes) {
    if (boxes.size() < 2) {
      return boxes;
    }
    List<Filled> divided = better(boxes, byWeight(boxes));
    for (int i = 0; i < MOST_MOVES && !filler.isSpent(); i++) {
      List<Filled> moved = better(divided, oneMoved(divided));
      if (moved == divided) {
        return divided;
      }
      divided = moved;
    }
    return divided;
  }

  /** Boxes with these units, if all fit and they are better so. */
  private List<Filled> better(List<Filled> boxes, List<int[]> parts) {
    if (parts == null) {
      return boxes;
    }
    var refilled = new ArrayList<Filled>();
    for (int i = 0; i < boxes.size(); i++) {
      Filled box = boxes.get(i);
      Filled full = Arrays.equals(box.units(), parts.get(i)) ? box : filler.all(box.box(), parts.get(i));
      if (full == null || full.isEmpty()) {
        return boxes;
      }
      refilled.add(full);
    }
    return spread(refilled) < spread(boxes) && cost(refilled) <= cost(boxes) ? refilled : boxes;
  }

  private long cost(List<Filled> boxes) {
    return boxes.stream().mapToLong(it -> tariff.landed(it.box(), it.grams())).sum();
  }

  private static long spread(List<Filled> boxes) {
    var grams = boxes.stream().mapToLong(Balance::grams).summaryStatistics();
    return grams.getMax() - grams.getMin();
  }

  private static long grams(Filled it) {
    return (long) it.box().emptyGrams() + it.grams();
  }

  /** The heaviest unit first, each into the box that is lightest. */
  private List<int[]> byWeight(List<Filled> boxes) {
    if (goods.stream().anyMatch(it -> !it.together().isEmpty())) {
      return null;
    }
    List<int[]> parts = boxes.stream().map(it -> new int[it.units().length]).toList();
    long[] grams = boxes.stream().mapToLong(it -> it.box().emptyGrams()).toArray();
    int[] kinds = IntStream.range(0, goods.size()).boxed()
        .sorted(Comparator.comparingInt((Integer it) -> -goods.get(it).grams())).mapToInt(it -> it).toArray();
    for (int kind : kinds) {
      for (int unit = 0; unit < units(boxes, kind); unit++) {
        int lightest = IntStream.range(0, grams.length).boxed().min(Comparator.comparingLong(it -> grams[it]))
            .orElseThrow();
        parts.get(lightest)[kind]++;
        grams[lightest] += goods.get(kind).grams();
      }
    }
    return parts;
  }

  private static int units(List<Filled> boxes, int kind) {
    return boxes.stream().mapToInt(it -> it.units()[kind]).sum();
  }

  /** The unit out of the heaviest box into the lightest that brings both nearest to each other; null if there is none. */
  private List<int[]> oneMoved(List<Filled> boxes) {
    Filled heavy = boxes.stream().max(Comparator.comparingLong(Balance::grams)).orElseThrow();
    Filled light = boxes.stream().min(Comparator.comparingLong(Balance::grams)).orElseThrow();
    long apart = grams(heavy) - grams(light);
    int kind = IntStream.range(0, goods.size())
        .filter(it -> heavy.units()[it] > 0 && goods.get(it).together().isEmpty() && goods.get(it).grams() > 0
            && goods.get(it).grams() < apart)
        .boxed().min(Comparator.comparingLong(it -> Math.abs(apart - 2L * goods.get(it).grams()))).orElse(-1);
    return kind < 0 ? null : boxes.stream().map(it -> {
      int[] units = it.units().clone();
      units[kind] += it == light ? 1 : it == heavy ? -1 : 0;
      return units;
    }).toList();
  }
}
