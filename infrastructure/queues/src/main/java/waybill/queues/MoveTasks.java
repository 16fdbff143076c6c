package waybill.queues;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Moves dead letters, each task at its own pace. */
final class MoveTasks implements AutoCloseable {
  private static final long SECOND_NANOS = 1_000_000_000;

  private final AllQueues queues;
  private final Set<Thread> running = ConcurrentHashMap.newKeySet();

  MoveTasks(AllQueues queues) {
    this.queues = queues;
  }

  /** Moves all that is there when it is started. @return the task's handle */
  String start(LocalQueue source, Optional<LocalQueue> target, int perSecond) {
    int all = queues.locked(() -> source.visible(AllQueues.now()).size());
    Thread thread = Thread.ofVirtual().name("move-" + source.name).unstarted(() -> {
      move(source, target, all, SECOND_NANOS / perSecond);
      running.remove(Thread.currentThread());
    });
    running.add(thread);
    thread.start();
    return UUID.randomUUID().toString();
  }

  private void move(LocalQueue source, Optional<LocalQueue> target, int all, long pauseNanos) {
    try {
      for (int moved = 0; moved < all && queues.moveOne(source, target); moved++) {
        Thread.sleep(pauseNanos / 1_000_000, (int) (pauseNanos % 1_000_000));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closing
    }
  }

  @Override
  public void close() {
    running.forEach(Thread::interrupt);
  }
}
