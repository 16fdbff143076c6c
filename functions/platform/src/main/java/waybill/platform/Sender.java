package waybill.platform;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import waybill.messages.Choreography;
import waybill.messages.Message;
import waybill.messages.Verb;

/** Sends messages to the queues that {@link Choreography} names, and tells what could not be sent. */
public final class Sender {
  private static final int MAX_BATCH = 10;
  /** SQS takes 1 MiB a batch; what is left is for the SDK's envelope. */
  private static final int MAX_BATCH_CHARACTERS = 250_000;

  private final SqsClient sqs;
  private final Environment environment;

  public Sender(Ports ports) {
    this.sqs = ports.sqs();
    this.environment = ports.environment();
  }

  /** A message could not be sent; who asked must ask again. */
  public static final class NotSent extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotSent(Message message, String reason) {
      super(message.getClass().getSimpleName() + " could not be sent: " + reason);
    }
  }

  /** @throws NotSent where not all of them reached all of their queues */
  public void send(Collection<? extends Message> messages) {
    Map<Message, NotSent> unsent = trySend(messages);
    if (!unsent.isEmpty()) {
      throw unsent.values().iterator().next();
    }
  }

  /** Sends what can be sent. @return the messages that did not reach all of their queues, each with the reason */
  public Map<Message, NotSent> trySend(Collection<? extends Message> messages) {
    var byVerb = new EnumMap<Verb, List<Message>>(Verb.class);
    for (Message message : new LinkedHashSet<>(messages)) {
      for (Verb verb : Choreography.consumers(message)) {
        byVerb.computeIfAbsent(verb, _ -> new ArrayList<>()).add(message);
      }
    }
    var unsent = new LinkedHashMap<Message, NotSent>();
    byVerb.forEach((verb, addressed) -> {
      String queue = environment.get(verb.queueVariable());
      chunks(addressed).forEach(chunk -> sendChunk(queue, chunk, unsent));
    });
    return unsent;
  }

  private static List<List<Message>> chunks(List<Message> messages) {
    var chunks = new ArrayList<List<Message>>();
    int characters = 0;
    for (Message message : messages) {
      int size = Json.write(message).length();
      if (chunks.isEmpty() || chunks.getLast().size() == MAX_BATCH || characters + size > MAX_BATCH_CHARACTERS) {
        chunks.add(new ArrayList<>());
        characters = 0;
      }
      chunks.getLast().add(message);
      characters += size;
    }
    return chunks;
  }

  private void sendChunk(String queue, List<Message> chunk, Map<Message, NotSent> unsent) {
    var entries = new ArrayList<SendMessageBatchRequestEntry>();
    for (int i = 0; i < chunk.size(); i++) {
      entries.add(
          SendMessageBatchRequestEntry.builder().id(Integer.toString(i)).messageBody(Json.write(chunk.get(i))).build());
    }
    try {
      SendMessageBatchResponse response = sqs.sendMessageBatch(request -> request.queueUrl(queue).entries(entries));
      response.failed().forEach(failure -> {
        Message message = chunk.get(Integer.parseInt(failure.id()));
        unsent.put(message, new NotSent(message, failure.code()));
      });
    } catch (SdkException e) {
      chunk.forEach(message -> unsent.put(message, new NotSent(message, e.toString())));
    }
  }
}
