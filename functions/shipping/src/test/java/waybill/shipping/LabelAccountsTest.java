package waybill.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import waybill.catalog.CarrierAccountId;
import waybill.catalog.DeliveryOption;
import waybill.catalog.PutChannelHandler;
import waybill.messages.ChannelId;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.Choreography.ShipStock;
import waybill.messages.ShipmentMessages.LabelRefused;
import waybill.messages.ShipmentMessages.ShipmentLabelled;
import waybill.orders.Orders.Shipping;
import waybill.platform.Lease;
import waybill.platform.Refused;
import waybill.shipping.ParcelLabel.Drafted;
import waybill.shipping.ParcelLabel.Labelled;
import waybill.shipping.ParcelLabel.Uncertain;
import waybill.shipping.ParcelLabel.Unsold;
import waybill.shipping.carrier.Carrier;
import waybill.workbench.Bench;
import waybill.workbench.Faults;

/** Who sells a label: what happens if nobody does, if the carrier refuses, and if an account is gone. */
class LabelAccountsTest {
  private static final String PARAMETER = "/waybill/carriers";
  private static final String UPS = """
      {"parcels": {"carrier": "ups", "livemode": true}, "broken": {"carrier": "ups"}}""";
  private static final Refused TOO_HEAVY = Refused.conflict("parcel_too_heavy", "the parcel has more than 30 kg");
  private static final Duration PAST_THE_LEASE = Lease.LENGTH.plusSeconds(30);

  private final Bench bench = Bench.open("catalog", "orders", "shipping").with("CARRIER_ACCOUNTS_PARAMETER", PARAMETER);
  private final FixedParameters parameters = new FixedParameters();
  private final RecordingCarrier carrier = new RecordingCarrier();
  private String method;
  private DeliveryOption chosen;
  private Carriers carriers = new Carriers(List.of(Samples.provider("ups", carrier)));

