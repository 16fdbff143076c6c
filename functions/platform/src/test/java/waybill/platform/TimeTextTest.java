package waybill.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {
  @ParameterizedTest
  @CsvSource({"2026-11-22T09:15:04Z, 2026-11-22T09:15:04.000Z", "2026-11-22T09:15:00Z, 2026-11-22T09:15:00.000Z",
    "2026-11-22T09:15:04.5Z, 2026-11-22T09:15:04.500Z",
    "2026-11-22T09:15:04.517Z, 2026-11-22T09:15:04.517Z", "2026-11-22T09:15:04.517999999Z, 2026-11-22T09:15:04.517Z",
    "1970-01-01T00:00:00Z, 1970-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999999999Z, 9999-12-31T23:59:59.999Z"})
  void aTimeHasThreeDigitsAfterItsSecondWhateverTheyAre(Instant time, String text) {
    assertThat(TimeText.of(time)).isEqualTo(text);
  }

  @Property(tries = 2_000)
  void whatIsWrittenIsReadAsTheJdkReadsIt(
      @ForAll @LongRange(min = -62_167_219_200_000L, max = 253_402_300_799_999L) long millis) {
    Instant time = Instant.ofEpochMilli(millis);
    assertThat(TimeText.parse(TimeText.of(time))).isEqualTo(time).isEqualTo(Instant.parse(TimeText.of(time)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-11-22T09:15:04Z", "2026-11-22T09:15:04.5Z", "2026-11-22T09:15:04.517999999Z",
    "2026-11-22T10:15:04.517+01:00", "2026-11-22T24:00:00.000Z", "2026-06-30T23:59:60.000Z", "2028-02-29T00:00:00.000Z",
    "+10000-01-01T00:00:00Z", "2026-11-22t09:15:04.517z"})
  void otherFormsOfATimeAreReadAsTheJdkReadsThem(String text) {
    assertThat(TimeText.parse(text)).isEqualTo(Instant.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "2026-11-22T09:15:04.517", "2026-13-22T09:15:04.517Z",
    "2026-00-22T09:15:04.517Z",
    "2026-11-31T09:15:04.517Z", "2027-02-29T09:15:04.517Z", "2026-11-00T09:15:04.517Z", "2026-11-22T25:15:04.517Z",
    "2026-11-22T09:60:04.517Z", "2026-11-22T09:15:61.517Z", "2026-11-22 09:15:04.517Z", "2026-11-22T09:15:04,517Z",
    "٢٠٢٦-11-22T09:15:04.517Z"})
  void whatTheJdkRefusesIsRefused(String text) {
    assertThatExceptionOfType(DateTimeParseException.class).isThrownBy(() -> Instant.parse(text));
    assertThatExceptionOfType(DateTimeParseException.class).isThrownBy(() -> TimeText.parse(text));
  }
}
