package waybill.simulation.engine;

import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** The same work on each processor at once. */
public final class Parallel {
  private Parallel() {}

  /** Returns when all of it has ended. What one fails with is thrown. */
  public static void run(Runnable work) {
    var failure = new AtomicReference<Throwable>();
    var workers = new ArrayList<Thread>();
    for (int worker = 0; worker < Runtime.getRuntime().availableProcessors(); worker++) {
      workers.add(Thread.ofVirtual().uncaughtExceptionHandler((_, e) -> failure.compareAndSet(null, e)).start(work));
    }
    for (Thread worker : workers) {
      try {
        worker.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("stopped", e);
      }
    }
    if (failure.get() != null) {
      throw new IllegalStateException("a simulation fails", failure.get());
    }
  }
}
