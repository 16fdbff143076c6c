package waybill.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class TimeTest extends OnTheCloud {
  private static final Duration HOUR_AND_MORE = Duration.ofMinutes(61);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @Test
  void aMovedClockReachesHandlersAndTheGateway() {
    Instant before = Instant.parse(json(get("/open")).path("time").asText());

    post("/local/clock", "{\"advance\":\"PT31M\"}");

    JsonNode after = json(get("/open"));
    assertThat(Instant.parse(after.path("time").asText())).isAfterOrEqualTo(before.plus(Duration.ofMinutes(31)));
    assertThat(after.at("/event/requestContext/timeEpoch").asLong())
        .isGreaterThanOrEqualTo(before.plus(Duration.ofMinutes(31)).toEpochMilli());
  }

  @Test
  void theTimeByWhichWebhooksAreSignedIsTheMovedClocks() {
    JsonNode moved = json(post("/local/clock", "{\"advance\":\"PT31M\"}"));
    JsonNode read = json(get("/local/clock"));

    Instant time = Instant.parse(read.path("time").asText());
    assertThat(time).isBetween(Instant.now().plus(Duration.ofMinutes(30)), cloud.clock().instant());
    assertThat(read.path("epoch_seconds").asLong()).isEqualTo(time.getEpochSecond());
    assertThat(Instant.parse(moved.path("time").asText())).isBetween(time.minusSeconds(60), time);
  }

  @Test
  void theClockOnlyMovesForward() {
    assertThatIllegalArgumentException().isThrownBy(() -> cloud.clock().advance(Duration.ofMinutes(-1)));
    assertThat(post("/local/clock", "{\"advance\":\"-PT1M\"}").statusCode()).isEqualTo(400);
    assertThat(post("/local/clock", "{\"advance\":\"soon\"}").statusCode()).isEqualTo(400);
    assertThat(post("/local/clock", "not json").statusCode()).isEqualTo(400);
  }

  @Test
  void aScheduleFiresWhenItsTimeHasCome() throws Exception {
    long before = ticks();

    cloud.clock().advance(HOUR_AND_MORE);

    cloud.awaitIdle(PATIENCE);
    assertThat(ticks()).isEqualTo(before + 1);
  }

  @Test
  void aScheduleWhoseTimeComesWhileItFiresFiresAgain() throws Exception {
    long before = ticks();
    var moved = new AtomicBoolean();
    cloud.onEvent((function, _) -> {
      if (function.equals("Tick") && moved.compareAndSet(false, true)) {
        cloud.clock().advance(HOUR_AND_MORE);
      }
    });

    cloud.clock().advance(HOUR_AND_MORE);

    cloud.awaitIdle(PATIENCE);
    assertThat(ticks()).isEqualTo(before + 2);
  }

  @Test
  void aScheduleIsFiredByHand() {
    JsonNode fired = json(post("/local/schedules/Tick", ""));

    assertThat(fired.at("/answer/source").asText()).isEqualTo("aws.scheduler");
    assertThat(fired.at("/answer/detail-type").asText()).isEqualTo("Scheduled Event");
    assertThat(post("/local/schedules/Echo", "").statusCode()).isEqualTo(404);
    assertThat(post("/local/schedules/Nobody", "").statusCode()).isEqualTo(404);
  }

  private static long ticks() {
    return json(get("/local/logs?fn=Tick&contains=ticked")).path("data").size();
  }
}
