package waybill.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import waybill.local.gateway.Answered;
import waybill.local.EmbeddedCloud;
import waybill.local.OpenApi;

/** Holds every answer of the API against {@code infrastructure/openapi.yaml}. */
final class Described {
  private static final OpenApi OPEN_API = new OpenApi();

  private final AtomicInteger answers = new AtomicInteger();
  private final Set<String> misfits = new ConcurrentSkipListSet<>();

  Described(EmbeddedCloud cloud) {
    cloud.onAnswer(this::judge);
  }

  private void judge(Answered call) {
    answers.incrementAndGet();
    OPEN_API.misfits(call)
        .forEach(it -> misfits.add(call.route().orElse("no route") + " " + call.status() + ": " + it));
  }

  /** @throws AssertionError if, since the last look, an answer was not as it is described, or a request was taken that is not */
  void assertAll() {
    assertThat(answers.getAndSet(0)).as("answers").isPositive();
    Set<String> found = Set.copyOf(misfits);
    misfits.removeAll(found);
    assertThat(found).as("answers that openapi.yaml does not describe").isEmpty();
  }
}
