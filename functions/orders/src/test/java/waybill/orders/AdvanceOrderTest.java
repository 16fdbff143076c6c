package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import waybill.messages.Choreography.BuyLabel;
import waybill.messages.Choreography.NotifyCustomer;
import waybill.messages.Choreography.PlanFulfillment;
import waybill.messages.FulfillmentMessages.FulfillmentPacked;
import waybill.messages.LineQuantity;
import waybill.messages.Message;
import waybill.messages.OrderId;
import waybill.messages.OrderMessages.DispatchApproved;
import waybill.messages.OrderMessages.OrderDelivered;
import waybill.messages.OrderMessages.OrderDue;
import waybill.messages.OrderMessages.OrderPlaced;
import waybill.messages.OrderMessages.OrderReleased;
import waybill.messages.Parcel;
import waybill.messages.ParcelId;
import waybill.messages.PaymentMessages.PaymentAuthorized;
import waybill.messages.PaymentMessages.PaymentCaptured;
import waybill.messages.PaymentStatus;
import waybill.messages.ShipmentMessages.LabelUncertain;
import waybill.messages.ShipmentMessages.ShipmentDelivered;
import waybill.messages.ShipmentMessages.ShipmentInTransit;
import waybill.messages.ShipmentMessages.ShipmentLabelled;
import waybill.messages.StockMessages.StockReserved;

class AdvanceOrderTest {
  private static final StockReserved RESERVED = new StockReserved(Shop.SAMPLE);
  private static final PaymentAuthorized AUTHORIZED = new PaymentAuthorized(Shop.SAMPLE,
      Shop.payment(PaymentStatus.AUTHORIZED, 5572, 0));
  private static final PaymentCaptured CAPTURED = new PaymentCaptured(Shop.SAMPLE,
      Shop.payment(PaymentStatus.CAPTURED, 5572, 5572));
  private static final ShipmentDelivered DELIVERED = new ShipmentDelivered(Shop.SAMPLE, Samples.parcel(1, 1),
      Samples.NOON, null);

  private static final ParcelId SECOND = Samples.parcel(1, 2);
  private static final LabelUncertain UNCERTAIN = new LabelUncertain(Shop.SAMPLE, SECOND, Samples.NOON);
  private static final ShipmentLabelled LABELLED = new ShipmentLabelled(Shop.SAMPLE, SECOND, Samples.BERLIN,
      Samples.sample().pool(), List.of(), "DHL", "Paket", "T-2", Samples.NOON);

  private final Shop shop = new Shop();

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void stockAndMoneyReleaseTheOrderOnce() {
    shop.place(Shop.sample());
    assertThat(shop.advance(RESERVED, AUTHORIZED)).isZero();
    assertThat(shop.bench.sentTo(PlanFulfillment.class)).isEmpty();
    assertThat(shop.advance(CAPTURED)).isZero();
    assertThat(shop.bench.sentTo(PlanFulfillment.class))
        .containsExactly(new OrderReleased(Shop.SAMPLE, Samples.sample().pool(), Samples.sample().shippedLines()));
    assertThat(shop.bench.sentTo(NotifyCustomer.class)).hasSize(1);
  }

  @Test
  void aDoubledMessageWritesNothing() {
    shop.place(Shop.sample());
    shop.advance(RESERVED);
    var before = shop.bench.items("orders");
    assertThat(shop.advance(RESERVED, RESERVED)).isZero();
    assertThat(shop.bench.items("orders")).isEqualTo(before);
  }

  @Test
  void newsThatComesTooEarlyComesBackAndTheRestOfItsBatchGoesOn() {
    shop.place(Shop.sample());
    assertThat(shop.advance(DELIVERED, RESERVED)).isOne();
    assertThat(shop.state(Shop.SAMPLE).stock().status()).isEqualTo(StockStatus.RESERVED);
    assertThat(shop.advance(Samples.packed(1), DELIVERED)).isZero();
    assertThat(shop.progress(Shop.SAMPLE).delivery()).isEqualTo(DeliveryProgress.PARTIALLY_DELIVERED);
  }

  @Test
  void aMessageThatCannotBeSentOnComesBack() {
    shop.place(Shop.sample());
    shop.advance(RESERVED);
    shop.bench.forgetSent();
    shop.bench.refuseNextSends(1);
    assertThat(shop.advance(CAPTURED)).isOne();
    assertThat(shop.advance(CAPTURED)).isZero();
    assertThat(shop.bench.sentTo(PlanFulfillment.class)).hasSize(1);
  }

