package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static waybill.orders.Samples.NOON;
import static waybill.orders.Samples.allocated;
import static waybill.orders.Samples.packed;
import static waybill.orders.Samples.parcel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import waybill.messages.CancelReason;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.Message;
import waybill.messages.Money;
import waybill.messages.OrderMessages.*;
import waybill.messages.Parcel;
import waybill.messages.ParcelId;
import waybill.messages.Payment;
import waybill.messages.PaymentId;
import waybill.messages.PaymentMessages.*;
import waybill.messages.PaymentStatus;
import waybill.messages.ShipmentMessages.*;
import waybill.messages.ShipmentStatus;
import waybill.messages.Sku;
import waybill.messages.SkuQuantity;
import waybill.messages.StockMessages.*;
import waybill.messages.StockPool;

class AdvancingTest {
  private static final OrderContent CONTENT = Samples.sample();
  private static final StockReserved RESERVED = new StockReserved(Shop.SAMPLE);
  private static final PaymentAuthorized AUTHORIZED = new PaymentAuthorized(Shop.SAMPLE,
      Shop.payment(PaymentStatus.AUTHORIZED, 5572, 0));
  private static final PaymentCaptured CAPTURED = new PaymentCaptured(Shop.SAMPLE,
      Shop.payment(PaymentStatus.CAPTURED, 5572, 5572));
  private static final OrderReleased RELEASED = new OrderReleased(Shop.SAMPLE, new StockPool("default"),
      CONTENT.shippedLines());

  /** The sample's life. Null stands for the storefront's request. */
  private static final class Sample {
    private final Life life = new Life(CONTENT, null);

    Sample hears(AdvanceOrder.Input news) {
      if (news == null) {
        life.isPlaced(NOON);
      } else {
        life.hears(news, NOON);
      }
      return this;
    }

    OrderState state() {
      return life.state;
    }

    Map<ParcelId, OrderParcel> parcels() {
      return life.parcels;
    }

    OrderProgress progress() {
      return life.progress();
    }

    List<Message> sent() {
      return life.sent;
    }

    List<Message> answer() {
      return life.answer;
    }

    /** The sweep comes by: what is still marked is looked at. */
    OrderState swept() {
      return hears(new OrderDue(Shop.SAMPLE, NOON)).state();
    }

    boolean released() {
      return sent().contains(RELEASED);
    }
  }

  @Test
  void everyInterleavingOfTheJoinEndsTheSameAndReleasesOnlyWhenStockAndMoneyAreBothThere() {
    // Each comes twice, also before the order itself: 8! / 2^4 ways.
    var twice = new ArrayList<AdvanceOrder.Input>();
    twice.addAll(java.util.Arrays.asList(null, null));
    twice.addAll(List.of(RESERVED, RESERVED, AUTHORIZED, AUTHORIZED, CAPTURED, CAPTURED));
    OrderState end = new Sample().hears(null).hears(RESERVED).hears(AUTHORIZED).hears(CAPTURED).swept();
    var ways = new int[1];
    permute(twice, new ArrayList<>(), way -> {
      ways[0]++;
      var life = new Sample();
      var heard = new HashSet<AdvanceOrder.Input>();
      for (AdvanceOrder.Input news : way) {
        life.hears(news);
        heard.add(news);
        assertThat(life.released()).as(way.toString())
            .isEqualTo(heard.contains(null) && heard.contains(RESERVED) && heard.contains(CAPTURED));
      }
      assertThat(life.swept()).as(way.toString()).isEqualTo(end);
    });
    assertThat(ways[0]).isEqualTo(2520);
    assertThat(end).matches(OrderState::isReleased)
        .extracting(OrderState::payment, it -> it.stock().status())
        .containsExactly(PaymentProgress.PAID, StockStatus.RESERVED);
    assertThat(new Sample().hears(null).hears(RESERVED).hears(CAPTURED).progress().awaiting())
        .isEqualTo(Awaiting.FULFILLMENT);
  }

  private static void permute(List<AdvanceOrder.Input> left, List<AdvanceOrder.Input> way,
      Consumer<List<AdvanceOrder.Input>> each) {
    if (left.isEmpty()) {
      each.accept(way);
    }
    for (AdvanceOrder.Input next : new HashSet<>(left)) {
      var rest = new ArrayList<>(left);
      rest.remove(next);
      var further = new ArrayList<>(way);
      further.add(next);
      permute(rest, further, each);
    }
  }

