package waybill.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CountryTest {

  @ParameterizedTest
  @ValueSource(strings = {"DE", "GB", "XK", "CW", "SX", "AX"})
  void whatIsInForceIsACountryAndSoIsKosovo(String code) {
    assertThat(Country.checked(code)).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UK", "EU", "ZZ", "AN", "SU", "YU", "de", ""})
  void whatIsNoneOrWasWithdrawnIsRefused(String code) {
    assertThatIllegalArgumentException().isThrownBy(() -> Country.checked(code));
  }
}
