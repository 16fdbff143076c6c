package waybill.payments;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.catalog.PutChannelHandler;
import waybill.messages.ChannelId;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.CreditId;
import waybill.messages.CreditMessages.CreditGranted;
import waybill.messages.CreditMessages.CreditReleased;
import waybill.messages.CreditMessages.CreditWanted;
import waybill.messages.Message;
import waybill.messages.Money;
import waybill.messages.OrderId;
import waybill.messages.Payment;
import waybill.messages.PaymentId;
import waybill.messages.PaymentMessages.PaymentCaptured;
import waybill.messages.PaymentMessages.PaymentFailed;
import waybill.messages.PaymentMessages.PaymentRefunded;
import waybill.messages.Refund;
import waybill.messages.RefundId;
import waybill.messages.RefundReason;
import waybill.messages.RefundStatus;
import waybill.platform.Json;
import waybill.workbench.Bench;
import waybill.workbench.RequestSchema;

/** A customer's ledger of store credit: what is given, spent and put back, each once, and never more than there is. */
class StoreCreditTest {
  private static final ChannelId CHANNEL = new ChannelId("de-web");
  private static final CreditId CREDIT = CreditId.of(CHANNEL, "c_881", "EUR");

  private final Bench bench = Bench.open("payments:by_unclaimed", "catalog:by_kind");

  @AfterEach
  void close() {
    bench.close();
  }

  private static OrderId order(int number) {
    return OrderId.of(CHANNEL, "o-" + number);
  }

  private static Payment payment(int number) {
    return Payment.pending(PaymentId.of(CreditId.PROVIDER, order(number).value(), "cart"), CreditId.PROVIDER,
        CREDIT.value(), "cart", "EUR", Instant.EPOCH);
  }

  private void give(String cause, long amount) {
    move(new CreditGranted(order(1), CREDIT, cause, new Money(amount, "EUR"), "returned", "op",
        bench.clock().instant()));
  }

  private static CreditWanted wanted(int order, long amount) {
    return new CreditWanted(order(order), payment(order), new Money(amount, "EUR"));
  }

  private static CreditReleased whole(int order) {
    return new CreditReleased(order(order), payment(order),
        Refund.requested(payment(order).id(), RefundReason.ORDER_CANCELLED, Instant.EPOCH));
  }

  private static CreditReleased part(int order, String name, long amount) {
    return new CreditReleased(order(order), payment(order), new Refund(RefundId.of(payment(order).id(), name),
        RefundReason.GRANTED, RefundStatus.REQUESTED, new Money(amount, "EUR"), Instant.EPOCH));
  }

  private void move(Message... messages) {
    for (Message it : messages) {
      assertThat(Bench.output(new MoveCreditHandler(bench.ports()), bench.sqsEvent(it)))
          .isEqualTo("{\"batchItemFailures\":[]}");
    }
  }

  private Object answer() {
    return bench.sentTo(AdvanceOrder.class).getLast();
  }

  private List<CreditEntry> ledger() {
    return Credits.of(bench.ports()).page(CREDIT, Integer.MAX_VALUE, 1_000).reversed();
  }

  private long balance() {
    return Credits.of(bench.ports()).last(CREDIT).map(CreditEntry::balance).orElse(0L);
  }

  /** Whatever happened: the balance is what its entries come to, one after the other, and was never negative. */
  private void balances() {
    long sum = 0;
    List<CreditEntry> entries = ledger();
    for (int i = 0; i < entries.size(); i++) {
      sum += entries.get(i).amount();
      assertThat(entries.get(i).number()).isEqualTo(i + 1);
      assertThat(entries.get(i).balance()).isEqualTo(sum).isNotNegative();
    }
    assertThat(balance()).isEqualTo(sum);
  }

  @Test
  void whatIsGivenOnceIsThereOnceHoweverOftenItComes() {
    give("adj_1", 1791);
    give("adj_1", 1791);
    give("adj_2", 500);
    assertThat(balance()).isEqualTo(2291);
    assertThat(ledger()).extracting(CreditEntry::kind).containsExactly(CreditEntry.Kind.REFUND,
        CreditEntry.Kind.REFUND);
    balances();
  }

