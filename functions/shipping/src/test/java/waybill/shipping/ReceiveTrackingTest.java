package waybill.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ssm.SsmClient;
import waybill.messages.Choreography.TrackShipment;
import waybill.messages.Bill;
import waybill.messages.Money;
import waybill.messages.Scan;
import waybill.messages.ShipmentMessages.TrackingNoticed;
import waybill.messages.ShipmentStatus;
import waybill.platform.Json;
import waybill.platform.Sha256;
import waybill.workbench.Bench;
import waybill.workbench.CapturedLog;

class ReceiveTrackingTest {
  private static final String PATH = "/webhooks/carriers/parcels-eu";
  private static final String NUMBER = "WB1234567890123";
  private static final String ACCOUNTS = """
      {"parcels-eu": {"carrier": "easypost", "livemode": false, "webhook_secrets": ["new", "old"]}, "parcels-live": {"carrier": "easypost", "livemode": true, "webhook_secrets": ["live"]}}""";

  private final Bench bench = Bench.open().with("CARRIER_ACCOUNTS_PARAMETER", "/waybill/carriers");
  private final ReceiveTrackingHandler handler = new ReceiveTrackingHandler(
      bench.ports().with(SsmClient.class, new FixedParameters().with("/waybill/carriers", ACCOUNTS)));

  private record Answer(int status, Map<String, Object> body) {}

  @AfterEach
  void close() {
    bench.close();
  }

