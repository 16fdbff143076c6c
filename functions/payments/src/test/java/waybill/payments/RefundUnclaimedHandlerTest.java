package waybill.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import waybill.messages.ChannelId;
import waybill.messages.Choreography.RefundPayment;
import waybill.messages.Message;
import waybill.messages.Money;
import waybill.messages.OrderId;
import waybill.messages.Payment;
import waybill.messages.PaymentId;
import waybill.messages.PaymentMessages.PaymentExpected;
import waybill.messages.PaymentMessages.PaymentNoticed;
import waybill.messages.PaymentMessages.RefundRequested;
import waybill.messages.PaymentStatus;
import waybill.messages.Refund;
import waybill.messages.RefundReason;
import waybill.workbench.Bench;
import waybill.workbench.Faults;

class RefundUnclaimedHandlerTest {
  private static final OrderId ORDER = OrderId.of(new ChannelId("de-web"), "5512033");
  private static final Duration ALMOST_A_DAY = Duration.ofDays(1).minusMillis(1);

  private final PrintStream stdout = System.out;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final Faults faults = new Faults();
  private Bench bench;
  private RecordPaymentHandler records;
  private RefundUnclaimedHandler unclaimed;

  private static String accounts(String unclaimed) {
    return "{\"shop-eu\": {\"livemode\": false, \"webhook_secrets\": [\"whsec_1\"]" + unclaimed + "}}";
  }

  private final OneParameter accounts = new OneParameter("/accounts", accounts(", \"unclaimed\": \"refund\""));

  @Test
  void moneyIsHeldAndReportedWhereTheAccountDoesNotSayThatItGoesBack() {
    accounts.put(accounts(""));
    records.work(new PaymentNoticed(null, payment("pi_1", PaymentStatus.CAPTURED), "evt_1"));
    bench.clock().advance(RecordedPayment.PATIENCE);
    unclaimed.run();
    unclaimed.run();
    assertThat(bench.sentTo(waybill.messages.Choreography.RefundPayment.class)).isEmpty();
    assertThat(log().split("\"MoneyWithoutOrder\":1", -1)).as("it rings once").hasSize(2);
    assertThat(bench.items("payments")).as("and fills no list").noneMatch(it -> it.containsKey("by_unclaimed"));

    records.work(new PaymentExpected(ORDER, "stripe", "shop-eu", "pi_1", "EUR"));
    assertThat(bench.sentTo(waybill.messages.Choreography.AdvanceOrder.class)).as("an order may still name it")
        .isNotEmpty();
  }

  @Test
  void heldMoneyDoesNotKeepMoneyOfOtherAccountsFromGoingBack() {
    accounts.put(
        "{\"shop-eu\": {\"livemode\": false, \"webhook_secrets\": [\"whsec_1\"]}, \"shop-us\": {\"livemode\": false,"
            + " \"webhook_secrets\": [\"whsec_2\"], \"unclaimed\": \"refund\"}}");
    for (int i = 0; i < 1_005; i++) {
      records.work(new PaymentNoticed(null, payment("pi_" + i, PaymentStatus.CAPTURED), "evt_1"));
    }
    bench.clock().advance(Duration.ofSeconds(1));
    PaymentId other = PaymentId.of("stripe", "shop-us", "pi_us");
    records.work(new PaymentNoticed(null, new Payment(other, "stripe", "shop-us", "pi_us", PaymentStatus.CAPTURED,
        new Money(5572, "EUR"), new Money(5572, "EUR"), null), "evt_us"));
    bench.clock().advance(RecordedPayment.PATIENCE);

    unclaimed.run();
    unclaimed.run();

    assertThat(requested()).hasSize(1);
  }

  @Test
  void moneyOfAnAccountThatSellsElsewhereRingsForNobody() {
    accounts.put(accounts(", \"unclaimed\": \"ignore\""));
    records.work(new PaymentNoticed(null, payment("pi_1", PaymentStatus.CAPTURED), "evt_1"));
    bench.clock().advance(RecordedPayment.PATIENCE);

    unclaimed.run();

    assertThat(log()).doesNotContain("\"MoneyWithoutOrder\":1");
    assertThat(bench.items("payments")).noneMatch(it -> it.containsKey("by_unclaimed"));
  }

