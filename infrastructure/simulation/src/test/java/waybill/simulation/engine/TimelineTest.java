package waybill.simulation.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private final List<String> happened = new ArrayList<>();

  @Test
  void processesTakeTurnsByTheirTimeAndByNothingElse() {
    try (var timeline = new Timeline()) {
      timeline.start(() -> walk(timeline, "one", Duration.ofSeconds(3)));
      timeline.start(() -> walk(timeline, "two", Duration.ofSeconds(2)));
      while (timeline.step()) {
        // Each step is a happening.
      }
      assertThat(happened).containsExactly("one 0", "two 0", "two 2", "one 3", "two 4", "one 6");
      assertThat(timeline.rests()).isTrue();
    }
  }

  @Test
  void theSameHappensWhereProcessesWakeEachOther() {
    try (var timeline = new Timeline()) {
      timeline.start(() -> walk(timeline, "one", Duration.ofSeconds(3)));
      timeline.after(Duration.ofSeconds(2), () -> happened.add("between"));
      timeline.start(() -> walk(timeline, "two", Duration.ofSeconds(2)));
      timeline.until(() -> happened.contains("two 4"));
      assertThat(happened).as("and nothing after it").containsExactly("one 0", "two 0", "between", "two 2", "one 3",
          "two 4");
      timeline.until(() -> false);
      assertThat(happened).endsWith("two 4", "one 6");
      assertThat(timeline.happened()).isEqualTo(7);
    }
  }

  private void walk(Timeline timeline, String name, Duration step) {
    for (int turn = 0; turn < 3; turn++) {
      happened.add(name + " " + timeline.elapsed().toSeconds());
      if (turn < 2) {
        timeline.sleep(step);
      }
    }
  }

  @Test
  void aProcessThatStillWaitsEndsWithTheTimeline() {
    var timeline = new Timeline();
    timeline.start(() -> {
      try {
        timeline.sleep(Duration.ofDays(1));
        happened.add("went on");
      } finally {
        happened.add("ended");
      }
    });
    timeline.step();
    timeline.close();
    assertThat(happened).containsExactly("ended");
  }
}
