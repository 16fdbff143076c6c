package waybill.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TimeKeyTest {

  @Test
  void keysSortAsTheirTimesDo() {
    List<Instant> times = Stream.concat(
        Stream
            .of("1970-01-01T00:00:00Z", "2001-09-09T01:46:39.999Z", "2001-09-09T01:46:40Z", "2026-11-22T09:00:00.100Z",
                "2026-11-22T09:00:00.010Z", "9999-12-31T23:59:59.999Z")
            .map(Instant::parse),
        new Random(7).longs(1_000, 0, 253_402_300_799_999L).mapToObj(Instant::ofEpochMilli)).toList();

    assertThat(times.stream().sorted().map(TimeKey::of)).isSorted();
    assertThat(times.stream().map(TimeKey::of)).allMatch(it -> it.matches("[0-9]{15}"));
  }
}
