package waybill.local;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** Tells when everything that was set off has been worked through. */
final class Rest {
  /** Only for what no invocation announces, as a delay that ends. */
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private final Activity activity;
  private final Queues queues;
  private final Set<String> deadLetterQueues;

  Rest(Activity activity, Queues queues) {
    this.activity = activity;
    this.queues = queues;
    this.deadLetterQueues = queues.deadLetterQueues();
  }

  /**
   * Whether no invocation runs and no message waits or is in flight, dead letters apart. Queues are looked at one after
   * the other, so the answer counts only if nothing was invoked meanwhile: a message cannot move otherwise.
   */
  boolean reached() {
    return reached(activity.look());
  }

  private boolean reached(Activity.Look before) {
    if (before.running() > 0)
      return false;
    for (String queue : queues.names())
      if (!deadLetterQueues.contains(queue) && !queues.depth(queue).resting())
        return false;
    return activity.look().equals(before);
  }

  void await(Duration atMost) throws InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (true) {
      Activity.Look look = activity.look();
      if (reached(look))
        return;
      if (System.nanoTime() > deadline)
        throw new TimeoutException("not at rest after " + atMost + ": " + unrest());
      activity.awaitChange(look, LOOK_AGAIN);
    }
  }

  private String unrest() {
    StringBuilder text = new StringBuilder(activity.look().running() + " invocations run");
    for (String queue : queues.names()) {
      Queues.Depth depth = queues.depth(queue);
      if (!deadLetterQueues.contains(queue) && !depth.resting())
        text.append(", ").append(queue).append(' ').append(depth);
    }
    return text.toString();
  }
}
