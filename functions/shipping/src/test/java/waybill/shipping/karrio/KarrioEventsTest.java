package waybill.shipping.karrio;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.messages.Scan;
import waybill.messages.ShipmentMessages.TrackingNoticed;
import waybill.messages.ShipmentStatus;
import waybill.platform.Json;
import waybill.platform.webhook.Event;
import waybill.platform.webhook.Event.Ignored;
import waybill.platform.webhook.Event.News;
import waybill.shipping.carrier.CarrierProvider.NoNews;

/** Trackers as the server 2026.1.32 sends them; what is peculiar about them was seen there. */
class KarrioEventsTest {
  private static final String LABEL_CREATED = """
      {"date": "2026-11-30", "time": "09:14 AM", "timestamp": "2026-11-30T09:14:11.090Z", "status": "created",
       "code": "CREATED", "reason": null, "description": "Shipment label created", "latitude": null}""";

  private static Event<TrackingNoticed> read(String status, String events) {
    return KarrioEvents.read(Json.readObject(
        """
            {"event": "tracker_updated", "data": {"id": "trk_8c1dc294", "carrier_name": "generic", "carrier_id": "warehouse",
             "tracking_number": "0a6073bfa506", "info": {"customer_name": "Grace Hopper", "source": "api"}, "events": [%s],
             "delivered": false, "test_mode": true, "status": %s, "estimated_delivery": "2026-12-01", "messages": [],
             "object_type": "tracker", "metadata": {}}}"""
            .formatted(events, status)),
        false).orElseThrow();
  }

  private static TrackingNoticed noticed(String status, String... events) {
    return (TrackingNoticed) ((News<TrackingNoticed>) read(status, String.join(",", events))).message();
  }

  /** Their statuses and times alone. */
  private static List<Scan> scans(String status, String... events) {
    return noticed(status, events).scans().stream().map(it -> new Scan(it.status(), it.at())).toList();
  }

  private static Scan scan(ShipmentStatus status, String at) {
    return new Scan(status, Instant.parse(at));
  }

  @Test
  void aNewTrackerHasALabelAndNoMore() {
    assertThat(scans("\"pending\"", LABEL_CREATED))
        .containsExactly(scan(ShipmentStatus.PRE_TRANSIT, "2026-11-30T09:14:11.090Z"));
  }

  @Test
  void allScansAreReadTheFirstOfWhichKarrioCallsPickedUp() {
    assertThat(scans("\"in_transit\"", """
        {"date": "2026-11-30", "time": "11:00 AM", "timestamp": "2026-11-30T11:00:00.000Z", "status": "in_transit"}""",
        """
            {"date": "2026-11-30", "time": "10:15 AM", "timestamp": "2026-11-30T10:15:00.000Z", "status": "picked_up"}""",
        LABEL_CREATED)).containsExactly(scan(ShipmentStatus.PRE_TRANSIT, "2026-11-30T09:14:11.090Z"),
            scan(ShipmentStatus.IN_TRANSIT, "2026-11-30T10:15:00Z"),
            scan(ShipmentStatus.IN_TRANSIT, "2026-11-30T11:00:00Z"));
  }

  @Test
  void aScanWithoutAStatusHasTheTrackersIfItIsTheNewest() {
    assertThat(scans("\"delivered\"", """
        {"date": "2026-12-01", "time": "11:31", "timestamp": null, "status": null, "description": "Delivered"}""",
        LABEL_CREATED)).contains(scan(ShipmentStatus.DELIVERED, "2026-12-01T11:31:00Z"));
  }

