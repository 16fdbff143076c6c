package waybill.local.triggers;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import waybill.local.machine.Activity;
import waybill.local.queues.Queues;

/** Tells when everything that was set off has been worked through. */
public final class Rest {
  /** Only for what no invocation announces, as a delay that ends. */
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private final Activity activity;
  private final Queues queues;
  private final Map<String, Poller> pollers;
  private final Schedules schedules;

  /** @param pollers by the queue that they read; what nobody reads, as dead letters, is at rest */
  public Rest(Activity activity, Queues queues, Map<String, Poller> pollers, Schedules schedules) {
    this.activity = activity;
    this.queues = queues;
    this.pollers = pollers;
    this.schedules = schedules;
  }

  /**
   * Whether no invocation runs, no schedule is due and no message waits, is delayed or is in flight, apart from those that failed and wait out their
   * visibility timeout. Queues are looked at one after the other, so the answer counts only if nothing was invoked
   * meanwhile: a message cannot move otherwise.
   */
  public boolean reached() {
    return reached(activity.look());
  }

  private boolean reached(Activity.Look before) {
    if (before.running() > 0 || !schedules.due().isEmpty()) {
      return false;
    }
    for (Poller poller : pollers.values()) {
      if (!rests(poller)) {
        return false;
      }
    }
    return activity.look().equals(before);
  }

  private boolean rests(Poller poller) {
    Queues.Depth depth = queues.depth(poller.queue());
    return depth.visible() == 0 && depth.delayed() == 0 && depth.inFlight() <= poller.waiting();
  }

  public void await(Duration atMost) throws InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (true) {
      Activity.Look look = activity.look();
      if (reached(look)) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw new TimeoutException("not at rest after " + atMost + ": " + unrest());
      }
      activity.awaitChange(look, LOOK_AGAIN);
    }
  }

  private String unrest() {
    StringBuilder text = new StringBuilder(activity.look().running() + " invocations run");
    schedules.due().forEach(it -> text.append(", ").append(it).append(" is due"));
    for (Poller poller : pollers.values()) {
      if (!rests(poller)) {
        text.append(", ").append(poller.queue()).append(' ').append(queues.depth(poller.queue()));
      }
    }
    return text.toString();
  }
}
