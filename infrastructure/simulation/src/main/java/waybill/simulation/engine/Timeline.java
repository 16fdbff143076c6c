package waybill.simulation.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Time that jumps from one happening to the next, and the processes that live in it. Each process is a thread, for its code is
 * plain code; but only one of them runs at a time, and when it waits the next happening decides who goes on. So nothing depends
 * on the machine.
 */
public final class Timeline implements InstantSource, AutoCloseable {
  private static final Instant START = Instant.parse("2026-11-22T09:00:00Z");

  private final PriorityQueue<Happening> happenings = new PriorityQueue<>(
      Comparator.comparingLong(Happening::nanos).thenComparingLong(Happening::number));
  private final List<Process> processes = new ArrayList<>();
  private final Baton mine = new Baton();
  private long nanos;
  private long number;
  private Process running;
  private boolean closed;

  private record Happening(long nanos, long number, Runnable action) {}

  /** Thrown through a process when the simulation is over. */
  static final class Over extends Error {
    private static final long serialVersionUID = 1;

    Over() {
      super(null, null, false, false);
    }
  }

  /** Whoever holds it runs. */
  private static final class Baton {
    private volatile boolean passed;
    private volatile Thread holder;

    void pass() {
      passed = true;
      LockSupport.unpark(holder);
    }

    void await() {
      holder = Thread.currentThread();
      while (!passed) {
        LockSupport.park(this);
      }
      passed = false;
    }
  }

  /** A thread of the simulation. */
  final class Process {
    private final Baton baton = new Baton();
    private final Runnable body;
    private boolean ended;

    private Process(Runnable body) {
      this.body = body;
    }

    private void run() {
      baton.await();
      try {
        if (!closed) {
          body.run();
        }
      } catch (Over _) {
        // Nobody is left to hear it.
      } finally {
        ended = true;
        mine.pass();
      }
    }

    private void goOn() {
      if (ended) {
        return;
      }
      running = this;
      baton.pass();
      mine.await();
      running = null;
    }

    private void pause() {
      mine.pass();
      baton.await();
      if (closed) {
        throw new Over();
      }
    }
  }

  @Override
  public Instant instant() {
    return START.plusNanos(nanos);
  }

  /** How long it has gone on. */
  public Duration elapsed() {
    return Duration.ofNanos(nanos);
  }

  /** Lets something happen. It must not wait. */
  public void after(Duration time, Runnable action) {
    happenings.add(new Happening(nanos + Math.max(0, time.toNanos()), ++number, action));
  }

  /** Starts a process, now. */
  public void start(Runnable body) {
    var process = new Process(body);
    processes.removeIf(it -> it.ended);
    processes.add(process);
    Thread.ofVirtual().start(process::run);
    after(Duration.ZERO, process::goOn);
  }

  /** Waits; called by a process. */
  public void sleep(Duration time) {
    Process process = running;
    if (process == null) {
      throw new IllegalStateException("not in a process");
    }
    after(time, process::goOn);
    process.pause();
  }

  /** Lets the next happening happen. @return false where there is none */
  public boolean step() {
    Happening next = happenings.poll();
    if (next == null) {
      return false;
    }
    nanos = next.nanos;
    next.action.run();
    return true;
  }

  /** Whether nothing will ever happen any more. */
  public boolean rests() {
    return happenings.isEmpty();
  }

  /** Ends all processes, wherever they are. */
  @Override
  public void close() {
    closed = true;
    processes.forEach(Process::goOn);
  }
}
