package waybill.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeTextTest {
  @ParameterizedTest
  @CsvSource({"2026-11-22T09:15:04Z, 2026-11-22T09:15:04.000Z", "2026-11-22T09:15:00Z, 2026-11-22T09:15:00.000Z",
    "2026-11-22T09:15:04.5Z, 2026-11-22T09:15:04.500Z",
    "2026-11-22T09:15:04.517Z, 2026-11-22T09:15:04.517Z", "2026-11-22T09:15:04.517999999Z, 2026-11-22T09:15:04.517Z",
    "1970-01-01T00:00:00Z, 1970-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999999999Z, 9999-12-31T23:59:59.999Z"})
  void aTimeHasThreeDigitsAfterItsSecondWhateverTheyAre(Instant time, String text) {
    assertThat(TimeText.of(time)).isEqualTo(text);
  }
}
