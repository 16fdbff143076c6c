package waybill.fulfillment.cartons;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import waybill.fulfillment.cartons.Filler.Filled;
import waybill.fulfillment.cartons.Proposal.Impossible;
import waybill.fulfillment.cartons.Proposal.Packed;
import waybill.fulfillment.cartons.Proposal.Reason;

/**
 * Chooses the boxes of an order. Boxes are filled one after another, each kind tried, and whatever cannot become better than the best that
 * is known is not followed; the goods of the best are then divided so that its boxes weigh about the same.
 */
public final class CartonChoice {
  /** More than any box costs: of two choices, the one with fewer boxes is better. */
  private static final long A_BOX = 1_000_000_000_000L;

  private final Filler filler;
  private final List<Box> boxes;
  private final Tariff tariff;
  private final long perBox;
  private final long largest;
  private final long strongest;
  /** Of an empty box. */
  private final long cheapest;
  private final double cheapestVolume;
  private List<Filled> best;
  private long bestCost = Long.MAX_VALUE;

  private CartonChoice(Filler filler, List<Box> boxes, Tariff tariff, Objective objective) {
    this.filler = filler;
    this.boxes = boxes;
    this.tariff = tariff;
    this.perBox = objective == Objective.FEWEST_BOXES ? A_BOX : 0;
    this.largest = boxes.stream().mapToLong(it -> it.inner().volume()).max().orElse(1);
    this.strongest = boxes.stream().mapToLong(Box::carries).max().orElse(1);
    this.cheapest = boxes.stream().mapToLong(it -> tariff.landed(it, 0)).min().orElse(0);
    this.cheapestVolume = boxes.stream()
        .mapToDouble(it -> (double) tariff.landed(it, 0) / it.inner().volume()).min().orElse(0);
  }

  /** What is best. */
  public enum Objective {
    /** The least that boxes and carrier cost. */
    LEAST_COST,
    /** The fewest boxes, and of them those that cost least. */
    FEWEST_BOXES
  }

  /**
   * @param supportPercent how much of a unit's base must lie on the floor or on other units; 0 if fill holds it
   */
  public static Proposal choose(List<Goods> ordered, List<Box> boxes, Tariff tariff, Objective objective,
      int supportPercent, Effort effort) {
    Impossible tooLarge = tooLarge(ordered, boxes);
    if (tooLarge != null) {
      return tooLarge;
    }
    var packed = new ArrayList<PackedBox>();
    int fewest = 0;
    List<Box> available = boxes;
    Map<String, List<Goods>> byWord = ordered.stream()
        .collect(Collectors.groupingBy(Goods::apart, TreeMap::new, Collectors.toList()));
    for (List<Goods> listed : byWord.values()) {
      var alike = new Alike(listed);
      List<Goods> goods = alike.merged();
      var filler = new Filler(goods, supportPercent, effort);
      var choice = new CartonChoice(filler, available, tariff, objective);
      List<Filled> filled = choice.best(goods);
      if (filled == null) {
        return new Impossible(choice.whyNot(goods), listed.stream().map(Goods::id).toList());
      }
      filled = new Balance(filler, tariff, goods).of(filled);
      filled.forEach(it -> packed.add(choice.packed(it, alike.named(it.placements()))));
      available = lessUsed(available, filled);
      fewest += Bounds.fewest(goods, boxes);
    }
    return new Packed(List.copyOf(packed), packed.stream().mapToLong(PackedBox::cost).sum(), fewest);
  }

  /** One box with as much of the goods as was found to fit, whatever the rest is packed into. */
  public static PackedBox fullest(List<Goods> goods, Box box, int supportPercent, Effort effort) {
    int[] all = goods.stream().mapToInt(Goods::units).toArray();
    Filled filled = new Filler(goods, supportPercent, effort).most(box, all);
    return new PackedBox(box, filled.placements(), box.emptyGrams() + filled.grams(), box.cost());
  }

  private static Impossible tooLarge(List<Goods> goods, List<Box> boxes) {
    List<String> misfits = goods.stream().filter(it -> boxes.stream().noneMatch(it::fits)).map(Goods::id).toList();
    if (misfits.isEmpty()) {
      return null;
    }
    boolean heavy = goods.stream().filter(it -> misfits.contains(it.id()))
        .allMatch(
            it -> it.orientations().stream().anyMatch(way -> boxes.stream().anyMatch(box -> box.inner().holds(way))));
    return new Impossible(heavy ? Reason.TOO_HEAVY : Reason.TOO_LARGE, misfits);
  }

  private static List<Box> lessUsed(List<Box> boxes, List<Filled> filled) {
    return boxes.stream().map(box -> box.stock() == null
        ? box
        : box.with(box.stock() - (int) filled.stream().filter(it -> it.box().id().equals(box.id())).count())).toList();
  }

  private PackedBox packed(Filled it, List<Placement> placements) {
    return new PackedBox(it.box(), placements, it.box().emptyGrams() + it.grams(),
        tariff.landed(it.box(), it.grams()));
  }

  private List<Filled> best(List<Goods> goods) {
    int[] all = goods.stream().mapToInt(Goods::units).toArray();
    finish(all, new ArrayList<>(), 0);
    boxes.forEach(it -> fill(it, all));
    for (List<Box> combination : combinations(goods)) {
      divide(combination, goods, all);
    }
    search(all, new ArrayList<>(), 0);
    return best;
  }

  /** One box of a kind after another, until the cheapest that takes all the rest. */
  private void fill(Box box, int[] all) {
    int[] left = all;
    long cost = 0;
    var used = new ArrayList<Filled>();
    while (isLeft(box, used) && cost + atLeast(left) < bestCost) {
      Filled filled = filler.soon(box, left);
      if (filled.isEmpty()) {
        return;
      }
      used.add(filled);
      cost += cost(filled);
      left = minus(left, filled.units());
      finish(left, used, cost);
    }
  }

