package waybill.simulation.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Time that jumps from one happening to the next, and the processes that live in it. Each process is a thread, for its code is
 * plain code; but only one of them runs at a time, and when it waits the next happening decides who goes on. So nothing depends
 * on the machine. A process that falls asleep wakes the next one itself, so that most of what happens costs one switch of threads or none.
 */
public final class Timeline implements InstantSource, AutoCloseable {
  private static final Instant START = Instant.parse("2026-11-22T09:00:00Z");

  private final PriorityQueue<Happening> happenings = new PriorityQueue<>(
      Comparator.comparingLong(Happening::nanos).thenComparingLong(Happening::number));
  private final Set<Process> processes = new LinkedHashSet<>();
  private final Baton mine = new Baton();
  private BooleanSupplier end = () -> true;
  private long nanos;
  private long number;
  private long happened;
  private Process running;
  private boolean closed;

  /** A process goes on, or else something is done. */
  private record Happening(long nanos, long number, Process process, Runnable action) {}

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
        processes.remove(this);
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
      Process next = next();
      if (next == this) {
        return;
      }
      if (next == null) {
        mine.pass();
      } else {
        running = next;
        next.baton.pass();
      }
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
    after(time, null, action);
  }

  private void after(Duration time, Process process, Runnable action) {
    happenings.add(new Happening(nanos + Math.max(0, time.toNanos()), ++number, process, action));
  }

  /** Starts a process, now. */
  public void start(Runnable body) {
    var process = new Process(body);
    processes.add(process);
    Thread.ofVirtual().start(process::run);
    after(Duration.ZERO, process, null);
  }

  /** Waits; called by a process. */
  public void sleep(Duration time) {
    Process process = running;
    if (process == null) {
      throw new IllegalStateException("not in a process");
    }
    after(time, process, null);
    process.pause();
  }

  /** Lets the next happening happen. @return false where there is none */
  public boolean step() {
    Happening next = take();
    if (next == null) {
      return false;
    }
    if (next.process == null) {
      next.action.run();
    } else {
      next.process.goOn();
    }
    return true;
  }

  /** Lets things happen until it is so, or nothing will ever happen any more. @param isOver is asked before each, by whichever thread runs */
  public void until(BooleanSupplier isOver) {
    end = isOver;
    try {
      while (!isOver.getAsBoolean() && step()) {
        // The next one.
      }
    } finally {
      end = () -> true;
    }
  }

  /** The process that goes on if one does next, which thereby happens; null if it is for {@link #step} to go on. */
  private Process next() {
    Happening next = happenings.peek();
    return next == null || next.process == null || closed || end.getAsBoolean() ? null : take().process;
  }

  private Happening take() {
    Happening next = happenings.poll();
    if (next != null) {
      nanos = next.nanos;
      happened++;
    }
    return next;
  }

  /** How much has happened. */
  public long happened() {
    return happened;
  }

  /** Whether nothing will ever happen any more. */
  public boolean rests() {
    return happenings.isEmpty();
  }

  /** Ends all processes, wherever they are. */
  @Override
  public void close() {
    closed = true;
    List.copyOf(processes).forEach(Process::goOn);
  }
}