  @Test
  void authorizedMoneyKeepsAnOrderAliveAndDoesNotReleaseIt() {
    Sample life = new Sample().hears(null).hears(RESERVED).hears(AUTHORIZED);
    assertThat(life.released()).isFalse();
    assertThat(life.state().payment()).isEqualTo(PaymentProgress.AUTHORIZED);
  }

  @Test
  void whatWasReleasedIsToldAgainForEveryDuplicate() {
    Sample life = new Sample().hears(null).hears(RESERVED).hears(CAPTURED);
    life.sent().clear();
    life.hears(RESERVED);
    assertThat(life.sent()).containsExactly(RELEASED);
    life.hears(null);
    assertThat(life.sent()).contains(RELEASED).doesNotHaveAnyElementsOfTypes(OrderPlaced.class);
  }

  @Test
  void aPlacedOrderAsksForStockAndExpectsItsPayments() {
    assertThat(new Sample().hears(null).sent()).containsExactly(
        new OrderPlaced(Shop.SAMPLE, new StockPool("default"),
            List.of(new SkuQuantity(new Sku("MUG-BLUE"), 2), new SkuQuantity(new Sku("TEA-200"), 2)), NOON),
        new PaymentExpected(Shop.SAMPLE, "stripe", "shop-eu", "pi_3QWaybillSample", "EUR"));
  }

  @Test
  void anOrderWhoseStockWasRefusedIsCancelledAndNotReleasedByMoneyOrByALateReservation() {
    var shortOf = List.of(new SkuQuantity(new Sku("TEA-200"), 1));
    Sample life = new Sample().hears(null).hears(new StockRefused(Shop.SAMPLE, shortOf)).hears(CAPTURED)
        .hears(RESERVED);
    assertThat(life.released()).isFalse();
    assertThat(life.state().stock().status()).isEqualTo(StockStatus.REFUSED);
    assertThat(life.state().stock().shortOf()).isEqualTo(shortOf);
    assertThat(life.state().cancellation()).isEqualTo(new Cancellation(CancelReason.OUT_OF_STOCK, NOON, null));
    assertThat(life.progress().awaiting()).isNull();
  }

  @Test
  void anOrderOfNothingToShipIsReleasedByItsMoneyAlone() {
    OrderContent content = Samples.content(Shop.simple("digital", "E-BOOK", 1));
    Life life = new Life(content, null).isPlaced(NOON);
    assertThat(life.state.stock().status()).isEqualTo(StockStatus.NOT_REQUIRED);
    assertThat(life.sent).isEmpty();
    life.hears(new PaymentCaptured(content.id(), Shop.payment("pi_1", PaymentStatus.CAPTURED, 1000, 1000)), NOON);
    assertThat(life.sent).containsExactly(new OrderReleased(content.id(), content.pool(), List.of()));
    assertThat(life.progress().status()).isEqualTo(OrderStatus.COMPLETED);
    assertThat(life.progress().awaiting()).isNull();
  }

  @Test
  void moneyInAnotherCurrencyDoesNotCount() {
    Payment dollars = new Payment(PaymentId.of("stripe", "shop-eu", "pi_2"), "stripe", "shop-eu", "pi_2",
        PaymentStatus.CAPTURED, new Money(9999, "USD"), new Money(9999, "USD"), null);
    assertThat(new Sample().hears(null).hears(RESERVED).hears(new PaymentCaptured(Shop.SAMPLE, dollars)).released())
        .isFalse();
  }

  @Test
  void packingAsksForALabelForEachParcelAndClosesTheOrder() {
    Sample life = new Sample().hears(null).hears(RESERVED).hears(CAPTURED).hears(allocated(1));
    life.sent().clear();
    life.hears(packed(1)).hears(packed(1));
    DispatchApproved first = new DispatchApproved(Shop.SAMPLE, Samples.BERLIN, new StockPool("default"),
        packed(1).parcels().get(0));
    DispatchApproved second = new DispatchApproved(Shop.SAMPLE, Samples.BERLIN, new StockPool("default"),
        packed(1).parcels().get(1));
    assertThat(life.sent()).containsExactly(first, second, first, second);
    assertThat(life.state().isDispatchClosed()).isTrue();
  }

  @Test
  void aLateAllocationDoesNotUnpack() {
    Sample life = new Sample().hears(null).hears(RESERVED).hears(CAPTURED).hears(packed(1));
    OrderState packed = life.state();
    assertThat(life.hears(allocated(1)).state()).isEqualTo(packed);
  }