  @ParameterizedTest
  @CsvSource({"09:14 AM,09:14:00", "09:14 PM,21:14:00", "12:05 am,00:05:00", "17:15,17:15:00", "7:15:09,07:15:09"})
  void theCarriersOwnTimeCountsIfKarrioHasReadNone(String time, String expected) {
    assertThat(scans("\"delivered\"", """
        {"date": "2026-12-01", "time": "%s", "timestamp": null, "status": "delivered"}""".formatted(time)))
        .containsExactly(scan(ShipmentStatus.DELIVERED, "2026-12-01T" + expected + "Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-12-01T11:31:00.1234567", "2026-12-01T12:31:00.1234567+01:00",
    "2026-12-01T11:31:00.1234567Z"})
  void timesWithSevenDigitsAndWithoutAZoneAreRead(String timestamp) {
    assertThat(scans("\"delivered\"", """
        {"timestamp": "%s", "status": "delivered"}""".formatted(timestamp)))
        .containsExactly(scan(ShipmentStatus.DELIVERED, "2026-12-01T11:31:00.1234567Z"));
  }

  @Test
  void aDayAloneIsItsBeginning() {
    assertThat(scans("\"delivered\"", """
        {"date": "2026-12-01", "time": null, "timestamp": null, "status": "delivered"}"""))
        .containsExactly(scan(ShipmentStatus.DELIVERED, "2026-12-01T00:00:00Z"));
  }

  @Test
  void aScanThatCannotBeReadSpoilsNoOther() {
    assertThat(scans("\"in_transit\"", """
        {"date": "yesterday", "time": "noon", "timestamp": "soon", "status": "in_transit"}""", """
        {"date": null, "time": null, "timestamp": null, "status": "in_transit"}""", """
        {"timestamp": "+99999-01-01T00:00:00Z", "status": "in_transit"}""", LABEL_CREATED))
        .containsExactly(scan(ShipmentStatus.PRE_TRANSIT, "2026-11-30T09:14:11.090Z"),
            scan(ShipmentStatus.IN_TRANSIT, "2026-11-30T09:14:11.090Z"));
  }

  @ParameterizedTest
  @CsvSource({"pending,PRE_TRANSIT", "picked_up,IN_TRANSIT", "in_transit,IN_TRANSIT", "delivery_delayed,IN_TRANSIT",
    "out_for_delivery,OUT_FOR_DELIVERY", "ready_for_pickup,READY_FOR_PICKUP", "delivery_failed,DELIVERY_FAILED",
    "delivered,DELIVERED", "return_to_sender,RETURNED", "on_hold,ON_HOLD"})
  void everyStatusOfKarrioThatMovesAParcelIsOneOfOurs(String code, ShipmentStatus expected) {
    assertThat(scans('"' + code + '"', """
        {"timestamp": "2026-12-01T11:31:00Z", "status": "%s"}""".formatted(code)))
        .containsExactly(scan(expected, "2026-12-01T11:31:00Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"unknown", "cancelled"})
  void whatMovesNoParcelIsNoNews(String code) {
    assertThat(read('"' + code + '"', "")).isInstanceOfSatisfying(Ignored.class,
        it -> assertThat(it.reason()).isEqualTo(NoNews.STATUS));
  }

  @Test
  void aStatusOfTomorrowIsUnknownAndNeverInTransit() {
    assertThat(scans("\"teleported\"", """
        {"timestamp": "2026-12-01T11:31:00Z", "status": "teleported"}""", """
        {"timestamp": "2026-12-01T10:31:00Z", "status": "unknown"}"""))
        .containsExactly(scan(ShipmentStatus.UNKNOWN, "2026-12-01T10:31:00Z"),
            scan(ShipmentStatus.UNKNOWN, "2026-12-01T11:31:00Z"));
    assertThat(read("\"teleported\"", "")).isInstanceOfSatisfying(Ignored.class,
        it -> assertThat(it.reason()).isEqualTo(NoNews.UNKNOWN));
  }

  @Test
  void aScanKeepsTheCarriersCodeAndWordsWithoutTheRecipientAndWhereTheParcelWaits() {
    List<Scan> scans = noticed("\"ready_for_pickup\"", """
        {"timestamp": "2026-12-01T11:31:00Z", "status": "ready_for_pickup", "code": "RP", "location": "Kiosk Ring 1",
         "description": "Grace Hopper may come to\\nKiosk Ring 1"}""").scans();

    assertThat(scans).singleElement().satisfies(it -> {
      assertThat(it.code()).isEqualTo("RP");
      assertThat(it.text()).contains("may come to").doesNotContain("Grace", "Hopper", "\n");
      assertThat(it.pickup().place()).isEqualTo("Kiosk Ring 1");
    });
  }

  @Test
  void theCarriersOwnCodeSaysMoreThanKarriosStatus() {
    assertThat(((News<TrackingNoticed>) KarrioEvents.read(Json.readObject("""
        {"event": "tracker_updated", "data": {"carrier_name": "dhl_express", "tracking_number": "1234567890",
         "test_mode": true, "status": "on_hold", "events": [
          {"timestamp": "2026-12-01T11:31:00Z", "status": "on_hold", "code": "CA"}]}}"""), false).orElseThrow())
        .message()).isInstanceOfSatisfying(TrackingNoticed.class,
            it -> assertThat(it.scans()).extracting(Scan::status)
                .containsExactly(ShipmentStatus.DELIVERY_FAILED));
  }

  @Test
  void theEstimateIsADayAndTheSameWordsAreOneEvent() {
    TrackingNoticed first = noticed("\"pending\"", LABEL_CREATED);

    assertThat(first.estimatedDeliveryAt()).isEqualTo("2026-12-01T00:00:00Z");
    assertThat(noticed("\"pending\"", LABEL_CREATED)).isEqualTo(first);
    assertThat(noticed("\"in_transit\"", LABEL_CREATED).event()).isNotEqualTo(first.event())
        .matches("karrio_[0-9a-f]{32}");
  }

  @Test
  void eventsAboutShipmentsAreNone() {
    assertThat(KarrioEvents.read(Json.readObject("""
        {"event": "shipment_purchased", "data": {"id": "shp_1", "test_mode": true}}"""), false).orElseThrow())
        .isInstanceOfSatisfying(Ignored.class, it -> assertThat(it.reason()).isEqualTo(NoNews.TYPE));
  }
}
