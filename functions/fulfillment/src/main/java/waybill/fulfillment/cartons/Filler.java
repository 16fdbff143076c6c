package waybill.fulfillment.cartons;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Fills single boxes with goods, of which so many units are left. What belongs together is put in whole, or not at all. */
final class Filler {
  private final List<Goods> goods;
  private final int supportPercent;
  private final Effort effort;
  private final Map<Question, Filled> known = new HashMap<>();
  private final long[] spent = {0};

  Filler(List<Goods> goods, int supportPercent, Effort effort) {
    this.goods = goods;
    this.supportPercent = supportPercent;
    this.effort = effort;
  }

  private record Question(Box box, List<Integer> left, boolean soon) {}

  /** A box, how many units of each kind are in it, and where. */
  record Filled(Box box, int[] units, int grams, List<Placement> placements) {
    boolean isEmpty() {
      return placements.isEmpty();
    }
  }

  boolean isSpent() {
    return spent[0] >= effort.choosing();
  }

  List<Goods> of(int[] left) {
    var kinds = new ArrayList<Goods>();
    for (int i = 0; i < left.length; i++) {
      if (left[i] > 0) {
        kinds.add(goods.get(i).of(left[i]));
      }
    }
    return kinds;
  }

  long grams(int[] left) {
    return sum(left, 0);
  }

  long volume(int[] left) {
    return sum(left, 1);
  }

  private long sum(int[] left, int what) {
    long sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += left[i] * (what == 0 ? goods.get(i).grams() : goods.get(i).size().volume());
    }
    return sum;
  }

  /** The box with all that is left; null if they do not fit, or were not found to. */
  Filled all(Box box, int[] left) {
    if (volume(left) > box.inner().volume() || grams(left) > box.carries() || Bounds.exceed(of(left), box)) {
      return null;
    }
    Filled filled = most(box, left);
    return Arrays.equals(filled.units, left) ? filled : null;
  }

  /** The box with as much of it as was found to fit. */
  Filled most(Box box, int[] left) {
    return most(box, left, false);
  }

  /** The same with the least effort. */
  Filled soon(Box box, int[] left) {
    return most(box, left, true);
  }

  private Filled most(Box box, int[] left, boolean soon) {
    return known.computeIfAbsent(new Question(box, Arrays.stream(left).boxed().toList(), soon),
        _ -> whole(box, left.clone(), soon));
  }

  private Filled whole(Box box, int[] left, boolean soon) {
    int[] open = left;
    var broken = new HashSet<String>();
    while (true) {
      Filled filled = filled(box, open, soon);
      Set<String> partly = partly(filled.units, left);
      if (partly.isEmpty()) {
        return filled.isEmpty() ? one(box, left, broken, soon) : filled;
      }
      broken.addAll(partly);
      open = without(open, partly);
    }
  }

  /** The box with the first of these that fit into it alone. */
  private Filled one(Box box, int[] left, Set<String> words, boolean soon) {
    for (String word : words.stream().sorted().toList()) {
      int[] alone = left.clone();
      for (int i = 0; i < alone.length; i++) {
        alone[i] = goods.get(i).together().equals(word) ? alone[i] : 0;
      }
      Filled filled = filled(box, alone, soon);
      if (Arrays.equals(filled.units, alone)) {
        return filled;
      }
    }
    return new Filled(box, new int[left.length], 0, List.of());
  }

  private Set<String> partly(int[] units, int[] left) {
    var in = new HashSet<String>();
    var out = new HashSet<String>();
    for (int i = 0; i < units.length; i++) {
      String word = goods.get(i).together();
      if (!word.isEmpty() && units[i] > 0) {
        in.add(word);
      }
      if (!word.isEmpty() && units[i] < left[i]) {
        out.add(word);
      }
    }
    in.retainAll(out);
    return in;
  }

  private int[] without(int[] left, Set<String> words) {
    int[] open = left.clone();
    for (int i = 0; i < open.length; i++) {
      open[i] = words.contains(goods.get(i).together()) ? 0 : open[i];
    }
    return open;
  }

  private Filled filled(Box box, int[] left, boolean soon) {
    List<Goods> kinds = of(left).stream().filter(it -> it.fits(box)).toList();
    if (kinds.isEmpty()) {
      return new Filled(box, new int[left.length], 0, List.of());
    }
    Effort now = soon || isSpent() ? new Effort(0, 0, effort.joined()) : effort;
    List<Placement> placements = Loading.fullest(Room.of(box, supportPercent), kinds, now, spent).placements(kinds);
    var counts = new HashMap<String, Integer>();
    placements.forEach(it -> counts.merge(it.goods(), 1, Integer::sum));
    int[] units = goods.stream().mapToInt(it -> counts.getOrDefault(it.id(), 0)).toArray();
    return new Filled(box, units, (int) grams(units), placements);
  }
}