  @Test
  void newsOfAParcelThatTheOrderDoesNotKnowIsAFault() {
    assertThatIllegalStateException()
        .isThrownBy(() -> new Sample().hears(null).hears(moved(ShipmentStatus.IN_TRANSIT, parcel(1, 1), NOON)));
    assertThatIllegalStateException()
        .isThrownBy(() -> new Sample().hears(moved(ShipmentStatus.IN_TRANSIT, parcel(1, 1), NOON)));
  }

  @Test
  void aLateInTransitAfterDeliveredIsPassedOver() {
    Sample life = delivered();
    OrderState before = life.state();
    life.sent().clear();
    life.hears(moved(ShipmentStatus.IN_TRANSIT, parcel(1, 1), NOON.plusSeconds(3_000)));
    assertThat(life.state()).isEqualTo(before);
    assertThat(life.progress().delivery()).isEqualTo(DeliveryProgress.DELIVERED);
    assertThat(life.sent()).as("what the state implies")
        .containsExactly(new OrderDelivered(Shop.SAMPLE, NOON.plusSeconds(50)));
  }

  @Test
  void aScanOnTheRoadThatIsHoursLaterRetractsADeliveryUntilItIsDeliveredInTruth() {
    Sample life = delivered();
    life.hears(moved(ShipmentStatus.OUT_FOR_DELIVERY, parcel(1, 1), NOON.plusSeconds(9_999)));
    assertThat(life.progress().delivery()).isEqualTo(DeliveryProgress.PARTIALLY_DELIVERED);
    assertThat(life.progress().status()).isEqualTo(OrderStatus.OPEN);

    life.sent().clear();
    life.hears(moved(ShipmentStatus.DELIVERED, parcel(1, 1), NOON.plusSeconds(12_000)));
    assertThat(life.progress().status()).isEqualTo(OrderStatus.COMPLETED);
    assertThat(life.sent()).containsExactly(new OrderDelivered(Shop.SAMPLE, NOON.plusSeconds(12_000)));
  }

  @Test
  void anOrderIsDeliveredWhenItsLastParcelIs() {
    Sample life = delivered();
    assertThat(life.sent().stream().filter(OrderDelivered.class::isInstance))
        .containsExactly(new OrderDelivered(Shop.SAMPLE, NOON.plusSeconds(50)));
    assertThat(life.progress().status()).isEqualTo(OrderStatus.COMPLETED);
  }

  @Test
  void aParcelOnItsWayBackTakesTheDeliveryBack() {
    Sample life = delivered();
    life.sent().clear();
    life.hears(moved(ShipmentStatus.RETURNED, parcel(1, 1), NOON));
    assertThat(life.progress().delivery()).isEqualTo(DeliveryProgress.PARTIALLY_DELIVERED);
    assertThat(life.progress().status()).isEqualTo(OrderStatus.OPEN);
    assertThat(life.sent()).isEmpty();
  }

  @Test
  void aParcelWhoseLabelIsToldLateHasLeftAllTheSame() {
    Sample life = new Sample().hears(null).hears(RESERVED).hears(CAPTURED).hears(packed(1));
    life.hears(moved(ShipmentStatus.DELIVERED, parcel(1, 1), NOON))
        .hears(moved(ShipmentStatus.RETURNED, parcel(1, 1), NOON));
    assertThat(life.progress().delivery()).isEqualTo(DeliveryProgress.PARTIALLY_SHIPPED);
    life.hears(labelled(parcel(1, 1)));
    assertThat(life.parcels().get(parcel(1, 1)).trackingNumber()).isEqualTo("T-" + parcel(1, 1));
  }

  @Property
  void aParcelEndsTheSameHoweverItsNewsArrive(@ForAll("scans") List<AdvanceOrder.Input> news, @ForAll Random random) {
    var doubled = new ArrayList<>(news);
    doubled.addAll(news);
    doubled.add(labelled(parcel(1, 1)));
    Sample one = new Sample().hears(null).hears(RESERVED).hears(CAPTURED).hears(packed(1));
    OrderState before = one.state();
    doubled.forEach(one::hears);
    Collections.shuffle(doubled, random);
    Sample other = new Sample().hears(null).hears(RESERVED).hears(CAPTURED).hears(packed(1));
    doubled.forEach(other::hears);
    assertThat(other.parcels()).isEqualTo(one.parcels());
    assertThat(List.of(one.state(), other.state())).as("no scan moves the order itself").containsOnly(before);
  }

  @Provide
  Arbitrary<List<AdvanceOrder.Input>> scans() {
    Arbitrary<Instant> times = Arbitraries.integers().between(0, 3).map(it -> NOON.plusSeconds(it));
    Arbitrary<ShipmentStatus> statuses = Arbitraries.of(ShipmentStatus.class)
        .filter(it -> it != ShipmentStatus.PRE_TRANSIT && it != ShipmentStatus.UNKNOWN);
    return Combinators.combine(statuses, times, times.injectNull(0.3))
        .as((status, at, estimate) -> (AdvanceOrder.Input) moved(status, parcel(1, 1), at, estimate)).list()
        .ofMinSize(1)
        .ofMaxSize(6);
  }

