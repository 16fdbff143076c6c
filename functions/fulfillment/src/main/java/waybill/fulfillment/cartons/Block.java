package waybill.fulfillment.cartons;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Units that are placed at once: a cuboid of one kind, or two blocks side by side. Kinds are numbers here. */
final class Block {
  final int dx;
  final int dy;
  final int dz;
  /** Of the units in it. */
  final long volume;
  final int grams;
  final boolean nothingOnTop;
  /** Its kinds, and how many units of each. */
  final int[] kinds;
  final int[] counts;
  private final Size unit;
  private final Block first;
  private final Block second;

  /** As many units of a kind along each axis. */
  Block(int kind, Goods goods, Size unit, int nx, int ny, int nz) {
    this(unit.length() * nx, unit.width() * ny, unit.height() * nz, unit.volume() * nx * ny * nz,
        goods.grams() * nx * ny * nz, goods.nothingOnTop(), new int[]{kind}, new int[]{nx * ny * nz}, unit, null,
        null);
  }

  private Block(int dx, int dy, int dz, long volume, int grams, boolean nothingOnTop, int[] kinds, int[] counts,
      Size unit, Block first, Block second) {
    this.dx = dx;
    this.dy = dy;
    this.dz = dz;
    this.volume = volume;
    this.grams = grams;
    this.nothingOnTop = nothingOnTop;
    this.kinds = kinds;
    this.counts = counts;
    this.unit = unit;
    this.first = first;
    this.second = second;
  }

  /** Two blocks side by side along an axis: 0, 1 or 2. */
  static Block joined(Block a, Block b, int axis) {
    int[] total = new int[Math.max(a.kinds[a.kinds.length - 1], b.kinds[b.kinds.length - 1]) + 1];
    for (Block it : List.of(a, b)) {
      for (int i = 0; i < it.kinds.length; i++) {
        total[it.kinds[i]] += it.counts[i];
      }
    }
    int[] kinds = IntStream.range(0, total.length).filter(it -> total[it] > 0).toArray();
    int[] counts = Arrays.stream(kinds).map(it -> total[it]).toArray();
    return new Block(axis == 0 ? a.dx + b.dx : Math.max(a.dx, b.dx), axis == 1 ? a.dy + b.dy : Math.max(a.dy, b.dy),
        axis == 2 ? a.dz + b.dz : Math.max(a.dz, b.dz), a.volume + b.volume, a.grams + b.grams, false, kinds, counts,
        null, a, b);
  }

  boolean isWithin(int[] left) {
    for (int i = 0; i < kinds.length; i++) {
      if (counts[i] > left[kinds[i]]) {
        return false;
      }
    }
    return true;
  }

  /** Along each axis, how long one of its units is; the whole block if it is of several kinds. */
  int unitLength() {
    return unit == null ? dx : unit.length();
  }

  int unitWidth() {
    return unit == null ? dy : unit.width();
  }

  /** Its units at this corner. */
  void unfold(int x, int y, int z, List<Goods> goods, List<Placement> into) {
    if (unit == null) {
      first.unfold(x, y, z, goods, into);
      second.unfold(alongX() ? x + first.dx : x, alongY() ? y + first.dy : y, alongZ() ? z + first.dz : z, goods,
          into);
      return;
    }
    for (int k = 0; k < dz; k += unit.height()) {
      for (int j = 0; j < dy; j += unit.width()) {
        for (int i = 0; i < dx; i += unit.length()) {
          into.add(new Placement(goods.get(kinds[0]).id(), x + i, y + j, z + k, unit));
        }
      }
    }
  }

  private boolean alongX() {
    return dx == first.dx + second.dx;
  }

  private boolean alongY() {
    return !alongX() && dy == first.dy + second.dy;
  }

  private boolean alongZ() {
    return !alongX() && !alongY();
  }

  /** What tells it from other blocks of the same use. */
  List<Object> key() {
    var key = new ArrayList<Object>(List.of(dx, dy, dz));
    for (int i = 0; i < kinds.length; i++) {
      key.add(kinds[i]);
      key.add(counts[i]);
    }
    return key;
  }
}
