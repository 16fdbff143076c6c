package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.orders.Samples.NOON;
import static waybill.orders.Samples.parcel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import waybill.messages.ParcelId;
import waybill.messages.PaymentMessages.PaymentCaptured;
import waybill.messages.PaymentStatus;
import waybill.messages.ShipmentMessages.ParcelNews;
import waybill.messages.ShipmentMessages.ShipmentDelivered;
import waybill.messages.ShipmentMessages.ShipmentInTransit;
import waybill.messages.ShipmentMessages.ShipmentReturned;
import waybill.messages.StockMessages.StockReserved;
import waybill.platform.Stored;

class OrderProgressTest {
  private static final OrderContent CONTENT = Samples.sample();
  private static final List<ParcelId> PARCELS = List.of(parcel(1, 1), parcel(1, 2), parcel(2, 1), parcel(3, 1));

  private static Life packed() {
    Life life = new Life(CONTENT, null).isPlaced(NOON).hears(new StockReserved(Shop.SAMPLE), NOON)
        .hears(new PaymentCaptured(Shop.SAMPLE, Shop.payment(PaymentStatus.CAPTURED, 5572, 5572)), NOON);
    for (int line = 1; line <= 3; line++) {
      life.hears(Samples.packed(line), NOON);
    }
    return life;
  }

  /** However scans of all parcels arrive, delivery goes back only when a parcel turns out to be on its way back. */
  @Property(tries = 300)
  void deliveryOnlyGoesBackWhenAParcelReturns(@ForAll Random random) {
    var news = new ArrayList<ParcelNews>();
    for (ParcelId it : PARCELS) {
      news.add(new ShipmentInTransit(Shop.SAMPLE, it, NOON, null));
      news.add(new ShipmentDelivered(Shop.SAMPLE, it, NOON, null));
      if (random.nextInt(4) == 0) {
        news.add(new ShipmentReturned(Shop.SAMPLE, it, NOON, null));
      }
    }
    news.addAll(List.copyOf(news));
    Collections.shuffle(news, random);
    Life life = packed();
    for (ParcelNews it : news) {
      DeliveryProgress before = life.progress().delivery();
      life.hears(it, NOON);
      DeliveryProgress after = life.progress().delivery();
      assertThat(after.compareTo(before) >= 0 || it instanceof ShipmentReturned)
          .as("%s from %s to %s", it, before, after).isTrue();
    }
    boolean returned = news.stream().anyMatch(ShipmentReturned.class::isInstance);
    assertThat(life.progress().delivery() == DeliveryProgress.DELIVERED).isNotEqualTo(returned);
    assertThat(life.progress().status()).isEqualTo(returned ? OrderStatus.OPEN : OrderStatus.COMPLETED);
  }

  /**
   * Two functions take the last two scans, each step by step: one writes its parcel and then reads all. In every
   * interleaving at least one reads that the order is delivered, and none before it is.
   */
  @Test
  void oneOfThoseWhoWriteTheLastScansReadsThatAllIsDelivered() {
    // 0 and 1 stand for the steps of one function each: the first is its write, the second its read.
    List<List<Integer>> ways = List.of(List.of(0, 0, 1, 1), List.of(0, 1, 0, 1), List.of(0, 1, 1, 0),
        List.of(1, 0, 0, 1), List.of(1, 0, 1, 0), List.of(1, 1, 0, 0));
    for (List<Integer> way : ways) {
      Life life = packed();
      PARCELS.subList(2, 4).forEach(it -> life.hears(new ShipmentDelivered(Shop.SAMPLE, it, NOON, null), NOON));
      int[] steps = new int[2];
      int delivered = 0;
      for (int who : way) {
        ParcelId mine = PARCELS.get(who);
        if (steps[who]++ == 0) {
          life.parcels.compute(mine,
              (_, it) -> Advancing.advance(it, new ShipmentDelivered(Shop.SAMPLE, mine, NOON, null)));
        } else {
          boolean all = OrderProgress.deliveredAt(life.state, life.parcels(), life.grants()).isPresent();
          assertThat(all && steps[1 - who] == 0).as("%s", way).isFalse();
          delivered += all ? 1 : 0;
        }
      }
      assertThat(delivered).as("%s", way).isPositive();
    }
  }

  @Test
  void theRevisionAndTheTimeAreThoseOfTheOrderAndItsParcelsTogether() {
    Life life = packed();
    var parcels = new ArrayList<Stored<OrderParcel>>();
    for (int i = 0; i < PARCELS.size(); i++) {
      parcels.add(new Stored<>(life.parcel(PARCELS.get(i)), 1 + i, NOON, NOON.plusSeconds(i)));
    }
    var progress = new OrderProgress(new Stored<>(life.state, 5, NOON.minusSeconds(9), NOON.plusSeconds(1)), parcels,
        Optional.empty(), Optional.empty(), Optional.empty());
    assertThat(progress.whole()).isEqualTo(new Stored<>(life.state, 5 + 6, NOON.minusSeconds(9), NOON.plusSeconds(3)));
  }
}
