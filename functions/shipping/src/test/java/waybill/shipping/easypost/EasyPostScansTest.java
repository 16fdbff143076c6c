package waybill.shipping.easypost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import waybill.messages.PickupPoint;
import waybill.messages.Scan;
import waybill.messages.ShipmentMessages.TrackingNoticed;
import waybill.messages.ShipmentStatus;
import waybill.platform.Json;
import waybill.platform.webhook.Event.News;

/** What is taken of the scans of a tracker. */
class EasyPostScansTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  private static String detail(String status, Instant at, String more) {
    return """
        {"status": "%s", "datetime": "%s"%s}""".formatted(status, at, more);
  }

  private static List<Scan> scans(String carrier, String status, String... details) {
    String event = """
        {"id": "evt_1", "object": "Event", "mode": "test", "description": "tracker.updated", "result": {"object": "Tracker",
         "tracking_code": "1Z1", "carrier": "%s", "status": "%s", "updated_at": "2026-11-25T12:00:00Z", "signed_by": "Grace Hopper",
         "tracking_details": [%s]}}"""
        .formatted(carrier, status, String.join(",", details));
    var news = (News<TrackingNoticed>) EasyPostEvents.read(Json.readObject(event), false).orElseThrow();
    return news.message().scans();
  }

  private static Scan greatest(List<Scan> scans) {
    return scans.stream().max(Scan::compareTo).orElseThrow();
  }

  @Test
  void theCarriersOwnCodeSaysMoreThanTheBroker() {
    List<Scan> scans = scans("UPS", "in_transit", detail("in_transit", NOON, ", \"carrier_code\": \"I/OT\""));
    assertThat(scans).containsExactly(new Scan(ShipmentStatus.OUT_FOR_DELIVERY, NOON, "I/OT", null, null));
    assertThat(greatest(scans("UPS", "in_transit", detail("in_transit", NOON, ", \"carrier_code\": \"OT\""))).status())
        .as("ambiguous without its type").isEqualTo(ShipmentStatus.IN_TRANSIT);
    assertThat(
        greatest(scans("FedEx", "in_transit", detail("in_transit", NOON, ", \"carrier_code\": \"SE\""))).status())
        .isEqualTo(ShipmentStatus.ON_HOLD);
    assertThat(
        greatest(scans("FedEx", "in_transit", detail("in_transit", NOON, ", \"carrier_code\": \"ZZ\""))).status())
        .as("the broker knows what we do not").isEqualTo(ShipmentStatus.IN_TRANSIT);
  }

  @Test
  void whatNobodyKnowsIsKeptWithItsCodeAndItsWordsAndIsNotInTransit() {
    assertThat(scans("UPS", "unknown",
        detail("teleported", NOON, ", \"status_detail\": \"beamed\", \"message\": \"In transit, by beam\"")))
        .containsExactly(
            new Scan(ShipmentStatus.UNKNOWN, NOON, "teleported/beamed", "In transit, by beam", null));
  }

  /** Seven that others have taken for another status, as they looked for words in the carrier's text. */
  @Test
  void theCarriersWordsAreKeptAndNeverDecide() {
    for (String words : List.of("Delivery Attempt/Notice Left", "Delivered to Agent for Final Delivery",
        "Undeliverable as Addressed", "Label Created", "Return to Sender Processed", "Delivered, To Original Sender",
        "Available for Pickup")) {
      Scan scan = scans("USPS", "in_transit", detail("in_transit", NOON, ", \"message\": \"" + words + "\""))
          .getFirst();
      assertThat(scan.status()).isEqualTo(ShipmentStatus.IN_TRANSIT);
      assertThat(scan.text()).isEqualTo(words);
    }
  }

  @Test
  void whoSignedAndWhereIsInNoText() {
    String more = """
        , "message": "Signed by HOPPER\\nat Leipzig 04129, front door", "tracking_location": {"city": "Leipzig", "zip": "04129"}""";
    assertThat(greatest(scans("DHL", "delivered", detail("delivered", NOON, more))).text())
        .isEqualTo("Signed by … at … …, front door");
  }

  @Test
  void aPickupPointHasItsPlaceAndTheLastDaySinceTheParcelCame() {
    String place = ", \"tracking_location\": {\"city\": \"CHARLESTON\", \"state\": \"SC\", \"country\": null, \"zip\": \"29401\"}";
    List<Scan> scans = scans("UPS", "available_for_pickup", detail("out_for_delivery", NOON.minusSeconds(60), ""),
        detail("available_for_pickup", NOON, place),
        detail("available_for_pickup", NOON.plusSeconds(3 * 86_400), place));
    var point = new PickupPoint("CHARLESTON, SC, 29401", LocalDate.parse("2026-12-01"));
    assertThat(scans).filteredOn(it -> it.status() == ShipmentStatus.READY_FOR_PICKUP && it.pickup().place() != null)
        .hasSize(2).as("a reminder keeps it no longer").allSatisfy(it -> assertThat(it.pickup()).isEqualTo(point));

    Scan moved = greatest(scans("UPS", "available_for_pickup", detail("available_for_pickup", NOON, place),
        detail("in_transit", NOON.plusSeconds(3_600), ""),
        detail("available_for_pickup", NOON.plusSeconds(86_400), place.replace("CHARLESTON", "HOUSTON"))));
    assertThat(moved.pickup()).isEqualTo(new PickupPoint("HOUSTON, SC, 29401", LocalDate.parse("2026-12-02")));
  }

  @Test
  void aPickupPointOfWhichNothingIsKnownIsNone() {
    assertThat(greatest(scans("Somebody", "available_for_pickup", detail("available_for_pickup", NOON, ""))).pickup())
        .isNull();
  }

  @Test
  void aDeliveryOnTheWayBackIsOneToUs() {
    List<Scan> back = scans("USPS", "delivered", detail("available_for_pickup", NOON, ""),
        detail("return_to_sender", NOON.plusSeconds(8 * 86_400), ""),
        detail("delivered", NOON.plusSeconds(10 * 86_400), ""));
    assertThat(greatest(back)).extracting(Scan::status, Scan::at).isEqualTo(
        tuple(ShipmentStatus.RETURNED, NOON.plusSeconds(8 * 86_400)).toList());
  }

  @Test
  void aMisScanIsNoDelivery() {
    List<String> details = List.of(detail("out_for_delivery", NOON, ""), detail("delivered", NOON.plusSeconds(60), ""),
        detail("out_for_delivery", NOON.plusSeconds(86_400), ""));
    assertThat(greatest(scans("UPS", "out_for_delivery", details.toArray(String[]::new))).status())
        .isEqualTo(ShipmentStatus.OUT_FOR_DELIVERY);
    String[] later = Stream.concat(Stream.of(detail("delivered", NOON.plusSeconds(90_000), "")), details.stream())
        .toArray(String[]::new);
    assertThat(greatest(scans("UPS", "delivered", later)).status()).isEqualTo(ShipmentStatus.DELIVERED);
  }
}
