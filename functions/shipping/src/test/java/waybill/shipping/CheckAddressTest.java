package waybill.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.SsmClient;
import waybill.catalog.Address;
import waybill.catalog.PutChannelHandler;
import waybill.platform.Json;
import waybill.platform.Outcome;
import waybill.platform.Ports;
import waybill.platform.Refused;
import waybill.platform.RetryLater;
import waybill.shipping.carrier.AddressOpinion;
import waybill.shipping.carrier.AddressOpinion.Objection;
import waybill.shipping.carrier.Carrier;
import waybill.workbench.Bench;
import waybill.workbench.RequestSchema;

/** An address is checked by rules, and by a carrier that may be away. */
class CheckAddressTest {
  private static final String BERLIN = """
      {"channel": "de-web", "address": {"name": "Grace Hopper", "line1": "Hauptstr. 5", "city": "Berlin",
       "postal_code": "D-10827", "country": "DE"}}""";

  private static final String WHOLE = """
      {"channel": "de-web", "address": {"name": "Grace Hopper", "company": "Navy", "line1": "1 Main St", "line2": "Apt 2",
       "city": "Arlington", "state": "VA", "postal_code": "22201", "country": "US", "phone": "+1555"}}""";

  private final Bench bench = Bench.open("catalog", "orders", "shipping").with("CARRIER_ACCOUNTS_PARAMETER",
      "/accounts");
  private Outcome<Optional<AddressOpinion>> answer = Outcome.of(Optional.empty());
  private boolean away;

  CheckAddressTest() {
    run(new PutChannelHandler(bench.ports()), "PUT", "/channels/de-web", Map.of("id", "de-web"), """
        {"name": "Shop", "currencies": ["EUR"], "locale": "de-DE", "time_zone": "Europe/Berlin", "livemode": true,
         "mail_sender": "shop@example.com", "carrier_accounts": [{"carrier": "gone", "account": "gone"},
         {"carrier": "broker", "account": "broker"}]}""");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private Map<String, Object> run(com.amazonaws.services.lambda.runtime.RequestStreamHandler handler, String method,
      String path, Map<String, String> parameters, String body) {
    var out = new ByteArrayOutputStream();
    try {
      handler.handleRequest(bench.httpEvent(method, path, parameters, Map.of(), Map.of(), body, "shop",
          "orders:place catalog:write"), out, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, Object> response = Json.readObject(out.toString(StandardCharsets.UTF_8));
    return Json.readObject((String) response.get("body"));
  }

  private Map<String, Object> check(String body) {
    Carrier broker = (Carrier) java.lang.reflect.Proxy.newProxyInstance(getClass().getClassLoader(),
        new Class<?>[]{Carrier.class}, (_, _, _) -> {
          if (away) {
            throw new RetryLater("away");
          }
          return answer;
        });
    Ports ports = bench.ports().with(SsmClient.class, new FixedParameters().with("/accounts",
        "{\"broker\": {\"carrier\": \"broker\", \"livemode\": true}}")).with(Carriers.class,
            new Carriers(List.of(Samples.provider("broker", broker))));
    return run(new CheckAddressHandler(ports), "POST", "/address-checks", Map.of(), body);
  }

  private static List<String> messages(Map<String, Object> checked) {
    return ((List<?>) checked.get("messages")).stream().map(Json::object)
        .map(it -> it.get("source") + " " + it.get("pointer") + " " + it.get("severity") + " " + it.get("code"))
        .toList();
  }

  @Test
  void theRulesProposeABetterFormAndNothingElse() {
    Map<String, Object> checked = check(BERLIN);

    assertThat(checked).containsEntry("verdict", "plausible");
    assertThat(messages(checked)).containsExactly("rules /address/postal_code info form");
    assertThat(Json.object(checked.get("corrected"))).containsEntry("postal_code", "10827").containsEntry("line1",
        "Hauptstr. 5");
  }

  @Test
  void aCarrierThatKnowsTheAddressVerifiesIt() {
    var better = new Address("Grace Hopper", null, "HAUPTSTR 5", null, "BERLIN", null, "10827", "DE", null);
    answer = Outcome.of(Optional.of(new AddressOpinion(true, better, List.of())));

    Map<String, Object> checked = check(BERLIN);
    assertThat(checked).containsEntry("verdict", "verified");
    assertThat(Json.object(checked.get("corrected"))).containsEntry("line1", "HAUPTSTR 5");
  }

  @Test
  void aCarrierThatDoesNotKnowItLeavesADoubt() {
    answer = Outcome.of(Optional.of(new AddressOpinion(false, null,
        List.of(new Objection("line1", "e_address_not_found", "Address not found")))));

    Map<String, Object> checked = check(BERLIN);
    assertThat(checked).containsEntry("verdict", "doubtful");
    assertThat(messages(checked)).contains("broker /address/line1 warning e_address_not_found");
  }

  @Test
  void aCarrierThatIsAwayOrRefusesBlocksNothing() {
    away = true;
    assertThat(messages(check(BERLIN))).contains("broker /address info no_answer");

    away = false;
    answer = Refused.conflict("wrong_key", "the key is wrong").outcome();
    Map<String, Object> checked = check(BERLIN);
    assertThat(checked).containsEntry("verdict", "plausible");
    assertThat(messages(checked)).contains("broker /address info wrong_key");
  }

  @Test
  void whatCanNeverBeDeliveredIsSaid() {
    assertThat(check("{\"address\": {\"line1\": \"Hauptstr. 5\", \"city\": \"Berlin\", \"country\": \"DE\"}}"))
        .containsEntry("verdict", "undeliverable").containsEntry("corrected", null);
  }

  @Test
  void aRequestThatIsWrongIsRefusedByField() {
    Map<String, Object> problem = check("{\"channel\": \"none\", \"address\": {\"country\": \"UK\"}, \"x\": 1}");
    assertThat(((List<?>) problem.get("errors")).stream().map(Json::object).map(it -> it.get("pointer")))
        .containsExactlyInAnyOrder("/x", "/channel", "/address/line1", "/address/city", "/address/country");
  }

  @Test
  void itsFormIsTheOneOfTheApi() {
    assertThat(RequestSchema.of("AddressCheckForm").misfits(WHOLE, CheckAddressHandler.Form::read)).isEmpty();
  }
}
