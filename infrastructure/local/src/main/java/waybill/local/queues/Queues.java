package waybill.local.queues;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import waybill.local.machine.Listeners;
import waybill.template.QueueDeclaration;

/** The queues that the template declares, on the {@link QueueServer} or on another SQS. */
public final class Queues implements AutoCloseable {
  /** How full a queue is. */
  public record Depth(int visible, int inFlight, int delayed) {}

  private static final int PEEK_SECONDS = 10;

  private final SqsClient client;
  private final Map<String, QueueDeclaration> byName = new LinkedHashMap<>();
  private final Map<String, String> urls = new ConcurrentHashMap<>();
  private final List<BiConsumer<String, String>> listeners = new CopyOnWriteArrayList<>();

  public Queues(SqsClient client) {
    this.client = client;
  }

  /** Queues of a server elsewhere. */
  public static Queues at(URI endpoint) {
    return new Queues(SqsClient.builder().endpointOverride(endpoint).region(Listeners.REGION)
        .credentialsProvider(Listeners.CREDENTIALS).httpClient(Listeners.client()).build());
  }

  public SqsClient client() {
    return client;
  }

  /** Each server has its own form of it. */
  public String url(String name) {
    return urls.computeIfAbsent(name, _ -> client.getQueueUrl(it -> it.queueName(name)).queueUrl());
  }

  /** Dead letter queues first, as a redrive policy names a queue that is there. */
  public void create(List<QueueDeclaration> queues) {
    Set<String> there = client.listQueuesPaginator().queueUrls().stream()
        .map(url -> url.substring(url.lastIndexOf('/') + 1)).collect(Collectors.toSet());
    queues.stream().sorted(Comparator.comparing(queue -> queue.redrive().isPresent())).forEach(queue -> {
      if (there.contains(queue.name())) {
        update(queue);
      } else {
        client.createQueue(it -> it.queueName(queue.name()).attributes(queue.attributes(this::arn)));
      }
      byName.put(queue.name(), queue);
    });
  }

  /** Each server has its own account in it. */
  private String arn(String name) {
    return client.getQueueAttributes(it -> it.queueUrl(url(name)).attributeNames(QueueAttributeName.QUEUE_ARN))
        .attributes().get(QueueAttributeName.QUEUE_ARN);
  }

  private void update(QueueDeclaration queue) {
    client.setQueueAttributes(it -> it.queueUrl(url(queue.name())).attributes(queue.attributes(this::arn)));
  }

  public Set<String> names() {
    return byName.keySet();
  }

  public QueueDeclaration declared(String name) {
    return byName.get(name);
  }

  public Set<String> deadLetterQueues() {
    return byName.values().stream().flatMap(it -> it.redrive().stream()).map(QueueDeclaration.Redrive::deadLetterQueue)
        .collect(Collectors.toSet());
  }

  public Depth depth(String name) {
    Map<QueueAttributeName, String> counts = client.getQueueAttributes(it -> it.queueUrl(url(name)).attributeNames(
        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED)).attributes();
    return new Depth(count(counts, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES),
        count(counts, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE),
        count(counts, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED));
  }

  private static int count(Map<QueueAttributeName, String> counts, QueueAttributeName name) {
    return Integer.parseInt(counts.getOrDefault(name, "0"));
  }

  /** Calls back with the queue and the body of each message that a reader receives, in the reader's thread. */
  public void onMessage(BiConsumer<String, String> listener) {
    listeners.add(listener);
  }

  public void tellReceived(String name, List<Message> messages) {
    messages.forEach(message -> listeners.forEach(listener -> listener.accept(name, message.body())));
  }

  /** Looks at the visible messages of a queue that nobody polls; they are visible again when this returns. */
  public synchronized List<Message> peek(String name) {
    List<Message> seen = new ArrayList<>();
    for (List<Message> some = receive(name); !some.isEmpty(); some = receive(name)) {
      seen.addAll(some);
    }
    for (int from = 0; from < seen.size(); from += 10) {
      release(name, seen.subList(from, Math.min(from + 10, seen.size())));
    }
    return seen;
  }

  private List<Message> receive(String name) {
    return client.receiveMessage(it -> it.queueUrl(url(name)).maxNumberOfMessages(10).visibilityTimeout(PEEK_SECONDS)
        .messageSystemAttributeNames(MessageSystemAttributeName.ALL).messageAttributeNames("All")).messages();
  }

  private void release(String name, List<Message> messages) {
    client.changeMessageVisibilityBatch(it -> it.queueUrl(url(name)).entries(messages.stream()
        .map(message -> ChangeMessageVisibilityBatchRequestEntry.builder().id(message.messageId())
            .receiptHandle(message.receiptHandle()).visibilityTimeout(0).build())
        .toList()));
  }

  /** Takes back what {@link #create} made, where it would outlive this cloud. */
  public void delete() {
    byName.keySet().forEach(name -> client.deleteQueue(it -> it.queueUrl(url(name))));
  }

  @Override
  public void close() {
    client.close();
  }
}
