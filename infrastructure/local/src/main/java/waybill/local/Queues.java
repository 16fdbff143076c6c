package waybill.local;

import com.typesafe.config.ConfigFactory;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.pekko.actor.ActorSystem;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.elasticmq.rest.sqs.TheSQSRestServerBuilder;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The queues, on ElasticMQ: in memory or, with data, on disk too. */
final class Queues implements AutoCloseable {
  /** How full a queue is. */
  record Depth(int visible, int inFlight, int delayed) {}

  /**
   * ElasticMQ's own configuration says DEBUG, its clock ticks 100 times a second even when nothing happens, and it stops
   * when the JVM does; here the cloud stops it.
   */
  private static final Map<String, ?> ACTORS = Map.of("pekko.loglevel", "WARNING", "pekko.daemonic", true,
      "pekko.scheduler.tick-duration", "40ms", "pekko.jvm-shutdown-hooks", "off",
      "pekko.coordinated-shutdown.run-by-jvm-shutdown-hook", "off");

  private static final int PEEK_SECONDS = 10;
  private static final int STOP_SECONDS = 20;

  private final ActorSystem actors;
  private final URI endpoint;
  private final Optional<QueueStore> store;
  private final SqsClient client;
  private final Map<String, QueueDeclaration> byName = new LinkedHashMap<>();
  private final List<BiConsumer<String, String>> listeners = new CopyOnWriteArrayList<>();

  Queues(Optional<Data> data) throws Exception {
    actors = ActorSystem.create("elasticmq", ConfigFactory.parseMap(ACTORS).withFallback(ConfigFactory.load()));
    store = data.map(QueueStore::new);
    TheSQSRestServerBuilder builder = SQSRestServerBuilder.withActorSystem(actors).withInterface("127.0.0.1")
        .withDynamicPort().withAWSRegion(Stack.REGION).withAWSAccountId(Stack.ACCOUNT);
    try {
      endpoint = listen(store.isPresent() ? builder.withQueueManagerActor(store.get().start(actors)) : builder);
    } catch (Exception e) {
      stop();
      throw e;
    }
    client = SqsClient.builder().endpointOverride(endpoint).region(Listeners.REGION)
        .credentialsProvider(Listeners.CREDENTIALS).httpClient(Listeners.client()).build();
  }

  private static URI listen(TheSQSRestServerBuilder builder) {
    return Listeners.uri(builder.start().waitUntilStarted().localAddress().getPort());
  }

  URI endpoint() {
    return endpoint;
  }

  SqsClient client() {
    return client;
  }

  String url(String name) {
    return endpoint + "/" + Stack.ACCOUNT + "/" + name;
  }

  /** Dead letter queues first, as a redrive policy names a queue that is there. */
  void create(List<QueueDeclaration> queues) {
    List<String> there = client.listQueuesPaginator().queueUrls().stream().toList();
    queues.stream().sorted(Comparator.comparing(queue -> queue.redrive().isPresent())).forEach(queue -> {
      if (there.contains(url(queue.name()))) {
        update(queue);
      } else {
        create(queue);
      }
      byName.put(queue.name(), queue);
    });
  }

  /** ElasticMQ keeps no retention period; here it would say so for each queue. */
  private void update(QueueDeclaration queue) {
    Map<QueueAttributeName, String> attributes = new LinkedHashMap<>(queue.attributes());
    attributes.remove(QueueAttributeName.MESSAGE_RETENTION_PERIOD);
    client.setQueueAttributes(it -> it.queueUrl(url(queue.name())).attributes(attributes));
  }

  private void create(QueueDeclaration queue) {
    String url = client.createQueue(it -> it.queueName(queue.name()).attributes(queue.attributes())).queueUrl();
    if (!url.equals(url(queue.name()))) {
      throw new IllegalStateException("the queue " + queue.name() + " is at " + url);
    }
  }

  Set<String> names() {
    return byName.keySet();
  }

  QueueDeclaration declared(String name) {
    return byName.get(name);
  }

  Set<String> deadLetterQueues() {
    return byName.values().stream().flatMap(it -> it.redrive().stream()).map(QueueDeclaration.Redrive::deadLetterQueue)
        .collect(Collectors.toSet());
  }

  Depth depth(String name) {
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
  void onMessage(BiConsumer<String, String> listener) {
    listeners.add(listener);
  }

  void tellReceived(String name, List<Message> messages) {
    messages.forEach(message -> listeners.forEach(listener -> listener.accept(name, message.body())));
  }

  /** Looks at the visible messages of a queue that nobody polls; they are visible again when this returns. */
  synchronized List<Message> peek(String name) {
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

  /** Ends the server with everything in it: its own way of stopping waits for long polls whose callers are gone. */
  @Override
  public void close() throws ExecutionException, TimeoutException {
    client.close();
    stop();
  }

  private void stop() throws ExecutionException, TimeoutException {
    actors.terminate();
    try {
      actors.getWhenTerminated().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    store.ifPresent(QueueStore::close);
  }
}