  LabelAccountsTest() {
    Samples.putLocation(bench);
    parameters.with(PARAMETER, UPS);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  /** A live channel that names these accounts. */
  private void channel(String accounts) {
    channel(accounts, "[]");
  }

  private void channel(String accounts, String methods) {
    String body = """
        {"name": "Shop", "currencies": ["EUR"], "locale": "de-DE", "time_zone": "Europe/Berlin", "livemode": true,
         "mail_sender": "shop@example.com", "carrier_accounts": %s, "shipping_methods": %s}""".formatted(accounts,
        methods);
    var event = bench.httpEvent("PUT", "/channels/de-web", Map.of("id", "de-web"), Map.of(), Map.of(), body, "operator",
        "catalog:write");
    var answer = new ByteArrayOutputStream();
    try {
      new PutChannelHandler(bench.ports()).handleRequest(event, answer, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(answer.toString(StandardCharsets.UTF_8)).containsPattern("\"statusCode\":20[01]");
  }

  private void channelWithUps() {
    channel("[{\"carrier\": \"ups\", \"account\": \"parcels\"}]");
  }

  private boolean buy(DynamoDbClient dynamo, SqsClient sqs, Carrier sells) {
    var out = new ByteArrayOutputStream();
    var ports = bench.ports(dynamo, sqs).with(SsmClient.class, parameters).with(Carriers.class,
        sells == carrier ? carriers : new Carriers(List.of(Samples.provider("ups", sells))));
    try {
      new BuyLabelHandler(ports,
          _ -> Optional.of(new Shipping(new ChannelId("de-web"), true, Samples.HOME, method, chosen)))
          .handleRequest(bench.sqsEvent(Samples.dispatch()), out, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8).equals("{\"batchItemFailures\":[]}");
  }

  private boolean buy() {
    return buy(bench.dynamo(), bench.sqs(), carrier);
  }

  private ParcelLabel.Stage stage() {
    return ShippingTable.labels(bench.ports()).find(ShippingTable.key(Samples.ORDER, Samples.PARCEL)).orElseThrow()
        .value().stage();
  }

  private LabelRefused refused(String detail, Instant since) {
    return new LabelRefused(Samples.ORDER, Samples.PARCEL, detail, since);
  }

  @Test
  void aLiveOrderWhoseChannelNamesNoAccountIsHeldAndNotRetriedByTheQueue() {
    Instant since = bench.clock().instant();
    var refused = refused("the order is live and its channel names no carrier account", since);

    assertThat(buy()).isTrue();
    bench.clock().advance(Duration.ofHours(1));
    assertThat(buy()).isTrue();

    assertThat(bench.sent()).extracting(Bench.Sent::message).containsExactly(refused, refused);
    assertThat(bench.sentTo(AdvanceOrder.class)).hasSize(2);
    assertThat(carrier.drafts()).isZero();
  }

  @Test
  void onceAnAccountIsSetUpTheNextAttemptBuysTheLabel() {
    buy();
    channelWithUps();

    assertThat(buy()).isTrue();

    assertThat(stage()).isInstanceOfSatisfying(Labelled.class,
        it -> assertThat(it.account()).isEqualTo(new CarrierAccountId("ups", "parcels")));
    assertThat(bench.sentTo(ShipStock.class)).hasOnlyElementsOfType(ShipmentLabelled.class).hasSize(1);
    assertThat(carrier.purchases()).isEqualTo(1);
  }

  @Test
  void theMethodThatTheCustomerPaidForDecidesWhoseLabelIsBoughtAndWhichService() {
    channel("[{\"carrier\": \"ups\", \"account\": \"gone\"}]", """
        [{"code": "express", "name": "Express", "carrier_account": {"carrier": "ups", "account": "parcels"},
          "service": "UPS/Express"}]""");
    method = "express";

    buy();

    assertThat(((Labelled) stage()).account()).isEqualTo(new CarrierAccountId("ups", "parcels"));
    assertThat(carrier.services).containsExactly("UPS/Express");
  }

  @Test
  void aMethodWhoseAccountIsGoneIsAHoldAndNoOtherCarriersLabel() {
    channel("[{\"carrier\": \"ups\", \"account\": \"parcels\"}]", """
        [{"code": "express", "name": "Express", "carrier_account": {"carrier": "ups", "account": "gone"}}]""");
    method = "express";

    buy();

    assertThat(((Unsold) stage()).detail()).isEqualTo("ups/gone is not configured");
    assertThat(carrier.purchases()).isZero();
  }

  @Test
  void anAccountThatIsMissingBrokenOrAnothersIsNamedWithItsReason() {
    channel("""
        [{"carrier": "ups", "account": "gone"}, {"carrier": "ups", "account": "broken"},
         {"carrier": "gls", "account": "parcels"}]""");

    buy();

    assertThat(((Unsold) stage()).detail()).contains("ups/gone is not configured", "ups/broken cannot be read",
        "gls/parcels belongs to a carrier that this version of Waybill does not know");
  }

  @Test
  void aParameterThatIsNoJsonIsAHoldAndNoDeadLetter() {
    channelWithUps();
    parameters.with(PARAMETER, "not JSON");

    assertThat(buy()).isTrue();
    assertThat(((Unsold) stage()).detail()).contains("ups/parcels cannot be read");
  }

  @Test
  void whatTheCarrierRefusesIsSentToTheOrderAndTriedAnewEachTimeItAsks() {
    channelWithUps();
    carrier.refusal = TOO_HEAVY;
    Instant since = bench.clock().instant();
    buy();
    bench.clock().advance(Duration.ofHours(1));
    buy();
    assertThat(bench.sent()).extracting(Bench.Sent::message).containsOnly(refused(TOO_HEAVY.detail(), since));

    carrier.refusal = null;
    carrier.refusalToSell = Refused.conflict("no_funds", "the account has no funds");
    Instant refusedAgain = bench.clock().instant();
    buy();
    assertThat(bench.sentTo(AdvanceOrder.class)).endsWith(refused("the account has no funds", refusedAgain));

    carrier.refusalToSell = null;
    buy();
    assertThat(carrier.purchases()).isEqualTo(1);
    assertThat(bench.sentTo(AdvanceOrder.class)).last().isInstanceOf(ShipmentLabelled.class);
  }

  /** Somebody crashed while buying; whether the carrier did it. */
  private void crashWhileBuying(boolean bought) {
    var faults = new Faults();
    faults.strike(2, bought, () -> new IllegalStateException("crashed"));
    assertThat(buy(bench.dynamo(), bench.sqs(), faults.in(Carrier.class, carrier))).isFalse();
    bench.clock().advance(PAST_THE_LEASE);
  }

  @Test
  void aDraftWhoseAccountIsGoneIsAskedForAWhileAndThenIsUncertain() {
    channelWithUps();
    crashWhileBuying(true);
    parameters.with(PARAMETER, "{}");
    assertThat(buy()).as("it may have been removed by mistake").isFalse();

    bench.clock().advance(ParcelLabel.PATIENCE.plusSeconds(60));
    assertThat(buy()).isTrue();
    assertThat(stage()).isInstanceOf(Uncertain.class);

    parameters.with(PARAMETER, UPS);
    bench.clock().advance(Duration.ofMinutes(6));
    assertThat(buy()).isTrue();
    assertThat(stage()).as("the account is back, and knows its label").isInstanceOf(Labelled.class);
    assertThat(carrier.purchases()).isEqualTo(1);
  }

  @Test
  void aDraftOfACarrierThatThisVersionDoesNotKnowEndsUncertainToo() {
    channelWithUps();
    crashWhileBuying(true);
    carriers = new Carriers(List.of());
    assertThat(buy()).isFalse();
    assertThat(stage()).isInstanceOf(Drafted.class);

    bench.clock().advance(ParcelLabel.PATIENCE.plusSeconds(60));
    assertThat(buy()).isTrue();
    assertThat(stage()).isInstanceOf(Uncertain.class);
  }

  @Test
  void aRefusalAfterACrashLooksTheOldDraftUpBeforeItMakesANewOne() {
    channelWithUps();
    crashWhileBuying(false);
    carrier.refusalToSell = TOO_HEAVY;
    assertThat(buy()).isTrue();
    assertThat(((Unsold) stage()).doubtful()).isNotNull();
    String doubtful = ((Unsold) stage()).doubtful().id();

    carrier.refusalToSell = null;
    carrier.memory = RecordingCarrier.Memory.NONE;
    assertThat(buy()).isTrue();
    assertThat(carrier.purchases()).as("nobody can say whether it was bought").isZero();

    carrier.memory = RecordingCarrier.Memory.GOOD;
    carrier.buy(doubtful);
    assertThat(buy()).isTrue();
    assertThat(stage()).as("the first request arrived late").isInstanceOf(Labelled.class);
    assertThat(carrier.purchases()).isEqualTo(1);
  }

  @Test
  void whereverAnAttemptCrashesARefusalIsSentAndNothingIsBought() {
    channelWithUps();
    carrier.refusalToSell = TOO_HEAVY;
    for (boolean afterItsEffect : new boolean[]{false, true}) {
      boolean struck = true;
      for (int call = 1; struck; call++) {
        bench.forgetSent();
        var faults = new Faults();
        faults.strike(call, afterItsEffect, () -> new IllegalStateException("crashed"));
        buy(faults.in(DynamoDbClient.class, bench.dynamo()), faults.in(SqsClient.class, bench.sqs()),
            faults.in(Carrier.class, carrier));
        struck = faults.calls() >= call;
        faults.stop();
        bench.clock().advance(PAST_THE_LEASE);
        assertThat(buy()).isTrue();
        assertThat(bench.sentTo(AdvanceOrder.class)).isNotEmpty().hasOnlyElementsOfType(LabelRefused.class);
      }
    }
    assertThat(carrier.purchases()).isZero();
  }
}