  @Test
  void anOrderIsPaidOnceAndAnotherThatWantsMoreThanIsLeftIsNot() {
    give("adj_1", 1791);
    move(wanted(2, 1500), wanted(2, 1500));
    assertThat(((PaymentCaptured) answer()).payment().captured()).isEqualTo(new Money(1500, "EUR"));
    assertThat(balance()).isEqualTo(291);
    move(wanted(3, 292));
    Instant first = ((PaymentFailed) answer()).payment().updatedAt();
    bench.clock().advance(java.time.Duration.ofHours(1));
    move(wanted(3, 292));
    assertThat(((PaymentFailed) answer()).payment().updatedAt()).as("no news").isEqualTo(first);
    give("adj_2", 1);
    move(wanted(3, 292));
    assertThat(answer()).isInstanceOf(PaymentCaptured.class);
    assertThat(balance()).isZero();
    balances();
  }

  @Test
  void whatACancelledOrderHasTakenGoesBackOnceAndIsTakenNoMore() {
    give("adj_1", 1791);
    move(wanted(2, 1500), part(2, "one", 400), part(2, "one", 400));
    assertThat(balance()).isEqualTo(691);
    move(whole(2), whole(2), wanted(2, 1500));
    assertThat(answer()).isInstanceOfSatisfying(PaymentRefunded.class, it -> {
      assertThat(it.refund().status()).isEqualTo(RefundStatus.SUCCEEDED);
      assertThat(it.refund().amount()).as("without what had gone back").isEqualTo(new Money(1100, "EUR"));
    });
    assertThat(balance()).isEqualTo(1791);
    balances();
  }

  @Test
  void whatIsReleasedBeforeItWasTakenIsNeverTaken() {
    give("adj_1", 1791);
    move(whole(2));
    assertThat(((PaymentRefunded) answer()).refund().status()).isEqualTo(RefundStatus.VOIDED);
    int sent = bench.sent().size();
    move(wanted(2, 1500));
    assertThat(bench.sent()).hasSize(sent);
    assertThat(balance()).isEqualTo(1791);
  }

  @Test
  void whatItsCustomerHasOnAnotherWayDoesNotGoBackToTheCreditToo() {
    give("adj_1", 1791);
    CreditReleased all = whole(2);
    move(wanted(2, 1500), new CreditReleased(all.order(), all.payment(), new Refund(all.refund().id(),
        all.refund().reason(), RefundStatus.REQUESTED, new Money(1100, "EUR"), Instant.EPOCH)));
    assertThat(((PaymentRefunded) answer()).refund().amount()).isEqualTo(new Money(1100, "EUR"));
    assertThat(balance()).isEqualTo(1391);
    move(whole(2), wanted(2, 1500));
    assertThat(balance()).as("once").isEqualTo(1391);
    balances();
  }

  @Test
  void moreThanIsLeftOfAPaymentDoesNotGoBack() {
    give("adj_1", 1791);
    move(wanted(2, 1500), part(2, "one", 1000), part(2, "two", 501));
    assertThat(((PaymentRefunded) answer()).refund().status()).isEqualTo(RefundStatus.FAILED);
    assertThat(balance()).isEqualTo(1291);
    balances();
  }

  @Test
  void ofOrdersThatWantTheSameCreditAtOnceOnlyAsManyArePaidAsItIsEnoughFor() throws Exception {
    give("adj_1", 1000);
    atOnce(IntStream.rangeClosed(2, 9).<Callable<Void>>mapToObj(it -> () -> {
      move(wanted(it, 300));
      return null;
    }).toList());
    assertThat(bench.sentTo(AdvanceOrder.class)).filteredOn(PaymentCaptured.class::isInstance).hasSize(3);
    assertThat(balance()).isEqualTo(100);
    balances();
  }

  @Test
  void copiesOfOneGrantAndOneSpendingAndOneReleaseAtOnceMoveOnceEach() throws Exception {
    give("adj_0", 500);
    var calls = new ArrayList<Callable<Void>>();
    for (int i = 0; i < 4; i++) {
      calls.add(() -> {
        give("adj_1", 1000);
        return null;
      });
      calls.add(() -> {
        move(wanted(2, 500));
        return null;
      });
      calls.add(() -> {
        move(whole(2));
        return null;
      });
    }
    atOnce(calls);
    assertThat(balance()).as("whether it was taken before it was released or not").isEqualTo(1500);
    assertThat(ledger()).filteredOn(it -> it.kind() == CreditEntry.Kind.REFUND).hasSize(2);
    assertThat(ledger()).filteredOn(it -> it.kind() == CreditEntry.Kind.PAYMENT).hasSizeLessThanOrEqualTo(1);
    balances();
  }

  private static void atOnce(List<Callable<Void>> calls) throws Exception {
    try (var threads = Executors.newFixedThreadPool(calls.size())) {
      for (var it : threads.invokeAll(calls)) {
        it.get();
      }
    }
  }

  private record Answer(int status, Map<String, Object> body) {}