  @Test
  void aMessageOfAnotherFunctionIsPoison() {
    assertThat(shop.advance(new OrderPlaced(Shop.SAMPLE, null, List.of(), null))).isOne();
    assertThat(shop.bench.items("orders")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whereverItDiesTheNextDeliveryEndsTheSame(boolean afterItsEffect) {
    everyFault(afterItsEffect, () -> SdkClientException.create("died"));
  }

  @Test
  void aConflictIsDecidedAgain() {
    everyFault(false, () -> ConditionalCheckFailedException.builder().message("somebody was faster").build());
  }

  private void everyFault(boolean afterItsEffect, Supplier<RuntimeException> fault) {
    List<Message[]> batches = List.of(new Message[]{RESERVED, AUTHORIZED}, new Message[]{CAPTURED},
        new Message[]{Samples.allocated(1), Samples.packed(1)},
        new Message[]{DELIVERED, UNCERTAIN}, new Message[]{LABELLED});
    shop.place(Shop.sample());
    shop.faults.stop();
    batches.forEach(shop::advance);
    int calls = shop.faults.calls();
    assertThat(calls).isGreaterThan(12);
    for (int call = 1; call <= calls; call++) {
      try (var fresh = new Shop()) {
        fresh.place(Shop.sample());
        fresh.faults.strike(call, afterItsEffect, fault);
        for (Message[] batch : batches) {
          if (fresh.advance(batch) > 0) {
            // All of it is received again, also what was done.
            assertThat(fresh.advance(batch)).as("call %d", call).isZero();
          }
        }
        assertThat(fresh.state(Shop.SAMPLE)).as("call %d", call).isEqualTo(shop.state(Shop.SAMPLE));
        assertThat(fresh.progress(Shop.SAMPLE).packed()).as("call %d", call)
            .isEqualTo(shop.progress(Shop.SAMPLE).packed().toList());
        assertThat(Set.copyOf(fresh.bench.sent())).as("call %d", call).isEqualTo(Set.copyOf(shop.bench.sent()));
      }
    }
  }

  @Test
  void twoEventsForOneOrderAtOnceLoseNothing() throws Exception {
    for (int round = 0; round < 15; round++) {
      var body = Shop.set(Shop.sample(), "/reference", "round " + round);
      OrderId id = Samples.content(body).id();
      shop.place(body);
      List<Callable<Integer>> news = List.of(() -> shop.advance(new StockReserved(id)),
          () -> shop.advance(new PaymentCaptured(id, CAPTURED.payment())),
          () -> shop.advance(new PaymentAuthorized(id, AUTHORIZED.payment())),
          () -> shop.advance(new StockReserved(id)));
      assertThat(atOnce(news)).containsOnly(0);
      assertThat(shop.state(id).isReleased()).isTrue();
      assertThat(shop.bench.sentTo(PlanFulfillment.class)).filteredOn(it -> ((OrderReleased) it).order().equals(id))
          .isNotEmpty();
    }
  }

  @Test
  void allParcelsMoveAtOnceAndTheLastOneDeliversTheOrder() throws Exception {
    shop.place(Shop.sample());
    shop.advance(RESERVED, CAPTURED, Samples.packed(1), Samples.packed(2), Samples.packed(3));
    var news = new ArrayList<Callable<Integer>>();
    for (Message sent : shop.bench.sentTo(BuyLabel.class)) {
      var parcel = ((DispatchApproved) sent).parcel().id();
      news.add(() -> shop.advance(new ShipmentInTransit(Shop.SAMPLE, parcel, Samples.NOON, null)));
      news.add(() -> shop.advance(new ShipmentDelivered(Shop.SAMPLE, parcel, Samples.NOON.plusSeconds(1), null)));
    }
    assertThat(news).hasSize(8);
    assertThat(atOnce(news)).containsOnly(0);
    assertThat(shop.progress(Shop.SAMPLE).status()).isEqualTo(OrderStatus.COMPLETED);
    assertThat(shop.bench.sentTo(NotifyCustomer.class))
        .contains(new OrderDelivered(Shop.SAMPLE, Samples.NOON.plusSeconds(1)));
  }

  @Test
  void aScanOfOneOfTenParcelsWritesThatParcelAlone() {
    LineQuantity line = Samples.content(Shop.simple("5512033", "TEA-200", 10)).shippedLines().getFirst();
    List<Parcel> ten = IntStream.rangeClosed(1, 10).mapToObj(it -> new Parcel(Samples.parcel(1, it),
        List.of(new LineQuantity(line.lineId(), line.sku(), 1)), 100, 1, 1, 1, null, null)).toList();
    shop.place(Shop.simple("5512033", "TEA-200", 10));
    shop.advance(RESERVED,
        new PaymentCaptured(Shop.SAMPLE, Shop.payment("pi_1", PaymentStatus.CAPTURED, 10_000, 10_000)),
        new FulfillmentPacked(Shop.SAMPLE, Samples.fulfillment(1), Samples.BERLIN, List.of(line), ten));
    var before = shop.bench.items("orders");
    for (int each = 1; each < 10; each++) {
      shop.advance(new ShipmentDelivered(Shop.SAMPLE, Samples.parcel(1, each), Samples.NOON, null));
      var changed = new ArrayList<>(shop.bench.items("orders"));
      changed.removeAll(before);
      assertThat(changed).extracting(it -> it.get("sk").s()).containsExactly(Samples.parcel(1, each).value());
      before = shop.bench.items("orders");
      assertThat(shop.progress(Shop.SAMPLE).delivery()).isEqualTo(DeliveryProgress.PARTIALLY_DELIVERED);
    }
    shop.advance(new ShipmentDelivered(Shop.SAMPLE, Samples.parcel(1, 10), Samples.NOON, null));
    assertThat(shop.progress(Shop.SAMPLE).status()).isEqualTo(OrderStatus.COMPLETED);
    assertThat(shop.bench.sentTo(NotifyCustomer.class)).filteredOn(OrderDelivered.class::isInstance).hasSize(1);
  }

  @Test
  void aHeldParcelHoldsItsOrderUntilItsLabelIsThere() {
    shop.place(Shop.sample());
    shop.advance(RESERVED, CAPTURED, Samples.packed(1), UNCERTAIN);
    assertThat(shop.held("label_uncertain")).hasSize(1);
    shop.bench.forgetSent();
    shop.advance(new OrderDue(Shop.SAMPLE, Samples.NOON));
    assertThat(shop.bench.sentTo(BuyLabel.class)).as("it is asked for again").singleElement()
        .isInstanceOfSatisfying(DispatchApproved.class, it -> assertThat(it.parcel().id()).isEqualTo(SECOND));
    shop.advance(LABELLED, UNCERTAIN);
    assertThat(shop.state(Shop.SAMPLE).holds()).isEmpty();
    assertThat(shop.held("label_uncertain")).isEmpty();
  }

  @Test
  void aParcelThatHasItsLabelKeepsItThoughUnitsWereAddedMeanwhile() {
    shop.place(Shop.sample());
    shop.advance(RESERVED, CAPTURED, Samples.packed(1), LABELLED);
    FulfillmentPacked first = Samples.packed(1);
    shop.advance(new FulfillmentPacked(first.order(), first.fulfillment(), first.location(), first.lines(),
        first.parcels(), 1));

    assertThat(shop.progress(Shop.SAMPLE).packed()).filteredOn(it -> it.parcel().id().equals(SECOND)).singleElement()
        .extracting(OrderParcel::trackingNumber).as("the same packing, compared with a later change").isEqualTo("T-2");
  }

  @Test
  void aLabelAndTheDoubtAboutItAtOnceNeverLeaveAHold() throws Exception {
    for (int round = 0; round < 15; round++) {
      try (var fresh = new Shop()) {
        fresh.place(Shop.sample());
        fresh.advance(RESERVED, CAPTURED, Samples.packed(1));
        assertThat(atOnce(List.of(() -> fresh.advance(UNCERTAIN), () -> fresh.advance(LABELLED),
            () -> fresh.advance(CAPTURED, AUTHORIZED), () -> fresh.advance(UNCERTAIN)))).containsOnly(0);
        assertThat(fresh.state(Shop.SAMPLE).holds()).isEmpty();
        assertThat(fresh.progress(Shop.SAMPLE).packed()).filteredOn(it -> it.parcel().id().equals(SECOND))
            .allMatch(it -> it.isLabelled() && !it.isHeld());
      }
    }
  }

  private static List<Integer> atOnce(List<Callable<Integer>> news) throws Exception {
    var failed = new ArrayList<Integer>();
    try (var threads = Executors.newFixedThreadPool(news.size())) {
      for (Future<Integer> done : threads.invokeAll(news)) {
        failed.add(done.get());
      }
    }
    return failed;
  }
}
