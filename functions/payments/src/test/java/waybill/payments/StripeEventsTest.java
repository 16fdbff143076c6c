package waybill.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.messages.ChannelId;
import waybill.messages.Choreography.ReceivePayment;
import waybill.messages.Money;
import waybill.messages.OrderId;
import waybill.messages.Payment;
import waybill.messages.PaymentId;
import waybill.messages.PaymentMessages.PaymentNoticed;
import waybill.messages.PaymentMessages.RefundNoticed;
import waybill.messages.PaymentStatus;
import waybill.messages.Refund;
import waybill.messages.RefundId;
import waybill.messages.RefundReason;
import waybill.messages.RefundStatus;
import waybill.payments.StripeEvents.Reason;
import waybill.platform.Json;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.platform.Violation;
import waybill.platform.webhook.Event;
import waybill.platform.webhook.Event.Ignored;
import waybill.platform.webhook.Event.News;

class StripeEventsTest {
  private static final OrderId ORDER = OrderId.of(new ChannelId("de-web"), "5512033");
  private static final PaymentId PAYMENT = PaymentId.of("stripe", "shop-eu", "pi_3QWaybillSample");

  @ParameterizedTest(name = "{0} means {1}")
  @CsvSource({Samples.SUCCEEDED + ", CAPTURED, 5572, 5572, evt_3QWaybillSampleSucceeded, 1795338916",
    Samples.CAPTURABLE + ", AUTHORIZED, 5572, 0, evt_3QWaybillSampleCapturable, 1795338913",
    Samples.FAILED + ", FAILED, 0, 0, evt_3QWaybillSampleFailed, 1795338909",
    Samples.CANCELED + ", CANCELLED, 0, 0, evt_3QWaybillSampleCanceled, 1795340704"})
  void theSamplesMeanWhatTheySay(String file, PaymentStatus status, long authorized, long captured, String event,
      long created) {
    var payment = new Payment(PaymentId.of("stripe", "shop-eu", "pi_3QWaybillSample"), "stripe", "shop-eu",
        "pi_3QWaybillSample", status, new Money(authorized, "EUR"), new Money(captured, "EUR"),
        Instant.ofEpochSecond(created));

    assertThat(read(Samples.text(file))).asInstanceOf(type(News.class)).extracting(News::message)
        .isEqualTo(new PaymentNoticed(null, payment, event));
  }

  /** As a look-up of the same intent says. */
  @Test
  void whatIsCancelledAfterAPartWasCapturedIsCapturedAsFarAsThatPart() {
    String partly = Samples.text(Samples.CANCELED).replaceAll("\"amount_received\": *0", "\"amount_received\": 2000");

    assertThat(news(partly).payment()).satisfies(it -> assertThat(it.status()).isEqualTo(PaymentStatus.CAPTURED))
        .satisfies(it -> assertThat(it.captured()).isEqualTo(new Money(2000, "EUR")))
        .satisfies(it -> assertThat(it.authorized()).as("the rest is not held any more").isEqualTo(it.captured()));
  }

  @Test
  void aPaymentThatIsBeingProcessedIsNotPaidYet() {
    assertThat(news(sample("payment_intent.succeeded", "payment_intent.processing")).payment())
        .satisfies(it -> assertThat(it.status()).isEqualTo(PaymentStatus.PROCESSING))
        .satisfies(it -> assertThat(it.triedAt()).isEqualTo(it.updatedAt()))
        .satisfies(it -> assertThat(it.captured()).as("only a success captures").isEqualTo(Money.zero("EUR")));
  }

  @Test
  void aTypeThatWeHaveNoUseForIsIgnored() {
    assertThat(read(Samples.text(Samples.CHARGE_UPDATED)))
        .isEqualTo(new Ignored<>("evt_3QWaybillSampleChargeUpdated", "charge.updated", Reason.TYPE));
  }

