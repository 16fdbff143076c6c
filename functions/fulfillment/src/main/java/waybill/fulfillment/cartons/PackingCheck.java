package waybill.fulfillment.cartons;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Verifies a packing with nothing of what made it: unit by unit, pair by pair. What it finds would be found with a ruler and scales.
 */
public final class PackingCheck {
  private final Map<String, Goods> goods = new HashMap<>();
  private final int supportPercent;
  private final List<String> faults = new ArrayList<>();

  private PackingCheck(List<Goods> ordered, int supportPercent) {
    ordered.forEach(it -> goods.put(it.id(), it));
    this.supportPercent = supportPercent;
  }

  /**
   * What is wrong with these boxes, in words; nothing if they hold the goods, each unit once, as they may be packed.
   *
   * @param supportPercent how much of a unit's base must lie on the floor or on other units
   */
  public static List<String> faults(List<Goods> ordered, List<PackedBox> boxes, int supportPercent) {
    var check = new PackingCheck(ordered, supportPercent);
    for (int i = 0; i < boxes.size(); i++) {
      check.box("box %d (%s)".formatted(i + 1, boxes.get(i).box().id()), boxes.get(i));
    }
    check.units(boxes);
    check.stock(boxes);
    check.together(boxes);
    return check.faults;
  }

  private void fault(String text, Object... of) {
    faults.add(text.formatted(of));
  }

  private void box(String name, PackedBox packed) {
    Box box = packed.box();
    long grams = box.emptyGrams();
    Set<String> words = new HashSet<>();
    for (Placement it : packed.placements()) {
      Goods kind = goods.get(it.goods());
      if (kind == null) {
        fault("%s: nobody ordered %s", name, it.goods());
        continue;
      }
      grams += kind.grams();
      words.add(kind.apart());
      inside(name, it, box.inner());
      orientation(name, it, kind);
    }
    if (grams > box.maximumGrams()) {
      fault("%s weighs %d g and may weigh %d g", name, grams, box.maximumGrams());
    }
    if (grams != packed.grams()) {
      fault("%s weighs %d g and is said to weigh %d g", name, grams, packed.grams());
    }
    if (words.size() > 1) {
      fault("%s holds what must be apart: %s", name, words.stream().sorted().toList());
    }
    pairs(name, packed.placements());
    supports(name, packed.placements());
  }

  private void inside(String name, Placement it, Size inner) {
    boolean inside = it.x() >= 0 && it.y() >= 0 && it.z() >= 0 && it.x() + it.size().length() <= inner.length()
        && it.y() + it.size().width() <= inner.width() && it.z() + it.size().height() <= inner.height();
    if (!inside) {
      fault("%s: %s is not inside", name, it);
    }
  }

  private void orientation(String name, Placement it, Goods kind) {
    int up = it.size().height();
    int a = it.size().length();
    int b = it.size().width();
    Size own = kind.size();
    boolean stands = kind.turns().heightUp() && up == own.height() && same(a, b, own.length(), own.width());
    boolean onSide = kind.turns().widthUp() && up == own.width() && same(a, b, own.length(), own.height());
    boolean onEnd = kind.turns().lengthUp() && up == own.length() && same(a, b, own.width(), own.height());
    if (!stands && !onSide && !onEnd) {
      fault("%s: %s does not lie as it may", name, it);
    }
  }

  private static boolean same(int a, int b, int c, int d) {
    return a == c && b == d || a == d && b == c;
  }

  private void pairs(String name, List<Placement> placements) {
    for (int i = 0; i < placements.size(); i++) {
      for (int j = 0; j < placements.size(); j++) {
        Placement a = placements.get(i);
        Placement b = placements.get(j);
        if (i < j && areaShared(a, b) > 0 && a.z() < b.z() + b.size().height() && b.z() < a.z() + a.size().height()) {
          fault("%s: %s and %s overlap", name, a, b);
        }
        if (i != j && goods.containsKey(a.goods()) && goods.get(a.goods()).nothingOnTop() && b.z() > a.z()
            && areaShared(a, b) > 0) {
          fault("%s: %s is above %s", name, b, a);
        }
      }
    }
  }

  private static long areaShared(Placement a, Placement b) {
    int length = Math.min(a.x() + a.size().length(), b.x() + b.size().length()) - Math.max(a.x(), b.x());
    int width = Math.min(a.y() + a.size().width(), b.y() + b.size().width()) - Math.max(a.y(), b.y());
    return length <= 0 || width <= 0 ? 0 : (long) length * width;
  }

  private void supports(String name, List<Placement> placements) {
    if (supportPercent == 0) {
      return;
    }
    for (Placement it : placements) {
      long held = placements.stream().filter(below -> below.z() + below.size().height() == it.z())
          .mapToLong(below -> areaShared(it, below)).sum();
      long base = (long) it.size().length() * it.size().width();
      if (it.z() > 0 && held * 100 < base * supportPercent) {
        fault("%s: %s lies on %d %% of its base", name, it, held * 100 / base);
      }
    }
  }

  private void units(List<PackedBox> boxes) {
    var packed = new HashMap<String, Integer>();
    boxes.forEach(box -> box.placements().forEach(it -> packed.merge(it.goods(), 1, Integer::sum)));
    for (Goods it : goods.values()) {
      int units = packed.getOrDefault(it.id(), 0);
      if (units != it.units()) {
        fault("%d of %d units of %s are packed", units, it.units(), it.id());
      }
    }
  }

  private void stock(List<PackedBox> boxes) {
    var used = new HashMap<String, Integer>();
    boxes.forEach(it -> used.merge(it.box().id(), 1, Integer::sum));
    boxes.stream().map(PackedBox::box).distinct()
        .filter(it -> it.stock() != null && used.get(it.id()) > it.stock())
        .forEach(it -> fault("%d of %s are used, and there are %d", used.get(it.id()), it.id(), it.stock()));
  }

  private void together(List<PackedBox> boxes) {
    var in = new HashMap<String, Integer>();
    for (int i = 0; i < boxes.size(); i++) {
      for (Placement it : boxes.get(i).placements()) {
        Goods kind = goods.get(it.goods());
        if (kind != null && !kind.together().isEmpty() && in.getOrDefault(kind.together(), i) != i) {
          fault("%s is in several boxes", kind.together());
        }
        if (kind != null) {
          in.put(kind.together(), i);
        }
      }
    }
  }
}
