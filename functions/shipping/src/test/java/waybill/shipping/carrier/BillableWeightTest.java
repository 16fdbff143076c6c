package waybill.shipping.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BillableWeightTest {
  private static final BillableWeight HALF_KILOS = new BillableWeight(5_000, 500);

  @Test
  void aLightAndLargeParcelIsChargedForItsVolumeUpToTheNextStep() {
    assertThat(new BillableWeight(5_000, 1).grams(2_000, 400, 300, 200)).isEqualTo(4_800);
    assertThat(HALF_KILOS.grams(2_000, 400, 300, 200)).isEqualTo(5_000);
  }

  @Test
  void aHeavyParcelIsChargedForWhatItWeighs() {
    assertThat(HALF_KILOS.grams(7_001, 400, 300, 200)).isEqualTo(7_500);
    assertThat(HALF_KILOS.grams(5_000, 400, 300, 200)).isEqualTo(5_000);
  }

  @Test
  void aVolumeThatIsNoWholeGramCountsForTheNextOne() {
    assertThat(new BillableWeight(5_000, 1).grams(1, 101, 101, 101)).isEqualTo(207);
  }

  @Test
  void aParcelThatNoNumberHoldsIsAFaultAndNoSmallerParcel() {
    assertThatThrownBy(() -> HALF_KILOS.grams(1, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> new BillableWeight(0, 500)).isInstanceOf(IllegalArgumentException.class);
  }
}