  private Answer call(RequestStreamHandler handler, String method, String path, Map<String, String> query, String body,
      String key) {
    Map<String, Object> answer = Json.readObject(Bench.output(handler, bench.httpEvent(method, path, Map.of(), query,
        key == null ? Map.of() : Map.of("idempotency-key", key), body, "op", "orders:operate")));
    return new Answer(((Long) answer.get("statusCode")).intValue(), Json.readObject((String) answer.get("body")));
  }

  private void channel() {
    try {
      Bench.output(new PutChannelHandler(bench.ports()), bench.httpEvent("PUT", "/channels/de-web",
          Map.of("id", "de-web"), Map.of(), Map.of(), Files.readString(Path.of("../../events/put-channel.json")), "op",
          "catalog:write"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Answer adjust(long amount, String key) {
    return adjust("c_881", amount, key);
  }

  private Answer adjust(String customer, long amount, String key) {
    return call(new AdjustStoreCreditHandler(bench.ports()), "POST", "/store-credits/adjustments", Map.of(),
        "{\"channel\":\"de-web\",\"customer_id\":\"%s\",\"currency\":\"EUR\",\"amount\":%d,\"reason\":\"late\"}"
            .formatted(customer, amount),
        key);
  }

  private Answer shown(Map<String, String> more) {
    var query = new java.util.HashMap<>(Map.of("channel", "de-web", "customer_id", "c_881", "currency", "EUR"));
    query.putAll(more);
    return call(new GetStoreCreditHandler(bench.ports()), "GET", "/store-credits", query, null, null);
  }

  @Test
  void aPersonGivesAndTakesCreditOnceAKeyAndNeverMoreThanThereIs() {
    channel();
    assertThat(shown(Map.of()).body()).containsEntry("balance", 0L).containsEntry("data", List.of());
    assertThat(adjust(1500, "a").body()).containsEntry("balance", 1500L).containsEntry("id", CREDIT.value());
    assertThat(adjust(1500, "a").status()).as("again").isEqualTo(201);
    assertThat(adjust(1600, "a").body()).containsEntry("code", "idempotency_key_reused");
    assertThat(adjust(-1501, "b").body()).containsEntry("maximum", 1500L);
    assertThat(adjust(0, "c").status()).isEqualTo(422);
    assertThat(adjust(-500, "d").body()).containsEntry("balance", 1000L);
    Answer first = shown(Map.of("limit", "1"));
    assertThat(first.body()).containsEntry("balance", 1000L).containsEntry("next_cursor", "2");
    assertThat(Json.object(((List<?>) first.body().get("data")).getFirst())).containsEntry("amount", -500L)
        .containsEntry("by", "op").containsEntry("reason", "late").containsEntry("type", "adjustment");
    Answer second = shown(Map.of("limit", "1", "cursor", "2"));
    assertThat(Json.object(((List<?>) second.body().get("data")).getFirst())).containsEntry("amount", 1500L);
    assertThat(second.body()).containsEntry("next_cursor", null);
    balances();
  }

  @Test
  void oneKeyMovesOneCustomersCredit() {
    channel();
    assertThat(adjust(1500, "a").status()).isEqualTo(201);
    assertThat(adjust("c_882", 1500, "a").body()).containsEntry("code", "idempotency_key_reused");
    assertThat(Credits.of(bench.ports()).last(CreditId.of(CHANNEL, "c_882", "EUR"))).isEmpty();
  }

  @Test
  void theFormIsAsDescribed() throws IOException {
    assertThat(RequestSchema.of("StoreCreditAdjustmentForm").misfits(
        Files.readString(Path.of("../../events/adjust-store-credit.json")),
        AdjustStoreCreditHandler.Form::read)).isEmpty();
  }

  @Test
  void badAdjustmentsAndQueriesAreRefusedByField() {
    assertThat(adjust(1500, "a").body()).as("no such channel").containsEntry("code", "invalid_request");
    channel();
    assertThat(call(new AdjustStoreCreditHandler(bench.ports()), "POST", "/store-credits/adjustments", Map.of(),
        "{\"channel\":\"de-web\",\"customer_id\":\"c_881\",\"currency\":\"JPY\",\"amount\":1,\"reason\":\"late\"}", "k")
        .body().toString()).contains("not_of_channel");
    assertThat(call(new GetStoreCreditHandler(bench.ports()), "GET", "/store-credits", Map.of(), null, null).body()
        .toString()).contains("customer_id", "currency", "channel");
    assertThat(shown(Map.of("cursor", "x")).status()).isEqualTo(422);
    assertThat(ledger()).isEmpty();
  }
}
