package waybill.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import waybill.messages.ChannelId;
import waybill.messages.OrderId;
import waybill.messages.OrderMessages.OrderPlaced;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.messages.StockPool;

class CoalescingTest {
  private static final StockPool POOL = new StockPool("default");
  private static final Instant NINE = Instant.parse("2026-11-22T09:00:00Z");

  @Test
  void theLastUnitGoesToTheOrderPlacedFirst() {
    Reservation later = order("a", 1, Map.of("TEA", 1));
    Reservation earlier = order("b", 0, Map.of("TEA", 1));

    Decision<Reservation> decision = decide(List.of(later, earlier), Map.of("TEA", 1));

    assertThat(decision.granted()).containsExactly(earlier);
    assertThat(decision.refused()).containsOnly(Map.entry(later, List.of(units("TEA", 1))));
  }

  @Test
  void aSmallerLaterOrderGetsWhatWasTooLittleForABiggerEarlierOne() {
    Reservation big = order("a", 0, Map.of("TEA", 5));
    Reservation small = order("b", 1, Map.of("TEA", 3));

    Decision<Reservation> decision = decide(List.of(big, small), Map.of("TEA", 3));

    assertThat(decision.granted()).containsExactly(small);
    assertThat(decision.refused()).containsOnly(Map.entry(big, List.of(units("TEA", 2))));
  }

  @Test
  void anOrderGetsAllThatItWantsOrNothing() {
    Reservation both = order("a", 0, Map.of("TEA", 1, "MUG", 1));
    Reservation teaOnly = order("b", 1, Map.of("TEA", 1));

    Decision<Reservation> decision = decide(List.of(both, teaOnly), Map.of("TEA", 1));

    assertThat(decision.granted()).containsExactly(teaOnly);
    assertThat(decision.refused()).containsOnly(Map.entry(both, List.of(units("MUG", 1))));
  }

  @Test
  void ordersThatShareNothingAreNeverJoined() {
    List<List<Reservation>> groups = Coalescing.groups(
        List.of(order("a", 0, Map.of("TEA", 1)), order("b", 0, Map.of("MUG", 1)),
            order("c", 0, Map.of("TEA", 1, "CUP", 1)), order("d", 0, Map.of("CUP", 2))));

    assertThat(groups).hasSize(2);
    assertThat(groups).anySatisfy(group -> assertThat(group).hasSize(3))
        .anySatisfy(group -> assertThat(group).hasSize(1));
  }

  @Test
  void ninetyOneLineOrdersAreOneTransaction() {
    List<Reservation> orders = IntStream.range(0, 200).mapToObj(it -> order("o" + it, it, Map.of("TEA", 1))).toList();

    assertThat(Coalescing.pack(orders, _ -> 500)).extracting(List::size).containsExactly(90, 90, 20);
  }

  @Test
  void recordsThatTogetherAreTooLargeAreCut() {
    List<Reservation> orders = IntStream.range(0, 9).mapToObj(it -> order("o" + it, it, Map.of("TEA", 1))).toList();

    assertThat(Coalescing.pack(orders, _ -> 1_000_000)).extracting(List::size).containsExactly(3, 3, 3);
  }

  @Test
  void aQuantityThatIsNotPositiveMakesNoSense() {
    assertThatThrownBy(() -> order("a", 0, Map.of("TEA", 0))).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> order("a", 0, Map.of("TEA", -1))).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSkuNamedTwiceIsCountedTogether() {
    var twice = Reservation.of(
        new OrderPlaced(OrderId.of(new ChannelId("web"), "a"), POOL, List.of(units("TEA", 1), units("TEA", 2)), NINE));

    assertThat(twice.moves()).containsExactly(new Move(counter("TEA"), Levels.reserved(3)));
  }

  @Test
  void aCounterIsNeverFilledBeyondItsLimit() {
    var full = new Levels(10, Levels.MOST - 3, 0, 0);

    assertThat(full.excess(Levels.reserved(3))).isZero();
    assertThat(full.excess(Levels.reserved(5))).isEqualTo(2);
    assertThat(full.excess(Levels.reserved(13))).isEqualTo(10);
  }

  @Property(tries = 300)
  void neverMoreIsGrantedThanThereIsAndNobodyIsRefusedWhoWouldFit(@ForAll("orders") List<Reservation> orders,
      @ForAll("stock") Map<String, Integer> stock) {
    Map<Counter, Levels> levels = levels(stock);
    for (List<Reservation> group : Coalescing.groups(orders)) {
      Decision<Reservation> decision = Coalescing.decide(group, levels);
      assertThat(decision.granted().size() + decision.refused().size()).isEqualTo(group.size());

      var left = new HashMap<>(levels);
      for (Reservation order : group) {
        boolean fits = Coalescing.shortOf(order.moves(), left).isEmpty();
        assertThat(decision.granted().contains(order)).as("%s, in its turn", order).isEqualTo(fits);
        if (fits) {
          order.moves().forEach(it -> left.merge(it.counter(), it.change(), Levels::plus));
        }
      }
      assertThat(left.values()).allSatisfy(it -> assertThat(it.available()).isNotNegative());
      decision.refused().values().forEach(it -> assertThat(it).isNotEmpty());
    }
  }

  @Property(tries = 300)
  void theOrderOfArrivalChangesNothing(@ForAll("orders") List<Reservation> orders,
      @ForAll("stock") Map<String, Integer> stock, @ForAll long seed) {
    var shuffled = new ArrayList<>(orders);
    Collections.shuffle(shuffled, new Random(seed));

    assertThat(granted(shuffled, stock)).isEqualTo(granted(orders, stock));
  }

