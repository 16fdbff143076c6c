package waybill.shipping.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.messages.ShipmentStatus;

class CarrierStatusesTest {

  private static ShipmentStatus status(String carrier, String type, String code) {
    return CarrierStatuses.find(carrier, type, code).orElse(ShipmentStatus.UNKNOWN);
  }

  @Test
  void anExceptionOfUpsIsOnHold() {
    assertThat(status("UPS", "X", "NH")).isEqualTo(ShipmentStatus.ON_HOLD);
  }

  @Test
  void whatUpsListsUnderDeliveredIsDelivered() {
    assertThat(status("UPS", "D", "FS")).isEqualTo(ShipmentStatus.DELIVERED);
  }

  @Test
  void anArrivalAtUpsIsInTransitAndNoRestrictedAccess() {
    assertThat(status("UPS", "I", "AR")).isEqualTo(ShipmentStatus.IN_TRANSIT);
  }

  @ParameterizedTest
  @CsvSource({"UPS, I, OT, OUT_FOR_DELIVERY", "UPSDAP, X, 48, ON_HOLD", "UPS, RS, A7, RETURNED", "UPS, NA, XX, UNKNOWN",
    "UPS, , NH, UNKNOWN", "UPS, , AR, UNKNOWN", "FedEx, , DE, DELIVERY_FAILED", "FedExDefault, , SE, ON_HOLD",
    "FedEx, , CA, UNKNOWN", "FedEx, , RS, RETURNED", "FedEx, , HL, READY_FOR_PICKUP", "FedEx, , DD, IN_TRANSIT",
    "FedEx, , OC, PRE_TRANSIT", "FedEx, , ZZ, UNKNOWN", "DHLExpress, , OK, DELIVERED", "dhl_express, , PD, ON_HOLD",
    "DHLExpress, , RT, RETURNED", "DHLExpress, , CA, DELIVERY_FAILED", "DHLExpress, , RD, DELIVERY_FAILED",
    "FedEx, , RD, UNKNOWN", "DHLExpress, , DD, DELIVERED", "UPS, , DD, UNKNOWN", "CanadaPost, , 1496, DELIVERED",
    "CanadaPost, , 0100, IN_TRANSIT", "CanadaPost, , 100, IN_TRANSIT", "CanadaPost, , 0170, IN_TRANSIT",
    "CanadaPost, , 0174, OUT_FOR_DELIVERY", "CanadaPost, , 1479, READY_FOR_PICKUP", "USPS, , 02, DELIVERY_FAILED",
    "USPS, , OF, OUT_FOR_DELIVERY", "FedEx, , OF, IN_TRANSIT", "UPS, I, OF, OUT_FOR_DELIVERY",
    "Nobody, I, AR, UNKNOWN", "UPS, i, ar, UNKNOWN"})
  void aCodeMeansWhatItsCarrierAndItsTypeSay(String carrier, String type, String code, ShipmentStatus status) {
    assertThat(status(carrier, type, code)).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"delivered, , DELIVERED", "delivered, arrived_at_pickup_location, READY_FOR_PICKUP",
    "delivered, transferred_to_destination_carrier, IN_TRANSIT", "delivered, return, RETURNED",
    "in_transit, arrived_at_facility, IN_TRANSIT", "in_transit, held, ON_HOLD", "failure, lost, ON_HOLD",
    "failure, damaged, ON_HOLD", "failure, refused, DELIVERY_FAILED", "return_to_sender, , RETURNED",
    "available_for_pickup, , READY_FOR_PICKUP", "unknown, , UNKNOWN", "error, , UNKNOWN", "teleported, , UNKNOWN"})
  void easyPostsStatusIsReadWithItsDetail(String status, String detail, ShipmentStatus ours) {
    assertThat(status("easypost", status, detail)).isEqualTo(ours);
  }

  @Test
  void theLastDayAtAPickupPointIsKnownOfCarriersThatPublishIt() {
    LocalDate arrived = LocalDate.parse("2026-11-24");
    assertThat(PickupDays.lastDay("USPS", arrived)).contains(LocalDate.parse("2026-12-09"));
    assertThat(PickupDays.lastDay("UPS", arrived)).contains(LocalDate.parse("2026-12-01"));
    assertThat(PickupDays.lastDay("Somebody", arrived)).isEmpty();
    assertThat(PickupDays.lastDay(null, arrived)).isEmpty();
  }
}