  /** Which of two payments was too much, and whether all were cancelled before another came, lies in who came first. */
  @Property
  void noOrderOfPaymentNewsIsIllegalAndNoMoneyIsLost(@ForAll("payments") List<Payment> payments,
      @ForAll Random random) {
    var news = new ArrayList<AdvanceOrder.Input>(payments.stream().map(it -> told(it)).toList());
    news.addAll(List.copyOf(news));
    news.add(RESERVED);
    OrderState one = after(Samples.placed(CONTENT), news);
    Collections.shuffle(news, random);
    OrderState other = after(Samples.placed(CONTENT), news);
    // The same before the order is placed.
    var early = new Sample();
    news.forEach(early::hears);
    assertThat(early.released()).isFalse();
    OrderState third = early.hears(null).swept();

    for (OrderState end : List.of(one, other, third)) {
      assertThat(known(end)).isEqualTo(known(one));
      boolean allKept = end.money().payments().stream().allMatch(OrderPayment::counts);
      assertThat(end.isCancelled()).as("all is given back exactly where it is cancelled")
          .isEqualTo(end.money().payments().stream().noneMatch(OrderPayment::counts) && !allKept
              && end.payment() != PaymentProgress.PAID);
      Money kept = PaymentProgress.captured(end.money().payments().stream().filter(OrderPayment::counts).toList(),
          "EUR");
      assertThat(end.payment() == PaymentProgress.PAID).isEqualTo(kept.compareTo(end.terms().total()) >= 0);
      boolean held = end.holds().stream().anyMatch(it -> it.reason() == Hold.Reason.PAYMENT_MISMATCH);
      assertThat(end.money().payments().stream().filter(OrderPayment::counts)
          .filter(it -> it.payment().captured().isPositive()))
          .as("nothing that is kept could go back, unless a person must look first")
          .noneMatch(it -> !held && kept.minus(it.payment().captured()).compareTo(end.terms().total()) >= 0);
    }
    if (!one.isCancelled() && one.money().payments().stream().allMatch(OrderPayment::counts)) {
      assertThat(List.of(one, other, third)).extracting(OrderState::payment).filteredOn(it -> it != one.payment())
          .as("the same, but where all was cancelled before more came")
          .allMatch(it -> it == PaymentProgress.REFUND_PENDING || it == PaymentProgress.CANCELLED);
    }
  }

  private static List<Payment> known(OrderState state) {
    return state.money().payments().stream().map(OrderPayment::payment).toList();
  }

  /** What providers say of up to three payments: the one that the order names and others. */
  @Provide
  Arbitrary<List<Payment>> payments() {
    return Combinators.combine(Arbitraries.of("pi_3QWaybillSample", "pi_2", "pi_1"),
        Arbitraries.of(PaymentStatus.class), Arbitraries.of(1L, 3000L, 5572L, 6072L),
        Arbitraries.of(true, false)).as((reference, status, amount, part) -> switch (status) {
          case PENDING, PROCESSING, FAILED, CANCELLED -> Shop.payment(reference, status, 0, 0);
          case AUTHORIZED -> Shop.payment(reference, status, amount, 0);
          case CAPTURED -> Shop.payment(reference, status, amount, part ? (amount + 1) / 2 : amount);
        }).list().ofMaxSize(6);
  }

  private static AdvanceOrder.Input told(Payment payment) {
    return switch (payment.status()) {
      case PENDING, AUTHORIZED -> new PaymentAuthorized(Shop.SAMPLE, payment);
      case PROCESSING -> new PaymentProcessing(Shop.SAMPLE, payment);
      case FAILED -> new PaymentFailed(Shop.SAMPLE, payment);
      case CANCELLED -> new PaymentCancelled(Shop.SAMPLE, payment);
      case CAPTURED -> new PaymentCaptured(Shop.SAMPLE, payment);
    };
  }

  private static OrderState after(OrderState start, List<AdvanceOrder.Input> news) {
    OrderState state = start;
    for (AdvanceOrder.Input each : news) {
      state = Advancing.advance(Optional.of(state), each, NOON);
    }
    return state;
  }