  /** As few boxes of one kind as may do and one more, and all pairs. */
  private List<List<Box>> combinations(List<Goods> goods) {
    var combinations = new ArrayList<List<Box>>();
    for (Box box : boxes) {
      int least = goods.stream().allMatch(it -> it.fits(box)) ? Bounds.fewest(goods, List.of(box)) : 2;
      combinations.add(Collections.nCopies(Math.max(2, least), box));
      combinations.add(Collections.nCopies(Math.max(2, least) + 1, box));
      boxes.stream().filter(it -> it != box).forEach(it -> combinations.add(List.of(box, it)));
    }
    return combinations;
  }

  /** Each of the boxes gets its share by weight and volume; what does not fit into one goes on to the next. */
  private void divide(List<Box> combination, List<Goods> goods, int[] all) {
    if (filler.isSpent() || !mayBeBetter(combination, all)) {
      return;
    }
    var filled = new ArrayList<Filled>();
    int[] over = new int[all.length];
    for (int[] share : Shares.of(goods, combination)) {
      int[] wanted = minus(share, negative(over));
      Filled box = filler.most(combination.get(filled.size()), wanted);
      filled.add(box);
      over = minus(wanted, box.units());
    }
    long cost = filled.stream().mapToLong(this::cost).sum();
    if (Arrays.stream(over).allMatch(it -> it == 0) && filled.stream().noneMatch(Filled::isEmpty)) {
      known(filled, cost);
    }
  }

  private boolean mayBeBetter(List<Box> combination, int[] all) {
    long least = combination.stream().mapToLong(it -> perBox + tariff.landed(it, 0)).sum();
    boolean enough = combination.stream().distinct()
        .allMatch(it -> it.stock() == null || Collections.frequency(combination, it) <= it.stock());
    return enough && least < bestCost
        && combination.stream().mapToLong(it -> it.inner().volume()).sum() >= filler.volume(all)
        && combination.stream().mapToLong(Box::carries).sum() >= filler.grams(all);
  }

  private static int[] negative(int[] units) {
    return Arrays.stream(units).map(it -> -it).toArray();
  }

  private Reason whyNot(List<Goods> goods) {
    var groups = new HashMap<String, List<Goods>>();
    goods.stream().filter(it -> !it.together().isEmpty())
        .forEach(it -> groups.computeIfAbsent(it.together(), _ -> new ArrayList<>()).add(it));
    boolean apart = groups.keySet().stream().anyMatch(word -> {
      int[] units = goods.stream().mapToInt(it -> it.together().equals(word) ? it.units() : 0).toArray();
      return boxes.stream().allMatch(box -> filler.all(box, units) == null);
    });
    return apart ? Reason.NOT_TOGETHER : Reason.BOXES_LACKING;
  }

  private void search(int[] left, List<Filled> used, long cost) {
    if (cost + atLeast(left) >= bestCost) {
      return;
    }
    if (!used.isEmpty()) {
      finish(left, used, cost);
    }
    List<Box> open = boxes.stream().filter(it -> isLeft(it, used))
        .sorted(Comparator.comparingLong((Box it) -> -it.inner().volume())).toList();
    if (cost + 2 * (perBox + cheapest) >= bestCost) {
      return;
    }
    for (Box box : open) {
      if (filler.isSpent() && best != null) {
        return;
      }
      Filled filled = filler.most(box, left);
      if (!filled.isEmpty() && !Arrays.equals(filled.units(), left)) {
        used.add(filled);
        search(minus(left, filled.units()), used, cost + cost(filled));
        used.removeLast();
      }
    }
  }

  /** The cheapest box that takes all that is left. */
  private void finish(int[] left, List<Filled> used, long cost) {
    if (Arrays.stream(left).allMatch(it -> it == 0)) {
      known(used, cost);
      return;
    }
    int grams = (int) Math.min(filler.grams(left), Integer.MAX_VALUE / 2);
    List<Box> byCost = boxes.stream().filter(it -> isLeft(it, used))
        .sorted(Comparator.comparingLong((Box it) -> tariff.landed(it, grams)).thenComparing(Box::id)).toList();
    for (Box box : byCost) {
      if (cost + perBox + tariff.landed(box, grams) >= bestCost) {
        return;
      }
      Filled filled = filler.all(box, left);
      if (filled != null) {
        var all = new ArrayList<>(used);
        all.add(filled);
        known(all, cost + cost(filled));
        return;
      }
    }
  }

  private void known(List<Filled> filled, long cost) {
    if (cost < bestCost) {
      best = List.copyOf(filled);
      bestCost = cost;
    }
  }

  private boolean isLeft(Box box, List<Filled> used) {
    return box.stock() == null || used.stream().filter(it -> it.box() == box).count() < box.stock();
  }

  private long cost(Filled it) {
    return perBox + tariff.landed(it.box(), it.grams());
  }

  /** What the boxes for all that is left cost at least: so many, and as much as the cheapest cubic millimetres. */
  private long atLeast(int[] left) {
    long volume = filler.volume(left);
    long grams = filler.grams(left);
    long count = 1;
    for (long[] of : new long[][]{{volume, largest}, {grams, strongest}}) {
      count = Math.max(count, Math.ceilDiv(of[0], Math.max(1, of[1])));
    }
    return perBox * count + Math.max(count * cheapest, (long) (volume * cheapestVolume));
  }

  static int[] minus(int[] left, int[] units) {
    int[] rest = left.clone();
    for (int i = 0; i < rest.length; i++) {
      rest[i] -= units[i];
    }
    return rest;
  }
}
