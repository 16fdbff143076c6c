package waybill.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrackingNumberTest {

  private static String of(String text) {
    return new TrackingNumber(text).value();
  }

  @Test
  void blanksGoAndLettersBecomeCapitals() {
    assertThat(of(" 1z 5r8 939 0357567127")).isEqualTo("1Z5R89390357567127");
  }

  @Test
  void whatAScannerReadsOffALabelOfUspsIsTheNumberWithoutItsZipCode() {
    assertThat(of("420902109205590175547700027197")).isEqualTo("9205590175547700027197");
    assertThat(of("420 90210 1234 9205 5901 7554 7700 0271 97")).isEqualTo("9205590175547700027197");
  }

  @Test
  void anotherNumberThatBeginsWith420KeepsAllItsDigits() {
    assertThat(of("42090210")).isEqualTo("42090210");
    assertThat(of("420902109205590175547700027191")).as("a wrong check digit")
        .isEqualTo("420902109205590175547700027191");
    assertThat(of("420902108205590175547700027197")).as("no service of USPS")
        .isEqualTo("420902108205590175547700027197");
  }

  @Test
  void nothingAndTooMuchAreNoNumbers() {
    assertThat(TrackingNumber.parse("  ")).isEmpty();
    assertThat(TrackingNumber.parse("1".repeat(101))).isEmpty();
  }
}
