package waybill.fulfillment.cartons;

import java.util.ArrayList;
import java.util.List;

/** A cuboid of a room in which nothing lies. Those of a load overlap; none is within another, and none could be larger. */
record Space(int x, int y, int z, int toX, int toY, int toZ) {

  int dx() {
    return toX - x;
  }

  int dy() {
    return toY - y;
  }

  int dz() {
    return toZ - z;
  }

  long volume() {
    return (long) dx() * dy() * dz();
  }

  boolean meets(Space other) {
    return x < other.toX && other.x < toX && y < other.toY && other.y < toY && z < other.toZ && other.z < toZ;
  }

  private boolean within(Space other) {
    return x >= other.x && y >= other.y && z >= other.z && toX <= other.toX && toY <= other.toY && toZ <= other.toZ;
  }

  /** What is left of these spaces beside what is taken; none of it thinner than what is left to be placed. */
  static Space[] without(Space[] spaces, Space taken, int thinnest) {
    var kept = new ArrayList<Space>(spaces.length + 4);
    var cut = new ArrayList<Space>();
    for (Space it : spaces) {
      if (it.meets(taken)) {
        it.cut(taken, thinnest, cut);
      } else {
        kept.add(it);
      }
    }
    int whole = kept.size();
    for (int i = 0; i < cut.size(); i++) {
      if (!isRedundant(cut, i, kept, whole)) {
        kept.add(cut.get(i));
      }
    }
    return kept.toArray(Space[]::new);
  }

  /** Whether it is within one that was not cut, or within another piece; of equal pieces the first is not. */
  private static boolean isRedundant(List<Space> cut, int index, List<Space> kept, int whole) {
    Space it = cut.get(index);
    for (int i = 0; i < whole; i++) {
      if (it.within(kept.get(i))) {
        return true;
      }
    }
    for (int i = 0; i < cut.size(); i++) {
      if (i != index && it.within(cut.get(i)) && (i < index || !cut.get(i).within(it))) {
        return true;
      }
    }
    return false;
  }

  private void cut(Space taken, int thinnest, List<Space> into) {
    add(x, y, z, taken.x, toY, toZ, thinnest, into);
    add(taken.toX, y, z, toX, toY, toZ, thinnest, into);
    add(x, y, z, toX, taken.y, toZ, thinnest, into);
    add(x, taken.toY, z, toX, toY, toZ, thinnest, into);
    add(x, y, z, toX, toY, taken.z, thinnest, into);
    add(x, y, taken.toZ, toX, toY, toZ, thinnest, into);
  }

  private static void add(int x, int y, int z, int toX, int toY, int toZ, int thinnest, List<Space> into) {
    if (toX - x >= thinnest && toY - y >= thinnest && toZ - z >= thinnest) {
      into.add(new Space(x, y, z, toX, toY, toZ));
    }
  }
}
