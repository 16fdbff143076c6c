package waybill.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneTest {

  @ParameterizedTest
  @ValueSource(strings = {"+4930555010", "+49 30 555 010", "+49 (0)30 555010", "0049-30-555010", "030 555010",
    "030/555010",
    "(030) 555-010", "٠٣٠ ٥٥٥٠١٠", "+49.30.555010", "030 555010 ext. 7"})
  void aGermanNumberIsOneHoweverItIsWritten(String text) {
    assertThat(Phone.of(text, "DE")).contains(new Phone("4930555010", true));
  }

  /** Left the order's writing with its country, right what an operator types, who knows of no country. */
  @ParameterizedTest
  @CsvSource({"+4930555010,DE,030 555010", "030 555010,DE,+49 30 555010", "030 555010,,+49 30 555010",
    "030 555010,,030555010", "06 1234 5678,IT,+39 06 12345678", "+39 06 12345678,IT,06 12345678",
    "(415) 555-2671,US,+1 415 555 2671", "1-415-555-2671,US,4155552671", "+14155552671,US,1 415 555 2671",
    "8 (495) 123-45-67,RU,+7 495 1234567", "+7 495 1234567,RU,8 495 123 45 67", "06 1 234 5678,HU,+36 1 2345678",
    "612 345 678,ES,+34 612345678", "+354 555 1234,IS,5551234"})
  void whatSomebodyTypesIsWhatTheOrderHas(String ordered, String country, String typed) {
    Phone phone = Phone.of(ordered, country).orElseThrow();
    Phone asked = Phone.of(typed, null).orElseThrow();
    assertThat(asked.tail()).isEqualTo(phone.tail());
    assertThat(asked.isSame(phone)).isTrue();
    assertThat(phone.isSame(asked)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"+4930555010,DE,+4940555010", "+4930555010,DE,+3330555010", "030 555010,DE,040 555010",
    "030 555010,DE,+33 30 555010", "+4930555010,DE,030 555011"})
  void anotherNumberIsAnother(String ordered, String country, String typed) {
    assertThat(Phone.of(typed, null).orElseThrow().isSame(Phone.of(ordered, country).orElseThrow())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "12", "call me", "ada@example.com", "+", "()", "123456789012345678901"})
  void whatIsNoNumberIsNone(String text) {
    assertThat(Phone.of(text, "DE")).isEmpty();
  }

  @Test
  void everyCountryThatCanBeShippedToHasItsCode() {
    for (String country : java.util.Locale.getISOCountries()) {
      if (!java.util.Set.of("AQ", "BV", "HM", "TF", "UM", "GS", "PN").contains(country)) {
        assertThat(Phone.of("0123 45678", country).orElseThrow().international()).as(country).isTrue();
      }
    }
  }
}
