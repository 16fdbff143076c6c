package waybill.fulfillment.cartons;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Divides goods over boxes, so that each has about as much of what it carries and holds as the others. */
final class Shares {
  private final List<Goods> goods;
  private final List<Box> boxes;
  private final List<int[]> units;
  private final double[] grams;
  private final double[] volume;

  private Shares(List<Goods> goods, List<Box> boxes) {
    this.goods = goods;
    this.boxes = boxes;
    this.units = boxes.stream().map(_ -> new int[goods.size()]).toList();
    this.grams = new double[boxes.size()];
    this.volume = new double[boxes.size()];
  }

  /** How many units of each kind each box has. What belongs together is in one. */
  static List<int[]> of(List<Goods> goods, List<Box> boxes) {
    var shares = new Shares(goods, boxes);
    lots(goods).stream()
        .sorted(Comparator.comparingDouble(
            (List<Integer> it) -> -Math.max(shares.grams(it, boxes.getFirst()), shares.volume(it, boxes.getFirst()))))
        .forEach(shares::put);
    return shares.units;
  }

  /** Kinds, as often as they have units; those that belong together in one list. */
  private static List<List<Integer>> lots(List<Goods> goods) {
    var lots = new ArrayList<List<Integer>>();
    var together = new TreeMap<String, List<Integer>>();
    for (int i = 0; i < goods.size(); i++) {
      for (int unit = 0; unit < goods.get(i).units(); unit++) {
        if (goods.get(i).together().isEmpty()) {
          lots.add(List.of(i));
        } else {
          together.computeIfAbsent(goods.get(i).together(), _ -> new ArrayList<>()).add(i);
        }
      }
    }
    lots.addAll(together.values());
    return lots;
  }

  private double grams(List<Integer> lot, Box box) {
    return lot.stream().mapToDouble(it -> goods.get(it).grams()).sum() / Math.max(1, box.carries());
  }

  private double volume(List<Integer> lot, Box box) {
    return lot.stream().mapToDouble(it -> goods.get(it).size().volume()).sum() / box.inner().volume();
  }

  private void put(List<Integer> lot) {
    int least = IntStream.range(0, units.size()).boxed().min(Comparator.comparingDouble(it -> filled(it, lot)))
        .orElseThrow();
    lot.forEach(it -> units.get(least)[it]++);
    grams[least] += grams(lot, boxes.get(least));
    volume[least] += volume(lot, boxes.get(least));
  }

  private double filled(int box, List<Integer> lot) {
    boolean fits = lot.stream().allMatch(it -> goods.get(it).fits(boxes.get(box)));
    double part = Math.max(grams[box] + grams(lot, boxes.get(box)), volume[box] + volume(lot, boxes.get(box)));
    // What does not fit goes elsewhere, however full that is.
    return fits ? part : 1_000 + part;
  }
}
