package waybill.warehouse.picking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import waybill.warehouse.picking.Block.Spot;

class WalkTest {
  private static final Block TEN = new Block(10, 1_000, 3_000);

  @Test
  void a_person_with_nothing_to_pick_stays_at_the_station() {
    assertThat(Walk.of(TEN, List.of())).isEqualTo(new Walk(List.of(), 0));
  }

  @Test
  void one_spot_is_walked_to_and_back() {
    assertThat(Walk.of(TEN, List.of(new Spot(3, 4)))).isEqualTo(new Walk(List.of(new Spot(3, 4)), 2 * (6_000 + 4_000)));
  }

  @Test
  void two_aisles_with_spots_at_their_backs_are_walked_through_and_a_third_is_looked_into() {
    Walk walk = Walk.of(TEN, List.of(new Spot(1, 9), new Spot(2, 9), new Spot(3, 1)));

    assertThat(walk.spots()).containsExactly(new Spot(1, 9), new Spot(2, 9), new Spot(3, 1));
    assertThat(walk.length()).isEqualTo(11_000 + 3_000 + 11_000 + 3_000 + 2 * 1_000 + 6_000);
  }

  @Test
  void twenty_lines_are_walked_in_a_serpentine_or_better() {
    var spots = new ArrayList<Spot>();
    for (int i = 0; i < 20; i++) {
      spots.add(new Spot(1 + i * 7 % 10, 1 + i * 3 % 10));
    }

    Walk walk = Walk.of(TEN, spots);

    assertThat(walk.spots()).containsExactlyInAnyOrderElementsOf(Set.copyOf(spots));
    assertThat(walk.length()).isLessThanOrEqualTo(Serpentine.length(TEN, spots));
  }

  @Property(tries = 500)
  void no_other_order_of_the_same_spots_is_shorter(@ForAll("blocks") Block block, @ForAll("fewSpots") Set<Spot> spots) {
    Walk walk = Walk.of(block, spots);

    assertThat(walk.spots()).containsExactlyInAnyOrderElementsOf(spots);
    assertThat(walk.length()).isEqualTo(shortest(block, List.copyOf(spots)));
    assertThat(walked(block, walk.spots())).isEqualTo(walk.length());
  }

  @Property(tries = 300)
  void many_spots_are_each_walked_to_once_on_a_way_that_no_serpentine_beats(@ForAll("blocks") Block block,
      @ForAll("manySpots") Set<Spot> spots) {
    Walk walk = Walk.of(block, spots);

    assertThat(walk.spots()).containsExactlyInAnyOrderElementsOf(spots);
    assertThat(walked(block, walk.spots())).isEqualTo(walk.length());
    assertThat(walk.length()).isLessThanOrEqualTo(Serpentine.length(block, spots));
  }

  @Provide
  Arbitrary<Block> blocks() {
    return Combinators.combine(Arbitraries.of(500, 1_000, 3_000), Arbitraries.of(1_000, 3_000, 9_000))
        .as((position, aisle) -> new Block(9, position, aisle));
  }

  @Provide
  Arbitrary<Set<Spot>> fewSpots() {
    return spots().set().ofMinSize(1).ofMaxSize(9);
  }

  @Provide
  Arbitrary<Set<Spot>> manySpots() {
    return spots().set().ofMinSize(10).ofMaxSize(50);
  }

  private static Arbitrary<Spot> spots() {
    return Combinators.combine(Arbitraries.integers().between(1, 7), Arbitraries.integers().between(1, 9))
        .as(Spot::new);
  }

  private static long walked(Block block, List<Spot> spots) {
    long length = block.fromStation(spots.getFirst()) + block.fromStation(spots.getLast());
    for (int i = 1; i < spots.size(); i++) {
      length += block.distance(spots.get(i - 1), spots.get(i));
    }
    return length;
  }

  /** By trying all of them (Held and Karp): the shortest way through each set of spots that ends at each of them. */
  private static long shortest(Block block, List<Spot> spots) {
    int n = spots.size();
    var best = new long[1 << n][n];
    for (long[] row : best) {
      Arrays.fill(row, Long.MAX_VALUE / 2);
    }
    for (int i = 0; i < n; i++) {
      best[1 << i][i] = block.fromStation(spots.get(i));
    }
    for (int set = 1; set < 1 << n; set++) {
      for (int last = 0; last < n; last++) {
        for (int next = 0; next < n; next++) {
          if ((set & 1 << next) == 0) {
            int more = set | 1 << next;
            best[more][next] = Math.min(best[more][next],
                best[set][last] + block.distance(spots.get(last), spots.get(next)));
          }
        }
      }
    }
    long shortest = Long.MAX_VALUE;
    for (int last = 0; last < n; last++) {
      shortest = Math.min(shortest, best[(1 << n) - 1][last] + block.fromStation(spots.get(last)));
    }
    return shortest;
  }

  /** The usual rule: through every aisle with a spot, to and fro; back from the last one if that is walked from the front. */
  private static final class Serpentine {
    static long length(Block block, Iterable<Spot> spots) {
      var aisles = new TreeMap<Integer, TreeSet<Integer>>();
      spots.forEach(it -> aisles.computeIfAbsent(it.aisle(), _ -> new TreeSet<>()).add(it.position()));
      int last = aisles.lastKey();
      long along = 2L * (last - 1) * block.aisle();
      long through = (long) aisles.size() * block.depth();
      return aisles.size() % 2 == 0
          ? along + through
          : along + through - block.depth() + 2L * aisles.get(last).last() * block.position();
    }
  }
}
