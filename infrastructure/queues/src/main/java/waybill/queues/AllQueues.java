package waybill.queues;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * All queues. One lock guards them, so that a message which is given up is always in its queue or in the dead letters. What must
 * outlive the process is in the journal before a method returns.
 */
final class AllQueues {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, LocalQueue> byName = new TreeMap<>();
  private final Function<String, String> arns;
  private Optional<Keeper> keeper = Optional.empty();
  private boolean closed;

  /** @param arns from a queue's name to its ARN */
  AllQueues(Function<String, String> arns) {
    this.arns = arns;
  }

  /** From now on changes are kept. */
  void keptBy(Keeper other) {
    keeper = Optional.of(other);
  }

  static long now() {
    return System.currentTimeMillis();
  }

  <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  /** Creates the queue if it is not there. */
  LocalQueue create(String name, Map<QueueAttributeName, String> attributes) {
    return locked(() -> {
      LocalQueue queue = byName.computeIfAbsent(name,
          _ -> new LocalQueue(name, arns.apply(name), lock.newCondition()));
      setAttributes(queue, attributes);
      return queue;
    });
  }

  void setAttributes(LocalQueue queue, Map<QueueAttributeName, String> attributes) {
    locked(() -> {
      queue.setAttributes(attributes);
      keeper.ifPresent(it -> it.queue(queue));
      return null;
    });
  }

  void delete(LocalQueue queue) {
    locked(() -> {
      byName.remove(queue.name);
      keeper.ifPresent(it -> it.deleted(queue));
      return null;
    });
  }

  Optional<LocalQueue> find(String name) {
    return locked(() -> Optional.ofNullable(byName.get(name)));
  }

  List<LocalQueue> all() {
    return locked(() -> List.copyOf(byName.values()));
  }

  void send(LocalQueue queue, List<Held> messages) {
    locked(() -> {
      messages.forEach(queue::add);
      keeper.ifPresent(it -> it.sent(queue, messages));
      return null;
    });
  }

  /**
   * Receives what is there, or waits for a first message.
   *
   * @return what was received, at most so many; none if the time is over
   */
  List<Received> receive(LocalQueue queue, int most, long hiddenMillis, long waitMillis) throws InterruptedException {
    long deadline = now() + waitMillis;
    lock.lockInterruptibly();
    try {
      while (!closed) {
        long now = now();
        List<Held> received = queue.receive(most, now, now + hiddenMillis, it -> giveUp(queue, it, now));
        if (!received.isEmpty()) {
          keeper.ifPresent(it -> it.received(queue, received));
          if (queue.nextVisibleAt() <= now) {
            queue.arrived.signal(); // there is more, for who waits too
          }
          return received.stream().map(Received::of).toList();
        }
        if (now >= deadline) {
          return List.of();
        }
        queue.arrived.await(Math.max(1, Math.min(deadline, queue.nextVisibleAt()) - now), TimeUnit.MILLISECONDS);
      }
      return List.of();
    } finally {
      lock.unlock();
    }
  }

  /** A dead letter is a message like any other of its queue. If there is no such queue, it is lost, as on SQS. */
  private void giveUp(LocalQueue from, Held message, long now) {
    Optional<LocalQueue> to = from.redrive().map(Redrive::deadLetterQueue).map(byName::get);
    message.givenUpBy = from.arn;
    to.ifPresent(it -> moved(message, it, now));
    keeper.ifPresent(it -> it.moved(from, to, message));
  }

  private static void moved(Held message, LocalQueue to, long now) {
    message.visibleAt = now;
    message.receives = 0;
    message.firstReceivedAt = 0;
    message.receipt = null;
    to.add(message);
  }

  /** Moves one visible message back to the queue that gave it up, or to another. @return whether there was one */
  boolean moveOne(LocalQueue from, Optional<LocalQueue> target) {
    return locked(() -> {
      long now = now();
      Optional<Held> message = from.visible(now).stream().findFirst();
      message.ifPresent(it -> {
        Optional<LocalQueue> to = target.or(() -> byName.values().stream().filter(one -> one.arn.equals(it.givenUpBy))
            .findFirst());
        from.remove(it);
        it.givenUpBy = null;
        to.ifPresent(one -> moved(it, one, now));
        keeper.ifPresent(one -> one.moved(from, to, it));
      });
      return message.isPresent();
    });
  }

  /** @return whether the receipt is that of the message's last receive */
  boolean delete(LocalQueue queue, String receipt) {
    return locked(() -> {
      Held message = queue.received(receipt);
      if (message != null) {
        queue.remove(message);
        keeper.ifPresent(it -> it.removed(queue, message));
      }
      return message != null;
    });
  }

  /** @return whether the receipt is that of the message's last receive */
  boolean hide(LocalQueue queue, String receipt, long millis) {
    return locked(() -> {
      Held message = queue.received(receipt);
      if (message != null) {
        queue.hide(message, now() + millis);
        keeper.ifPresent(it -> it.hidden(queue, message));
      }
      return message != null;
    });
  }

  void purge(LocalQueue queue) {
    locked(() -> {
      List<Held> all = new ArrayList<>(queue.all());
      queue.clear();
      keeper.ifPresent(it -> all.forEach(message -> it.removed(queue, message)));
      return null;
    });
  }

  /** Whoever waits is answered with nothing. */
  void close() {
    locked(() -> {
      closed = true;
      byName.values().forEach(it -> it.arrived.signalAll());
      return null;
    });
  }
}
