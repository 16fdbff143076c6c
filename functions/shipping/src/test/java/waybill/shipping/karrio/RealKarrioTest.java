package waybill.shipping.karrio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import waybill.messages.Money;
import waybill.messages.Scan;
import waybill.messages.ShipmentMessages.TrackingNoticed;
import waybill.messages.ShipmentStatus;
import waybill.platform.HttpRequest;
import waybill.platform.Json;
import waybill.platform.Outcome;
import waybill.platform.webhook.Event;
import waybill.platform.webhook.Event.Ignored;
import waybill.platform.webhook.Event.News;
import waybill.platform.webhook.Verdict;
import waybill.shipping.carrier.Carrier;
import waybill.shipping.carrier.Carrier.Bought;
import waybill.shipping.carrier.Carrier.Consignment;
import waybill.shipping.carrier.Carrier.Label;
import waybill.shipping.carrier.Carrier.RefundStanding;
import waybill.shipping.carrier.CarrierAccount;
import waybill.shipping.carrier.CarrierApi;
import waybill.shipping.carrier.CarrierContract;
import waybill.shipping.carrier.CarrierProvider;
import waybill.shipping.carrier.LabelFiles;
import waybill.shipping.carrier.LabelFormat;
import waybill.shipping.carrier.Rates.Message;
import waybill.shipping.carrier.Rates.Rate;
import waybill.shipping.carrier.ScanLookup;

/** Waybill's client at Karrio's own server: {@code infrastructure/tools/check-karrio} starts one and sets the properties. */
@EnabledIfSystemProperty(named = "karrio.url", matches = ".+")
class RealKarrioTest extends CarrierContract {
  private static final String URL = System.getProperty("karrio.url");
  private static final String KEY = System.getProperty("karrio.key");
  /** A tracker of the server's. It has one, as its own carrier reports no scans, because the tool has entered it. */
  private static final String TRACKER = System.getProperty("karrio.tracker");

  private final CarrierApi api = new CarrierApi("Karrio", URL, "Token " + KEY);
  private final int before = purchases();

  @Override
  protected CarrierProvider provider() {
    return new Karrio();
  }

  @Override
  protected CarrierAccount account() {
    return CarrierAccount.of("karrio", false, List.of()).calledWith(KEY, URL);
  }

  @Override
  protected OptionalInt charges() {
    return OptionalInt.of(purchases() - before);
  }

  private int purchases() {
    return Integer.parseInt(
        String.valueOf(api.get("/v1/shipments?status=created&status=cancelled&limit=1").body().get("count")));
  }

  /** Heavier than any service of the rate sheet takes. */
  @Override
  protected Optional<Consignment> refused() {
    return Optional.of(consignment(1, 40_000));
  }

  private Carrier carrier() {
    return provider().carrier(account()).orElseThrow();
  }

  @Test
  void theRateSheetsPricesAreReadToTheCentAndTheCheapestIsBought() {
    assertThat(carrier().rates(consignment(1, 1_250)).orElseThrow().rates()).extracting(Rate::name, Rate::price)
        .containsExactlyInAnyOrder(tuple("test_post/test_ground", new Money(820, "EUR")),
            tuple("test_post/test_express", new Money(1_101, "EUR")));
  }

  @Test
  void whatIsTooHeavyHasNoRateAndNoReason() {
    assertThat(carrier().rates(consignment(1, 40_000)).orElseThrow().messages()).extracting(Message::text)
        .containsExactly("Karrio's carriers give neither a price nor a reason");
    assertThat(carrier().create(consignment(1, 40_000))).isInstanceOfSatisfying(Outcome.Declined.class,
        it -> assertThat(it.refused().code()).isEqualTo("no_rate"));
  }

  @Test
  void aSecondPurchaseIsRefusedByKarrioAndFoundByUs() {
    String draft = carrier().create(consignment(1, 1_250)).orElseThrow().draft();
    Label label = carrier().buy(draft).orElseThrow();
    String[] ids = draft.split("/");

    assertThat(api.post("/v1/shipments/" + ids[0] + "/purchase", Map.of("selected_rate_id", ids[1])).status())
        .isEqualTo(409);
    assertThat(carrier().buy(draft)).isEqualTo(Outcome.of(label));
    assertThat(carrier().find(draft)).isEqualTo(new Bought(label));
    assertThat(charges()).hasValue(1);
  }

  @Test
  void aCancelledLabelIsAskedForNothingMore() {
    String draft = carrier().create(consignment(1, 1_250)).orElseThrow().draft();
    carrier().buy(draft).orElseThrow();

    assertThat(carrier().refund(draft)).isEqualTo(RefundStanding.NONE);
    for (int i = 0; i < 2; i++) {
      assertThat(carrier().requestRefund(draft)).isEqualTo(Outcome.of(RefundStanding.NOT_APPLICABLE));
    }
    assertThat(carrier().refund(draft)).isEqualTo(RefundStanding.NOT_APPLICABLE);
  }

  @Test
  void aLabelIsAPdfAlsoIfZplWasAskedForAndThenThereIsNoZpl() {
    for (LabelFormat asked : List.of(LabelFormat.PDF, LabelFormat.ZPL)) {
      Carrier carrier = provider().carrier(account().printing(asked)).orElseThrow();
      String draft = carrier.create(consignment(1, 1_250)).orElseThrow().draft();
      carrier.buy(draft).orElseThrow();

      var file = (LabelFiles.Fetched) ((LabelFiles) carrier).label(draft, LabelFormat.PDF).orElseThrow();
      assertThat(new String(file.bytes(), StandardCharsets.ISO_8859_1)).startsWith("%PDF");
      assertThat(((LabelFiles) carrier).label(draft, LabelFormat.ZPL)).isInstanceOfSatisfying(Outcome.Declined.class,
          it -> assertThat(it.refused().code()).isEqualTo("no_label_file"));
    }
  }

