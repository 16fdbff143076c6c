package waybill.shipping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import waybill.messages.Bill;
import waybill.messages.Money;
import waybill.messages.Scan;
import waybill.messages.ShipmentMessages.TrackingNoticed;
import waybill.messages.ShipmentStatus;
import waybill.platform.Json;
import waybill.platform.Ports;
import waybill.platform.Refused;
import waybill.platform.Sweep;
import waybill.shipping.carrier.Carrier;
import waybill.shipping.carrier.Carrier.RefundStanding;
import waybill.workbench.Bench;
import waybill.workbench.Faults;

/** A bought label that is not used: voided, refused as too early, requested again, refunded. */
class VoidLabelTest {
  private final Bench bench = Bench.open("catalog", "orders", "shipping:by_unlabelled");
  private RecordingCarrier carrier = new RecordingCarrier();
  private DynamoDbClient dynamo = bench.dynamo();

  VoidLabelTest() {
    Samples.putLocation(bench);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private Ports ports(DynamoDbClient dynamo, Carrier sells) {
    return bench.ports(dynamo, bench.sqs()).with(Carriers.class, Samples.carriers(sells));
  }

  private void buy() {
    var out = new ByteArrayOutputStream();
    try {
      new BuyLabelHandler(ports(bench.dynamo(), carrier), _ -> Optional.of(Samples.SHIPPING))
          .handleRequest(bench.sqsEvent(Samples.dispatch()), out, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("{\"batchItemFailures\":[]}");
  }

  private InputStream request(String method, String what, Map<String, String> headers) {
    return bench.httpEvent(method, "/parcels/" + Samples.PARCEL + "/" + what, Map.of("id", Samples.PARCEL.value()),
        Map.of(), headers, null, "packer", "fulfillment:work");
  }

  private Map<String, Object> answer(InputStream event, boolean post, int status) {
    var out = new ByteArrayOutputStream();
    try {
      if (post) {
        new VoidLabelHandler(bench.ports(dynamo)).handleRequest(event, out, null);
      } else {
        new GetParcelCostsHandler(bench.ports()).handleRequest(event, out, null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, Object> answer = Json.readObject(out.toString(StandardCharsets.UTF_8));
    assertThat(answer.get("statusCode")).describedAs(answer.toString()).isEqualTo((long) status);
    return Json.readObject((String) answer.get("body"));
  }

  private Map<String, Object> voidLabel(int status) {
    return answer(request("POST", "void", Map.of("idempotency-key", "k1")), true, status);
  }

  private Map<String, Object> costs() {
    return answer(request("GET", "costs", Map.of()), false, 200);
  }

  private static Object of(Map<String, Object> costs, String field) {
    return Json.object(costs.get("void")).get(field);
  }

  private void follow() {
    new FollowVoidsHandler(ports(bench.dynamo(), carrier)).run();
  }

  private void passDays(int days) {
    bench.clock().advance(Duration.ofDays(days));
  }

  @Test
  void aVoidRejectedOnDayZeroIsRequestedAgainOnDayOneAndRefundedAndTheCostsShowBoth() {
    buy();
    carrier.onRequest = RefundStanding.REJECTED;
    assertThat(of(voidLabel(200), "status")).isEqualTo("requested");
    follow();
    assertThat(of(costs(), "status")).isEqualTo("too_early");
    follow();
    assertThat(carrier.requests()).describedAs("not before the next day").isEqualTo(1);

    passDays(1);
    carrier.onRequest = RefundStanding.SUBMITTED;
    follow();
    assertThat(of(costs(), "status")).isEqualTo("submitted");
    passDays(15);
    carrier.settle(RefundStanding.REFUNDED);
    follow();

    Map<String, Object> costs = costs();
    assertThat(of(costs, "status")).isEqualTo("refunded");
    var price = Map.of("amount", 812L, "currency", "EUR");
    assertThat(costs).containsEntry("quoted", price).containsEntry("bought", price).containsEntry("refunded", price);
    assertThat(carrier.requests()).isEqualTo(2);
    assertThat(carrier.purchases()).isEqualTo(1);
  }

  @Test
  void whoeverAsksAgainIsAnsweredHowItStandsAndTheCarrierIsAskedOnce() {
    buy();
    voidLabel(200);
    voidLabel(200);
    follow();
    assertThat(of(voidLabel(200), "status")).isEqualTo("submitted");
    follow();

    assertThat(carrier.requests()).isEqualTo(1);
  }

  @Test
  void aParcelWithoutALabelIsUnknownAndOneThatIsScannedKeepsItsLabel() throws IOException {
    assertThat(voidLabel(404)).containsEntry("code", "not_found");
    answer(request("GET", "costs", Map.of()), false, 404);
    buy();
    assertThat(costs()).containsEntry("void", null).containsEntry("refunded", null);
    var scan = new Scan(ShipmentStatus.IN_TRANSIT, bench.clock().instant());
    new TrackShipmentHandler(bench.ports()).handleRequest(
        bench.sqsEvent(new TrackingNoticed("1Z000001", List.of(scan), null, "evt_1")), new ByteArrayOutputStream(),
        null);

    assertThat(voidLabel(409)).containsEntry("code", "scanned");
  }

  @Test
  void theCostsShowWhatTheCarrierBilledAfterAllOnceHoweverOftenItComes() throws IOException {
    buy();
    assertThat(costs()).containsEntry("billed", null).containsEntry("bills", List.of());
    var bill = new Bill("shpinv_1", new Money(1_350, "EUR"), bench.clock().instant());
    for (int i = 0; i < 2; i++) {
      new TrackShipmentHandler(bench.ports()).handleRequest(
          bench.sqsEvent(new TrackingNoticed("1Z000001", List.of(), null, "evt_2", bill)), new ByteArrayOutputStream(),
          null);
    }

    assertThat(costs()).containsEntry("bought", Map.of("amount", 812L, "currency", "EUR"))
        .containsEntry("billed", Map.of("amount", 1_350L, "currency", "EUR"));
    assertThat((List<?>) costs().get("bills")).hasSize(1);
    assertThat(voidLabel(200)).as("no scan").containsKey("void");
  }

  @Test
  void aVoidAfterItsWindowNamesTheFieldAndTheRule() {
    buy();
    passDays(90);

    Map<String, Object> problem = voidLabel(409);
    assertThat(problem).containsEntry("code", "void_window_over").containsKey("window_ends_at");
    assertThat(problem.get("errors").toString()).contains("/labelled_at", "too_old", "90 days");
    assertThat(carrier.requests()).isZero();
  }

  @Test
  void aParcelThatIsScannedBeforeTheCarrierIsAskedIsRejectedAndReported() throws IOException {
    buy();
    voidLabel(200);
    var scan = new Scan(ShipmentStatus.IN_TRANSIT, bench.clock().instant());
    new TrackShipmentHandler(bench.ports()).handleRequest(
        bench.sqsEvent(new TrackingNoticed("1Z000001", List.of(scan), null, "evt_1")), new ByteArrayOutputStream(),
        null);
    var expected = new ExpectedScans(bench.ports());
    assertThat(expected.of(Samples.PARCEL)).as("a void label").isFalse();
    follow();

    assertThat(of(costs(), "status")).isEqualTo("rejected");
    assertThat(expected.of(Samples.PARCEL)).as("what its carrier keeps as used").isTrue();
    assertThat(carrier.requests()).isZero();
  }

  @Test
  void aScanWhoseCodeNoTableKnowsNeitherSettlesAVoidNorKeepsTheLabelOffAForm() throws IOException {
    buy();
    var scan = new Scan(ShipmentStatus.UNKNOWN, bench.clock().instant());
    new TrackShipmentHandler(bench.ports()).handleRequest(
        bench.sqsEvent(new TrackingNoticed("1Z000001", List.of(scan), null, "evt_1")), new ByteArrayOutputStream(),
        null);
    assertThat(new SoldLabels(bench.ports()).standings(Map.of(Samples.PARCEL, "1Z000001")))
        .containsEntry(Samples.PARCEL, SoldLabels.Standing.UNUSED);

    voidLabel(200);
    follow();

    assertThat(of(costs(), "status")).isEqualTo("submitted");
    assertThat(carrier.requests()).isEqualTo(1);
  }

  @Test
  void aRefusalOfTheCarrierIsKeptWithItsTextAndTriedAgain() {
    buy();
    voidLabel(200);
    carrier.onRequest = RefundStanding.NONE;
    carrier.refusalToRefund = Refused.conflict("too_early", "the label must be a day old");
    follow();
    assertThat(costs().get("void").toString()).contains("too_early", "the label must be a day old");

    carrier.refusalToRefund = null;
    carrier.onRequest = RefundStanding.NOT_APPLICABLE;
    passDays(1);
    follow();
    assertThat(of(costs(), "status")).isEqualTo("not_applicable");
    passDays(40);
    follow();
    assertThat(carrier.requests()).isEqualTo(2);
  }

  @Test
  void whereverFollowingCrashesTheCarrierIsAskedOnceAndTheMoneyIsFollowed() {
    buy();
    voidLabel(200);
    boolean went = true;
    for (int struck = 1; went; struck++) {
      var again = new Faults();
      again.strike(struck, true, () -> new IllegalStateException("dead"));
      try {
        new FollowVoidsHandler(ports(again.in(DynamoDbClient.class, bench.dynamo()), again.in(Carrier.class, carrier)))
            .run();
      } catch (IllegalStateException e) {
        // What it was at stays due.
      }
      went = again.calls() >= struck;
    }
    follow();

    assertThat(carrier.requests()).isEqualTo(1);
    assertThat(of(costs(), "status")).isEqualTo("submitted");
  }

  @Test
  void fourWhoAskAtOnceAndFourWhoFollowAtOnceMakeOneVoidThatIsFollowed() throws Exception {
    buy();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Object>> asking = Collections.nCopies(4, () -> voidLabel(200));
      assertThat(threads.invokeAll(asking)).extracting(Future::get).allSatisfy(it -> assertThat(it).isNotNull());
      List<Callable<Object>> following = Collections.nCopies(4, () -> {
        follow();
        return "followed";
      });
      assertThat(threads.invokeAll(following)).extracting(Future::get).containsOnly("followed");
    }

    assertThat(of(costs(), "status")).isEqualTo("submitted");
    assertThat(carrier.requests()).isEqualTo(1);
  }

  @Test
  void aCarrierThatDoesNotAnswerFailsTheRunAndIsAskedAtTheNext() {
    buy();
    voidLabel(200);
    var faults = new Faults();
    faults.strike(1, false, () -> new IllegalStateException("away"));
    var handler = new FollowVoidsHandler(ports(bench.dynamo(), faults.in(Carrier.class, carrier)));
    assertThatThrownBy(handler::run).isInstanceOf(Sweep.Unfinished.class);
    follow();

    assertThat(of(costs(), "status")).isEqualTo("submitted");
  }

  @Test
  void aVoidIsRequestedIfATransactionIsInTheWayOfIt() {
    buy();
    var faults = new Faults();
    faults.conflictAt(1);
    dynamo = faults.in(DynamoDbClient.class, bench.dynamo());
    assertThat(of(voidLabel(200), "status")).isEqualTo("requested");
    assertThat(faults.conflicted()).isTrue();
    follow();
    assertThat(carrier.requests()).isEqualTo(1);
  }
}
