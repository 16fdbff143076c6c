package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import waybill.messages.CancelReason;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.Choreography.CancelFulfillment;
import waybill.messages.Choreography.NotifyCustomer;
import waybill.messages.Choreography.RecordPayment;
import waybill.messages.Choreography.RefundPayment;
import waybill.messages.Choreography.LookUpPayment;
import waybill.messages.Choreography.ReleaseStock;
import waybill.messages.Choreography.ReserveStock;
import waybill.messages.Message;
import waybill.messages.Money;
import waybill.messages.OrderMessages.*;
import waybill.messages.PaymentMessages.*;
import waybill.messages.PaymentStatus;
import waybill.messages.StockMessages.*;

class CancelOrderTest {
  private static final OrderDue DUE = new OrderDue(Shop.SAMPLE, Samples.NOON);
  private static final PaymentCaptured CAPTURED = new PaymentCaptured(Shop.SAMPLE,
      Shop.payment(PaymentStatus.CAPTURED, 5572, 5572));

  private final Shop shop = new Shop();

  @BeforeEach
  void anOrderIsThere() {
    shop.place(Shop.sample());
    shop.bench.forgetSent();
  }

  @AfterEach
  void close() {
    shop.close();
  }

  private Shop.Answer cancel(String key, String body) {
    return shop.cancel(Shop.SAMPLE, key, body, "de-web/c_881", "orders:own");
  }

