package waybill.fulfillment.cartons;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Units that are packed alike.
 *
 * @param id what it is called in the answer; each kind has its own
 * @param size of one unit as it stands upright
 * @param grams of one unit
 * @param nothingOnTop whether nothing may be above it in its box
 * @param apart what it shares a box with: only units of the same word; empty for what is not dangerous to others
 * @param together units of the same word are in one box; empty if they may be in several
 */
public record Goods(String id, Size size, int grams, int units, Turns turns, boolean nothingOnTop, String apart,
    String together) {

  public Goods {
    if (units < 1 || grams < 0) {
      throw new IllegalArgumentException("%d units of %d grams".formatted(units, grams));
    }
  }

  public Goods(String id, Size size, int grams, int units) {
    this(id, size, grams, units, Turns.ANY, false, "", "");
  }

  public Goods upright() {
    return new Goods(id, size, grams, units, Turns.UPRIGHT, nothingOnTop, apart, together);
  }

  public Goods withNothingOnTop() {
    return new Goods(id, size, grams, units, turns, true, apart, together);
  }

  public Goods apart(String word) {
    return new Goods(id, size, grams, units, turns, nothingOnTop, word, together);
  }

  public Goods together(String word) {
    return new Goods(id, size, grams, units, turns, nothingOnTop, apart, word);
  }

  public Goods of(int count) {
    return new Goods(id, size, grams, count, turns, nothingOnTop, apart, together);
  }

  /** In which ways a unit may lie in a box: its lengths along the box's axes, each way once. */
  List<Size> orientations() {
    var ways = new LinkedHashSet<Size>();
    if (turns.heightUp()) {
      ways.add(new Size(size.length(), size.width(), size.height()));
      ways.add(new Size(size.width(), size.length(), size.height()));
    }
    if (turns.widthUp()) {
      ways.add(new Size(size.length(), size.height(), size.width()));
      ways.add(new Size(size.height(), size.length(), size.width()));
    }
    if (turns.lengthUp()) {
      ways.add(new Size(size.width(), size.height(), size.length()));
      ways.add(new Size(size.height(), size.width(), size.length()));
    }
    return new ArrayList<>(ways);
  }

  boolean fits(Box box) {
    return grams <= box.carries() && orientations().stream().anyMatch(box.inner()::holds);
  }
}
