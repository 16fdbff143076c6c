package waybill.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import waybill.messages.ChannelId;
import waybill.messages.OrderId;
import waybill.messages.StockMessages.StockReserved;

class DeadlineTest {

  @Test
  void withoutALimitACallGetsItsUsualTime() {
    assertThat(Deadline.atMost(Duration.ofHours(1))).isEqualTo(Duration.ofHours(1));
    Deadline.<RuntimeException>within(null, () -> {
      assertThat(Deadline.allows(Duration.ofDays(1))).isTrue();
      return null;
    });
  }

  @Test
  void aCallGetsNoMoreThanSevenTenthsOfTheTimeThatRemains() {
    within(10_000, () -> {
      assertThat(Deadline.atMost(Duration.ofSeconds(5))).isEqualTo(Duration.ofSeconds(5));
      assertThat(Deadline.atMost(Duration.ofSeconds(60))).isEqualTo(Duration.ofSeconds(7));
      assertThat(Deadline.allows(Duration.ofSeconds(7))).isTrue();
      assertThat(Deadline.allows(Duration.ofSeconds(8))).isFalse();
    });
  }

  @Test
  void aCallThatWouldHaveNextToNoTimeIsNotMade() {
    within(100, () -> assertThatExceptionOfType(Deadline.OutOfTime.class)
        .isThrownBy(() -> Deadline.atMost(Duration.ofSeconds(5))));
  }

  @Test
  void waitingForAContendedItemEndsWithTheTime() {
    Deadline.<RuntimeException>within(remaining(10), System::nanoTime, () -> {
      var backoff = new Backoff();
      int attempts = 0;
      while (backoff.again()) {
        attempts++;
      }
      assertThat(attempts).isLessThan(4);
      return null;
    });
  }

  /** Each message takes 30 of 300 ms, of which 210 are for work. */
  @Test
  void whatIsNotBegunInTheFirstHalfIsLeftForAnotherInvocation() throws IOException {
    var done = new ArrayList<StockReserved>();
    var out = new ByteArrayOutputStream();
    var slow = new Slow(done, new AtomicLong());
    Deadline.<IOException>within(remaining(300), slow.nanos::get, () -> {
      slow.handleRequest(event(10), out, null);
      return null;
    });
    assertThat(done).hasSize(4);
    List<?> failures = (List<?>) Json.readObject(out.toString(StandardCharsets.UTF_8)).get("batchItemFailures");
    assertThat(failures).hasSize(10 - done.size()).last().isEqualTo(Map.of("itemIdentifier", "m-9"));
  }

  private record Slow(List<StockReserved> done, AtomicLong nanos) implements QueueFunction<StockReserved> {
    @Override
    public void work(StockReserved message) {
      done.add(message);
      nanos.addAndGet(30_000_000);
    }
  }

  private static ByteArrayInputStream event(int messages) {
    var records = new ArrayList<Map<String, Object>>();
    for (int i = 0; i < messages; i++) {
      records.add(Map.of("messageId", "m-" + i, "body",
          Json.write(new StockReserved(OrderId.of(new ChannelId("web"), "order-" + i)))));
    }
    return new ByteArrayInputStream(Json.write(Map.of("Records", records)).getBytes(StandardCharsets.UTF_8));
  }

  private static void within(int remainingMillis, Runnable work) {
    Deadline.<RuntimeException>within(remaining(remainingMillis), () -> 0, () -> {
      work.run();
      return null;
    });
  }

  private static Context remaining(int millis) {
    return (Context) Proxy.newProxyInstance(DeadlineTest.class.getClassLoader(), new Class<?>[]{Context.class},
        (_, method, _) -> {
          if (!method.getName().equals("getRemainingTimeInMillis")) {
            throw new UnsupportedOperationException(method.getName());
          }
          return millis;
        });
  }
}
