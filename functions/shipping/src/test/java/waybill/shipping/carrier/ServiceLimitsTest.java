package waybill.shipping.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.messages.Money;
import waybill.messages.Parcel;
import waybill.shipping.carrier.Rates.Rate;

class ServiceLimitsTest {

  private static Rates within(String carrier, String service, String from, int grams, int length, int width,
      int height) {
    var rate = new Rate("r", carrier, service, new Money(820, "USD"), null, null, null, null, false);
    var parcel = new Parcel(CarrierContract.consignment(1, 1).parcel().id(), List.of(), grams, length, width, height,
        null, null);
    return ServiceLimits.within(new Rates(List.of(rate), List.of()), parcel, from);
  }

  @ParameterizedTest
  @CsvSource({"USPS, Priority, US, 31751, 500, 300, 200, true", "USPS, Priority, US, 31752, 500, 300, 200, false",
    "USPS, Priority, US, 1000, 743, 500, 500, true", "USPS, Priority, US, 1000, 744, 500, 500, false",
    "USPS, GroundAdvantage, US, 1000, 1302, 500, 500, true", "USPS, GroundAdvantage, US, 1000, 1303, 500, 500, false",
    "UPSDAP, Ground, US, 68038, 500, 500, 500, true", "UPS, Ground, US, 68039, 500, 500, 500, false",
    "UPS, ups_standard, DE, 68039, 500, 500, 500, true", "UPS, ups_standard, DE, 70001, 500, 500, 500, false",
    "UPS, Ground, US, 1000, 200, 200, 2743, true", "UPS, Ground, US, 1000, 200, 200, 2744, false",
    "DPD, CLASSIC, DE, 31501, 500, 500, 500, false", "DPD, CLASSIC, CH, 31501, 500, 500, 500, true",
    "DHLPaket, Paket, DE, 31500, 1200, 600, 600, true", "DHLPaket, Paket, DE, 31500, 1201, 600, 600, false",
    "PigeonPost, Night, US, 900000, 9000, 9000, 9000, true"})
  void aServiceTakesWhatIsAtItsLimitAndNotAGramOrMillimetreMore(String carrier, String service, String from, int grams,
      int length, int width, int height, boolean taken) {
    Rates rates = within(carrier, service, from, grams, length, width, height);

    assertThat(rates.rates()).hasSize(taken ? 1 : 0);
    assertThat(rates.messages()).hasSize(taken ? 0 : 1);
  }

  @Test
  void aMessageNamesTheServiceTheLimitAndWhatTheParcelHas() {
    assertThat(within("USPS", "Priority", "US", 1_000, 900, 500, 500).messages().getFirst()).isEqualTo(
        new Rates.Message("USPS", "over_limits",
            "USPS/Priority takes at most 2743 mm of length and girth, and the parcel has 2900 mm"));
  }

  @Test
  void aLineThatIsNotWholeIsNotReadAsNoLimit() {
    assertThat(ServiceLimits.size()).isGreaterThanOrEqualTo(9);
    assertThatThrownBy(() -> ServiceLimits.row("USPS | * | 31751")).isInstanceOf(IllegalArgumentException.class);
  }
}
