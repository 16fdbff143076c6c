package waybill.local.machine;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How many invocations run, and a sign whenever one begins or ends: what waiting for rest waits on. */
public final class Activity {
  /** A look at the activity: nothing happened between two equal ones. */
  public record Look(int running, long changes) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int running;
  private long changes;

  public void begin() {
    change(1);
  }

  public void end() {
    change(-1);
  }

  private void change(int by) {
    lock.lock();
    try {
      running += by;
      changes++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  public Look look() {
    lock.lock();
    try {
      return new Look(running, changes);
    } finally {
      lock.unlock();
    }
  }

  /** Waits until something happened since the look, or so long. */
  public void awaitChange(Look since, Duration atMost) throws InterruptedException {
    long left = atMost.toNanos();
    lock.lock();
    try {
      while (changes == since.changes() && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until nothing runs; false when the time is over. */
  public boolean awaitRest(Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    lock.lock();
    try {
      while (running > 0 && System.nanoTime() < deadline) {
        changed.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
      return running == 0;
    } finally {
      lock.unlock();
    }
  }
}