  @ParameterizedTest(name = "{0} of a refund that is {1} means {2}")
  @CsvSource(value = {"refund.created, pending, PENDING", "refund.updated, succeeded, SUCCEEDED",
    "charge.refund.updated, succeeded, SUCCEEDED", "refund.updated, requires_action, PENDING",
    "refund.failed, failed, FAILED", "refund.updated, canceled, FAILED"})
  void ourRefundsAreNews(String type, String status, RefundStatus meaning) {
    var refund = new Refund(RefundId.of(PAYMENT), RefundReason.ORDER_CANCELLED, meaning, new Money(5572, "EUR"),
        Instant.ofEpochSecond(1795338916));

    assertThat(read(refund(type, status))).isEqualTo(new News<>("evt_3QWaybillSampleRefund", type,
        new RefundNoticed(PAYMENT, "stripe", "shop-eu", "pi_3QWaybillSample", refund, "evt_3QWaybillSampleRefund")));
  }

  @Test
  void aRefundThatSomebodyElseHasMadeIsNewsUnderItsOwnName() {
    String elsewhere = refund("refund.updated", "succeeded").replace("waybill_refund", "something");

    Refund news = ((RefundNoticed) ((News<?>) read(elsewhere)).message()).refund();
    assertThat(news.reason()).isEqualTo(RefundReason.MADE_ELSEWHERE);
    assertThat(news.amount()).isEqualTo(new Money(5572, "EUR"));
    assertThat(news.id()).isNotEqualTo(RefundId.of(PAYMENT));
    String bare = elsewhere.replaceAll("\"metadata\": \\{[^}]*}", "\"metadata\": null");
    assertThat(((RefundNoticed) ((News<?>) read(bare)).message()).refund()).isEqualTo(news);
    assertThat(read(bare.replace("\"payment_intent\": \"pi_3QWaybillSample\"", "\"payment_intent\": null")))
        .as("of a charge that no payment of ours made")
        .isEqualTo(new Ignored<>("evt_3QWaybillSampleRefund", "refund.updated", Reason.TYPE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"re_3QWaybillSample", "pyr_1QWaybillSample"})
  void aRefundMadeElsewhereIsOfACardOrOfABankDebit(String reference) {
    String elsewhere = refund("refund.created", "succeeded").replace("waybill_refund", "something")
        .replaceAll("\"id\": \"re_[^\"]*\"", "\"id\": \"" + reference + "\"");
    assertThat(elsewhere).contains(reference);
    assertThat(((RefundNoticed) ((News<?>) read(elsewhere)).message()).refund().id())
        .isEqualTo(RefundId.of(PAYMENT, reference));
  }

  @Test
  void aRefundOfMoneyInAnotherUnitIsCountedInIsos() {
    String text = refund("refund.updated", "succeeded").replace("\"eur\"", "\"isk\"").replace("5572", "557200");

    assertThat(((RefundNoticed) ((News<?>) read(text)).message()).refund().amount()).isEqualTo(new Money(5572, "ISK"));
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "\"payment_intent\": \"pi_3QWaybillSample\"|\"payment_intent\": null|/data/object/payment_intent",
    "\"payment_intent\": \"pi_3QWaybillSample\"|\"payment_intent\": \"pi_another\"|/data/object/metadata/waybill_refund",
    "\"waybill_refund\": \"|\"waybill_refund\": \"x|/data/object/metadata/waybill_refund",
    "\"reason\": \"order_cancelled\"|\"reason\": \"because\"|/data/object/metadata/reason",
    "\"reason\": \"order_cancelled\"|\"why\": 7|/data/object/metadata/reason",
    "\"status\": \"succeeded\"|\"status\": 7|/data/object/status",
    "\"amount\": 5572|\"amount\": -1|/data/object/amount",
    "\"amount\": 5572|\"amount\": \"5572\"|/data/object/amount",
    "\"currency\": \"eur\"|\"currency\": \"EUR\"|/data/object/currency",
    "\"object\": \"refund\"|\"object\": \"charge\"|/data/object/object",
    "\"created\": 1795338916|\"created\": -1|/created", "\"data\": {|\"date\": {|/data"})
  void aRefundThatIsNotAsItMustBeIsRefusedByField(String field, String broken, String pointer) {
    String text = refund("refund.updated", "succeeded");
    assertThat(text).contains(field);

    assertRefused(text.replace(field, broken), pointer);
  }

  @Property
  void anyFieldOfARefundIsTakenOrIgnoredOrRefusedAndNothingElse(@ForAll("refundFields") String field,
      @ForAll("values") Object value) {
    Map<String, Object> event = Json.readObject(refund("refund.updated", "succeeded"));
    Json.object(Json.object(event.get("data")).get("object")).put(field, value);

    if (StripeEvents.read(event, "shop-eu", false) instanceof Outcome.Declined<?>(Refused refused)) {
      assertThat(refused.kind()).isEqualTo(Refused.Kind.MALFORMED);
    }
  }

