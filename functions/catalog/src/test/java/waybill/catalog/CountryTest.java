package waybill.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.platform.Unusable;

class CountryTest {

  @ParameterizedTest
  @ValueSource(strings = {"DE", "GB", "XK", "CW", "SX", "AX"})
  void whatIsInForceIsACountryAndSoIsKosovo(String code) {
    assertThat(Country.checked(code)).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({"AN, 2010-12-15", "CS, 2006-06-05", "SU, 1992-08-30", "YU, 2003-07-23"})
  void whatWasWithdrawnIsRefusedWithTheDaySinceWhen(String code, String day) {
    assertThatExceptionOfType(Unusable.class).isThrownBy(() -> Country.checked(code))
        .withMessage("%s was withdrawn on %s", code, day);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UK", "EU", "ZZ", "AN", "SU", "YU", "de", ""})
  void whatIsNoneOrWasWithdrawnIsRefused(String code) {
    assertThatIllegalArgumentException().isThrownBy(() -> Country.checked(code));
  }
}
