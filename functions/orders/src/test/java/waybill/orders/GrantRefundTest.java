package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.Choreography.WatchParcel;
import waybill.messages.IncidentMessages.RefundAnswered;
import waybill.messages.IncidentMessages.RefundAsked;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.Money;
import waybill.messages.PaymentMessages.PaymentCaptured;
import waybill.messages.PaymentStatus;
import waybill.messages.Sku;
import waybill.messages.StockMessages.StockReserved;
import waybill.platform.Table;
import waybill.workbench.CapturedLog;

/** What another capability has decided to refund: two teas of 35.82, of a paid order. */
class GrantRefundTest {
  private final Shop shop = new Shop();

  GrantRefundTest() {
    shop.place(Shop.sample());
    shop.advance(new StockReserved(Shop.SAMPLE),
        new PaymentCaptured(Shop.SAMPLE, Shop.payment(PaymentStatus.CAPTURED, 5572, 5572)));
    shop.bench.forgetSent();
  }

  @AfterEach
  void close() {
    shop.close();
  }

  private static RefundAsked asked(String cause, int quantity, Long amount) {
    return new RefundAsked(Shop.SAMPLE, cause, 1, List.of(new LineQuantity(new LineId("line_1"), new Sku("TEA-200"),
        quantity)), amount, "parcel lost", false, "ops");
  }

  private List<RefundAnswered> grant(RefundAsked... messages) {
    shop.bench.forgetSent();
    var out = new ByteArrayOutputStream();
    try {
      new GrantRefundHandler(shop.bench.ports()).handleRequest(shop.bench.sqsEvent(messages), out, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("{\"batchItemFailures\":[]}");
    return shop.bench.sentTo(WatchParcel.class).stream().map(RefundAnswered.class::cast).toList();
  }

  private List<OrderCommand> commands() {
    return new Orders(shop.bench.ports()).commands().find(Shop.SAMPLE);
  }

  @Test
  void whatIsAskedForOnceIsGrantedOnceHoweverOftenItComes() {
    RefundAsked asked = asked("inc_1", 1, null);
    assertThat(grant(asked, asked)).extracting(RefundAnswered::granted).containsOnly(new Money(1791, "EUR"));
    assertThat(shop.bench.sentTo(AdvanceOrder.class)).as("its arbiter moves the money").isNotEmpty();
    assertThat(commands()).singleElement().satisfies(it -> {
      assertThat(it.by()).isEqualTo("ops");
      assertThat(it.adjustment().reason()).isEqualTo("parcel lost");
    });
    assertThat(grant(asked("inc_2", 1, 500L))).extracting(RefundAnswered::granted)
        .containsExactly(new Money(500, "EUR"));
    assertThat(commands()).hasSize(2);
  }

  @Test
  void whatTheOrderCannotRefundIsRefusedByName() {
    grant(asked("inc_1", 2, null));
    try (var log = CapturedLog.open()) {
      assertThat(grant(asked("inc_2", 1, null))).singleElement().satisfies(it -> {
        assertThat(it.granted()).isNull();
        assertThat(it.refused()).isEqualTo("of line_1 0 can still be refunded");
      });
      assertThat(log.lines()).anyMatch(it -> "Refund refused".equals(it.get("message")));
    }
  }

  @Test
  void aLateCopyOfWhatWasRefusedTakesNothingFromWhatALaterAskingOfItsCauseWasGranted() {
    RefundAsked first = asked("clm_1", 2, 999_999L);
    assertThat(grant(first)).singleElement().satisfies(it -> assertThat(it.granted()).isNull());
    assertThat(grant(new RefundAsked(Shop.SAMPLE, "clm_1", 2, first.lines(), 500L, "parcel lost", false, "ops")))
        .extracting(RefundAnswered::granted).containsExactly(new Money(500, "EUR"));
    assertThat(grant(first)).singleElement()
        .satisfies(it -> assertThat(it.granted()).isEqualTo(new Money(500, "EUR")));
    assertThat(commands()).hasSize(1);
    assertThat(new Table<>(shop.bench.ports(), Orders.TABLE, Replacements.class, it -> Replacements.key(it.order()))
        .find(Replacements.key(Shop.SAMPLE)).orElseThrow().value().repaid())
        .containsExactly(new Replacements.Repaid("clm_1", 2, first.lines()));
  }

  /** Once an asking is refused, and before it has released its units, this happens. */
  private void refusedWhile(RefundAsked asked, Runnable meanwhile) {
    var reads = new AtomicInteger();
    DynamoDbClient dynamo = shop.bench.ports().dynamo();
    var slow = (DynamoDbClient) Proxy.newProxyInstance(DynamoDbClient.class.getClassLoader(),
        new Class<?>[]{DynamoDbClient.class}, (_, method, arguments) -> {
          // It is read to take the units, and again to release them.
          if (method.getName().equals("getItem") && isOfReplacements(arguments[0]) && reads.incrementAndGet() == 2) {
            meanwhile.run();
          }
          return method.invoke(dynamo, arguments);
        });
    new GrantRefundHandler(shop.bench.ports().with(DynamoDbClient.class, slow)).work(asked);
    assertThat(reads.get()).isGreaterThanOrEqualTo(2);
  }

  @SuppressWarnings("unchecked")
  private static boolean isOfReplacements(Object request) {
    var builder = GetItemRequest.builder();
    ((Consumer<GetItemRequest.Builder>) request).accept(builder);
    return "replacements".equals(builder.build().key().get("sk").s());
  }

  private List<Replacements.Repaid> repaid() {
    return new Table<>(shop.bench.ports(), Orders.TABLE, Replacements.class, it -> Replacements.key(it.order()))
        .find(Replacements.key(Shop.SAMPLE)).orElseThrow().value().repaid();
  }

  @Test
  void whatALaterAskingIsGrantedStaysRefundedThoughTheOneBeforeIsRefusedAtTheSameMoment() {
    RefundAsked first = asked("clm_1", 2, 999_999L);
    var second = new RefundAsked(Shop.SAMPLE, "clm_1", 2, first.lines(), 500L, "parcel lost", false, "ops");
    refusedWhile(first, () -> assertThat(grant(second)).extracting(RefundAnswered::granted).doesNotContainNull());
    assertThat(repaid()).containsExactly(new Replacements.Repaid("clm_1", 2, first.lines()));
  }
}
