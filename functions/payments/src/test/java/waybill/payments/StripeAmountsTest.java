package waybill.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.messages.Money;

class StripeAmountsTest {

  @Test
  void whatStripeCannotWriteOfAnAmountIsLeftOut() {
    assertThat(StripeAmounts.in("mga").orElseThrow().within(new Money(99_995, "MGA"))).isEqualTo(999);
    assertThat(StripeAmounts.in("eur").orElseThrow().within(new Money(99_995, "EUR"))).isEqualTo(99_995);
  }

  @ParameterizedTest(name = "{1} of Stripe''s {0} are {2} minor units")
  @CsvSource({
    // as ISO counts
    "eur, 5572, 5572", "usd, 1000, 1000", "huf, 104500, 104500", "twd, 80045, 80045",
    // no decimals with both
    "jpy, 500, 500", "krw, 500, 500", "clp, 990, 990", "xof, 1, 1",
    // three with both
    "kwd, 5120, 5120", "bhd, 10, 10", "tnd, 1000, 1000",
    // two with Stripe, none by ISO
    "isk, 500, 5", "ugx, 500, 5",
    // none with Stripe, two by ISO
    "mga, 500, 50000"})
  void amountsAreCountedByIso(String currency, long amount, long minorUnits) {
    assertThat(StripeAmounts.in(currency).orElseThrow().money(amount))
        .hasValue(new Money(minorUnits, currency.toUpperCase(Locale.ROOT)));
  }

  @Property
  void theMoneyIsTheSame(@ForAll("currencies") String code, @ForAll @LongRange(max = 999_999_999_999L) long amount) {
    StripeAmounts amounts = StripeAmounts.in(code.toLowerCase(Locale.ROOT)).orElseThrow();

    Optional<Money> money = amounts.money(amount);

    BigDecimal stripes = BigDecimal.valueOf(amount, amounts.stripeDecimals());
    int isoDecimals = Currency.getInstance(code).getDefaultFractionDigits();
    assertThat(amounts.currency()).isEqualTo(code);
    if (money.isPresent()) {
      assertThat(BigDecimal.valueOf(money.get().minorUnits(), isoDecimals)).isEqualByComparingTo(stripes);
    } else {
      assertThat(stripes.stripTrailingZeros().scale()).isGreaterThan(isoDecimals);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "EUR", "eu", "euro", "zzz", "xau", "xxx", "e r", "ısk"})
  void whatIsNoCurrencyOfStripesHasNoAmounts(String code) {
    assertThat(StripeAmounts.in(code)).isEmpty();
  }

  @Test
  void noMoneyIsRoundedAway() {
    assertThat(StripeAmounts.in("isk").orElseThrow().money(550)).isEmpty();
  }

  @Test
  void negativeAndHugeAmountsAreNone() {
    StripeAmounts amounts = StripeAmounts.in("mga").orElseThrow();

    assertThat(amounts.money(-1)).isEmpty();
    assertThat(amounts.money(Long.MAX_VALUE)).isEmpty();
    assertThat(amounts.money(0)).hasValue(Money.zero("MGA"));
  }

  @Provide
  Arbitrary<String> currencies() {
    return Arbitraries.of(Currency.getAvailableCurrencies().stream()
        .filter(it -> it.getDefaultFractionDigits() >= 0).map(Currency::getCurrencyCode).sorted().toList());
  }
}
