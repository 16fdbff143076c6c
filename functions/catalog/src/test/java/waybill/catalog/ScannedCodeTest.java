package waybill.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.messages.ExpiryDate;
import waybill.messages.LotNumber;
import waybill.platform.Unusable;

class ScannedCodeTest {
  private static final Gtin CASE = new Gtin("14006381333938");
  private static final ScannedCode WHOLE = new ScannedCode(CASE, new LotNumber("L-7"), new ExpiryDate("2027-03-31"),
      40);

  private static ScannedCode read(String text) {
    return ScannedCode.read(text.replace('~', '\u001d'), 2026);
  }

  @ParameterizedTest
  @ValueSource(strings = {"4006381333931", "04006381333931", "]E04006381333931", "0104006381333931",
    "(01)04006381333931"})
  void aUnitIsTheSameWithAndWithoutLeadingZeros(String code) {
    assertThat(read(code)).isEqualTo(new ScannedCode(new Gtin("4006381333931"), null, null, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0114006381333938" + "17270331" + "10L-7~" + "3740",
    "~011400638133393810L-7~1727033137" + "40",
    "]C1011400638133393817270331" + "10L-7~3740", "(01)14006381333938(17)270331(10)L-7(37)40",
    "3740~10L-7~172703310214006381333938"})
  void anElementStringSaysItsLotItsDayAndItsCount(String code) {
    assertThat(read(code)).isEqualTo(WHOLE);
  }

  /** A serial shipping container code, a best-before day, a net weight in kg with three decimals, a price and a country: none of these hides what is used. */
  @Test
  void elementsThatNobodyAsksForArePassedOver() {
    assertThat(
        read("00340063811234567890" + "0214006381333938" + "3103001250" + "3922199~" + "422276~" + "15270400" + "3740~"
            + "10L-7"))
        .isEqualTo(new ScannedCode(CASE, new LotNumber("L-7"), new ExpiryDate("2027-04-30"), 40));
  }

  @ParameterizedTest
  @CsvSource({"000101,2000-01-01", "760101,2076-01-01", "270200,2027-02-28", "280229,2028-02-29", "261231,2026-12-31"})
  void aDayIsOfTheNearestCenturyAndDayZeroIsTheLastOfItsMonth(String digits, String day) {
    assertThat(read("011400638133393817" + digits).expiresOn()).isEqualTo(new ExpiryDate(day));
  }

  @ParameterizedTest
  @CsvSource({"14006381333939,wrong_check_digit", "123,malformed_code", "TEA-200,malformed_code", "10L-7,without_gtin",
    "0114006381333938~0214006381333938,without_gtin", "01140063813,malformed_code",
    "011400638133393817271331,invalid_expiry",
    "011400638133393817270230,invalid_expiry", "011400638133393817770101,invalid_expiry",
    "(01)14006381333938(17)2610300,invalid_expiry", "(01)14006381333938(17)70331,invalid_expiry",
    "011400638133393817+70331,invalid_expiry", "011400638133393810-!,invalid_lot",
    "01140063813339383700,invalid_count", "011400638133393837x,invalid_count", "011400638133393810A~10B,malformed_code",
    "(01)14006381333938(10),malformed_code", "(01)14006381333938(1)2,malformed_code",
    "011400638133393810,malformed_code",
    "'',without_gtin"})
  void whatCannotBeSaidForCertainIsRefusedWithItsReason(String code, String reason) {
    assertThatThrownBy(() -> read(code)).isInstanceOfSatisfying(Unusable.class,
        it -> assertThat(it.code()).isEqualTo(reason));
  }

  /** GS1's check digit finds every wrong digit. */
  @Property(tries = 500)
  void oneWrongDigitIsAlwaysFound(@ForAll @LongRange(min = 0, max = 9_999_999_999_999L) long number,
      @ForAll @IntRange(max = 13) int place, @ForAll @IntRange(min = 1, max = 9) int more) {
    String digits = "%013d".formatted(number);
    int sum = 0;
    for (int i = 0; i < 13; i++) {
      sum += (i % 2 == 0 ? 3 : 1) * (digits.charAt(i) - '0');
    }
    String right = digits + Math.floorMod(-sum, 10);
    assertThat(new Gtin(right).value()).isEqualTo(right);
    var wrong = new StringBuilder(right);
    wrong.setCharAt(place, (char) ('0' + (right.charAt(place) - '0' + more) % 10));
    assertThatThrownBy(() -> new Gtin(wrong.toString())).isInstanceOf(Unusable.class);
  }
}