  @Property(tries = 300)
  void aGroupIsWhatIsConnectedAndNothingElse(@ForAll("orders") List<Reservation> orders) {
    List<List<Reservation>> groups = Coalescing.groups(orders);

    assertThat(groups.stream().flatMap(List::stream).toList()).containsExactlyInAnyOrderElementsOf(orders);
    for (List<Reservation> group : groups) {
      assertThat(reachableFrom(group.getFirst(), orders)).containsExactlyInAnyOrderElementsOf(group);
    }
  }

  @Property(tries = 300)
  void everyTransactionKeepsTheLimitsAndTheOrder(@ForAll("orders") List<Reservation> orders) {
    List<List<Reservation>> transactions = Coalescing.pack(orders, _ -> 40_000);

    assertThat(transactions.stream().flatMap(List::stream).toList()).isEqualTo(orders);
    for (List<Reservation> together : transactions) {
      int counters = Move.sum(together.stream().flatMap(it -> it.moves().stream()).toList()).size();
      assertThat(together.size()).isBetween(1, Coalescing.MAX_RECORDS);
      assertThat(together.size() + counters).isLessThanOrEqualTo(Coalescing.MAX_ACTIONS);
      assertThat(together.size() * 40_000).isLessThanOrEqualTo(Coalescing.MAX_BYTES);
    }
  }

  @Property(tries = 300)
  void whatIsGivenBackIsNeverRefusedAndIsPackedAsItWasTaken(@ForAll("orders") List<Reservation> orders) {
    List<Reservation> back = orders.stream().map(Reservation::ended)
        .map(it -> it.with(Movement.Status.RELEASING, it.moved(), List.of())).toList();

    for (List<Reservation> group : Coalescing.groups(back)) {
      Decision<Reservation> decision = Coalescing.decide(group, Map.of());
      assertThat(decision.granted()).isEqualTo(group);
      assertThat(decision.refused()).isEmpty();
    }
    assertThat(Coalescing.groups(back)).extracting(CoalescingTest::ids)
        .isEqualTo(Coalescing.groups(orders).stream().map(CoalescingTest::ids).toList());
    assertThat(Coalescing.pack(back, _ -> 40_000)).extracting(CoalescingTest::ids)
        .isEqualTo(Coalescing.pack(orders, _ -> 40_000).stream().map(CoalescingTest::ids).toList());
  }

  private static List<String> ids(List<Reservation> orders) {
    return orders.stream().map(Reservation::id).toList();
  }

  @Provide
  Arbitrary<List<Reservation>> orders() {
    Arbitrary<Map<String, Integer>> items = Arbitraries
        .maps(Arbitraries.of("A", "B", "C", "D", "E", "F", "G", "H"), Arbitraries.integers().between(1, 6))
        .ofMaxSize(3);
    return Combinators.combine(Arbitraries.integers().between(0, 500), Arbitraries.integers().between(0, 5), items)
        .as((number, minute, wanted) -> order("o" + number, minute, wanted)).list().ofMaxSize(150)
        .uniqueElements(Reservation::id);
  }

  @Provide
  Arbitrary<Map<String, Integer>> stock() {
    return Arbitraries.maps(Arbitraries.of("A", "B", "C", "D", "E", "F", "G", "H"),
        Arbitraries.integers().between(0, 40));
  }

  private static Set<String> granted(List<Reservation> orders, Map<String, Integer> stock) {
    var granted = new HashSet<String>();
    Coalescing.groups(orders)
        .forEach(group -> Coalescing.decide(group, levels(stock)).granted().forEach(it -> granted.add(it.id())));
    return granted;
  }

  /** Breadth first, as slow as it is plain. */
  private static Set<Reservation> reachableFrom(Reservation start, List<Reservation> all) {
    var reached = new HashSet<>(Set.of(start));
    boolean grown = true;
    while (grown) {
      Set<Counter> counters = new HashSet<>();
      reached.forEach(it -> it.moves().forEach(move -> counters.add(move.counter())));
      grown = reached.addAll(
          all.stream().filter(it -> it.moves().stream().anyMatch(move -> counters.contains(move.counter()))).toList());
    }
    return reached;
  }

  private static Decision<Reservation> decide(List<Reservation> orders, Map<String, Integer> stock) {
    List<List<Reservation>> groups = Coalescing.groups(orders);
    assertThat(groups).hasSize(1);
    return Coalescing.decide(groups.getFirst(), levels(stock));
  }

  private static Map<Counter, Levels> levels(Map<String, Integer> stock) {
    var levels = new HashMap<Counter, Levels>();
    stock.forEach((sku, available) -> levels.put(counter(sku), new Levels(available, 0, 0, 0)));
    return levels;
  }

  private static Counter counter(String sku) {
    return Counter.of(new Sku(sku), POOL);
  }

  private static SkuQuantity units(String sku, int quantity) {
    return new SkuQuantity(new Sku(sku), quantity);
  }

  private static Reservation order(String reference, int minute, Map<String, Integer> items) {
    List<SkuQuantity> units = new TreeMap<>(items).entrySet().stream().map(it -> units(it.getKey(), it.getValue()))
        .toList();
    return Reservation
        .of(new OrderPlaced(OrderId.of(new ChannelId("web"), reference), POOL, units, NINE.plusSeconds(60L * minute)));
  }
}