  @Provide
  Arbitrary<String> refundFields() {
    return Arbitraries.of("id", "object", "amount", "currency", "payment_intent", "status", "metadata");
  }

  @Test
  void moneyOfTheOtherModeIsIgnoredWhateverItSays() {
    Map<String, Object> test = Json.readObject(Samples.text(Samples.SUCCEEDED));

    assertThat(StripeEvents.read(test, "shop-eu", true).orElseThrow())
        .isEqualTo(new Ignored<>("evt_3QWaybillSampleSucceeded", "payment_intent.succeeded", Reason.LIVEMODE));
    test.put("livemode", true);
    assertThat(StripeEvents.read(test, "shop-eu", false).orElseThrow()).isInstanceOf(Ignored.class);
    assertThat(StripeEvents.read(test, "shop-eu", true).orElseThrow()).as("what it is about is of the other mode")
        .isInstanceOf(Ignored.class);
    Json.object(Json.object(test.get("data")).get("object")).put("livemode", true);
    assertThat(StripeEvents.read(test, "shop-eu", true).orElseThrow()).isInstanceOf(News.class);
  }

  @Test
  void anEventOfAConnectedAccountIsIgnored() {
    Map<String, Object> connected = Json.readObject(Samples.text(Samples.SUCCEEDED));
    connected.put("account", "acct_1Connected");

    assertThat(StripeEvents.read(connected, "shop-eu", false).orElseThrow())
        .isEqualTo(new Ignored<>("evt_3QWaybillSampleSucceeded", "payment_intent.succeeded", Reason.ACCOUNT));
  }

  @Test
  void thePaymentsMetadataNamesItsOrder() {
    assertThat(news(sample("\"cart\": \"c-77\"", "\"order_id\": \"" + ORDER + "\"")).order()).isEqualTo(ORDER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"order_id\": \"1042\"", "\"order_id\": \"ord_\"", "\"order_id\": 7", "\"order_id\": null"})
  void metadataThatIsNoOrderOfOursBindsNothing(String metadata) {
    assertThat(news(sample("\"cart\": \"c-77\"", metadata)).order()).isNull();
  }

  @Test
  void thePaymentIsOfTheAccountThatReceivedIt() {
    Map<String, Object> event = Json.readObject(Samples.text(Samples.SUCCEEDED));

    assertThat(RecordedPayment
        .id(StripeEvents.read(event, "shop-uk", false).map(it -> ((News<ReceivePayment.Output>) it).message())
            .orElseThrow()))
        .isEqualTo(PaymentId.of("stripe", "shop-uk", "pi_3QWaybillSample"));
  }

  @Test
  void amountsAreCountedInIsosMinorUnits() {
    Payment payment = news(sample("\"currency\": \"eur\"", "\"currency\": \"isk\"").replace("5572", "557200"))
        .payment();

    assertThat(payment.captured()).isEqualTo(new Money(5572, "ISK"));
  }

