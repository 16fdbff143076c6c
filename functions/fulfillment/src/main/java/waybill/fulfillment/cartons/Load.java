package waybill.fulfillment.cartons;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** What has been placed in a room so far. It never changes: placing a block is another load. */
final class Load {
  private final Load before;
  private final Block block;
  private final Space taken;
  /** How many units of each kind are not placed. */
  final int[] left;
  final Space[] spaces;
  /** Of all units that are placed. */
  final long volume;
  final int grams;

  private Load(Load before, Block block, Space taken, int[] left, Space[] spaces, long volume, int grams) {
    this.before = before;
    this.block = block;
    this.taken = taken;
    this.left = left;
    this.spaces = spaces;
    this.volume = volume;
    this.grams = grams;
  }

  static Load empty(Room room, List<Goods> goods) {
    return new Load(null, null, null, goods.stream().mapToInt(Goods::units).toArray(),
        new Space[]{new Space(0, 0, 0, room.length(), room.width(), room.height())}, 0, 0);
  }

  /** @param thinnest the shortest length of any unit */
  Load with(Block added, int x, int y, int z, Room room, int thinnest) {
    int[] remaining = left.clone();
    for (int i = 0; i < added.kinds.length; i++) {
      remaining[added.kinds[i]] -= added.counts[i];
    }
    var place = new Space(x, y, z, x + added.dx, y + added.dy, z + added.dz);
    var reserved = added.nothingOnTop ? new Space(x, y, z, x + added.dx, y + added.dy, room.height()) : place;
    return new Load(this, added, place, remaining, Space.without(spaces, reserved, thinnest), volume + added.volume,
        grams + added.grams);
  }

  /** Without a space that nothing fits into. */
  Load without(Space space) {
    var others = new ArrayList<Space>(List.of(spaces));
    others.remove(space);
    return new Load(before, block, taken, left, others.toArray(Space[]::new), volume, grams);
  }

  /** Whether something lies above that place. */
  boolean isCovered(int x, int y, int z, int dx, int dy) {
    for (Load it = this; it.block != null; it = it.before) {
      if (it.taken.z() >= z && it.overlap(x, y, dx, dy) > 0) {
        return true;
      }
    }
    return false;
  }

  /** How much of a base at that height lies on blocks, in square millimetres. */
  long supported(int x, int y, int z, int dx, int dy) {
    long area = 0;
    for (Load it = this; it.block != null; it = it.before) {
      if (it.taken.toZ() == z) {
        area += it.overlap(x, y, dx, dy);
      }
    }
    return area;
  }

  /** The blocks whose tops are at that height. */
  List<Space> tops(int z) {
    var tops = new ArrayList<Space>();
    for (Load it = this; it.block != null; it = it.before) {
      if (it.taken.toZ() == z && !it.block.nothingOnTop) {
        tops.add(it.taken);
      }
    }
    return tops;
  }

  private long overlap(int x, int y, int dx, int dy) {
    int length = Math.min(taken.toX(), x + dx) - Math.max(taken.x(), x);
    int width = Math.min(taken.toY(), y + dy) - Math.max(taken.y(), y);
    return length > 0 && width > 0 ? (long) length * width : 0;
  }

  /** Every unit where it lies, the lowest first. */
  List<Placement> placements(List<Goods> goods) {
    var blocks = new ArrayList<Load>();
    for (Load it = this; it.block != null; it = it.before) {
      blocks.add(it);
    }
    Collections.reverse(blocks);
    var placements = new ArrayList<Placement>();
    blocks.forEach(it -> it.block.unfold(it.taken.x(), it.taken.y(), it.taken.z(), goods, placements));
    placements.sort(Comparator.comparingInt(Placement::z));
    return placements;
  }
}
