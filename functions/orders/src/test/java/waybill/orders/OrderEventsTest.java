package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.messages.ChannelId;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.Choreography.RecordEvents;
import waybill.messages.EventMessages.OrderChanged;
import waybill.messages.Message;
import waybill.messages.Money;
import waybill.messages.EventType;
import waybill.messages.OrderId;
import waybill.messages.OrderMessages.OrderDue;
import waybill.messages.PaymentMessages.PaymentCaptured;
import waybill.messages.PaymentMessages.PaymentFailed;
import waybill.messages.PaymentMessages.PaymentRefunded;
import waybill.messages.PaymentStatus;
import waybill.messages.Refund;
import waybill.messages.RefundId;
import waybill.messages.RefundReason;
import waybill.messages.RefundStatus;
import waybill.messages.ShipmentMessages.*;
import waybill.messages.StockMessages.StockRefused;
import waybill.messages.StockMessages.StockReserved;

/** What the feed is sent while an order goes its way. */
class OrderEventsTest {
  private static final StockReserved RESERVED = new StockReserved(Shop.SAMPLE);
  private static final PaymentCaptured CAPTURED = new PaymentCaptured(Shop.SAMPLE,
      Shop.payment(PaymentStatus.CAPTURED, 5572, 5572));

  private final Shop shop = new Shop();

  @AfterEach
  void close() {
    shop.close();
  }

  /** What was sent to the feed since the last call. */
  private List<EventType> events() {
    List<EventType> events = shop.bench.sentTo(RecordEvents.class).stream().map(it -> ((OrderChanged) it).event())
        .toList();
    shop.bench.forgetSent();
    return events;
  }

  @Test
  void theFeedHearsOfEachStepThatAStorefrontFollows() {
    shop.place(Shop.sample());
    assertThat(events()).as("its stock will say so, a moment later").isEmpty();
    shop.advance(RESERVED);
    assertThat(events()).containsExactly(EventType.ORDER_PLACED);
    shop.advance(CAPTURED);
    assertThat(events()).containsExactly(EventType.ORDER_CONFIRMED);
    shop.advance(Samples.allocated(1), Samples.packed(1), Samples.packed(2), Samples.packed(3));
    assertThat(events()).isEmpty();
    var parcel = Samples.parcel(1, 1);
    shop.advance(new ShipmentLabelled(Shop.SAMPLE, parcel, Samples.BERLIN, Samples.sample().pool(), List.of(), "DHL",
        "Paket", "T-1", Samples.NOON));
    assertThat(events()).containsExactly(EventType.PARCEL_SHIPPED);
    shop.advance(new ShipmentInTransit(Shop.SAMPLE, parcel, Samples.NOON, null));
    assertThat(events()).isEmpty();
    shop.advance(new ShipmentOutForDelivery(Shop.SAMPLE, parcel, Samples.NOON.plusSeconds(1), null));
    assertThat(events()).containsExactly(EventType.PARCEL_OUT_FOR_DELIVERY);
  }

  @Test
  void whatALaterScanHasOvertakenIsNoEvent() {
    shop.place(Shop.sample());
    shop.advance(RESERVED, CAPTURED, Samples.packed(1));
    events();
    var parcel = Samples.parcel(1, 1);
    shop.advance(new ShipmentDelivered(Shop.SAMPLE, parcel, Samples.NOON.plusSeconds(9), null),
        new ShipmentOutForDelivery(Shop.SAMPLE, parcel, Samples.NOON, null));
    assertThat(events()).doesNotContain(EventType.PARCEL_OUT_FOR_DELIVERY);
  }

  @Test
  void anOrderThatIsCancelledSaysSo() {
    shop.place(Shop.sample());
    shop.advance(new StockRefused(Shop.SAMPLE, List.of()));
    assertThat(events()).as("and its gift card is to be refunded by the shop")
        .containsExactlyInAnyOrder(EventType.ORDER_PLACED, EventType.ORDER_CANCELLED,
            EventType.ORDER_HELD);
  }