  @BeforeEach
  void open() {
    System.setOut(new PrintStream(log, true, StandardCharsets.UTF_8));
    bench = Bench.open("payments:by_unclaimed").with("PAYMENT_ACCOUNTS_PARAMETER", "/accounts");
    records = new RecordPaymentHandler(bench.ports());
    unclaimed = new RefundUnclaimedHandler(bench.ports(faults.in(DynamoDbClient.class, bench.dynamo()))
        .with(SsmClient.class, accounts));
  }

  @AfterEach
  void close() {
    System.setOut(stdout);
    bench.close();
  }

  @Test
  void moneyThatNoOrderNamesForADayIsGivenBack() throws IOException {
    record(noticed("pi_1", PaymentStatus.CAPTURED), noticed("pi_2", PaymentStatus.AUTHORIZED));
    bench.clock().advance(ALMOST_A_DAY);
    run();
    assertThat(bench.sent()).isEmpty();

    bench.clock().advance(Duration.ofMillis(1));
    run();

    assertThat(requested()).containsExactlyInAnyOrder(request("pi_1", PaymentStatus.CAPTURED),
        request("pi_2", PaymentStatus.AUTHORIZED));
    assertThat(log()).contains("\"MoneyWithoutOrder\":1").doesNotContain("PaymentsWithoutOrder");
  }

  @Test
  void aRequestThatGotLostIsMadeAgain() throws IOException {
    record(noticed("pi_1", PaymentStatus.CAPTURED));
    bench.clock().advance(Duration.ofDays(1));
    run();
    bench.forgetSent();
    bench.clock().advance(Duration.ofHours(1));

    run();

    assertThat(requested()).hasSize(1);
  }

  @Test
  void aRefundWhoseRequestDiedAmongTheDeadLettersIsAskedForAgain() throws IOException {
    record(noticed("pi_1", PaymentStatus.CAPTURED));
    bench.clock().advance(Duration.ofDays(1));
    var payments = PaymentsTable.payments(bench.ports());
    payments.change(PaymentsTable.key(id("pi_1")), known -> RecordedPayment.claimed(known,
        request("pi_1", PaymentStatus.CAPTURED), "who-died", bench.clock().instant()));

    run();

    assertThat(requested()).containsExactly(request("pi_1", PaymentStatus.CAPTURED));
  }

  @Test
  void aPaymentWithoutMoneyIsToldOfOnce() throws IOException {
    record(noticed("pi_1", PaymentStatus.FAILED), noticed("pi_2", PaymentStatus.CANCELLED));
    bench.clock().advance(Duration.ofDays(1));

    run();
    run();

    assertThat(bench.sent()).isEmpty();
    assertThat(log().split("\"PaymentsWithoutOrder\":1", -1)).hasSize(3);
    assertThat(bench.items("payments")).noneMatch(it -> it.containsKey("by_unclaimed"));
  }

  @Test
  void moneyThatComesLaterHasADayOfItsOwn() throws IOException {
    record(noticed("pi_1", PaymentStatus.FAILED));
    bench.clock().advance(Duration.ofHours(23));
    record(noticed("pi_1", PaymentStatus.CAPTURED));
    record(noticed("pi_2", PaymentStatus.FAILED));
    bench.clock().advance(Duration.ofHours(23));
    run();
    assertThat(requested()).isEmpty();

    bench.clock().advance(Duration.ofHours(1));
    run();
    assertThat(requested()).containsExactly(request("pi_1", PaymentStatus.CAPTURED));
    record(noticed("pi_2", PaymentStatus.CAPTURED));
    bench.clock().advance(Duration.ofDays(1));
    run();

    assertThat(requested()).contains(request("pi_2", PaymentStatus.CAPTURED));
  }

