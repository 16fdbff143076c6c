package waybill.shipping.easypost;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EasyPostUnitsTest {

  @Test
  void weightsAndSizesAreNeverRoundedDown() {
    assertThat(EasyPostUnits.ounces(14)).isEqualByComparingTo("0.5");
    assertThat(EasyPostUnits.ounces(15)).isEqualByComparingTo("0.6");
    assertThat(EasyPostUnits.ounces(1)).isEqualByComparingTo("0.1");
    assertThat(EasyPostUnits.inches(254)).isEqualByComparingTo("10.0");
    assertThat(EasyPostUnits.inches(255)).isEqualByComparingTo("10.1");
  }

  @Test
  void theHeaviestParcelOfSeventyPoundsIsNotOverSeventyPounds() {
    assertThat(EasyPostUnits.ounces(31_751)).isEqualByComparingTo("1120.0");
    assertThat(EasyPostUnits.ounces(31_752)).isEqualByComparingTo("1120.1");
  }
}
