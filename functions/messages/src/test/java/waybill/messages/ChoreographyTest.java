package waybill.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChoreographyTest {
  /** What each function that understands several messages switches over. */
  private static final Map<Verb, Class<? extends Message>> NEWS = new EnumMap<>(
      Map.of(Verb.RESERVE_STOCK, Message.StockNews.class, Verb.RECORD_PAYMENT,
          Message.PaymentNews.class, Verb.ADVANCE_ORDER, Message.OrderNews.class, Verb.PLAN_FULFILLMENT,
          Message.PlanningNews.class, Verb.NOTIFY_CUSTOMER,
          Message.CustomerNews.class, Verb.RELEASE_STOCK, Message.ReleaseNews.class));

  @Test
  void everyMessageGoesSomewhereAndNowhereTwice() {
    assertThat(variants(Message.class)).isNotEmpty()
        .allSatisfy(type -> assertThat(consumers(type)).isNotEmpty().doesNotHaveDuplicates());
  }

  @ParameterizedTest
  @EnumSource
  void everyFunctionOfAQueueGetsSomething(Verb verb) {
    assertThat(sentTo(verb)).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"RESERVE_STOCK", "RECORD_PAYMENT", "ADVANCE_ORDER", "PLAN_FULFILLMENT", "NOTIFY_CUSTOMER",
    "RELEASE_STOCK"})
  void aFunctionUnderstandsExactlyWhatIsSentToIt(Verb verb) {
    assertThat(sentTo(verb)).isEqualTo(names(variants(NEWS.get(verb))));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = {"RESERVE_STOCK", "RECORD_PAYMENT", "ADVANCE_ORDER",
    "PLAN_FULFILLMENT", "NOTIFY_CUSTOMER", "RELEASE_STOCK"})
  void aFunctionWithoutNewsOfItsOwnGetsOneKindOfMessage(Verb verb) {
    assertThat(sentTo(verb)).hasSize(1);
  }

  @Test
  void aFunctionHasOneNameInEverySpelling() {
    assertThat(Verb.RESERVE_STOCK.functionName()).isEqualTo("ReserveStock");
    assertThat(Verb.RESERVE_STOCK.queueVariable()).isEqualTo("RESERVE_STOCK_QUEUE");
  }

  @Test
  void aMovedShipmentIsAScan() {
    assertThat(variants(Message.ShipmentMoved.class).map(it -> ((Message.ShipmentMoved) specimen(it)).scan().status()))
        .containsExactlyInAnyOrder(ShipmentStatus.IN_TRANSIT, ShipmentStatus.OUT_FOR_DELIVERY,
            ShipmentStatus.READY_FOR_PICKUP, ShipmentStatus.DELIVERY_FAILED,
            ShipmentStatus.RETURNED, ShipmentStatus.DELIVERED);
  }

  private static Set<String> sentTo(Verb verb) {
    return names(variants(Message.class).filter(type -> consumers(type).contains(verb)));
  }

  private static Set<String> names(Stream<Class<?>> types) {
    return types.map(Class::getSimpleName).collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<Verb> consumers(Class<?> type) {
    return Choreography.consumers((Message) specimen(type));
  }

  private static Stream<Class<?>> variants(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(ChoreographyTest::variants).distinct()
        : Stream.of(type);
  }

  /** A record of the type; where it goes depends on nothing in it. */
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
