package waybill.fulfillment.cartons;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Fills one room with as much as possible. A block is placed where least room is lost: in the space nearest to a corner, the block that
 * leaves lengths which other units can fill. Several beginnings are followed side by side, each judged by the load to which that rule
 * completes it; with effort left, more of them.
 */
final class Loading {
  private final Room room;
  private final List<Goods> goods;
  private final Block[] blocks;
  private final int thinnest;
  private final long wanted;
  /** For each length of the room, how much of it units can fill side by side. */
  private final int[][] usable;
  private long effort;
  /** Whether a wider search would follow more beginnings. */
  private boolean cut;

  private Loading(Room room, List<Goods> goods, Effort effort) {
    this.room = room;
    this.goods = goods;
    this.blocks = Blocks.of(room, goods, effort.joined());
    this.effort = effort.filling() - blocks.length;
    this.thinnest = goods.stream()
        .mapToInt(it -> Math.min(it.size().length(), Math.min(it.size().width(), it.size().height()))).min().orElse(1);
    this.wanted = mostVolume(room, goods);
    this.usable = new int[][]{usable(room.length(), 0), usable(room.width(), 1), usable(room.height(), 2)};
  }

  /** The fullest load that was found. @param spent counts the effort that it took */
  static Load fullest(Room room, List<Goods> goods, Effort effort, long[] spent) {
    var loading = new Loading(room, goods, effort);
    Load best = loading.search();
    spent[0] += effort.filling() - loading.effort;
    return best;
  }

  /** What no load exceeds: the goods of most volume a gram, as many as the room may hold. */
  private static long mostVolume(Room room, List<Goods> goods) {
    long volume = 0;
    long grams = room.maximumGrams();
    List<Goods> lightest = goods.stream()
        .sorted(Comparator.comparingDouble(it -> (double) it.grams() / it.size().volume())).toList();
    for (Goods it : lightest) {
      long units = it.grams() == 0 ? it.units() : Math.min(it.units(), grams / it.grams());
      volume += units * it.size().volume();
      grams -= units * it.grams();
      if (units < it.units()) {
        // Heavier goods in the place of the last unit never have more volume than it.
        return Math.min(room.volume(), goods.size() == 1 ? volume : volume + it.size().volume() * grams / it.grams());
      }
    }
    return Math.min(room.volume(), volume);
  }

  private int[] usable(int length, int axis) {
    boolean[] reached = new boolean[length + 1];
    reached[0] = true;
    for (Goods kind : goods) {
      int[] sides = kind.orientations().stream()
          .mapToInt(it -> axis == 0 ? it.length() : axis == 1 ? it.width() : it.height()).distinct().toArray();
      for (int side : sides) {
        for (int at = side, most = kind.units(); at <= length; at++) {
          reached[at] |= reached[at - side] && most > 0;
        }
      }
    }
    int[] most = new int[length + 1];
    for (int at = 1; at <= length; at++) {
      most[at] = reached[at] ? at : most[at - 1];
    }
    return most;
  }

  private Load search() {
    Load empty = Load.empty(room, goods);
    Load best = completed(empty, blocks);
    cut = true;
    for (int width = 2; cut && effort > 0 && best.volume < wanted; width = width * 3 / 2 + 1) {
      cut = false;
      Load found = search(empty, width, best);
      if (found.volume > best.volume) {
        best = found;
      }
    }
    return best;
  }

  /** A beginning, and the load that it would be completed to. */
  private record Beginning(Load load, Load completed) {}

  private Load search(Load empty, int width, Load known) {
    Load best = known;
    List<Load> beginnings = List.of(empty);
    while (!beginnings.isEmpty() && effort > 0) {
      var next = new ArrayList<Beginning>();
      Set<List<Object>> seen = new HashSet<>();
      for (Load load : beginnings) {
        for (Load child : children(load, width)) {
          Load completed = completed(child, blocks);
          if (seen.add(List.of(completed.volume, child.volume, Arrays.hashCode(child.left)))) {
            next.add(new Beginning(child, completed));
          }
          best = completed.volume > best.volume ? completed : best;
          if (best.volume >= wanted || effort <= 0) {
            return best;
          }
        }
      }
      cut |= next.size() > width;
      next.sort(Comparator.comparingLong(it -> -it.completed.volume));
      beginnings = next.stream().limit(width).map(Beginning::load).toList();
    }
    return best;
  }

  private List<Load> children(Load load, int most) {
    List<Place> places = places(load, most, fitting(load, blocks));
    cut |= places.size() == most;
    return places.stream().map(it -> it.on(room, thinnest)).toList();
  }

  private Load completed(Load begun, Block[] candidates) {
    Load load = begun;
    Block[] fitting = candidates;
    while (true) {
      fitting = fitting(load, fitting);
      List<Place> place = fitting.length == 0 ? List.of() : places(load, 1, fitting);
      if (place.isEmpty()) {
        return load;
      }
      load = place.getFirst().on(room, thinnest);
    }
  }

