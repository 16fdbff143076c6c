package waybill.queues;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityResponse;
import software.amazon.awssdk.services.sqs.model.CreateQueueRequest;
import software.amazon.awssdk.services.sqs.model.CreateQueueResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageResponse;
import software.amazon.awssdk.services.sqs.model.DeleteQueueRequest;
import software.amazon.awssdk.services.sqs.model.DeleteQueueResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.ListQueuesRequest;
import software.amazon.awssdk.services.sqs.model.ListQueuesResponse;
import software.amazon.awssdk.services.sqs.model.PurgeQueueRequest;
import software.amazon.awssdk.services.sqs.model.PurgeQueueResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;
import software.amazon.awssdk.services.sqs.model.SetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.SetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.SqsException;
import software.amazon.awssdk.services.sqs.model.StartMessageMoveTaskRequest;
import software.amazon.awssdk.services.sqs.model.StartMessageMoveTaskResponse;

/**
 * SQS in this process: standard queues with visibility, delays, redrive, long polls and SQS's limits. Messages do not expire, whatever
 * a queue's retention is. An operation that is not here is refused, as is a parameter that only other kinds of queues have.
 */
public final class LocalSqs implements SqsClient {
  private static final long SECOND = 1_000;

  private final AllQueues queues;
  private final String account;
  private final Optional<Keeper> keeper;
  private final MoveTasks tasks;
  private volatile URI endpoint = URI.create("http://localhost");

  /** @param file keeps queues and messages for the next start; empty for memory alone */
  public LocalSqs(String region, String account, Optional<Path> file) {
    this.account = account;
    this.queues = new AllQueues(name -> "arn:aws:sqs:%s:%s:%s".formatted(region, account, name));
    this.keeper = file.map(it -> Keeper.open(it, queues));
    this.tasks = new MoveTasks(queues);
  }

  /** Where it is served: queues' URLs begin so. */
  public void servedAt(URI url) {
    endpoint = url;
  }

  private String url(String name) {
    return endpoint + "/" + account + "/" + name;
  }

  private LocalQueue queue(String url) {
    String name = url == null ? "" : url.substring(url.lastIndexOf('/') + 1);
    return queues.find(name).orElseThrow(() -> Refusals.noQueue(name));
  }

  @Override
  public CreateQueueResponse createQueue(CreateQueueRequest request) {
    Limits.requireQueueName(request.queueName());
    Limits.requireAttributes(request.attributes());
    queues.create(request.queueName(), request.attributes());
    return CreateQueueResponse.builder().queueUrl(url(request.queueName())).build();
  }

  @Override
  public DeleteQueueResponse deleteQueue(DeleteQueueRequest request) {
    queues.delete(queue(request.queueUrl()));
    return DeleteQueueResponse.builder().build();
  }

  @Override
  public PurgeQueueResponse purgeQueue(PurgeQueueRequest request) {
    queues.purge(queue(request.queueUrl()));
    return PurgeQueueResponse.builder().build();
  }

  @Override
  public GetQueueUrlResponse getQueueUrl(GetQueueUrlRequest request) {
    return GetQueueUrlResponse.builder().queueUrl(url(queue(request.queueName()).name)).build();
  }

  @Override
  public ListQueuesResponse listQueues(ListQueuesRequest request) {
    String prefix = request.queueNamePrefix() == null ? "" : request.queueNamePrefix();
    return ListQueuesResponse.builder()
        .queueUrls(queues.all().stream().filter(it -> it.name.startsWith(prefix)).map(it -> url(it.name)).toList())
        .build();
  }

  @Override
  public GetQueueAttributesResponse getQueueAttributes(GetQueueAttributesRequest request) {
    LocalQueue queue = queue(request.queueUrl());
    Map<QueueAttributeName, String> all = queues.locked(() -> {
      var attributes = new EnumMap<QueueAttributeName, String>(queue.attributes());
      LocalQueue.Depth depth = queue.depth(AllQueues.now());
      attributes.put(QueueAttributeName.QUEUE_ARN, queue.arn);
      attributes.put(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, String.valueOf(depth.visible()));
      attributes.put(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE, String.valueOf(depth.inFlight()));
      attributes.put(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED, String.valueOf(depth.delayed()));
      return attributes;
    });
    if (!request.attributeNames().contains(QueueAttributeName.ALL)) {
      all.keySet().retainAll(request.attributeNames());
    }
    return GetQueueAttributesResponse.builder().attributes(all).build();
  }

  @Override
  public SetQueueAttributesResponse setQueueAttributes(SetQueueAttributesRequest request) {
    Limits.requireAttributes(request.attributes());
    queues.setAttributes(queue(request.queueUrl()), request.attributes());
    return SetQueueAttributesResponse.builder().build();
  }

  @Override
  public SendMessageResponse sendMessage(SendMessageRequest request) {
    LocalQueue queue = queue(request.queueUrl());
    Limits.requireStandard(request.messageGroupId(), request.messageDeduplicationId());
    Held message = Envelope.sent(queue, request.messageBody(), request.messageAttributes(), request.delaySeconds());
    queues.send(queue, List.of(message));
    return SendMessageResponse.builder().messageId(message.id).md5OfMessageBody(message.md5)
        .md5OfMessageAttributes(Envelope.md5(message.attributes)).build();
  }

