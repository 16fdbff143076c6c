package waybill.shipping.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import waybill.messages.Money;

class AmountsTest {

  @Test
  void everyPriceUpToAThousandIsReadToTheCent() {
    for (int cents = 1; cents <= 100_000; cents++) {
      assertThat(Amounts.money(BigDecimal.valueOf(cents, 2).toPlainString(), "USD"))
          .contains(new Money(cents, "USD"));
    }
  }

  @Test
  void amountsThatNoFloatHoldsAreReadWhole() {
    assertThat(Amounts.money("1234567.89", "USD")).contains(new Money(123_456_789, "USD"));
    assertThat(Amounts.money("20000000.01", "USD")).contains(new Money(2_000_000_001, "USD"));
    assertThat(Amounts.money(new BigDecimal("11.01000"), "USD")).contains(new Money(1_101, "USD"));
    assertThat(Amounts.money("1500", "JPY")).contains(new Money(1_500, "JPY"));
    assertThat(Amounts.money("1.2345", "KWD")).contains(new Money(1_235, "KWD"));
  }

  @Test
  void whatIsNoAmountOfACurrencyIsNone() {
    assertThat(Amounts.money(null, "USD")).isEmpty();
    assertThat(Amounts.money("free", "USD")).isEmpty();
    assertThat(Amounts.money("1.00", null)).isEmpty();
    assertThat(Amounts.money("1.00", "DOLLARS")).isEmpty();
    assertThat(Amounts.money("1e400000", "USD")).isEmpty();
    assertThat(Amounts.money(true, "USD")).isEmpty();
  }
}