  private Answer receive(String account, Map<String, String> headers, String body) {
    var event = bench.httpEvent("POST", "/webhooks/carriers/" + account, Map.of("account", account), Map.of(), headers,
        body, "");
    var out = new ByteArrayOutputStream();
    try {
      handler.handleRequest(event, out, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, Object> answer = Json.readObject(out.toString(StandardCharsets.UTF_8));
    return new Answer(((Long) answer.get("statusCode")).intValue(), Json.readObject((String) answer.get("body")));
  }

  private Map<String, String> headers(String secret, String path, String body) {
    String time = DateTimeFormatter.RFC_1123_DATE_TIME.format(bench.clock().instant().atOffset(ZoneOffset.UTC));
    return new HashMap<>(Map.of("x-timestamp", time, "x-path", path, "x-hmac-signature-v2",
        "hmac-sha256-hex=" + HexFormat.of()
            .formatHex(Sha256.hmac(secret, (time + "POST" + path + body).getBytes(StandardCharsets.UTF_8))),
        "content-type",
        "application/json"));
  }

  private Answer receive(String body) {
    return receive("parcels-eu", headers("new", PATH, body), body);
  }

  private List<TrackingNoticed> queued() {
    return bench.sentTo(TrackShipment.class).stream().map(TrackingNoticed.class::cast).toList();
  }

  @ParameterizedTest
  @CsvSource({"pre-transit, PRE_TRANSIT, 1, 2026-11-22T10:02:00Z", "in-transit, IN_TRANSIT, 3, 2026-11-22T22:15:00Z",
    "out-for-delivery, OUT_FOR_DELIVERY, 4, 2026-11-24T06:55:00Z", "delivered, DELIVERED, 5, 2026-11-24T10:31:00Z"})
  void anEventIsQueuedWithTheFieldsThatAreUsed(String sample, ShipmentStatus status, int scans, Instant at) {
    assertThat(receive(Samples.event(sample, NUMBER))).isEqualTo(new Answer(200, Map.of("received", true)));

    assertThat(queued()).hasSize(1);
    TrackingNoticed noticed = queued().getFirst();
    assertThat(noticed.trackingNumber()).isEqualTo(NUMBER);
    assertThat(noticed.scans()).hasSize(scans);
    Scan latest = Tracking.of(noticed, bench.clock().instant()).latest();
    assertThat(latest.status()).isEqualTo(status);
    assertThat(latest.at()).isEqualTo(at);
    assertThat(latest.text()).as("the carrier's words").isNotBlank();
    assertThat(noticed.estimatedDeliveryAt()).isEqualTo("2026-11-24T00:00:00Z");
    assertThat(noticed.event()).startsWith("evt_");
  }

  @Test
  void nothingOfTheRecipientOrThePlaceIsQueued() {
    receive(Samples.event("delivered", NUMBER));

    assertThat(bench.sent().getFirst().text()).doesNotContain("Hopper", "Berlin", "Leipzig", "message");
  }

  @Test
  void whileASecretIsRotatedTheOldOneIsGood() {
    String body = Samples.event("in-transit", NUMBER);

    assertThat(receive("parcels-eu", headers("old", PATH, body), body).status()).isEqualTo(200);
  }

  @Test
  void whatIsNotSignedRightlyIsRefusedAndNotQueued() {
    String body = Samples.event("in-transit", NUMBER);
    var refused = new ArrayList<Answer>();
    for (String missing : List.of("x-timestamp", "x-path", "x-hmac-signature-v2")) {
      Map<String, String> headers = headers("new", PATH, body);
      headers.remove(missing);
      refused.add(receive("parcels-eu", headers, body));
    }
    refused.add(receive("parcels-eu", headers("live", PATH, body), body));
    refused.add(receive("parcels-eu", headers("new", "/webhooks/carriers/parcels-live", body), body));
    refused.add(receive("parcels-eu", headers("new", PATH, body), body + " "));
    refused.add(receive("parcels-eu", Map.of(), body));
    refused.add(receive("parcels-eu", Map.of("x-hmac-signature", "hmac-sha256-hex=00"), body));

    assertThat(refused).allSatisfy(answer -> {
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).containsEntry("code", "signature_invalid");
    });
    assertThat(bench.sent()).isEmpty();
  }

  @Test
  void aReplayAfterFiveMinutesIsRefused() {
    String body = Samples.event("in-transit", NUMBER);
    Map<String, String> headers = headers("new", PATH, body);
    bench.clock().advance(Duration.ofMinutes(5).plusSeconds(1));

    assertThat(receive("parcels-eu", headers, body).body()).containsEntry("code", "signature_invalid")
        .containsEntry("signature", "stale");
    assertThat(bench.sent()).isEmpty();
  }

  @Test
  void anUnknownAccountIsNotFound() {
    try (CapturedLog log = CapturedLog.open()) {
      assertThat(receive("nobody", Map.of(), "{}").status()).isEqualTo(404);
      assertThat(log.measured("WebhooksRefused")).singleElement()
          .satisfies(it -> assertThat(it).containsEntry("account", "nobody").containsEntry("reason", "not_found"));
    }
  }

  @Test
  void aTestsEventAtALiveAccountIsIgnoredVisibly() {
    String body = Samples.event("delivered", NUMBER);

    assertThat(receive("parcels-live", headers("live", "/webhooks/carriers/parcels-live", body), body))
        .isEqualTo(new Answer(200, Map.of("received", true, "ignored", "mode")));
    assertThat(receive(body.replace("\"mode\": \"test\"", "\"mode\": \"production\"")).body()).containsEntry("ignored",
        "mode");
    assertThat(bench.sent()).isEmpty();
  }

  @Test
  void whatIsNotATrackersNewsIsIgnoredVisibly() {
    String body = Samples.event("delivered", NUMBER);
    List<UnaryOperator<String>> others = List.of(it -> it.replace("tracker.updated", "batch.created"),
        it -> it.replace("\"object\": \"Tracker\"", "\"object\": \"Refund\""),
        it -> it.replace("\"object\": \"Event\"", "\"object\": \"Happening\""));

    assertThat(others).allSatisfy(other -> assertThat(receive(other.apply(body)))
        .isEqualTo(new Answer(200, Map.of("received", true, "ignored", "type"))));
    assertThat(bench.sent()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"unknown", "cancelled", "error"})
  void aStatusThatSaysNothingIsIgnoredVisibly(String status) {
    assertThat(receive(bare(status)).body()).containsEntry("ignored", "status");
    assertThat(bench.sent()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"pre_transit, PRE_TRANSIT", "in_transit, IN_TRANSIT", "out_for_delivery, OUT_FOR_DELIVERY",
    "available_for_pickup, READY_FOR_PICKUP",
    "delivered, DELIVERED", "return_to_sender, RETURNED", "failure, DELIVERY_FAILED"})
  void withoutDetailsTheStatusCountsAtItsChange(String code, ShipmentStatus status) {
    assertThat(receive(bare(code)).status()).isEqualTo(200);

    assertThat(queued().getFirst().scans()).containsExactly(new Scan(status, Instant.parse("2026-11-24T10:35:02Z")));
    assertThat(queued().getFirst().estimatedDeliveryAt()).isNull();
  }

  /** A tracker that tells its status and nothing else. */
  private static String bare(String status) {
    return """
        {"id": "evt_1", "object": "Event", "mode": "test", "description": "tracker.updated", "new_field": {"a": 1},
         "result": {"object": "Tracker", "tracking_code": "1Z1", "status": "%s", "updated_at": "2026-11-24T10:35:02Z", "tracking_details": []}}"""
        .formatted(status);
  }

  @Test
  void aStatusThatNoDetailTellsIsAddedToThem() {
    receive(Samples.event("out-for-delivery", NUMBER).replaceFirst("\"status\": \"out_for_delivery\"",
        "\"status\": \"delivered\""));

    assertThat(Tracking.of(queued().getFirst(), bench.clock().instant()).latest())
        .isEqualTo(new Scan(ShipmentStatus.DELIVERED, Instant.parse("2026-11-24T07:01:19Z")));
  }

  @Test
  void whatIsNotAnEventIsRefusedByItsField() {
    assertThat(receive("{\"id\":").body()).containsEntry("code", "malformed_json");
    assertThat(receive("[]").status()).isEqualTo(400);
    assertThat(receive("{}").body()).containsEntry("code", "invalid_event").extractingByKey("errors").asString()
        .contains("/id");
    assertThat(receive(bare("delivered").replace("\"1Z1\"", "7")).body().toString()).contains("/result/tracking_code");
    assertThat(receive(bare("delivered").replace("2026-11-24T10:35:02Z", "yesterday")).body().toString())
        .contains("/result/updated_at");
    assertThat(receive(bare("delivered").replace("2026-11-24T10:35:02Z", "+10000-01-01T00:00:00Z")).body().toString())
        .as("it would be the newest for ever").contains("/result/updated_at");
    assertThat(
        receive(Samples.event("in-transit", NUMBER).replaceAll("\"datetime\": \"[^\"]*\"", "\"datetime\": \"18:40\""))
            .body().toString())
        .contains("/result/tracking_details/0/datetime");
    assertThat(bench.sent()).isEmpty();
  }

  /** Details of a tracker, each a status, its detail and its time. */
  private static String details(String... details) {
    return bare("unknown").replace("\"tracking_details\": []",
        "\"tracking_details\": [" + String.join(",", details) + "]");
  }

  private static String detail(String status, String detail, String time) {
    return "{\"status\": \"%s\", \"status_detail\": \"%s\", \"datetime\": \"%s\"}".formatted(status, detail, time);
  }

  private List<Scan> scans(String event) {
    bench.forgetSent();
    assertThat(receive(event).status()).isEqualTo(200);
    return queued().getFirst().scans();
  }

  @Test
  void aScanThatCannotBeReadSpoilsNoGoodOne() {
    assertThat(scans(details(detail("in_transit", "", "18:40"), detail("in_transit", "", "2026-11-22T18:40:00Z"),
        "{\"status\": \"delivered\", \"datetime\": null}", "{\"status\": 7, \"datetime\": \"2026-11-23T00:00:00Z\"}")))
        .containsExactly(new Scan(ShipmentStatus.IN_TRANSIT, Instant.parse("2026-11-22T18:40:00Z")));
  }

  @Test
  void aTimeWithoutAZoneIsTakenForGreenwichsAndOneWithSevenDigitsIsRead() {
    assertThat(scans(details(detail("in_transit", "", "2026-11-22T18:40:00"),
        detail("out_for_delivery", "", "2026-11-23T08:00:00.1234567-05:00"))))
        .containsExactlyInAnyOrder(new Scan(ShipmentStatus.IN_TRANSIT, Instant.parse("2026-11-22T18:40:00Z")),
            new Scan(ShipmentStatus.OUT_FOR_DELIVERY, Instant.parse("2026-11-23T13:00:00.123Z")));
  }

  @Test
  void whatLiesAtAPickupPointOrWithAnotherCarrierIsNotDelivered() {
    Instant at = Instant.parse("2026-11-22T18:40:00Z");
    assertThat(scans(details(detail("delivered", "arrived_at_pickup_location", at.toString()))))
        .containsExactly(new Scan(ShipmentStatus.READY_FOR_PICKUP, at, "arrived_at_pickup_location", null, null));
    assertThat(scans(details(detail("delivered", "transferred_to_destination_carrier", at.toString()))))
        .containsExactly(new Scan(ShipmentStatus.IN_TRANSIT, at, "transferred_to_destination_carrier", null, null));
    assertThat(scans(details(detail("delivered", "arrived_at_destination", at.toString()))))
        .containsExactly(new Scan(ShipmentStatus.DELIVERED, at, "arrived_at_destination", null, null));
  }

  @Test
  void whatIsDeliveredOnItsWayBackIsReturned() {
    String event = details(detail("delivered", "", "2026-11-28T10:00:00Z"))
        .replace("\"object\": \"Tracker\"", "\"object\": \"Tracker\", \"is_return\": true");

    bench.forgetSent();
    receive(event);
    assertThat(Tracking.of(queued().getFirst(), bench.clock().instant()).latest())
        .isEqualTo(new Scan(ShipmentStatus.RETURNED, Instant.parse("2026-11-28T10:00:00Z")));
  }

  @Test
  void aStatusThatNobodyKnowsIsCountedAndMovesNothing() {
    for (String unknown : List.of("teleported", "DELIVERED")) {
      assertThat(receive(bare(unknown))).isEqualTo(new Answer(200, Map.of("received", true, "ignored", "unknown")));
    }
    assertThat(bench.sent()).isEmpty();
  }

  @Test
  void aScanThatNobodyKnowsIsCountedAndKeptBesideThoseThatAreKnown() {
    try (CapturedLog log = CapturedLog.open()) {
      List<Scan> scans = scans(details(detail("in_transit", "", "2026-11-22T18:40:00Z"),
          detail("teleported", "beamed", "2026-11-23T18:40:00Z"),
          detail("teleported", "beamed", "2026-11-23T19:40:00Z")));

      assertThat(scans).extracting(Scan::status).containsExactlyInAnyOrder(ShipmentStatus.IN_TRANSIT,
          ShipmentStatus.UNKNOWN, ShipmentStatus.UNKNOWN);
      assertThat(Tracking.of(queued().getFirst(), bench.clock().instant()).status())
          .isEqualTo(ShipmentStatus.IN_TRANSIT);
      assertThat(log.measured("ScansUnknown")).singleElement()
          .satisfies(it -> assertThat(it).containsEntry("code", "teleported/beamed"));
    }
  }

  @ParameterizedTest
  @CsvSource({"shipment.invoice.created, USD, 13.50, 1350", "shipment.invoice.updated, JPY, 1350, 1350"})
  void whatTheCarrierBillsAfterAllIsQueued(String type, String currency, String decimal, long minor) {
    assertThat(receive(invoice(type, currency, decimal))).isEqualTo(new Answer(200, Map.of("received", true)));

    assertThat(queued()).singleElement().satisfies(it -> {
      assertThat(it.trackingNumber()).isEqualTo("9405500208303109884137");
      assertThat(it.scans()).isEmpty();
      assertThat(it.bill())
          .isEqualTo(new Bill("shpinv_1", new Money(minor, currency), Instant.parse("2026-11-30T10:00:00Z")));
    });
  }

  private static String invoice(String type, String currency, String amount) {
    return """
        {"id": "evt_7", "object": "Event", "mode": "test", "description": "%s", "result": {"object": "ShipmentInvoice", "id": "shpinv_1",
         "shipment_id": "shp_1", "tracking_code": "9405500208303109884137", "status": "processed", "quoted_currency": "%s",
         "initially_paid_amount": "8.20", "final_invoice_amount": "%s", "updated_at": "2026-11-30T10:00:00Z"}}"""
        .formatted(type, currency, amount);
  }

  @Test
  void aBillWithoutAnAmountIsRefusedByItsField() {
    assertThat(receive(invoice("shipment.invoice.created", "USD", "much")).body().toString())
        .contains("/result/final_invoice_amount");
    assertThat(receive(invoice("shipment.invoice.created", "USD", "1").replace("\"ShipmentInvoice\"", "\"Report\""))
        .body()).containsEntry("ignored", "type");
    assertThat(bench.sent()).isEmpty();
  }

  @Test
  void scansThatComeInAnyOrderEndDeliveredAndAreShownInTheOrderOfTheirTimes() {
    var orders = List.of(List.of("10:00:00", "11:02:00", "09:10:00"), List.of("11:02:00", "09:10:00", "10:00:00"));
    var statuses = Map.of("10:00:00", "out_for_delivery", "11:02:00", "delivered", "09:10:00", "in_transit");
    for (List<String> order : orders) {
      Tracking known = null;
      for (String time : order) {
        bench.forgetSent();
        receive(details(detail(statuses.get(time), "", "2026-11-23T" + time + "Z")));
        Tracking news = Tracking.of(queued().getFirst(), bench.clock().instant());
        known = known == null ? news : known.join(news);
      }
      assertThat(known.status()).isEqualTo(ShipmentStatus.DELIVERED);
      assertThat(known.history()).extracting(Scan::status).containsExactly(ShipmentStatus.DELIVERED,
          ShipmentStatus.OUT_FOR_DELIVERY, ShipmentStatus.IN_TRANSIT);
    }
  }

  @Test
  void whatCannotBeQueuedIsNotAcknowledged() {
    bench.refuseNextSends(1);

    assertThat(receive(Samples.event("in-transit", NUMBER)).status()).isEqualTo(503);
  }
}
