package waybill.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {
  private static final Money EUROS = new Money(1999, "EUR");
  private static final Money YEN = new Money(1999, "JPY");

  @Property
  void whatIsAddedCanBeTakenAway(@ForAll int one, @ForAll int other) {
    assertThat(euros(one).plus(euros(other))).isEqualTo(euros((long) one + other));
    assertThat(euros(one).plus(euros(other)).minus(euros(other))).isEqualTo(euros(one));
  }

  @Property
  void amountsOfOneCurrencyAreOrdered(@ForAll @IntRange(min = -3, max = 3) int one,
      @ForAll @IntRange(min = -3, max = 3) int other) {
    assertThat(Integer.signum(euros(one).compareTo(euros(other)))).isEqualTo(Integer.compare(one, other));
    assertThat(euros(one).max(euros(other))).isEqualTo(euros(Math.max(one, other)));
    assertThat(euros(one).isPositive()).isEqualTo(one > 0);
    assertThat(euros(one).isZero()).isEqualTo(euros(one).equals(Money.zero("EUR")));
  }

  @Test
  void amountsOfTwoCurrenciesAreNeitherAddedNorCompared() {
    List<Runnable> faults = List.of(() -> EUROS.plus(YEN), () -> EUROS.minus(YEN), () -> EUROS.compareTo(YEN),
        () -> EUROS.max(YEN), () -> Money.zero("EUR").plus(YEN));
    assertThat(faults).allSatisfy(fault -> assertThatExceptionOfType(Money.OtherCurrency.class)
        .isThrownBy(fault::run).withMessage("an amount in EUR cannot be added to or compared with one in JPY"));
    assertThat(EUROS).isNotEqualTo(YEN);
  }

  @Test
  void aSumThatIsTooLargeIsAFaultAndNotANegativeAmount() {
    assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> euros(Long.MAX_VALUE).plus(euros(1)));
    assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> euros(Long.MIN_VALUE).minus(euros(1)));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "eur", "EU", "EURO", "€"})
  void aCurrencyIsThreeCapitals(String currency) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Money(1, currency)).withMessage("not a currency");
  }

  @Test
  void itReadsAsInALog() {
    assertThat(EUROS).hasToString("1999 EUR");
  }

  private static Money euros(long minorUnits) {
    return new Money(minorUnits, "EUR");
  }
}
