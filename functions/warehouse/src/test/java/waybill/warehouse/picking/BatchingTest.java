package waybill.warehouse.picking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import waybill.messages.FulfillmentId;
import waybill.messages.OrderId;
import waybill.warehouse.picking.Batching.Batch;
import waybill.warehouse.picking.Batching.Batches;

class BatchingTest {
  private static final Device CART = new Device("cart", 4, 30_000, 120_000, null, 0);

  @Test
  void orders_are_taken_one_after_the_other_as_long_as_weight_volume_and_bins_remain() {
    Load o1 = load(1, 10, 40);
    Load o2 = load(2, 12, 30);
    Load o3 = load(3, 9, 20);
    Load o4 = load(4, 2, 60);
    Load o5 = load(5, 1, 5);

    Batch first = Batching.of(List.of(CART), List.of(o1, o2, o3, o4, o5), 100).batches().getFirst();

    assertThat(first.loads()).containsExactly(o1, o2, o5);
    assertThat(first.bins()).isEqualTo(3);
    assertThat(first.grams()).isEqualTo(23_000);
    assertThat(first.millilitres()).isEqualTo(75_000);
  }

  @Test
  void what_does_not_fit_is_picked_in_the_next_round() {
    Batches all = Batching.of(List.of(CART), List.of(load(1, 20, 1), load(2, 20, 1), load(3, 5, 1)), 100);

    assertThat(all.batches()).extracting(it -> it.loads().stream().map(one -> one.fulfillment().order()).toList())
        .containsExactly(List.of(order(1), order(3)), List.of(order(2)));
  }

  @Test
  void an_order_that_is_larger_than_a_bin_takes_several() {
    var cart = new Device("cart", 4, 30_000, 120_000, 30_000, 0);

    Batches all = Batching.of(List.of(cart), List.of(load(1, 1, 70), load(2, 1, 31), load(3, 1, 30)), 100);

    assertThat(all.batches()).extracting(Batch::bins).containsExactly(4, 2);
    assertThat(all.batches().getFirst().loads()).extracting(Load::fulfillment).containsExactly(id(1), id(3));
  }

  @Test
  void the_first_order_selects_the_device() {
    var trolley = new Device("trolley", 12, 200_000, 600_000, null, 50_000);
    var basket = new Device("basket", 1, 5_000, 20_000, null, 0);

    assertThat(device(List.of(trolley, basket), load(1, 2, 10))).isEqualTo("basket");
    assertThat(device(List.of(trolley, basket), load(1, 2, 60))).isEqualTo("trolley");
    assertThat(device(List.of(trolley, basket), load(1, 9, 10))).as("too heavy for the basket").isEqualTo("trolley");
  }

  @Test
  void an_order_that_fits_on_no_device_is_named() {
    Batches all = Batching.of(List.of(CART), List.of(load(1, 31, 1), load(2, 1, 1)), 100);

    assertThat(all.unplaced()).containsExactly(id(1));
    assertThat(all.batches()).hasSize(1);
  }

  @Test
  void a_round_has_no_more_lines_than_it_may_unless_one_order_has() {
    Batches all = Batching.of(List.of(CART),
        List.of(new Load(id(1), 25, 1, 1), new Load(id(2), 8, 1, 1), new Load(id(3), 12, 1, 1)), 20);

    assertThat(all.batches()).extracting(Batch::lines).containsExactly(25, 20);
  }

  @Property(tries = 200)
  void every_order_is_in_one_round_that_its_device_can_carry(@ForAll("loads") List<Load> loads) {
    Batches all = Batching.of(List.of(CART), loads, 100);

    var seen = new HashSet<FulfillmentId>(all.unplaced());
    all.batches().forEach(batch -> {
      assertThat(batch.grams()).isLessThanOrEqualTo(CART.maxGrams());
      assertThat(batch.millilitres()).isLessThanOrEqualTo(CART.maxMillilitres());
      assertThat(batch.loads()).hasSizeBetween(1, CART.bins());
      batch.loads().forEach(it -> assertThat(seen.add(it.fulfillment())).isTrue());
    });
    assertThat(seen).hasSameSizeAs(loads);
  }

  @Provide
  Arbitrary<List<Load>> loads() {
    return Combinators.combine(Arbitraries.integers().between(1, 40), Arbitraries.integers().between(1, 150))
        .as((kilos, litres) -> List.of(kilos, litres)).list().ofMinSize(1).ofMaxSize(30).map(sizes -> {
          var loads = new java.util.ArrayList<Load>();
          sizes.forEach(it -> loads.add(load(loads.size() + 1, it.get(0), it.get(1))));
          return loads;
        });
  }

  private static String device(List<Device> devices, Load load) {
    return Batching.of(devices, List.of(load), 100).batches().getFirst().device().id();
  }

  private static Load load(int number, int kilos, int litres) {
    return new Load(id(number), 1, kilos * 1_000, litres * 1_000);
  }

  private static FulfillmentId id(int number) {
    return FulfillmentId.of(order(number), 1);
  }

  private static OrderId order(int number) {
    return OrderId.of(new waybill.messages.ChannelId("web"), "o" + number);
  }
}