  @Test
  void fieldsThatWeDoNotKnowAreNobodysBusiness() {
    assertThat(news(sample("\"object\": \"event\"", "\"object\": \"event\", \"new_in_2031\": {\"a\": [1]}")))
        .isNotNull();
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(delimiter = '|', value = {
    "\"id\": \"evt_3QWaybillSampleSucceeded\"|\"id\": \"<script>\"|/id",
    "\"id\": \"evt_3QWaybillSampleSucceeded\"|\"id\": 7|/id",
    "\"type\": \"payment_intent.succeeded\"|\"type\": null|/type",
    "\"type\": \"payment_intent.succeeded\"|\"type\": \"a b\"|/type",
    "\"id\": \"pi_3QWaybillSample\"|\"id\": \"pi_\"|/data/object/id",
    "\"id\": \"pi_3QWaybillSample\"|\"id\": \"ch_3QWaybillSample\"|/data/object/id",
    "\"object\": \"payment_intent\"|\"object\": \"charge\"|/data/object/object",
    "\"currency\": \"eur\"|\"currency\": \"EUR\"|/data/object/currency",
    "\"currency\": \"eur\"|\"currency\": \"xxx\"|/data/object/currency",
    "\"currency\": \"eur\"|\"money\": \"eur\"|/data/object/currency",
    "\"amount_received\": 5572|\"amount_received\": -1|/data/object/amount_received",
    "\"amount_received\": 5572|\"amount_received\": 55.72|/data/object/amount_received",
    "\"amount_received\": 5572|\"amount_received\": \"5572\"|/data/object/amount_received",
    "\"amount_received\": 5572|\"amount_received\": 99999999999999999999999|/data/object/amount_received",
    "\"amount_received\": 5572|\"amount_received\": 999999999999999|/data/object/amount_received",
    "\"created\": 1795338916|\"created\": -1|/created",
    "\"created\": 1795338916|\"created\": 9223372036854775807|/created",
    "\"created\": 1795338916|\"created\": \"now\"|/created",
    "\"data\": {|\"date\": {|/data"})
  void whatIsNotAsStripeDocumentsItIsRefusedByField(String field, String broken, String pointer) {
    assertRefused(sample(field, broken), pointer);
  }

  @Test
  void anEventThatDoesNotSayItsModeIsRefused() {
    Map<String, Object> event = Json.readObject(Samples.text(Samples.SUCCEEDED));
    event.remove("livemode");

    assertRefused(Json.write(event), "/livemode");
  }

  @Property
  void anyFieldOfAnyTypeIsTakenOrIgnoredOrRefusedAndNothingElse(@ForAll("fields") String field,
      @ForAll("values") Object value, @ForAll boolean inIntent) {
    Map<String, Object> event = Json.readObject(Samples.text(Samples.SUCCEEDED));
    (inIntent ? Json.object(Json.object(event.get("data")).get("object")) : event).put(field, value);

    if (StripeEvents.read(event, "shop-eu", false) instanceof Outcome.Declined<?>(Refused refused)) {
      assertThat(refused.kind()).isEqualTo(Refused.Kind.MALFORMED);
    }
  }

  @Provide
  Arbitrary<String> fields() {
    return Arbitraries.of("id", "type", "livemode", "created", "data", "object", "currency", "amount_received",
        "metadata");
  }

  @Provide
  Arbitrary<Object> values() {
    return Arbitraries.oneOf(Arbitraries.strings().ofMaxLength(20), Arbitraries.longs(), Arbitraries.bigDecimals(),
        Arbitraries.of(true, false),
        Arbitraries.just(List.of(1L)),
        Arbitraries.maps(Arbitraries.of("object", "order_id"), Arbitraries.strings().ofMaxLength(5)).ofMaxSize(2));
  }

  private static void assertRefused(String event, String pointer) {
    assertThat(StripeEvents.read(Json.readObject(event), "shop-eu", false))
        .isInstanceOfSatisfying(Outcome.Declined.class, it -> {
          assertThat(it.refused().kind()).isEqualTo(Refused.Kind.MALFORMED);
          assertThat(it.refused().code()).isEqualTo("invalid_event");
          assertThat(it.refused().violations()).extracting(Violation::pointer).containsExactly(pointer);
        });
  }

  private static PaymentNoticed news(String event) {
    return (PaymentNoticed) ((News<?>) read(event)).message();
  }

  private static Event<ReceivePayment.Output> read(String event) {
    return StripeEvents.read(Json.readObject(event), "shop-eu", false).orElseThrow();
  }

  private static String refund(String type, String status) {
    return """
        {"id": "evt_3QWaybillSampleRefund", "object": "event", "type": "%s", "livemode": false, "created": 1795338916,
         "data": {"object": {"id": "re_3QWaybillSample", "object": "refund", "amount": 5572, "currency": "eur",
           "charge": "ch_3QWaybillSample", "created": 1795338910, "payment_intent": "pi_3QWaybillSample", "reason": null,
           "metadata": {"waybill_refund": "%s", "reason": "order_cancelled"}, "status": "%s"}}}
        """
        .formatted(type, RefundId.of(PAYMENT), status);
  }

  private static String sample(String field, String changed) {
    String text = Samples.text(Samples.SUCCEEDED);
    assertThat(text).contains(field);
    return text.replace(field, changed);
  }
}