  @Test
  void aFailedPaymentAndAHoldAreEvents() {
    shop.place(Shop.sample());
    shop.advance(RESERVED, new PaymentFailed(Shop.SAMPLE, Shop.payment(PaymentStatus.FAILED, 0, 0)));
    assertThat(events()).containsExactly(EventType.ORDER_PLACED, EventType.ORDER_PAYMENT_FAILED);
    shop.advance(new PaymentCaptured(Shop.SAMPLE, Shop.payment(PaymentStatus.CAPTURED, 5571, 5571)));
    assertThat(events()).containsExactly(EventType.ORDER_HELD);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aHoldThatAPersonPlacesIsAnEventThoughItsWriterDied(boolean dies) {
    shop.place(Shop.sample());
    shop.advance(RESERVED, CAPTURED);
    events();
    shop.hold(Shop.SAMPLE, "k1", "{\"note\": \"The customer calls back\"}");
    List<? extends Message> sent = shop.bench.sentTo(AdvanceOrder.class);
    assertThat(sent).singleElement().isInstanceOf(OrderDue.class);
    shop.bench.clock().advance(Duration.ofMinutes(1));
    List<Message> found = dies ? List.copyOf(shop.sweep()) : List.copyOf(sent);
    shop.bench.forgetSent();
    shop.advance(found.toArray(Message[]::new));
    assertThat(events()).contains(EventType.ORDER_HELD);
    assertThat(shop.sweep()).as("the mark is gone").isEmpty();
  }

  /** News of a refund as its provider gives it: of the whole, or of a part. */
  private static PaymentRefunded refunded(RefundId id, RefundReason reason, RefundStatus status, long amount) {
    return new PaymentRefunded(Shop.SAMPLE, CAPTURED.payment(), new Refund(id, reason, status,
        new Money(amount, "EUR"), Samples.NOON));
  }

  @Test
  void aRefundIsAnEventWhenItsOwnMoneyHasMoved() {
    RefundId part = RefundId.of(CAPTURED.payment().id(), "re_1");
    RefundId failed = RefundId.of(CAPTURED.payment().id(), "re_2");
    shop.place(Shop.sample());
    shop.advance(RESERVED, CAPTURED);
    events();
    shop.advance(refunded(part, RefundReason.MADE_ELSEWHERE, RefundStatus.PENDING, 100));
    assertThat(events()).doesNotContain(EventType.ORDER_REFUNDED);
    shop.advance(refunded(part, RefundReason.MADE_ELSEWHERE, RefundStatus.SUCCEEDED, 100));
    assertThat(refundEvents()).containsExactly(part.value());

    shop.cancel(Shop.SAMPLE, "c1", "{\"reason\":\"other\"}", "op", "orders:operate");
    RefundId whole = RefundId.of(CAPTURED.payment().id());
    shop.advance(refunded(whole, RefundReason.ORDER_CANCELLED, RefundStatus.SUCCEEDED, 5472));
    assertThat(refundEvents()).containsExactly(whole.value());
    shop.advance(refunded(failed, RefundReason.MADE_ELSEWHERE, RefundStatus.FAILED, 50));
    assertThat(refundEvents()).as("another has succeeded, this one has not").isEmpty();
    shop.advance(refunded(part, RefundReason.MADE_ELSEWHERE, RefundStatus.SUCCEEDED, 100));
    assertThat(refundEvents()).as("sent again, the same event").containsExactly(part.value());
  }

  private List<String> refundEvents() {
    List<String> refunds = shop.bench.sentTo(RecordEvents.class).stream().map(OrderChanged.class::cast)
        .filter(it -> it.event() == EventType.ORDER_REFUNDED).map(OrderChanged::subject).toList();
    shop.bench.forgetSent();
    return refunds;
  }

  @Test
  void anOrderThatNeedsNoStockIsPlacedAtOnce() {
    shop.place(Shop.simple("digital", "E-BOOK", 1));
    assertThat(events()).containsExactly(EventType.ORDER_PLACED);
  }

  @Test
  void anOrderThatNeedsNoStockSaysThatItWasPlacedThoughItsWriterDied() {
    OrderId id = OrderId.of(new ChannelId("de-web"), "digital");
    shop.place(Shop.simple("digital", "E-BOOK", 1));
    events();
    shop.advance(new PaymentCaptured(id, Shop.payment(PaymentStatus.CAPTURED, 1000, 1000)));
    assertThat(events()).contains(EventType.ORDER_PLACED, EventType.ORDER_CONFIRMED);
  }

  @Test
  void aDoubledMessageIsTheSameEvent() {
    shop.place(Shop.sample());
    shop.advance(RESERVED);
    List<?> first = List.copyOf(shop.bench.sentTo(RecordEvents.class));
    shop.bench.forgetSent();
    shop.advance(RESERVED);
    assertThat(shop.bench.sentTo(RecordEvents.class)).isEqualTo(first);
  }
}