  @Property(tries = 300)
  void aWholeLifeOfDoubledAndReorderedMessagesEndsDelivered(@ForAll Random random) {
    var life = new Sample();
    var underway = new ArrayList<AdvanceOrder.Input>();
    var answered = new HashSet<Message>();
    underway.add(null);
    underway.add(null);
    var seen = new HashSet<DeliveryProgress>();
    while (!underway.isEmpty()) {
      AdvanceOrder.Input next = underway.remove(random.nextInt(underway.size()));
      life.hears(next);
      seen.add(life.progress().delivery());
      for (Message sent : Set.copyOf(life.answer())) {
        if (answered.add(sent)) {
          // The others answer, and each of their messages comes twice.
          underway.addAll(answers(sent));
          underway.addAll(answers(sent));
        }
      }
    }
    assertThat(life.swept()).isEqualTo(delivered().swept());
    assertThat(life.parcels()).isEqualTo(delivered().parcels());
    assertThat(life.progress().status()).isEqualTo(OrderStatus.COMPLETED);
    assertThat(life.state().fulfillment()).isEqualTo(FulfillmentProgress.FULFILLED);
    assertThat(life.parcels().values()).hasSize(4)
        .allMatch(it -> it.trackingNumber().equals("T-" + it.parcel().id()) && NOON.equals(it.shippedAt()));
    assertThat(life.sent()).contains(new OrderDelivered(Shop.SAMPLE, NOON.plusSeconds(50)));
    assertThat(seen).contains(DeliveryProgress.PENDING, DeliveryProgress.DELIVERED);
  }

  /** What the other capabilities tell the order when they hear this. */
  private static List<AdvanceOrder.Input> answers(Message sent) {
    return switch (sent) {
      case OrderPlaced _ -> List.of(RESERVED);
      case PaymentExpected _ -> List.of(AUTHORIZED, CAPTURED);
      case OrderReleased _ -> List.of(allocated(1), packed(1), allocated(2), packed(2), allocated(3), packed(3));
      case DispatchApproved it -> way(it.parcel());
      default -> List.of();
    };
  }

  private static List<AdvanceOrder.Input> way(Parcel parcel) {
    return List.of(labelled(parcel.id()), moved(ShipmentStatus.IN_TRANSIT, parcel.id(), NOON.plusSeconds(10)),
        moved(ShipmentStatus.DELIVERY_FAILED, parcel.id(), NOON.plusSeconds(20)),
        moved(ShipmentStatus.READY_FOR_PICKUP, parcel.id(), NOON.plusSeconds(30)),
        moved(ShipmentStatus.OUT_FOR_DELIVERY, parcel.id(), NOON.plusSeconds(40)),
        moved(ShipmentStatus.DELIVERED, parcel.id(), NOON.plusSeconds(50)));
  }

  /** The sample's life without any bad luck. */
  private static Sample delivered() {
    Sample life = new Sample().hears(null).hears(RESERVED).hears(AUTHORIZED).hears(CAPTURED);
    for (int line = 1; line <= 3; line++) {
      life.hears(allocated(line)).hears(packed(line));
      packed(line).parcels().forEach(parcel -> way(parcel).forEach(life::hears));
    }
    return life;
  }

  private static ShipmentLabelled labelled(ParcelId parcel) {
    return new ShipmentLabelled(Shop.SAMPLE, parcel, Samples.BERLIN, new StockPool("default"), List.of(), "DHL",
        "Paket", "T-" + parcel, NOON);
  }

  private static ShipmentMoved moved(ShipmentStatus status, ParcelId parcel, Instant at) {
    return moved(status, parcel, at, null);
  }

  private static ShipmentMoved moved(ShipmentStatus status, ParcelId parcel, Instant at, Instant estimate) {
    return switch (status) {
      case UNKNOWN, PRE_TRANSIT -> throw new IllegalArgumentException();
      case IN_TRANSIT -> new ShipmentInTransit(Shop.SAMPLE, parcel, at, estimate);
      case DELIVERY_FAILED -> new ShipmentDeliveryFailed(Shop.SAMPLE, parcel, at, estimate);
      case READY_FOR_PICKUP -> new ShipmentReadyForPickup(Shop.SAMPLE, parcel, at, estimate, null);
      case ON_HOLD -> new ShipmentOnHold(Shop.SAMPLE, parcel, at, estimate, null);
      case OUT_FOR_DELIVERY -> new ShipmentOutForDelivery(Shop.SAMPLE, parcel, at, estimate);
      case DELIVERED -> new ShipmentDelivered(Shop.SAMPLE, parcel, at, estimate);
      case RETURNED -> new ShipmentReturned(Shop.SAMPLE, parcel, at, estimate);
    };
  }
}
