package waybill.fulfillment.cartons;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which blocks goods can form in a room, the largest first. */
final class Blocks {
  /** How much of a block of different kinds is goods, at least. */
  private static final int LEAST_PERCENT_OF_GOODS = 98;
  /** Blocks of one kind; more of a kind are of use in none of the rooms that goods are packed into. */
  private static final int MOST_OF_ONE_KIND = 400;

  private final Room room;
  private final int[] units;
  private final List<Block> blocks = new ArrayList<>();
  private final Set<List<Object>> seen = new HashSet<>();

  private Blocks(Room room, int[] units) {
    this.room = room;
    this.units = units;
  }

  static Block[] of(Room room, List<Goods> goods, int joined) {
    var it = new Blocks(room, goods.stream().mapToInt(Goods::units).toArray());
    for (int kind = 0; kind < goods.size(); kind++) {
      it.addAlike(kind, goods.get(kind));
    }
    if (joined > 0 && room.supportPercent() == 0) {
      it.join(joined);
    }
    return it.blocks.stream().sorted(Comparator.comparingLong((Block b) -> -b.volume)).toArray(Block[]::new);
  }

  private void addAlike(int kind, Goods goods) {
    var alike = new ArrayList<Block>();
    for (Size way : goods.orientations()) {
      int xs = Math.min(goods.units(), room.length() / way.length());
      int ys = Math.min(goods.units(), room.width() / way.width());
      int zs = Math.min(goods.units(), room.height() / way.height());
      for (int z = 1; z <= (goods.nothingOnTop() ? Math.min(1, zs) : zs); z++) {
        for (int y = 1; y <= ys && y * z <= goods.units(); y++) {
          for (int x = 1; x <= xs && x * y * z <= goods.units(); x++) {
            alike.add(new Block(kind, goods, way, x, y, z));
          }
        }
      }
    }
    alike.removeIf(it -> it.grams > room.maximumGrams());
    if (alike.size() > MOST_OF_ONE_KIND) {
      alike.sort(Comparator.comparingLong(it -> it.counts[0] == 1 ? Long.MIN_VALUE : -it.volume));
      alike.subList(MOST_OF_ONE_KIND, alike.size()).clear();
    }
    alike.forEach(this::add);
  }

  private boolean add(Block block) {
    return seen.add(block.key()) && blocks.add(block);
  }

  private void join(int most) {
    int limit = blocks.size() + most;
    for (int begin = 0, end = blocks.size(); begin < end; begin = end, end = blocks.size()) {
      for (int i = begin; i < end; i++) {
        for (int j = 0; j <= i; j++) {
          for (int axis = 0; axis < 3; axis++) {
            join(blocks.get(i), blocks.get(j), axis);
          }
          if (blocks.size() >= limit) {
            return;
          }
        }
      }
    }
  }

  private void join(Block a, Block b, int axis) {
    if (a.nothingOnTop || b.nothingOnTop) {
      return;
    }
    long dx = axis == 0 ? a.dx + b.dx : Math.max(a.dx, b.dx);
    long dy = axis == 1 ? a.dy + b.dy : Math.max(a.dy, b.dy);
    long dz = axis == 2 ? a.dz + b.dz : Math.max(a.dz, b.dz);
    boolean dense = (a.volume + b.volume) * 100 >= dx * dy * dz * LEAST_PERCENT_OF_GOODS;
    if (dense && dx <= room.length() && dy <= room.width() && dz <= room.height()
        && (long) a.grams + b.grams <= room.maximumGrams()) {
      Block joined = Block.joined(a, b, axis);
      if (joined.isWithin(units)) {
        add(joined);
      }
    }
  }
}
