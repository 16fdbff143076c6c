package waybill.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Currency;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.platform.Unusable;

class CurrencyCodeTest {
  /** In force, though no country's everyday currency. */
  private static final Set<String> OTHERS = Set.of("BOV", "CHE", "CHW", "CLF", "COU", "MXV", "USN", "UYI", "VED",
      "XAD");

  @ParameterizedTest
  @ValueSource(strings = {"EUR", "JPY", "KWD", "SLE", "VES", "MRU", "STN", "BYN", "CLF"})
  void whatIsInForceIsACurrency(String code) {
    assertThat(CurrencyCode.checked(code)).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({"HRK, 2023-01-01", "BGN, 2026-01-01", "DEM, 2002-03-01", "VEF, 2018-08-20", "ANG, 2025-07-01"})
  void whatWasWithdrawnIsRefusedWithTheDaySinceWhen(String code, String day) {
    assertThatExceptionOfType(Unusable.class).isThrownBy(() -> CurrencyCode.checked(code))
        .withMessage("%s was withdrawn on %s", code, day).satisfies(it -> assertThat(it.code()).isEqualTo("withdrawn"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"XAU", "EURO", "eur", "ABC", ""})
  void whatIsNoneOrHasNoMinorUnitsIsRefused(String code) {
    assertThatIllegalArgumentException().isThrownBy(() -> CurrencyCode.checked(code));
  }

  @Test
  void everyCurrencyThatJavaKnowsIsInForceOrHasItsDay() {
    Set<String> everyday = Stream.of(Locale.getISOCountries()).map(it -> Currency.getInstance(Locale.of("", it)))
        .filter(Objects::nonNull).map(Currency::getCurrencyCode).collect(Collectors.toSet());
    assertThat(everyday).allSatisfy(it -> assertThat(Withdrawn.currency(it)).as(it).isEmpty());
    var unclear = new TreeSet<String>();
    Currency.getAvailableCurrencies().stream().filter(it -> it.getDefaultFractionDigits() >= 0)
        .map(Currency::getCurrencyCode)
        .filter(it -> !everyday.contains(it) && !OTHERS.contains(it) && Withdrawn.currency(it).isEmpty())
        .forEach(unclear::add);
    assertThat(unclear).isEmpty();
  }
}
