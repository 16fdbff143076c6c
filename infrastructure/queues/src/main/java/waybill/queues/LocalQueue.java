package waybill.queues;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.function.Consumer;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** One standard queue. All its methods are called under the lock of all queues. */
final class LocalQueue {
  private static final Comparator<Held> IN_ORDER = Comparator.<Held>comparingLong(it -> it.visibleAt)
      .thenComparingLong(it -> it.order);
  private static final char RECEIPT = '#';

  final String name;
  final String arn;
  /** Signalled if a message may have become visible. */
  final Condition arrived;
  private final Map<QueueAttributeName, String> attributes = new EnumMap<>(
      Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "30",
          QueueAttributeName.DELAY_SECONDS, "0", QueueAttributeName.RECEIVE_MESSAGE_WAIT_TIME_SECONDS, "0",
          QueueAttributeName.MESSAGE_RETENTION_PERIOD, "345600"));
  private final Map<String, Held> byId = new HashMap<>();
  /** Everything, by the time from which it is visible. */
  private final TreeSet<Held> messages = new TreeSet<>(IN_ORDER);
  private Optional<Redrive> redrive = Optional.empty();
  private long orders;

  /** How many messages can be received, are being worked on, and were sent with a delay that is not over. */
  record Depth(int visible, int inFlight, int delayed) {}

  LocalQueue(String name, String arn, Condition arrived) {
    this.name = name;
    this.arn = arn;
    this.arrived = arrived;
  }

  void add(Held message) {
    message.order = orders++;
    byId.put(message.id, message);
    messages.add(message);
    arrived.signal();
  }

  /**
   * Hides what can be received now and counts the receive.
   *
   * @param givenUp takes, instead, what was received as often as the redrive policy lets it; it is no longer in this queue
   */
  List<Held> receive(int most, long now, long hiddenUntil, Consumer<Held> givenUp) {
    int mostReceives = redrive.map(Redrive::maxReceiveCount).orElse(Integer.MAX_VALUE);
    var received = new ArrayList<Held>();
    while (received.size() < most && nextVisibleAt() <= now) {
      Held message = messages.pollFirst();
      if (message.receives >= mostReceives) {
        byId.remove(message.id);
        givenUp.accept(message);
      } else {
        received.add(message);
      }
    }
    for (Held message : received) {
      message.receives++;
      message.receipt = message.id + RECEIPT + UUID.randomUUID();
      if (message.firstReceivedAt == 0) {
        message.firstReceivedAt = now;
      }
      message.visibleAt = hiddenUntil;
      messages.add(message);
    }
    return received;
  }

  Map<QueueAttributeName, String> attributes() {
    return Collections.unmodifiableMap(attributes);
  }

  void setAttributes(Map<QueueAttributeName, String> changed) {
    attributes.putAll(changed);
    redrive = Optional.ofNullable(attributes.get(QueueAttributeName.REDRIVE_POLICY)).filter(it -> !it.isEmpty())
        .map(Redrive::read);
  }

  Optional<Redrive> redrive() {
    return redrive;
  }

  /** When the next message becomes visible; far in the future if there is none. */
  long nextVisibleAt() {
    return messages.isEmpty() ? Long.MAX_VALUE : messages.first().visibleAt;
  }

  /** The message that was given out with this receipt, and with none since; null if there is none. */
  Held received(String receipt) {
    int end = receipt.indexOf(RECEIPT);
    Held message = end < 0 ? null : byId.get(receipt.substring(0, end));
    return message != null && receipt.equals(message.receipt) ? message : null;
  }

  void remove(Held message) {
    byId.remove(message.id);
    messages.remove(message);
  }

  void hide(Held message, long until) {
    messages.remove(message);
    message.visibleAt = until;
    messages.add(message);
    arrived.signal();
  }

  /** All that can be received now, the oldest first. */
  List<Held> visible(long now) {
    return messages.stream().takeWhile(it -> it.visibleAt <= now).toList();
  }

  List<Held> all() {
    return List.copyOf(messages);
  }

  void clear() {
    byId.clear();
    messages.clear();
  }

  Depth depth(long now) {
    int visible = 0;
    int inFlight = 0;
    for (Held message : messages) {
      if (message.visibleAt <= now) {
        visible++;
      } else if (message.receipt != null) {
        inFlight++;
      }
    }
    return new Depth(visible, inFlight, messages.size() - visible - inFlight);
  }

  int seconds(QueueAttributeName attribute) {
    return Integer.parseInt(attributes.get(attribute));
  }
}
