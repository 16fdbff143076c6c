package waybill.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import waybill.messages.OrderMessages.OrderDue;
import waybill.messages.OrderMessages.OrderReleased;
import waybill.messages.ShipmentMessages.ShipmentDelivered;
import waybill.messages.ShipmentMessages.ShipmentMoved;
import waybill.messages.ShipmentMessages.ShipmentOutForDelivery;
import waybill.messages.StockMessages.BackordersDue;
import waybill.messages.StockMessages.StockReleased;

class ChoreographyTest {

  @ParameterizedTest
  @MethodSource("messages")
  void everyMessageGoesSomewhereAndNowhereTwice(Class<? extends Message> message) {
    assertThat(Routing.queues(message)).isNotEmpty().doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("messages")
  void everyMessageIsSentBySomeFunction(Class<? extends Message> message) {
    assertThat(Routing.senders()).anyMatch(it -> Routing.outputs(it).contains(message));
  }

  @ParameterizedTest
  @MethodSource("waybill.messages.Routing#receivers")
  void aFunctionReceivesExactlyWhatGoesToItsQueue(String function) {
    assertThat(messages().filter(it -> Routing.queues(it).contains(Routing.queueOf(function))))
        .isNotEmpty().containsExactlyInAnyOrderElementsOf(inputs(function));
  }

  @Test
  void aMessageGoesToAllFunctionsThatReceiveItAlsoThroughANarrowerKind() {
    assertThat(Routing.queues(OrderReleased.class)).containsExactly("plan-fulfillment", "notify-customer");
    assertThat(Routing.queues(ShipmentDelivered.class)).containsExactly("advance-order", "watch-parcel",
        "measure-delivery", "follow-claims");
    assertThat(Routing.queues(ShipmentOutForDelivery.class)).containsExactly("advance-order", "watch-parcel",
        "notify-customer");
  }

  @Test
  void theQueuesThatAFunctionSendsToFollowFromWhatItSends() {
    assertThat(Routing.outputs("ReleaseStock")).isEqualTo(Set.of(StockReleased.class, BackordersDue.class));
    assertThat(Routing.queuesOf("ReleaseStock")).containsExactly("advance-order", "fill-backorders");
    assertThat(Routing.queuesOf("PlaceOrder"))
        .containsExactly("deliver-digital", "index-order", "move-credit", "notify-customer", "plan-fulfillment",
            "record-events",
            "record-payment",
            "reserve-stock");
    assertThat(Routing.queuesOf("RefundPayment")).containsExactly("advance-order", "refund-payment");
    assertThat(Routing.outputs("CancelOrder")).isEqualTo(Set.of(OrderDue.class));
  }

  @Test
  void aFunctionThatSendsNothingOrIsNotInTheChoreographySendsNowhere() {
    assertThat(Routing.receivers()).contains("ShipStock", "NotifyCustomer");
    assertThat(Routing.senders()).doesNotContain("ShipStock", "NotifyCustomer");
    assertThat(Routing.queuesOf("ShipStock")).isEmpty();
    assertThat(Routing.queuesOf("GetOrder")).isEmpty();
  }

  @Test
  void whatAnOrderIsPlacedWithIsAlsoSentByItsArbiter() {
    assertThat(Routing.outputs("AdvanceOrder")).containsAll(Routing.outputs("PlaceOrder"));
  }

  @Test
  void aQueueIsNamedAsItsFunction() {
    assertThat(Routing.queueOf("ReserveStock")).isEqualTo("reserve-stock");
  }

  @Test
  void aMovedShipmentIsAScan() {
    assertThat(variants(ShipmentMoved.class).map(it -> ((ShipmentMoved) specimen(it)).scan().status()))
        .containsExactlyInAnyOrder(ShipmentStatus.IN_TRANSIT, ShipmentStatus.OUT_FOR_DELIVERY,
            ShipmentStatus.READY_FOR_PICKUP, ShipmentStatus.DELIVERY_FAILED, ShipmentStatus.ON_HOLD,
            ShipmentStatus.RETURNED, ShipmentStatus.DELIVERED);
  }

  @SuppressWarnings("unchecked")
  static Stream<Class<? extends Message>> messages() {
    return variants(Message.class).map(it -> (Class<? extends Message>) it);
  }

  @SuppressWarnings("unchecked")
  private static Set<Class<? extends Message>> inputs(String function) {
    return (Set<Class<? extends Message>>) (Set<?>) Routing.inputs(function);
  }

  private static Stream<Class<?>> variants(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(ChoreographyTest::variants).distinct()
        : Stream.of(type);
  }

  /** A record of the type. */
  private static Object specimen(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    try {
      var constructor = type
          .getDeclaredConstructor(Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      return constructor.newInstance(Arrays.stream(components).map(it -> value(it.getGenericType())).toArray());
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static Object value(Type type) {
    return type == Instant.class ? Instant.EPOCH : type instanceof ParameterizedType ? List.of() : null;
  }
}