  private Block[] fitting(Load load, Block[] candidates) {
    effort -= candidates.length;
    return Arrays.stream(candidates)
        .filter(it -> load.grams + it.grams <= room.maximumGrams() && it.isWithin(load.left)).toArray(Block[]::new);
  }

  /** A block at a corner, in a load. @param value how much it fills less what becomes useless */
  private record Place(Load load, Block block, Space space, long value, int x, int y, int z) {
    Load on(Room room, int thinnest) {
      return load.with(block, x, y, z, room, thinnest);
    }

    Place at(int cornerX, int cornerY, int cornerZ) {
      return new Place(load, block, space, value, cornerX, cornerY, cornerZ);
    }
  }

  /** The best places for a next block, all of them in the first space that has any. */
  private List<Place> places(Load begun, int most, Block[] candidates) {
    Load load = begun;
    for (Space space : inOrder(begun.spaces)) {
      List<Place> places = places(load, space, most, candidates);
      if (!places.isEmpty()) {
        return places;
      }
      load = load.without(space);
    }
    return List.of();
  }

  private List<Place> places(Load load, Space space, int most, Block[] candidates) {
    effort -= candidates.length;
    var places = new ArrayList<Place>();
    for (Block it : candidates) {
      if (it.dx <= space.dx() && it.dy <= space.dy() && it.dz <= space.dz()) {
        places.add(new Place(load, it, space, value(it, space), 0, 0, 0));
      }
    }
    return most == 1 ? first(places) : several(places, most);
  }

  private List<Place> first(List<Place> places) {
    List<Place> open = places;
    while (!open.isEmpty()) {
      Place best = open.getFirst();
      for (Place it : open) {
        best = it.value > best.value ? it : best;
      }
      Place corner = corner(best);
      if (corner != null) {
        return List.of(corner);
      }
      Place unsupported = best;
      open = open.stream().filter(it -> it != unsupported).toList();
    }
    return List.of();
  }

  private List<Place> several(List<Place> places, int most) {
    places.sort(Comparator.comparingLong(it -> -it.value));
    var found = new ArrayList<Place>();
    for (Place it : places) {
      Place corner = found.size() < most ? corner(it) : null;
      if (corner != null) {
        found.add(corner);
      }
    }
    return found;
  }

  private long value(Block it, Space space) {
    long filled = (long) (it.dx + usable[0][space.dx() - it.dx]) * (it.dy + usable[1][space.dy() - it.dy])
        * (it.dz + usable[2][space.dz() - it.dz]);
    return it.volume + filled;
  }

  /** Where in its space a block is placed; null if it would not lie well there. */
  private Place corner(Place place) {
    Space space = place.space;
    Block block = place.block;
    int x = space.x() <= room.length() - space.toX() ? space.x() : space.toX() - block.dx;
    int y = space.y() <= room.width() - space.toY() ? space.y() : space.toY() - block.dy;
    if (room.supportPercent() == 0) {
      int z = space.z() <= room.height() - space.toZ() ? space.z() : space.toZ() - block.dz;
      return lies(place.at(x, y, z));
    }
    if (space.z() == 0) {
      return lies(place.at(x, y, 0));
    }
    for (Space top : place.load.tops(space.z())) {
      int left = Math.clamp(top.x(), space.x(), space.toX() - block.dx);
      int front = Math.clamp(top.y(), space.y(), space.toY() - block.dy);
      Place found = lies(place.at(left, front, space.z()));
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private Place lies(Place it) {
    boolean free = !it.block.nothingOnTop || !it.load.isCovered(it.x, it.y, it.z, it.block.dx, it.block.dy);
    return free && (room.supportPercent() == 0 || it.z == 0 || isHeld(it)) ? it : null;
  }

  /** Whether enough of each of its lowest units lies on others. */
  private boolean isHeld(Place it) {
    int length = it.block.unitLength();
    int width = it.block.unitWidth();
    long needed = (long) length * width * room.supportPercent();
    for (int x = 0; x < it.block.dx; x += length) {
      for (int y = 0; y < it.block.dy; y += width) {
        if (it.load.supported(it.x + x, it.y + y, it.z, length, width) * 100 < needed) {
          return false;
        }
      }
    }
    return true;
  }

  /** The spaces, the one that is nearest to a corner of the room first, of equal ones the largest. */
  private Space[] inOrder(Space[] spaces) {
    if (spaces.length < 2) {
      return spaces;
    }
    Space[] ordered = spaces.clone();
    Arrays.sort(ordered, Comparator.comparingLong(this::distance).thenComparingLong(it -> -it.volume()));
    return ordered;
  }

  private long distance(Space it) {
    int x = Math.min(it.x(), room.length() - it.toX());
    int y = Math.min(it.y(), room.width() - it.toY());
    int z = room.supportPercent() == 0 ? Math.min(it.z(), room.height() - it.toZ()) : it.z();
    int least = Math.min(x, Math.min(y, z));
    int most = Math.max(x, Math.max(y, z));
    return ((long) least << 42) | ((long) (x + y + z - least - most) << 21) | most;
  }
}