  @Override
  public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
    LocalQueue queue = queue(request.queueUrl());
    Limits.requireBatch(request.entries().stream().map(it -> it.id()).toList());
    Limits.requireBatchSize(request.entries());
    var sent = new ArrayList<Held>();
    var results = new ArrayList<SendMessageBatchResultEntry>();
    List<BatchResultErrorEntry> failed = each(request.entries(), it -> it.id(), it -> {
      Limits.requireStandard(it.messageGroupId(), it.messageDeduplicationId());
      Held message = Envelope.sent(queue, it.messageBody(), it.messageAttributes(), it.delaySeconds());
      sent.add(message);
      results.add(SendMessageBatchResultEntry.builder().id(it.id()).messageId(message.id).md5OfMessageBody(message.md5)
          .md5OfMessageAttributes(Envelope.md5(message.attributes)).build());
    });
    queues.send(queue, sent);
    return SendMessageBatchResponse.builder().successful(results).failed(failed).build();
  }

  @Override
  public ReceiveMessageResponse receiveMessage(ReceiveMessageRequest request) {
    LocalQueue queue = queue(request.queueUrl());
    int most = Limits.within("MaxNumberOfMessages", request.maxNumberOfMessages(), 1, 10, 1);
    int hidden = Limits.within("VisibilityTimeout", request.visibilityTimeout(), 0, 43_200,
        queue.seconds(QueueAttributeName.VISIBILITY_TIMEOUT));
    int wait = Limits.within("WaitTimeSeconds", request.waitTimeSeconds(), 0, 20,
        queue.seconds(QueueAttributeName.RECEIVE_MESSAGE_WAIT_TIME_SECONDS));
    try {
      List<Received> received = queues.receive(queue, most, hidden * SECOND, wait * SECOND);
      return ReceiveMessageResponse.builder()
          .messages(received.stream().map(it -> Envelope.message(it, request, account)).toList()).build();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("interrupted while it waited for a message", e);
    }
  }

  @Override
  public DeleteMessageResponse deleteMessage(DeleteMessageRequest request) {
    delete(queue(request.queueUrl()), request.receiptHandle());
    return DeleteMessageResponse.builder().build();
  }

  private void delete(LocalQueue queue, String receipt) {
    if (!queues.delete(queue, receipt)) {
      throw Refusals.receipt();
    }
  }

  @Override
  public DeleteMessageBatchResponse deleteMessageBatch(DeleteMessageBatchRequest request) {
    LocalQueue queue = queue(request.queueUrl());
    Limits.requireBatch(request.entries().stream().map(it -> it.id()).toList());
    var deleted = new ArrayList<DeleteMessageBatchResultEntry>();
    List<BatchResultErrorEntry> failed = each(request.entries(), it -> it.id(), it -> {
      delete(queue, it.receiptHandle());
      deleted.add(DeleteMessageBatchResultEntry.builder().id(it.id()).build());
    });
    return DeleteMessageBatchResponse.builder().successful(deleted).failed(failed).build();
  }

  @Override
  public ChangeMessageVisibilityResponse changeMessageVisibility(ChangeMessageVisibilityRequest request) {
    hide(queue(request.queueUrl()), request.receiptHandle(), request.visibilityTimeout());
    return ChangeMessageVisibilityResponse.builder().build();
  }

  private void hide(LocalQueue queue, String receipt, Integer seconds) {
    if (seconds == null) {
      throw Refusals.parameter("VisibilityTimeout is required");
    }
    if (!queues.hide(queue, receipt, Limits.within("VisibilityTimeout", seconds, 0, 43_200, 0) * SECOND)) {
      throw Refusals.receipt();
    }
  }

  @Override
  public ChangeMessageVisibilityBatchResponse changeMessageVisibilityBatch(
      ChangeMessageVisibilityBatchRequest request) {
    LocalQueue queue = queue(request.queueUrl());
    Limits.requireBatch(request.entries().stream().map(it -> it.id()).toList());
    var changed = new ArrayList<ChangeMessageVisibilityBatchResultEntry>();
    List<BatchResultErrorEntry> failed = each(request.entries(), it -> it.id(), it -> {
      hide(queue, it.receiptHandle(), it.visibilityTimeout());
      changed.add(ChangeMessageVisibilityBatchResultEntry.builder().id(it.id()).build());
    });
    return ChangeMessageVisibilityBatchResponse.builder().successful(changed).failed(failed).build();
  }

  /** Does the work for each entry of a batch. @return those that were refused */
  private static <E> List<BatchResultErrorEntry> each(List<E> entries, Function<E, String> id, Consumer<E> work) {
    var failed = new ArrayList<BatchResultErrorEntry>();
    for (E entry : new ArrayList<>(entries)) {
      try {
        work.accept(entry);
      } catch (SqsException e) {
        failed.add(BatchResultErrorEntry.builder().id(id.apply(entry)).code(e.awsErrorDetails().errorCode())
            .message(e.awsErrorDetails().errorMessage()).senderFault(true).build());
      }
    }
    return failed;
  }

  /** Moves dead letters back, or to another queue, so many a second. */
  @Override
  public StartMessageMoveTaskResponse startMessageMoveTask(StartMessageMoveTaskRequest request) {
    LocalQueue source = queue(Redrive.nameOf(request.sourceArn()));
    Optional<LocalQueue> target = Optional.ofNullable(request.destinationArn()).map(Redrive::nameOf).map(this::queue);
    int perSecond = Limits.within("MaxNumberOfMessagesPerSecond", request.maxNumberOfMessagesPerSecond(), 1, 500, 500);
    return StartMessageMoveTaskResponse.builder().taskHandle(tasks.start(source, target, perSecond)).build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  /** Ends everything that waits, and leaves on disk what is kept. */
  @Override
  public void close() {
    tasks.close();
    queues.close();
    keeper.ifPresent(Keeper::close);
  }
}
