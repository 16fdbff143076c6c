package waybill.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import waybill.catalog.CarrierAccountId;
import waybill.shipping.CarrierChoice.Needs;
import waybill.shipping.LabelDesks.Desk;
import waybill.shipping.LabelDesks.Lookup;
import waybill.shipping.LabelDesks.NoDesk;
import waybill.shipping.carrier.CarrierAccount;
import waybill.shipping.tablerate.TableRate;

class CarrierChoiceTest {
  private static final Needs LIVE = new Needs(true, "CH", 2_000);
  private static final Needs TEST = new Needs(false, "CH", 2_000);

  private static CarrierAccountId id(String carrier) {
    return new CarrierAccountId(carrier, "parcels");
  }

  private static Desk desk(String carrier, boolean livemode, Integer maxWeightGrams, String... destinations) {
    return new Desk(id(carrier),
        CarrierAccount.of(carrier, livemode, List.of()).limitedTo(List.of(destinations), maxWeightGrams),
        new RecordingCarrier());
  }

  private static String reason(Needs needs, Lookup... candidates) {
    assertThat(CarrierChoice.choose(List.of(candidates), needs)).isEmpty();
    assertThat(CarrierChoice.refusal(List.of(candidates), needs).code()).isEqualTo("no_carrier_account");
    return CarrierChoice.refusal(List.of(candidates), needs).detail();
  }

  @Test
  void theChannelsFirstAccountThatTakesTheParcelSellsItsLabel() {
    Desk light = desk("light", true, 1_999);
    Desk domestic = desk("domestic", true, null, "DE", "AT");
    Desk first = desk("first", true, 2_000, "DE", "CH");
    Desk second = desk("second", true, null);
    var gone = new NoDesk(id("gone"), "is not configured");

    assertThat(CarrierChoice.choose(List.of(gone, light, domestic, first, second), LIVE)).contains(first);
  }

  @Test
  void testOrdersOfAChannelWithoutAccountsGetTheStandInsLabelsAndLiveOnesNobodys() {
    assertThat(CarrierChoice.candidates(List.of(), false)).containsExactly(TableRate.BUILT_IN);
    assertThat(CarrierChoice.candidates(List.of(), true)).isEmpty();
    assertThat(CarrierChoice.candidates(List.of(id("ups")), false)).containsExactly(id("ups"));
    assertThat(reason(LIVE)).isEqualTo("the order is live and its channel names no carrier account");
  }

  @Test
  void theMethodThatTheCustomerPaidForDecidesAndNoOtherAccountStepsIn() {
    assertThat(CarrierChoice.candidates(id("ups"), List.of(id("gls")), true)).containsExactly(id("ups"));
    assertThat(CarrierChoice.candidates(null, List.of(id("gls")), true)).containsExactly(id("gls"));
  }

  @Test
  void aStandInSellsNothingToLiveOrdersWhateverItsAccountSays() {
    assertThat(reason(LIVE, desk("table_rate", true, null), desk("table_rate", false, null)))
        .isEqualTo("table_rate/parcels is a stand-in, whose labels move no parcel;"
            + " table_rate/parcels is a stand-in, whose labels move no parcel");
  }

  @Test
  void aLiveAccountSellsNothingToTestOrdersNorTheOtherWayRound() {
    assertThat(reason(TEST, desk("ups", true, null))).isEqualTo("ups/parcels is for live orders only");
    assertThat(reason(LIVE, desk("ups", false, null))).isEqualTo("ups/parcels is for test orders only");
  }

  @Test
  void eachAccountSaysWhyItDoesNotTakeTheParcelAndNothingPersonal() {
    assertThat(reason(LIVE, new NoDesk(id("gls"), "is not configured"), desk("ups", true, 1_000),
        desk("dhl", true, null, "DE")))
        .isEqualTo("gls/parcels is not configured; ups/parcels takes at most 1000 g;"
            + " dhl/parcels does not ship to this country");
  }
}
