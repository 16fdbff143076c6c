package waybill.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.SsmClient;
import waybill.catalog.PutChannelHandler;
import waybill.messages.ChannelId;
import waybill.messages.Choreography.RegisterTracker;
import waybill.messages.OrderId;
import waybill.messages.ShipmentMessages.TrackerDue;
import waybill.orders.Orders.Shipping;
import waybill.platform.Outcome;
import waybill.platform.Ports;
import waybill.platform.Refused;
import waybill.platform.RetryLater;
import waybill.shipping.carrier.Carrier;
import waybill.workbench.Bench;

/** A label that was bought elsewhere is followed by whoever can. */
class RegisterTrackerTest {
  private static final TrackerDue DUE = new TrackerDue(Samples.ORDER, Samples.PARCEL, "DHL", "JD0001");

  private final Bench bench = Bench.open("catalog", "orders", "shipping").with("CARRIER_ACCOUNTS_PARAMETER",
      "/accounts");
  private final List<String> asked = new ArrayList<>();
  private Outcome<Boolean> answer = Outcome.of(true);

  RegisterTrackerTest() {
    String body = """
        {"name": "Shop", "currencies": ["EUR"], "locale": "de-DE", "time_zone": "Europe/Berlin", "livemode": true,
         "mail_sender": "shop@example.com", "carrier_accounts": [{"carrier": "test", "account": "test"},
         {"carrier": "gone", "account": "gone"}, {"carrier": "own", "account": "own"}, {"carrier": "broker", "account": "broker"}]}""";
    try {
      new PutChannelHandler(bench.ports())
          .handleRequest(bench.httpEvent("PUT", "/channels/de-web", Map.of("id", "de-web"),
              Map.of(), Map.of(), body, "operator", "catalog:write"), new ByteArrayOutputStream(), null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private Carrier carrier(String code, Function<String, Outcome<Boolean>> tracks) {
    return (Carrier) java.lang.reflect.Proxy.newProxyInstance(getClass().getClassLoader(),
        new Class<?>[]{Carrier.class},
        (_, _, arguments) -> {
          asked.add(code + " " + arguments[0] + " " + arguments[1]);
          return tracks.apply(code);
        });
  }

  private String register(Function<OrderId, Optional<Shipping>> orders) {
    Ports ports = bench.ports().with(SsmClient.class, new FixedParameters().with("/accounts", """
        {"test": {"carrier": "test", "livemode": false}, "own": {"carrier": "own", "livemode": true},
         "broker": {"carrier": "broker", "livemode": true}}""")).with(Carriers.class,
        new Carriers(List.of(Samples.provider("test", carrier("test", _ -> answer)),
            Samples.provider("own", carrier("own", _ -> Outcome.of(false))),
            Samples.provider("broker", carrier("broker", _ -> answer)))));
    var out = new ByteArrayOutputStream();
    try {
      new RegisterTrackerHandler(ports, orders).handleRequest(bench.sqsEvent(DUE), out, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private String register() {
    return register(_ -> Optional.of(SHIPPING));
  }

  private static final Shipping SHIPPING = new Shipping(new ChannelId("de-web"), true, Samples.HOME, null, null);

  @Test
  void theFirstLiveAccountThatReportsWhatItDidNotSellIsAsked() {
    assertThat(register()).isEqualTo("{\"batchItemFailures\":[]}");

    assertThat(asked).containsExactly("own DHL JD0001", "broker DHL JD0001");
  }

  @Test
  void aNumberThatIsRefusedIsReportedAndNotAskedForAgain() {
    answer = Refused.conflict("tracker_create_error", "the number is none").outcome();

    assertThat(register()).isEqualTo("{\"batchItemFailures\":[]}");
    assertThat(asked).hasSize(2);
  }

  @Test
  void whoDoesNotAnswerIsAskedAgainAndSoIsAnOrderThatIsNotPlacedYet() {
    assertThat(register(_ -> {
      throw new RetryLater("away");
    })).contains("itemIdentifier");
    assertThat(register(_ -> Optional.empty())).contains("itemIdentifier");
  }

  @Test
  void onlyALabelThatWasBoughtElsewhereAsksForItsTracker() {
    ParcelLabel elsewhere = ParcelLabel
        .boughtElsewhere(LabelWanted.of(Samples.labelledElsewhere("JD0001")), bench.clock().instant())
        .orElseThrow();

    assertThat(Emissions.of(elsewhere)).contains(DUE);
    assertThat(bench.sentTo(RegisterTracker.class)).isEmpty();
  }
}
