package waybill.shipping.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.messages.Money;
import waybill.platform.Outcome;

/** For how much a parcel is insured. */
class InsuranceTermsTest {

  private static Optional<Money> insured(InsuranceTerms terms, long value) {
    return terms.of(() -> new Money(value, "USD")).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"4999, ", "5000, 5000", "29999, 29999", "30000, 30000", "30001, 30000", "0, "})
  void aParcelIsInsuredForItsValueIfThatIsEnoughAndForNoMoreThanTheMost(long value, Long insured) {
    assertThat(insured(new InsuranceTerms("USD", null, 5_000L, 30_000L), value))
        .isEqualTo(Optional.ofNullable(insured).map(it -> new Money(it, "USD")));
  }

  @Test
  void aFixedAmountAsksForNoValueAndWhatIsSoldForNothingIsNotInsured() {
    assertThat(new InsuranceTerms("USD", 10_000L, null, null).of(() -> {
      throw new AssertionError("the value was asked for");
    })).isEqualTo(Outcome.of(Optional.of(new Money(10_000, "USD"))));
    assertThat(insured(new InsuranceTerms("USD", null, null, null), 0)).isEmpty();
  }

  @Test
  void aValueInAnotherCurrencyIsRefusedAndNotConverted() {
    assertThat(new InsuranceTerms("USD", null, null, null).of(() -> new Money(5_000, "EUR")))
        .isInstanceOfSatisfying(Outcome.Declined.class,
            it -> assertThat(it.refused().code()).isEqualTo("insurance_currency"));
  }

  @ParameterizedTest
  @CsvSource({"usd,,,", ",,,", "USD,0,,", "USD,100,50,", "USD,100,,200", "USD,,200,100", "USD,,-1,"})
  void termsThatContradictThemselvesAreNone(String currency, Long amount, Long from, Long upTo) {
    assertThatThrownBy(() -> new InsuranceTerms(currency, amount, from, upTo))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