  @Test
  void aDeclarationIsTakenAndAddsUp() {
    Consignment parcel = consignment(1, 1_250);
    String draft = carrier()
        .create(new Consignment(parcel.parcel(), parcel.from(), parcel.to(), parcel.reference(), null,
            KarrioCustomsTest.DECLARED))
        .orElseThrow().draft();

    Map<?, ?> customs = (Map<?, ?>) api.get("/v1/shipments/" + draft.split("/")[0]).body().get("customs");
    assertThat(customs.get("incoterm")).isEqualTo("DDP");
    assertThat(CarrierApi.objects(customs.get("commodities"))).extracting(it -> String.valueOf(it.get("hs_code")))
        .containsExactly("090240", "090240");
  }

  @Test
  void aWrongKeyIsRefused() {
    assertThat(provider().carrier(account().calledWith("key_wrong", URL)).orElseThrow().create(consignment(1, 1_250)))
        .isInstanceOfSatisfying(Outcome.Declined.class,
            it -> assertThat(it.refused().code()).isEqualTo("wrong_key"));
  }

  @Test
  void aKeyOfTheOtherModeIsRefused() {
    CarrierAccount live = CarrierAccount.of("karrio", true, List.of()).calledWith(KEY, URL);

    assertThat(provider().carrier(live).orElseThrow().create(consignment(1, 1_250)))
        .isInstanceOfSatisfying(Outcome.Declined.class,
            it -> assertThat(it.refused().code()).isEqualTo("wrong_mode"));
  }

  @Test
  void aNumberOfACarrierThatTheServerLacksIsAnotherAccounts() {
    assertThat(carrier().track("Pigeon Post", "1Z999AA10123456784")).isEqualTo(Outcome.of(false));
  }

  @Test
  void theServersWebhooksAreVerifiedAndRead() throws Exception {
    try (var receiver = new Receiver()) {
      CarrierAccount account = CarrierAccount.of("karrio", false, List.of(receiver.subscribe(api)));
      inject("in_transit", "2026-11-30T10:15:00.000Z");
      assertThat(read(receiver.next(), account)).contains(
          new Scan(ShipmentStatus.IN_TRANSIT, Instant.parse("2026-11-30T10:15:00Z"), "X", "a scan", null));

      inject("delivered", "2026-12-01T11:31:00.000Z");
      assertThat(read(receiver.next(), account)).contains(
          new Scan(ShipmentStatus.DELIVERED, Instant.parse("2026-12-01T11:31:00Z"), "X", "a scan", null));
    }
  }

  @Test
  void theScansOfANumberAreLookedUpWithoutItsWebhook() {
    inject("delivered", "2026-12-02T11:31:00.000Z");

    var lookup = (ScanLookup) carrier();
    assertThat(lookup.scans("0a6073bfa506").orElseThrow()).isInstanceOfSatisfying(News.class,
        it -> assertThat(((TrackingNoticed) it.message()).scans()).extracting(Scan::status)
            .contains(ShipmentStatus.DELIVERED));
    for (String other : List.of("0a6073bfa50", "1Z999AA10123456784")) {
      assertThat(lookup.scans(other)).isInstanceOfSatisfying(Outcome.Declined.class,
          it -> assertThat(it.refused().code()).isEqualTo("unknown_number"));
    }
  }

  @Test
  void aLabelOfACarrierThatReportsNoScansIsNotFollowed() {
    String number = carrier().buy(carrier().create(consignment(1, 1_250)).orElseThrow().draft()).orElseThrow()
        .trackingNumber();

    assertThat(((ScanLookup) carrier()).scans(number)).isInstanceOfSatisfying(Outcome.Declined.class,
        it -> assertThat(it.refused().code()).isEqualTo("unknown_number"));
  }

  private void inject(String status, String at) {
    assertThat(api.post("/v1/trackers/" + TRACKER + "/inject-events",
        Map.of("status", status, "events", List.of(Map.of("date", at.substring(0, 10), "time", at.substring(11, 16),
            "timestamp", at, "status", status, "code", "X", "description", "a scan"))))
        .ok()).isTrue();
  }

  private static List<Scan> read(HttpRequest request, CarrierAccount account) {
    var karrio = new Karrio();
    assertThat(karrio.verdict(request, account, Instant.now())).isEqualTo(Verdict.GOOD);
    Event<TrackingNoticed> event = karrio.read(Json.readObject(new String(request.body())), "labels", account)
        .orElseThrow();
    return event instanceof Ignored<TrackingNoticed>
        ? List.of()
        : ((TrackingNoticed) ((News<TrackingNoticed>) event).message()).scans();
  }

  /** Where the server sends its events. */
  private static final class Receiver implements AutoCloseable {
    private final BlockingQueue<HttpRequest> received = new LinkedBlockingQueue<>();
    private final HttpServer server;

    Receiver() throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", exchange -> {
        var headers = new HashMap<String, String>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(), values.getFirst()));
        received.add(new HttpRequest("", "POST", exchange.getRequestURI().getPath(), Map.of(), Map.of(), headers,
            exchange.getRequestBody().readAllBytes(), "", Set.of(), ""));
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
      });
      server.start();
    }

    /** @return the secret, which the server makes up */
    String subscribe(CarrierApi api) {
      return (String) api.post("/v1/webhooks",
          Map.of("url", "http://127.0.0.1:%d/webhooks/carriers/labels".formatted(server.getAddress().getPort()),
              "enabled_events", List.of("tracker_updated")))
          .body().get("secret");
    }

    HttpRequest next() throws InterruptedException {
      return Optional.ofNullable(received.poll(20, TimeUnit.SECONDS)).orElseThrow();
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
