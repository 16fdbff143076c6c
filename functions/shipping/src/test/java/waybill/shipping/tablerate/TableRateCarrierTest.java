package waybill.shipping.tablerate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import waybill.messages.ChannelId;
import waybill.messages.ParcelId;
import waybill.messages.FulfillmentId;
import waybill.messages.Money;
import waybill.messages.OrderId;
import waybill.platform.Outcome;
import waybill.shipping.carrier.Carrier.Label;
import waybill.shipping.tablerate.TableRateCarrier.Zone;

class TableRateCarrierTest {
  private static final String PARCEL = ParcelId.of(FulfillmentId.of(OrderId.of(new ChannelId("de-web"), "1"), 1), 1)
      .value();

  private final TableRateCarrier carrier = new TableRateCarrier(null);

  @Example
  void aDraftIsOneLabelHoweverOftenItIsBought() {
    String draft = "draft-domestic-549-" + PARCEL;

    assertThat(carrier.buy(draft)).isEqualTo(carrier.buy(draft)).isEqualTo(Outcome.of(
        new Label("Waybill", "standard", TableRateCarrier.trackingNumber(PARCEL), new Money(549, "EUR"))));
  }

  @Example
  void theServiceThatWasPaidForStandsOnTheLabel() {
    String draft = "draft-domestic-549-" + PARCEL + "~Express/12:00";

    assertThat(carrier.buy(draft)).isEqualTo(Outcome.of(
        new Label("Waybill", "Express/12:00", TableRateCarrier.trackingNumber(PARCEL), new Money(549, "EUR"))));
  }

  @Example
  void zonesAreTheCountryItsNeighboursAndTheWorld() {
    assertThat(TableRateCarrier.zone("DE", "DE")).isEqualTo(Zone.DOMESTIC);
    assertThat(TableRateCarrier.zone("DE", "CH")).isEqualTo(Zone.EUROPE);
    assertThat(TableRateCarrier.zone("US", "CA")).isEqualTo(Zone.WORLD);
    assertThat(TableRateCarrier.zone("US", "US")).isEqualTo(Zone.DOMESTIC);
  }

  @Example
  void weightCountsByBracketsAndBeyondThemByTensOfKilos() {
    assertThat(TableRateCarrier.cents(Zone.DOMESTIC, 1_000)).isEqualTo(449);
    assertThat(TableRateCarrier.cents(Zone.DOMESTIC, 1_001)).isEqualTo(549);
    assertThat(TableRateCarrier.cents(Zone.EUROPE, 31_500)).isEqualTo(3_999);
    assertThat(TableRateCarrier.cents(Zone.EUROPE, 31_501)).isEqualTo(3_999 + 1_599);
    assertThat(TableRateCarrier.cents(Zone.EUROPE, 41_501)).isEqualTo(3_999 + 2 * 1_599);
  }

  @Property
  void whatIsHeavierOrGoesFartherNeverCostsLess(@ForAll @IntRange(min = 1) int weightGrams,
      @ForAll @IntRange(max = 100_000) int moreGrams) {
    int heavier = (int) Math.min(Integer.MAX_VALUE, (long) weightGrams + moreGrams);
    for (Zone zone : Zone.values()) {
      assertThat(TableRateCarrier.cents(zone, heavier))
          .isGreaterThanOrEqualTo(TableRateCarrier.cents(zone, weightGrams));
    }
    assertThat(TableRateCarrier.cents(Zone.EUROPE, weightGrams))
        .isBetween(TableRateCarrier.cents(Zone.DOMESTIC, weightGrams), TableRateCarrier.cents(Zone.WORLD, weightGrams));
  }

  @Example
  void theCheckDigitIsTheOneOfTheStandardsExample() {
    assertThat(TableRateCarrier.checkDigit("47312482")).isEqualTo(9);
  }

  @Example
  void trackingNumbersAreWellFormedAndDiffer() {
    var numbers = new HashSet<String>();
    for (int i = 1; i <= 999; i++) {
      String number = TableRateCarrier.trackingNumber(PARCEL + i);
      assertThat(number).matches("WB[0-9]{18}")
          .endsWith(Integer.toString(TableRateCarrier.checkDigit(number.substring(2, 19))));
      numbers.add(number);
    }
    assertThat(numbers).hasSize(999);
  }
}
