package waybill.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.SsmClient;
import waybill.catalog.PutChannelHandler;
import waybill.messages.ChannelId;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.LineId;
import waybill.messages.ShipmentMessages.LabelRefused;
import waybill.messages.Sku;
import waybill.orders.Orders.Shipping;
import waybill.orders.Sale;
import waybill.orders.Sale.Sold;
import waybill.platform.Json;
import waybill.platform.Ports;
import waybill.shipping.carrier.Carrier.RefundStanding;
import waybill.workbench.Bench;

/** A label whose account insures its parcels: what it cost, and what comes back of that. */
class InsuredLabelTest {
  /** Of 50.82 in all. */
  private static final Sale SALE = new Sale("EUR", 990, false, List.of(sold(1, "TEA-200", 2, 3_582),
      sold(2, "MUG-BLUE", 1, 1_500), sold(3, "MUG-BLUE", 1, 0)));

  private final Bench bench = Bench.open("catalog", "orders", "shipping:by_unlabelled")
      .with("CARRIER_ACCOUNTS_PARAMETER", "/accounts");
  private final RecordingCarrier carrier = new RecordingCarrier();
  private boolean asked;

  private static Sold sold(int line, String sku, int quantity, long net) {
    return new Sold(new LineId("line_" + line), new Sku(sku), sku, quantity, net);
  }

  @BeforeEach
  void open() {
    Samples.putLocation(bench);
    String body = """
        {"name": "Shop", "currencies": ["EUR"], "locale": "de-DE", "time_zone": "Europe/Berlin",
         "mail_sender": "shop@example.com", "carrier_accounts": [{"carrier": "ups", "account": "parcels"}]}""";
    assertThat(answer(new PutChannelHandler(bench.ports()), bench.httpEvent("PUT", "/channels/de-web",
        Map.of("id", "de-web"), Map.of(), Map.of(), body, "operator", "catalog:write"))).isNotEmpty();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private Ports ports(String terms) {
    return bench.ports().with(Carriers.class, new Carriers(List.of(Samples.provider("ups", carrier)))).with(
        SsmClient.class, new FixedParameters().with("/accounts",
            "{\"parcels\": {\"carrier\": \"ups\", \"livemode\": false%s}}".formatted(terms)));
  }

  private void buy(String terms) {
    assertThat(Bench.output(new BuyLabelHandler(ports(terms),
        _ -> Optional.of(new Shipping(new ChannelId("de-web"), false, Samples.HOME, null, null)), _ -> {
          asked = true;
          return Optional.of(SALE);
        }), bench.sqsEvent(Samples.dispatch()))).isEqualTo("{\"batchItemFailures\":[]}");
  }

  private static Map<String, Object> answer(RequestStreamHandler handler, InputStream event) {
    return Json.readObject((String) Json.readObject(Bench.output(handler, event)).get("body"));
  }

  private InputStream request(String method, String what) {
    return bench.httpEvent(method, "/parcels/" + Samples.PARCEL + "/" + what, Map.of("id", Samples.PARCEL.value()),
        Map.of(), Map.of("idempotency-key", "k1"), null, "packer", "fulfillment:work");
  }

  private Map<String, Object> costs() {
    return answer(new GetParcelCostsHandler(bench.ports()), request("GET", "costs"));
  }

  private static Map<String, Object> eur(long amount) {
    return Map.of("amount", amount, "currency", "EUR");
  }

  @Test
  void aParcelIsInsuredForWhatItsGoodsWereSoldForAndItsPremiumIsPartOfWhatItCost() {
    buy(", \"insurance\": {\"currency\": \"EUR\", \"from\": 1000}");

    assertThat(costs()).containsEntry("quoted", eur(812)).containsEntry("bought", eur(937)).containsEntry("insurance",
        Map.of("insured", eur(5_082), "premium", eur(125)));
  }

  @Test
  void aPremiumDoesNotComeBackWithItsLabel() {
    String terms = ", \"insurance\": {\"currency\": \"EUR\", \"amount\": 10000}";
    buy(terms);
    assertThat(asked).as("the value of the goods").isFalse();
    answer(new VoidLabelHandler(bench.ports()), request("POST", "void"));
    carrier.onRequest = RefundStanding.REFUNDED;
    new FollowVoidsHandler(ports(terms)).run();

    assertThat(costs()).containsEntry("bought", eur(937)).containsEntry("refunded", eur(812));
  }

  @Test
  void whatIsWorthTooLittleAndWhatNoTermsAreForIsNotInsured() {
    buy(", \"insurance\": {\"currency\": \"EUR\", \"from\": 5083}");

    assertThat(costs()).containsEntry("bought", eur(812)).containsEntry("insurance", null);
  }

  @Test
  void withoutTermsNobodyReadsTheValueOfTheGoods() {
    buy("");

    assertThat(asked).isFalse();
    assertThat(costs()).containsEntry("insurance", null);
  }

  @Test
  void aValueThatTheAccountCannotInsureHoldsTheParcelBeforeAnythingIsPaidUntilTheTermsFit() {
    buy(", \"insurance\": {\"currency\": \"USD\"}");

    assertThat(bench.sentTo(AdvanceOrder.class)).singleElement().isInstanceOfSatisfying(LabelRefused.class,
        it -> assertThat(it.detail()).contains("sold in EUR", "insures in USD"));
    assertThat(carrier.drafts() + carrier.purchases()).isZero();
    buy(", \"insurance\": {\"currency\": \"USD\", \"amount\": 10000}");
    assertThat(carrier.purchases()).isOne();
  }

  @Test
  void termsThatContradictThemselvesHoldTheParcelAndSaySo() {
    buy(", \"insurance\": {\"currency\": \"EUR\", \"amount\": 100, \"from\": 50}");

    assertThat(bench.sentTo(AdvanceOrder.class)).singleElement().isInstanceOfSatisfying(LabelRefused.class,
        it -> assertThat(it.detail()).contains("cannot be read"));
    assertThat(carrier.purchases()).isZero();
  }
}
