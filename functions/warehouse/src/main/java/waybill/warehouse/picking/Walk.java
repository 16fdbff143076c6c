package waybill.warehouse.picking;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import waybill.warehouse.picking.Block.Spot;

/**
 * The shortest way from the packing station past all spots of a block and back, by the dynamic program of Ratliff and Rosenthal ("Order-picking in a
 * rectangular warehouse: a solvable case of the traveling salesman problem", Operations Research 31(3), 1983). From one aisle to the next it keeps,
 * for each way in which the tour so far can hang together, the cheapest one: whether an odd or even number of its edges meet at the front and at the
 * back of the aisle, and whether these two are connected. Its time grows with the number of aisles, not with that of possible orders.
 *
 * @param spots in the order in which a person comes to them
 * @param length in millimetres
 */
public record Walk(List<Spot> spots, long length) {

  /** How a tour goes through one aisle. */
  private enum Through {
    NOT, ONCE, FROM_FRONT, FROM_BACK, FROM_BOTH
  }

  /**
   * How the tour up to an aisle hangs together there.
   *
   * @param front how many edges meet at the aisle's front: 0, 1 (an odd number) or 2 (an even one)
   * @param back the same at its back
   * @param joined whether front and back are connected by it
   * @param done whether it is complete
   */
  private record Ends(int front, int back, boolean joined, boolean done) {}

  /**
   * The cheapest tour up to an aisle that hangs together so.
   *
   * @param through how it goes through the aisle before
   * @param front how often it goes along the front cross aisle from that one to this
   * @param back how often along the back one
   * @param before what it continues; null for the first aisle
   */
  private record Partial(Ends ends, long cost, Through through, int front, int back, Partial before) {}

  public static Walk of(Block block, Collection<Spot> spots) {
    if (spots.isEmpty()) {
      return new Walk(List.of(), 0);
    }
    var aisles = new TreeMap<Integer, NavigableSet<Integer>>();
    for (Spot spot : spots) {
      if (spot.position() > block.positions()) {
        throw new IllegalArgumentException("%s is behind the back of the block".formatted(spot));
      }
      aisles.computeIfAbsent(spot.aisle(), _ -> new TreeSet<>()).add(spot.position());
    }
    Partial shortest = shortest(block, aisles);
    return new Walk(route(block, shortest, aisles), shortest.cost);
  }

  private static Partial shortest(Block block, TreeMap<Integer, NavigableSet<Integer>> aisles) {
    int last = aisles.lastKey();
    var start = new Ends(0, 0, false, false);
    Map<Ends, Partial> cheapest = Map.of(start, new Partial(start, 0, Through.NOT, 0, 0, null));
    Partial best = null;
    for (int aisle = 1; aisle <= last; aisle++) {
      var next = new HashMap<Ends, Partial>();
      NavigableSet<Integer> picks = aisles.getOrDefault(aisle, new TreeSet<>());
      for (Partial partial : cheapest.values()) {
        for (Through through : Through.values()) {
          if (isOpen(through, picks.size())) {
            extend(block, partial, through, picks, aisle, next);
          }
        }
      }
      Partial complete = aisle == last
          ? next.values().stream().filter(it -> it.ends.done).findFirst().orElse(null)
          : null;
      best = complete == null ? best : complete;
      next.keySet().removeIf(Ends::done);
      cheapest = next;
    }
    return best;
  }

  private static boolean isOpen(Through through, int picks) {
    return switch (through) {
      case NOT -> picks == 0;
      case ONCE -> true;
      case FROM_FRONT, FROM_BACK -> picks > 0;
      case FROM_BOTH -> picks > 1;
    };
  }

  private static void extend(Block block, Partial partial, Through through, NavigableSet<Integer> picks, int aisle,
      Map<Ends, Partial> next) {
    long cost = partial.cost + cost(block, through, picks);
    Ends in = partial.ends;
    boolean once = through == Through.ONCE;
    int front = in.front + (once ? 1 : through == Through.FROM_FRONT || through == Through.FROM_BOTH ? 2 : 0);
    int back = in.back + (once ? 1 : through == Through.FROM_BACK || through == Through.FROM_BOTH ? 2 : 0);
    boolean joined = in.joined || once;
    for (int alongFront = 0; alongFront <= 2; alongFront++) {
      for (int alongBack = 0; alongBack <= 2; alongBack++) {
        boolean even = (front + alongFront) % 2 == 0 && (back + alongBack) % 2 == 0;
        // The tour begins at the station.
        boolean atStation = aisle > 1 || front + alongFront > 0;
        Ends out = even && atStation ? after(front, back, joined, alongFront, alongBack) : null;
        if (out != null) {
          var made = new Partial(out, cost + (long) (alongFront + alongBack) * block.aisle(), through, alongFront,
              alongBack, partial);
          next.merge(out, made, (one, other) -> one.cost <= other.cost ? one : other);
        }
      }
    }
  }

