package waybill.local.triggers;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.SqsException;
import waybill.local.functions.FunctionFailed;
import waybill.local.functions.Functions;
import waybill.local.machine.Json;
import waybill.local.machine.Logs;
import waybill.local.queues.Queues;
import waybill.template.FunctionDeclaration;

/**
 * An event source mapping: takes batches from a queue, invokes the function with them and deletes what succeeded. What
 * failed stays in the queue until its visibility timeout is over, or until somebody asks for it with {@link #retry()}.
 */
public final class Poller {
  /** What Lambda starts with where no maximum is set. */
  private static final int USUAL_CONCURRENCY = 5;
  private static final int LONGEST_WAIT_SECONDS = 20;
  /** A receive waits for whole seconds only. */
  private static final Duration LEAST_WAIT = Duration.ofSeconds(1);
  private static final int RECEIVE_LIMIT = 10;
  /** An invocation takes 6 MB; one receive more could bring ten times 256 KB. */
  private static final long ENOUGH_BYTES = 3_500_000;
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** A failed message, by the receipt it was received with; hidden until then, by {@link System#nanoTime}. */
  private record Failure(String receipt, long hiddenUntil) {}

  private final String function;
  private final FunctionDeclaration.QueueEvent mapping;
  private final Duration window;
  private final Queues queues;
  private final SqsClient sqs;
  private final String url;
  private final Functions functions;
  private final Logs logs;
  private final Semaphore slots;
  private final Map<String, Failure> failures = new ConcurrentHashMap<>();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** @param longestWindow how long it gathers at most, whatever the mapping says */
  public Poller(String function, FunctionDeclaration.QueueEvent mapping, Duration longestWindow, Queues queues,
      Functions functions, Logs logs) {
    this.function = function;
    this.mapping = mapping;
    this.window = mapping.window().compareTo(longestWindow) < 0 ? mapping.window() : longestWindow;
    this.queues = queues;
    this.sqs = queues.client();
    this.url = queues.url(mapping.queue());
    this.functions = functions;
    this.logs = logs;
    this.slots = new Semaphore(mapping.concurrency() > 0 ? mapping.concurrency() : USUAL_CONCURRENCY);
  }

  String queue() {
    return mapping.queue();
  }

  public void start() {
    spawn("poll-" + mapping.queue(), this::poll);
  }

  private void spawn(String name, Runnable work) {
    Thread thread = Thread.ofVirtual().name(name).unstarted(() -> {
      try {
        work.run();
      } finally {
        threads.remove(Thread.currentThread());
      }
    });
    threads.add(thread);
    thread.start();
  }

  private void poll() {
    try {
      while (!closed) {
        slots.acquire();
        List<Message> batch = received();
        if (batch.isEmpty()) {
          slots.release();
        } else {
          spawn(function, () -> handle(batch));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closing
    }
  }

  /** A batch; none when the wait was over or the queue could not be reached, which the next round tries again. */
  private List<Message> received() throws InterruptedException {
    try {
      return gather();
    } catch (SdkException | IllegalStateException e) {
      if (!closed) { // closing takes the connection away under a long poll
        logs.add(Map.of("level", "ERROR", "fn", function, "message", "Cannot receive: " + e.getMessage()));
        Thread.sleep(PAUSE);
      }
      return List.of();
    }
  }

  /** Waits for a first message, then for more of them as long as the window is open. */
  private List<Message> gather() throws InterruptedException {
    List<Message> batch = new ArrayList<>(receive(mapping.batchSize(), LONGEST_WAIT_SECONDS));
    if (batch.isEmpty() || window.isZero()) {
      return batch;
    }
    return window.compareTo(LEAST_WAIT) < 0 ? gatheredBriefly(batch) : gatheredUntilClosed(batch);
  }

  /** More, whenever it comes. */
  private List<Message> gatheredUntilClosed(List<Message> batch) throws InterruptedException {
    long closes = System.nanoTime() + window.toNanos();
    for (long left = window.toNanos(); left > 0 && hasRoom(batch); left = closes - System.nanoTime()) {
      batch.addAll(receive(mapping.batchSize() - batch.size(), (int) Math.ceilDiv(left, LEAST_WAIT.toNanos())));
    }
    return batch;
  }

  /** The window first, and then what has come meanwhile. */
  private List<Message> gatheredBriefly(List<Message> batch) throws InterruptedException {
    Thread.sleep(window);
    boolean isEmpty = false;
    while (!isEmpty && hasRoom(batch)) {
      List<Message> more = receive(mapping.batchSize() - batch.size(), 0);
      isEmpty = more.isEmpty();
      batch.addAll(more);
    }
    return batch;
  }

  private boolean hasRoom(List<Message> batch) {
    return batch.size() < mapping.batchSize() && bytes(batch) < ENOUGH_BYTES;
  }

  private static long bytes(List<Message> messages) {
    return messages.stream().mapToLong(message -> message.body().length()).sum();
  }

  private List<Message> receive(int wanted, int waitSeconds) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return sqs.receiveMessage(it -> it.queueUrl(url).maxNumberOfMessages(Math.min(RECEIVE_LIMIT, wanted))
        .waitTimeSeconds(waitSeconds).messageSystemAttributeNames(MessageSystemAttributeName.ALL)
        .messageAttributeNames("All")).messages();
  }

  private void handle(List<Message> batch) {
    // A second early: better is a message that is taken to be back than one that is taken to be still away.
    long hiddenUntil = System.nanoTime()
        + TimeUnit.SECONDS.toNanos(queues.declared(mapping.queue()).visibilitySeconds() - 1L);
    try {
      queues.tellReceived(mapping.queue(), batch);
      Set<String> failed = failed(batch);
      for (Message message : batch) {
        if (failed.contains(message.messageId())) {
          failures.put(message.messageId(), new Failure(message.receiptHandle(), hiddenUntil));
        } else {
          failures.remove(message.messageId());
        }
      }
      delete(batch.stream().filter(message -> !failed.contains(message.messageId())).toList());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closing
    } finally {
      slots.release();
    }
  }

  private Set<String> failed(List<Message> batch) throws InterruptedException {
    Set<String> all = batch.stream().map(Message::messageId).collect(Collectors.toSet());
    try {
      byte[] answer = functions.invoke(function, QueueEventJson.of(batch, queues.declared(mapping.queue()).arn()));
      return mapping.partialFailures() ? named(answer, all) : Set.of();
    } catch (FunctionFailed _) {
      return all; // it is in the log already, with its stack
    }
  }

  /** As Lambda reads the answer: nothing named means success, and a name that it cannot read fails the whole batch. */
  private Set<String> named(byte[] answer, Set<String> all) {
    Set<String> failed = new HashSet<>();
    try {
      for (JsonNode item : Json.read(answer).path("batchItemFailures")) {
        String id = item.path("itemIdentifier").asText("");
        if (!all.contains(id)) {
          return misread("names `" + id + "`, which is not in the batch", all);
        }
        failed.add(id);
      }
    } catch (IOException e) {
      return misread("is not JSON: " + e.getMessage(), all);
    }
    return failed;
  }

  private Set<String> misread(String why, Set<String> all) {
    logs.add(Map.of("level", "ERROR", "fn", function, "message", "The answer to the batch " + why));
    return all;
  }

  private void delete(List<Message> messages) {
    for (int from = 0; from < messages.size(); from += RECEIVE_LIMIT) {
      List<Message> some = messages.subList(from, Math.min(from + RECEIVE_LIMIT, messages.size()));
      DeleteMessageBatchResponse response = sqs.deleteMessageBatch(it -> it.queueUrl(url).entries(some.stream()
          .map(message -> DeleteMessageBatchRequestEntry.builder().id(message.messageId())
              .receiptHandle(message.receiptHandle()).build())
          .toList()));
      // A stale receipt: the message was received again meanwhile, and its later invocation deletes it.
      response.failed().forEach(it -> logs.add(Map.of("level", "WARN", "fn", function, "message",
          "A handled message was not deleted: " + it.code(), "message_id", it.id())));
    }
  }

  /** How many messages failed and wait out their visibility timeout. */
  int waiting() {
    failures.values().removeIf(it -> it.hiddenUntil() <= System.nanoTime());
    return failures.size();
  }

  /** Makes what failed visible now instead of after its visibility timeout. */
  public int retry() {
    int retried = 0;
    for (Map.Entry<String, Failure> failure : Map.copyOf(failures).entrySet()) {
      failures.remove(failure.getKey(), failure.getValue());
      try {
        sqs.changeMessageVisibility(
            it -> it.queueUrl(url).receiptHandle(failure.getValue().receipt()).visibilityTimeout(0));
        retried++;
      } catch (SqsException e) {
        if (e.statusCode() >= 500) {
          throw e; // otherwise its timeout was over before, and there is nothing left to hurry
        }
      }
    }
    return retried;
  }

  /** Stops receiving; invocations that run are for the caller to wait for. */
  public void stop() {
    closed = true;
    threads.stream().filter(thread -> thread.getName().startsWith("poll-")).forEach(Thread::interrupt);
  }

  public void close() throws InterruptedException {
    stop();
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      thread.join(1_000);
    }
  }
}
