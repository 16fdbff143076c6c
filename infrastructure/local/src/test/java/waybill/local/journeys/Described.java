package waybill.local.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import waybill.local.gateway.Answered;
import waybill.local.EmbeddedCloud;
import waybill.local.OpenApi;

/** Holds every answer of the API, from its making until {@link #assertAll}, against {@code infrastructure/openapi.yaml}. */
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

  /** @throws AssertionError where an answer was not as it is described, or a request was taken that is not */
  void assertAll() {
    assertThat(answers).as("answers").hasPositiveValue();
    assertThat(misfits).as("answers that openapi.yaml does not describe").isEmpty();
  }
}