  /** @return how it hangs together at the next aisle; null if a part of it stays behind unconnected */
  private static Ends after(int front, int back, boolean joined, int alongFront, int alongBack) {
    boolean frontEnds = front > 0 && alongFront == 0;
    boolean backEnds = back > 0 && alongBack == 0;
    if (alongFront == 0 && alongBack == 0) {
      return front > 0 && back > 0 && !joined ? null : new Ends(0, 0, false, true);
    }
    if (frontEnds && !(joined && alongBack > 0) || backEnds && !(joined && alongFront > 0)) {
      return null;
    }
    return new Ends(alongFront, alongBack, joined && alongFront > 0 && alongBack > 0, false);
  }

  private static long cost(Block block, Through through, NavigableSet<Integer> picks) {
    int depth = block.positions() + 1;
    int positions = switch (through) {
      case NOT -> 0;
      case ONCE -> depth;
      case FROM_FRONT -> 2 * picks.last();
      case FROM_BACK -> 2 * (depth - picks.first());
      case FROM_BOTH -> 2 * (depth - gap(picks)[1] + gap(picks)[0]);
    };
    return (long) positions * block.position();
  }

  /** The two neighbouring picks of an aisle that are farthest from each other. */
  private static int[] gap(NavigableSet<Integer> picks) {
    int[] widest = {picks.first(), picks.first()};
    int before = picks.first();
    for (int pick : picks) {
      widest = pick - before > widest[1] - widest[0] ? new int[]{before, pick} : widest;
      before = pick;
    }
    return widest;
  }

  /** The spots as a closed way over all edges of the tour comes to them first. */
  private static List<Spot> route(Block block, Partial last, TreeMap<Integer, NavigableSet<Integer>> aisles) {
    var edges = new Edges();
    int depth = block.positions() + 1;
    int aisle = aisles.lastKey();
    for (Partial partial = last; partial.before != null; partial = partial.before) {
      NavigableSet<Integer> picks = aisles.getOrDefault(aisle, new TreeSet<>());
      edges.through(partial.through, aisle, picks, depth);
      edges.add(new Place(aisle, 0), new Place(aisle + 1, 0), partial.front);
      edges.add(new Place(aisle, depth), new Place(aisle + 1, depth), partial.back);
      aisle--;
    }
    return edges.from(new Place(1, 0)).stream()
        .filter(it -> aisles.containsKey(it.aisle) && aisles.get(it.aisle).contains(it.at)).distinct()
        .map(it -> new Spot(it.aisle, it.at)).toList();
  }

  /** A spot, or an end of an aisle: 0 at the front. */
  private record Place(int aisle, int at) {}

  /** The edges of a tour, each as often as it is gone along. */
  private static final class Edges {
    private final Map<Place, Deque<Place>> from = new HashMap<>();

    void add(Place one, Place other, int times) {
      for (int i = 0; i < times; i++) {
        from.computeIfAbsent(one, _ -> new ArrayDeque<>()).add(other);
        from.computeIfAbsent(other, _ -> new ArrayDeque<>()).add(one);
      }
    }

    void through(Through through, int aisle, NavigableSet<Integer> picks, int depth) {
      if (through == Through.NOT) {
        return;
      }
      var places = new ArrayList<Integer>(picks);
      places.addFirst(0);
      places.addLast(depth);
      int[] gap = switch (through) {
        case FROM_FRONT -> new int[]{picks.last(), depth};
        case FROM_BACK -> new int[]{0, picks.first()};
        case FROM_BOTH -> gap(picks);
        case ONCE, NOT -> new int[]{-1, -1};
      };
      for (int i = 1; i < places.size(); i++) {
        if (places.get(i - 1) != gap[0] || places.get(i) != gap[1]) {
          add(new Place(aisle, places.get(i - 1)), new Place(aisle, places.get(i)), through == Through.ONCE ? 1 : 2);
        }
      }
    }

    /** Hierholzer's closed way, which goes along every edge once; the edges are used up. */
    List<Place> from(Place start) {
      var way = new ArrayDeque<Place>();
      var open = new ArrayDeque<Place>();
      open.push(start);
      while (!open.isEmpty()) {
        Place at = open.peek();
        Deque<Place> next = from.getOrDefault(at, new ArrayDeque<>());
        if (next.isEmpty()) {
          way.addFirst(open.pop());
        } else {
          Place to = next.poll();
          from.get(to).removeFirstOccurrence(at);
          open.push(to);
        }
      }
      return List.copyOf(way);
    }
  }
}
