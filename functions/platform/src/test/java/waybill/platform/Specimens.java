package waybill.platform;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Builders;
import net.jqwik.api.Combinators;
import waybill.messages.CaptureId;
import waybill.messages.ChannelId;
import waybill.messages.ClaimId;
import waybill.messages.CreditId;
import waybill.messages.DisruptionId;
import waybill.messages.EndpointId;
import waybill.messages.ExpiryDate;
import waybill.messages.FulfillmentId;
import waybill.messages.IncidentId;
import waybill.messages.LineId;
import waybill.messages.LocationId;
import waybill.messages.LotNumber;
import waybill.messages.LotSwapId;
import waybill.messages.Money;
import waybill.messages.OrderId;
import waybill.messages.ParcelId;
import waybill.messages.Payment;
import waybill.messages.PaymentId;
import waybill.messages.PaymentStatus;
import waybill.messages.PickId;
import waybill.messages.RefundId;
import waybill.messages.ReservationId;
import waybill.messages.ReturnId;
import waybill.messages.ShortageId;
import waybill.messages.Sku;
import waybill.messages.StockImportId;
import waybill.messages.StockPool;

/** Records of any kind of message, made from their components, so that a new message is tested from its first day. */
final class Specimens {

  private Specimens() {}

  /** Any record of a sealed interface; what it may leave out is null now and then. */
  static <T> Arbitrary<T> of(Class<T> sealed) {
    List<Arbitrary<T>> variants = variants(sealed).distinct().map(it -> record(it).map(sealed::cast)).toList();
    return Arbitraries.oneOf(variants);
  }

  private static Stream<Class<?>> variants(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(Specimens::variants)
        : Stream.of(type);
  }

  private static Arbitrary<?> record(Class<?> type) {
    var builder = Builders.withBuilder(() -> new Object[type.getRecordComponents().length]);
    for (int i = 0; i < type.getRecordComponents().length; i++) {
      int place = i;
      builder = builder.use(value(type.getRecordComponents()[i].getGenericType())).in((values, value) -> {
        values[place] = value;
        return values;
      });
    }
    return builder.build(values -> create(type, values));
  }

  private static Object create(Class<?> type, Object[] values) {
    try {
      return type
          .getDeclaredConstructor(
              Arrays.stream(type.getRecordComponents()).map(RecordComponent::getType).toArray(Class<?>[]::new))
          .newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static Arbitrary<?> value(Type type) {
    if (type instanceof ParameterizedType list) {
      return value(list.getActualTypeArguments()[0]).list().ofMaxSize(3);
    }
    var target = (Class<?>) type;
    return switch (target.getSimpleName()) {
      case "int" -> Arbitraries.integers();
      case "Integer" -> Arbitraries.integers().injectNull(0.1);
      case "boolean" -> Arbitraries.of(true, false);
      case "long" -> Arbitraries.longs();
      case "Long" -> Arbitraries.longs().injectNull(0.1);
      case "String" -> Arbitraries.strings().injectNull(0.1);
      case "Instant" -> Arbitraries.longs().between(0, 4_000_000_000_000L)
          .map(it -> Instant.EPOCH.plus(it, ChronoUnit.MILLIS)).injectNull(0.1);
      case "LocalDate" -> Arbitraries.longs().between(0, 40_000).map(LocalDate::ofEpochDay).injectNull(0.1);
      case "Money" -> money();
      // A payment's amounts are of one currency.
      case "Payment" ->
        Combinators.combine(payments(), Arbitraries.of(PaymentStatus.class), money(), Arbitraries.longs())
            .as((id, status, captured, authorized) -> new Payment(id, "stripe", "shop", "pi_1", status,
                new Money(authorized, captured.currency()), captured, Instant.EPOCH));
      case "OrderId" -> orders();
      case "FulfillmentId" -> fulfillments();
      case "ShortageId" -> named(it -> ShortageId.of(FulfillmentId.of(OrderId.of(new ChannelId("web"), it), 1), it));
      case "LotSwapId" -> named(it -> LotSwapId.of(FulfillmentId.of(OrderId.of(new ChannelId("web"), it), 1), it));
      case "ParcelId" -> fulfillments().map(it -> ParcelId.of(it, 1));
      case "IncidentId" -> fulfillments().map(it -> IncidentId.of(ParcelId.of(it, 1), 1));
      case "ReturnId" -> orders().map(it -> ReturnId.of(it, 1));
      case "ClaimId" -> orders().map(it -> ClaimId.of(it, 1));
      case "DisruptionId" -> named(DisruptionId::of);
      case "PaymentId" -> payments();
      case "CreditId" -> named(it -> CreditId.of(new ChannelId("de-web"), it, "EUR"));
      case "RefundId" -> payments().map(RefundId::of);
      case "CaptureId" -> payments().map(it -> CaptureId.of(it, "dispatched"));
      case "PickId" -> named(it -> PickId.of("round", it));
      case "ReservationId" -> named(it -> ReservationId.of(new ChannelId("web"), it));
      case "StockImportId" -> named(StockImportId::of);
      case "Sku" -> named(Sku::new);
      case "LineId" -> Arbitraries.integers().between(1, 500).map(it -> new LineId("line_" + it));
      case "LocationId" -> named(LocationId::new);
      case "EndpointId" -> named(EndpointId::new);
      case "StockPool" -> named(StockPool::new);
      case "LotNumber" -> named(LotNumber::new);
      case "ExpiryDate" -> Arbitraries.integers().between(1, 28)
          .map(it -> new ExpiryDate("2027-02-%02d".formatted(it))).injectNull(0.1);
      default -> target.isEnum() ? Arbitraries.of((Object[]) target.getEnumConstants()) : record(target);
    };
  }

  private static Arbitrary<Money> money() {
    return Combinators.combine(Arbitraries.longs(), Arbitraries.of("EUR", "JPY", "USD")).as(Money::new);
  }

  private static Arbitrary<OrderId> orders() {
    return named(it -> OrderId.of(new ChannelId("web"), it));
  }

  private static Arbitrary<PaymentId> payments() {
    return named(it -> PaymentId.of("stripe", "shop", it));
  }

  private static Arbitrary<FulfillmentId> fulfillments() {
    return named(it -> FulfillmentId.of(OrderId.of(new ChannelId("web"), it), 1));
  }

  private static <T> Arbitrary<T> named(Function<String, T> type) {
    return Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(10).map(type);
  }
}
