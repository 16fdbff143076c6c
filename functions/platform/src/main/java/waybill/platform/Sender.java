package waybill.platform;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import waybill.messages.Routing;
import waybill.messages.Sent;

/**
 * Sends messages to the queues of the functions that receive them, and reports what could not be sent.
 *
 * @param <S> all that this function sends, as {@link waybill.messages.Choreography} declares it
 */
public final class Sender<S extends Sent> {
  private static final int MAX_BATCH = 10;
  /** SQS takes 1 MiB a batch; what is left is for the SDK's envelope. */
  private static final int MAX_BATCH_CHARACTERS = 250_000;

  private final SqsClient sqs;
  private final Environment environment;

  public Sender(Ports ports) {
    this.sqs = ports.sqs();
    this.environment = ports.environment();
  }

  /** A message could not be sent; the request or message that asked for it must be retried. */
  public static final class NotSent extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotSent(Sent message, String reason) {
      super(message.getClass().getSimpleName() + " could not be sent: " + reason);
    }
  }

  /** @throws NotSent if not all of them reached all of their queues */
  public void send(Collection<? extends S> messages) {
    throwIfAny(trySend(messages, Duration.ZERO));
  }

  /**
   * Sends a message that is received after some time.
   *
   * @param delay at most a quarter of an hour, which is all that SQS takes
   */
  public void sendLater(S message, Duration delay) {
    throwIfAny(trySend(List.of(message), delay));
  }

  private static <S> void throwIfAny(Map<S, NotSent> unsent) {
    if (!unsent.isEmpty()) {
      throw unsent.values().iterator().next();
    }
  }

  /** Sends what can be sent. @return the messages that did not reach all of their queues, each with the reason */
  public Map<S, NotSent> trySend(Collection<? extends S> messages) {
    return trySend(messages, Duration.ZERO);
  }

  private Map<S, NotSent> trySend(Collection<? extends S> messages, Duration delay) {
    var byQueue = new LinkedHashMap<String, List<Written<S>>>();
    for (S sent : new LinkedHashSet<>(messages)) {
      var written = new Written<>(sent, Json.write(sent));
      for (String queue : Routing.queues(sent.message().getClass())) {
        byQueue.computeIfAbsent(queue, _ -> new ArrayList<>()).add(written);
      }
    }
    var unsent = new LinkedHashMap<S, NotSent>();
    byQueue.forEach((queue, addressed) -> {
      String address = environment.get("QUEUE_PREFIX") + queue;
      chunks(addressed).forEach(chunk -> sendChunk(address, chunk, delay, unsent));
    });
    return unsent;
  }

  /** A message and its body. */
  private record Written<S>(S message, String body) {}

  private static <S extends Sent> List<List<Written<S>>> chunks(List<Written<S>> messages) {
    var chunks = new ArrayList<List<Written<S>>>();
    int characters = 0;
    for (Written<S> message : messages) {
      int size = message.body.length();
      if (chunks.isEmpty() || chunks.getLast().size() == MAX_BATCH || characters + size > MAX_BATCH_CHARACTERS) {
        chunks.add(new ArrayList<>());
        characters = 0;
      }
      chunks.getLast().add(message);
      characters += size;
    }
    return chunks;
  }

  private void sendChunk(String queue, List<Written<S>> chunk, Duration delay, Map<S, NotSent> unsent) {
    Integer seconds = delay.isZero() ? null : (int) Math.ceilDiv(delay.toMillis(), 1_000L);
    var entries = new ArrayList<SendMessageBatchRequestEntry>();
    for (int i = 0; i < chunk.size(); i++) {
      entries.add(
          SendMessageBatchRequestEntry.builder().id(Integer.toString(i)).messageBody(chunk.get(i).body)
              .delaySeconds(seconds).build());
    }
    try {
      SendMessageBatchResponse response = sqs.sendMessageBatch(request -> request.queueUrl(queue).entries(entries));
      response.failed().forEach(failure -> {
        S message = chunk.get(Integer.parseInt(failure.id())).message;
        unsent.put(message, new NotSent(message, failure.code()));
      });
    } catch (SdkException | Deadline.OutOfTime e) {
      chunk.forEach(it -> unsent.put(it.message, new NotSent(it.message, e.toString())));
    }
  }
}