  @Test
  void aCustomerCancelsTheirOrderAndTheArbiterTellsEverybody() {
    shop.advance(new StockReserved(Shop.SAMPLE), CAPTURED);
    shop.bench.forgetSent();
    Shop.Answer answer = cancel("k1", "{}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).containsEntry("status", "cancelled").containsEntry("cancel_reason", "customer")
        .containsEntry("cancelled_at", "2026-11-22T09:00:00.000Z").containsEntry("payment_status", "refund_pending");
    assertThat(shop.bench.sentTo(AdvanceOrder.class)).hasSize(1).hasOnlyElementsOfType(OrderDue.class);
    shop.advance(shop.bench.sentTo(AdvanceOrder.class).getFirst());
    for (Class<?> function : List.of(ReleaseStock.class, CancelFulfillment.class, NotifyCustomer.class)) {
      assertThat(shop.bench.sentTo(function)).as(function.getSimpleName()).hasSize(1)
          .hasOnlyElementsOfType(OrderCancelled.class);
    }
    assertThat(shop.bench.sentTo(RefundPayment.class)).hasSize(1);
    shop.bench.clock().advance(Duration.ofMinutes(2));
    assertThat(shop.sweep()).as("nothing is left to send").isEmpty();
  }

  @Test
  void aRepeatedRequestAnswersTheSameAndAnotherIsRefused() {
    Shop.Answer first = cancel("k1", "{\"reason\":\"customer\"}");
    assertThat(cancel("k1", "{\"reason\":\"customer\"}")).isEqualTo(first);
    assertThat(cancel("k2", "{}").body()).containsEntry("status", 409L).containsEntry("code", "already_cancelled");
    Shop.Answer other = shop.cancel(Shop.SAMPLE, "k1", "{\"reason\":\"fraud\"}", "op", "orders:operate");
    assertThat(other.body()).containsEntry("status", 422L).containsEntry("code", "idempotency_key_reused");
    assertThat(shop.state(Shop.SAMPLE).cancellation().reason()).isEqualTo(CancelReason.CUSTOMER);
  }

  @ParameterizedTest
  @CsvSource({"de-web/c_881,orders:own,customer,200", "de-web/c_882,orders:own,customer,404",
    "x,orders:place,customer,200",
    "op,orders:operate,customer,200", "op,orders:operate,fraud,200", "op,orders:operate,other,200",
    "de-web/c_881,orders:own,fraud,422", "op,orders:operate,out_of_stock,422", "op,orders:operate,payment_expired,422",
    "op,orders:operate,nonsense,422", "'',orders:own,customer,404"})
  void whoMayCancelAndForWhat(String subject, String scope, String reason, int status) {
    var before = shop.bench.items("orders");
    Shop.Answer answer = shop.cancel(Shop.SAMPLE, "k", "{\"reason\":\"" + reason + "\"}", subject, scope);
    assertThat(answer.status()).isEqualTo(status);
    if (status != 200) {
      assertThat(shop.bench.items("orders")).isEqualTo(before);
      assertThat(shop.bench.sent()).isEmpty();
    }
  }

  @Test
  void aRequestWithoutAKeyOrWithoutAnyOfItsLinesIsRefused() {
    assertThat(cancel(null, "{}").status()).isEqualTo(400);
    assertThat(cancel("k", "{\"lines\":[]}").errors()).containsExactly("/lines wrong_count");
  }

  @Test
  void whoeverDiesBeforeSendingIsHelpedByTheSweep() {
    shop.faults.strike(5, false, () -> SdkClientException.create("died"));
    assertThat(cancel("k1", "{}").status()).isEqualTo(503);
    shop.faults.stop();
    assertThat(shop.state(Shop.SAMPLE).isCancelled()).isTrue();
    assertThat(shop.sweep()).as("it may yet be sending").isEmpty();
    shop.bench.clock().advance(Duration.ofMinutes(1));
    List<Message> due = shop.sweep();
    assertThat(due).hasSize(1);
    shop.advance(due.getFirst());
    assertThat(shop.bench.sentTo(ReleaseStock.class)).hasSize(1);
    assertThat(shop.sweep()).isEmpty();
  }

  @Test
  void anOrderWhoseCallerVanishedIsSentAgainByTheSweep() {
    var body = Shop.set(Shop.sample(), "/reference", "vanished");
    shop.bench.refuseNextSends(9);
    assertThat(shop.place(body).status()).isEqualTo(503);
    shop.bench.refuseNextSends(0);
    shop.bench.clock().advance(Duration.ofMinutes(1));
    assertThat(shop.sweep()).hasSize(2);
    shop.bench.forgetSent();
    shop.advance(new OrderDue(Samples.content(body).id(), shop.bench.clock().instant()));
    assertThat(shop.bench.sentTo(ReserveStock.class)).hasSize(1);
    assertThat(shop.bench.sentTo(RecordPayment.class)).hasSize(1);
  }

  @Test
  void anUnpaidOrderEndsWhenItsTimeIsUp() {
    shop.advance(new StockReserved(Shop.SAMPLE));
    shop.bench.clock().advance(Duration.ofMinutes(1));
    shop.advance(shop.sweep().getFirst());
    assertThat(shop.sweep()).as("until its time is up").isEmpty();
    shop.bench.clock().advance(Duration.ofMinutes(29));
    shop.advance(shop.sweep().getFirst());
    PaymentQuestioned question = (PaymentQuestioned) shop.bench.sentTo(LookUpPayment.class).getFirst();
    shop.advance(new PaymentLookedUp(question.order(), question.payment(), shop.bench.clock().instant()));
    assertThat(shop.state(Shop.SAMPLE).cancellation().reason()).isEqualTo(CancelReason.PAYMENT_EXPIRED);
    assertThat(shop.bench.sentTo(ReleaseStock.class)).hasSize(1);
  }

  @Test
  void anOrderWithCenturiesToPayIsNotDueBefore() {
    var body = Shop.set(Shop.set(Shop.sample(), "/reference", "patient"), "/payment_expires_at",
        "2300-01-01T00:00:00Z");
    shop.place(body);
    shop.advance(new StockReserved(Samples.content(body).id()));
    shop.bench.clock().advance(Duration.ofMinutes(1));
    List<Message> due = shop.sweep();
    assertThat(due).hasSize(2);

    due.forEach(shop::advance);

    assertThat(shop.sweep()).isEmpty();
  }

  @Test
  void ordersOnHoldAreListed() {
    var differs = new PaymentCaptured(Shop.SAMPLE, Shop.payment(PaymentStatus.CAPTURED, 1, 1));
    shop.advance(differs);
    assertThat(shop.held("payment_mismatch")).hasSize(1);
    assertThat(shop.held("refund_failed")).isEmpty();
    cancel("k", "{}");
    assertThat(shop.held("payment_mismatch")).isEmpty();
  }

  @Test
  void anOrderWhoseWriterDiedHalfWayIsCompletedByItsRetryWhateverTheCatalogSaysNow() {
    var body = Shop.set(Shop.sample(), "/reference", "half");
    int items = shop.bench.items("orders").size();
    for (int call = 1; shop.bench.items("orders").size() == items; call++) {
      shop.faults.strike(call, true, () -> SdkClientException.create("died"));
      shop.place(body);
    }
    shop.faults.stop();
    assertThat(shop.bench.items("orders")).as("what was ordered stands, its state does not").hasSize(items + 1);
    shop.putChannel(channel -> channel.put("currencies", List.of("CHF")));
    shop.bench.clock().advance(Duration.ofHours(1));
    Shop.Answer answer = shop.place(body);
    assertThat(answer.status()).isEqualTo(201);
    assertThat(shop.state(Samples.content(body).id()).terms().payBy()).as("it can still be paid")
        .isAfter(shop.bench.clock().instant());
  }

  @Test
  void onlyAnOperatorReadsThatFraudWasSuspected() {
    shop.cancel(Shop.SAMPLE, "k", "{\"reason\":\"fraud\"}", "op", "orders:operate");
    assertThat(shop.get(Shop.SAMPLE.value(), "op", "orders:operate").body()).containsEntry("cancel_reason", "fraud");
    assertThat(shop.get(Shop.SAMPLE.value(), "de-web/c_881", "orders:own").body()).containsEntry("cancel_reason",
        "other");
  }

  @Test
  void totalsCountOneCurrencyAndWhatIsStillOwed() {
    shop.advance(new PaymentCaptured(Shop.SAMPLE, new waybill.messages.Payment(
        waybill.messages.PaymentId.of("stripe", "shop-eu", "pi_usd"), "stripe", "shop-eu", "pi_usd",
        PaymentStatus.CAPTURED, new Money(900, "USD"), new Money(900, "USD"), Samples.NOON)));
    Map<String, Object> totals = waybill.platform.Json
        .object(shop.get(Shop.SAMPLE.value(), "op", "orders:operate").body().get("totals"));
    assertThat(totals).containsEntry("captured", 500L).containsEntry("refunded", 0L).containsEntry("due", 5572L);
  }

  @Test
  void twentyCancelsAndNewsAtOnceEndTheSame() throws Exception {
    var work = new ArrayList<Callable<Integer>>();
    for (int i = 0; i < 10; i++) {
      work.add(() -> cancel("k1", "{}").status());
      work.add(() -> shop.advance(new StockReserved(Shop.SAMPLE), CAPTURED));
    }
    try (var threads = Executors.newFixedThreadPool(20)) {
      for (var done : threads.invokeAll(work)) {
        assertThat(done.get()).isIn(0, 200);
      }
    }
    shop.advance(DUE);
    OrderState end = shop.state(Shop.SAMPLE);
    assertThat(end.isCancelled()).isTrue();
    assertThat(end.money().payments()).noneMatch(OrderPayment::counts);
    assertThat(shop.bench.sentTo(RefundPayment.class).stream()
        .map(it -> ((RefundRequested) it).refund().id()).distinct()).hasSize(1);
  }
}
