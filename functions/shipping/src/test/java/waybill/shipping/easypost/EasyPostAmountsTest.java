package waybill.shipping.easypost;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import waybill.messages.Money;

class EasyPostAmountsTest {

  @Test
  void everyPriceUpToAThousandIsReadToTheCent() {
    for (int cents = 1; cents <= 100_000; cents++) {
      assertThat(EasyPostAmounts.money(BigDecimal.valueOf(cents, 2).toPlainString(), "USD"))
          .contains(new Money(cents, "USD"));
    }
  }

  @Test
  void amountsThatNoFloatHoldsAreReadWhole() {
    assertThat(EasyPostAmounts.money("1234567.89", "USD")).contains(new Money(123_456_789, "USD"));
    assertThat(EasyPostAmounts.money("20000000.01", "USD")).contains(new Money(2_000_000_001, "USD"));
    assertThat(EasyPostAmounts.money(new BigDecimal("11.01000"), "USD")).contains(new Money(1_101, "USD"));
    assertThat(EasyPostAmounts.money("1500", "JPY")).contains(new Money(1_500, "JPY"));
    assertThat(EasyPostAmounts.money("1.2345", "KWD")).contains(new Money(1_235, "KWD"));
  }

  @Test
  void whatIsNoAmountOfACurrencyIsNone() {
    assertThat(EasyPostAmounts.money(null, "USD")).isEmpty();
    assertThat(EasyPostAmounts.money("free", "USD")).isEmpty();
    assertThat(EasyPostAmounts.money("1.00", null)).isEmpty();
    assertThat(EasyPostAmounts.money("1.00", "DOLLARS")).isEmpty();
    assertThat(EasyPostAmounts.money("1e400000", "USD")).isEmpty();
    assertThat(EasyPostAmounts.money(true, "USD")).isEmpty();
  }

  @Test
  void weightsAndSizesAreNeverRoundedDown() {
    assertThat(EasyPostAmounts.ounces(14)).isEqualByComparingTo("0.5");
    assertThat(EasyPostAmounts.ounces(15)).isEqualByComparingTo("0.6");
    assertThat(EasyPostAmounts.ounces(1)).isEqualByComparingTo("0.1");
    assertThat(EasyPostAmounts.inches(254)).isEqualByComparingTo("10.0");
    assertThat(EasyPostAmounts.inches(255)).isEqualByComparingTo("10.1");
  }

  @Test
  void theHeaviestParcelOfSeventyPoundsIsNotOverSeventyPounds() {
    assertThat(EasyPostAmounts.ounces(31_751)).isEqualByComparingTo("1120.0");
    assertThat(EasyPostAmounts.ounces(31_752)).isEqualByComparingTo("1120.1");
  }
}
