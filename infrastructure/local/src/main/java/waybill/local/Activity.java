package waybill.local;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How many invocations run, and a sign whenever one begins or ends: what waiting for rest waits on. */
final class Activity {
  /** A look at the activity: nothing happened between two equal ones. */
  record Look(int running, long changes) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int running;
  private long changes;

  void begin() {
    change(1);
  }

  void end() {
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

  Look look() {
    lock.lock();
    try {
      return new Look(running, changes);
    } finally {
      lock.unlock();
    }
  }

  /** Waits until something happened since the look, or so long. */
  void awaitChange(Look since, Duration atMost) throws InterruptedException {
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
  boolean awaitRest(Duration atMost) throws InterruptedException {
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