  @Test
  void aPaymentThatItsOrderNamesIsLeftAlone() throws IOException {
    record(noticed("pi_1", PaymentStatus.CAPTURED), new PaymentExpected(ORDER, "stripe", "shop-eu", "pi_1", "EUR"));
    bench.forgetSent();
    bench.clock().advance(Duration.ofDays(2));

    run();

    assertThat(bench.sent()).isEmpty();
    assertThat(bench.items("payments").getFirst()).doesNotContainKeys("by_unclaimed", "by_unclaimed_range",
        "unclaimed_since");
  }

  @Test
  void anOrderThatComesFirstWritesNoIndex() throws IOException {
    record(new PaymentExpected(ORDER, "stripe", "shop-eu", "pi_1", "EUR"), noticed("pi_1", PaymentStatus.CAPTURED));

    assertThat(bench.items("payments").getFirst()).doesNotContainKey("by_unclaimed");
  }

  @Test
  void oneFailureDoesNotStopTheRestAndIsLoud() throws IOException {
    for (String intent : List.of("pi_1", "pi_2", "pi_3")) {
      record(noticed(intent, PaymentStatus.CAPTURED));
    }
    bench.clock().advance(Duration.ofDays(1));
    bench.refuseNextSends(1);

    assertThatThrownBy(this::run).hasMessage("1 failed and are left for the next run");

    assertThat(requested()).hasSize(2);
    assertThat(log()).contains("\"level\":\"ERROR\"");
    run();
    assertThat(requested()).hasSize(5);
  }

  @Test
  void dyingAtAnyCallIsMadeUpForTheNextTime() throws IOException {
    for (int call = 1; call <= 4; call++) {
      for (boolean afterEffect : new boolean[]{false, true}) {
        String paid = "pi_paid" + call + afterEffect;
        String failed = "pi_failed" + call + afterEffect;
        record(noticed(paid, PaymentStatus.CAPTURED), noticed(failed, PaymentStatus.FAILED));
        bench.clock().advance(Duration.ofDays(1));
        bench.forgetSent();
        faults.strike(call, afterEffect, () -> new IllegalStateException("died"));
        assertThatThrownBy(this::run).isInstanceOf(IllegalStateException.class);
        faults.stop();

        run();

        assertThat(requested()).contains(request(paid, PaymentStatus.CAPTURED));
        assertThat(log()).contains("\"message\":\"Payment without an order\",\"payment\":\"" + id(failed));
        // It leaves the index by being claimed.
        record(new PaymentExpected(ORDER, "stripe", "shop-eu", paid, "EUR"));
      }
    }
  }

  @Test
  void moreThanOnePageIsReadToItsEnd() throws IOException {
    for (int i = 0; i < 60; i++) {
      record(noticed("pi_" + i, PaymentStatus.CAPTURED));
    }
    bench.clock().advance(Duration.ofDays(1));

    run();

    assertThat(requested()).hasSize(60);
  }

  private RefundRequested request(String intent, PaymentStatus status) {
    return new RefundRequested(null, payment(intent, status),
        Refund.requested(id(intent), RefundReason.NO_ORDER, bench.clock().instant()));
  }

  private List<Message> requested() {
    return bench.sentTo(RefundPayment.class);
  }

  private void record(Message... news) throws IOException {
    records.handleRequest(bench.sqsEvent(news), new ByteArrayOutputStream(), null);
  }

  private void run() {
    unclaimed.handleRequest(new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8)),
        new ByteArrayOutputStream(), null);
  }

  private static PaymentNoticed noticed(String intent, PaymentStatus status) {
    return new PaymentNoticed(null, payment(intent, status), "evt_" + status);
  }

  private static Payment payment(String intent, PaymentStatus status) {
    long captured = status == PaymentStatus.CAPTURED ? 5572 : 0;
    long authorized = status == PaymentStatus.AUTHORIZED ? 5572 : captured;
    return new Payment(id(intent), "stripe", "shop-eu", intent, status, new Money(authorized, "EUR"),
        new Money(captured, "EUR"), null);
  }

  private static PaymentId id(String intent) {
    return PaymentId.of("stripe", "shop-eu", intent);
  }

  private String log() {
    return log.toString(StandardCharsets.UTF_8);
  }
}
