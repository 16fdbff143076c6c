package waybill.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchEntryIdsNotDistinctException;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.EmptyBatchRequestException;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SqsException;
import software.amazon.awssdk.services.sqs.model.TooManyEntriesInBatchRequestException;

/** What SQS does, as far as Waybill relies on it. Each implementation passes it. */
abstract class QueuesContract {
  private SqsClient sqs;
  private String dead;
  private String url;

  /** Two queues of names that nobody else has; the second gives up to the first after two receives. */
  @BeforeEach
  void queues() {
    sqs = sqs();
    String name = "q-" + UUID.randomUUID();
    dead = sqs.createQueue(it -> it.queueName(name + "-dead")).queueUrl();
    String arn = sqs
        .getQueueAttributes(it -> it.queueUrl(dead).attributeNames(QueueAttributeName.QUEUE_ARN)).attributes()
        .get(QueueAttributeName.QUEUE_ARN);
    url = sqs.createQueue(it -> it.queueName(name).attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "60",
        QueueAttributeName.REDRIVE_POLICY, "{\"deadLetterTargetArn\":\"" + arn + "\",\"maxReceiveCount\":2}")))
        .queueUrl();
  }

  abstract SqsClient sqs();

  @Test
  void aMessageIsReceivedWithAllThatIsKnownOfIt() {
    var sent = sqs.sendMessage(it -> it.queueUrl(url).messageBody("hällo").messageAttributes(
        Map.of("kind", MessageAttributeValue.builder().dataType("String").stringValue("greeting").build())));

    Message received = receive(1).getFirst();

    assertThat(received.messageId()).isEqualTo(sent.messageId());
    assertThat(received.body()).isEqualTo("hällo");
    assertThat(received.md5OfBody()).isEqualTo(sent.md5OfMessageBody());
    assertThat(received.messageAttributes().get("kind").stringValue()).isEqualTo("greeting");
    assertThat(received.attributesAsStrings()).containsEntry("ApproximateReceiveCount", "1")
        .containsKeys("SentTimestamp", "ApproximateFirstReceiveTimestamp", "SenderId");
  }

  @Test
  void whatIsReceivedIsHiddenUntilItsVisibilityIsOver() {
    send("a", "b");
    assertThat(bodies(receive(10))).containsExactlyInAnyOrder("a", "b");
    assertThat(receive(10)).isEmpty();
    assertThat(depth()).containsExactly("0", "2", "0");
  }

  @Test
  void whatIsMadeVisibleComesAgainAndIsCounted() {
    send("a");
    Message first = receive(1).getFirst();
    sqs.changeMessageVisibility(it -> it.queueUrl(url).receiptHandle(first.receiptHandle()).visibilityTimeout(0));

    Message second = receive(1).getFirst();

    assertThat(second.messageId()).isEqualTo(first.messageId());
    assertThat(second.attributesAsStrings()).containsEntry("ApproximateReceiveCount", "2");
    assertThat(second.attributesAsStrings().get("ApproximateFirstReceiveTimestamp"))
        .isEqualTo(first.attributesAsStrings().get("ApproximateFirstReceiveTimestamp"));
  }

  @Test
  void whatIsDeletedIsGone() {
    send("a", "b", "c");
    List<Message> received = receive(10);
    var response = sqs.deleteMessageBatch(it -> it.queueUrl(url).entries(received.stream().limit(2)
        .map(one -> DeleteMessageBatchRequestEntry.builder().id(one.messageId()).receiptHandle(one.receiptHandle())
            .build())
        .toList()));
    assertThat(response.successful()).hasSize(2);
    sqs.deleteMessage(it -> it.queueUrl(url).receiptHandle(received.getLast().receiptHandle()));
    assertThat(depth()).containsExactly("0", "0", "0");
  }

  @Test
  void anOldReceiptDeletesNothing() {
    send("a");
    Message first = receive(1).getFirst();
    sqs.changeMessageVisibility(it -> it.queueUrl(url).receiptHandle(first.receiptHandle()).visibilityTimeout(0));
    receive(1);
    var response = sqs.deleteMessageBatch(it -> it.queueUrl(url).entries(
        DeleteMessageBatchRequestEntry.builder().id("one").receiptHandle(first.receiptHandle()).build()));
    assertThat(response.failed()).extracting(BatchResultErrorEntry::id).containsExactly("one");
    assertThat(depth()).containsExactly("0", "1", "0");
  }

  @Test
  void whatWasReceivedTooOftenIsADeadLetterWithItsName() {
    String id = send("poison").getFirst();
    for (int receives = 1; receives <= 2; receives++) {
      Message received = receive(1).getFirst();
      sqs.changeMessageVisibility(it -> it.queueUrl(url).receiptHandle(received.receiptHandle()).visibilityTimeout(0));
    }
    assertThat(receive(1)).isEmpty();
    assertThat(depth()).containsExactly("0", "0", "0");
    Message letter = receive(dead, 1).getFirst();
    assertThat(letter.messageId()).isEqualTo(id);
    assertThat(letter.body()).isEqualTo("poison");
    assertThat(letter.attributesAsStrings()).containsKey("DeadLetterQueueSourceArn");
  }

  @Test
  void deadLettersAreMovedBackToTheirQueue() throws Exception {
    send("poison");
    for (int receives = 1; receives <= 2; receives++) {
      Message received = receive(1).getFirst();
      sqs.changeMessageVisibility(it -> it.queueUrl(url).receiptHandle(received.receiptHandle()).visibilityTimeout(0));
    }
    receive(1);
    String arn = sqs.getQueueAttributes(it -> it.queueUrl(dead).attributeNames(QueueAttributeName.QUEUE_ARN))
        .attributes().get(QueueAttributeName.QUEUE_ARN);
    sqs.startMessageMoveTask(it -> it.sourceArn(arn).maxNumberOfMessagesPerSecond(100));

    Message back = waitFor(1).getFirst();

    assertThat(back.body()).isEqualTo("poison");
    assertThat(back.attributesAsStrings()).containsEntry("ApproximateReceiveCount", "1");
  }

  @Test
  void aDelayedMessageIsWaitedFor() {
    long start = System.nanoTime();
    sqs.sendMessage(it -> it.queueUrl(url).messageBody("later").delaySeconds(1));
    assertThat(receive(1)).isEmpty();
    assertThat(depth()).containsExactly("0", "0", "1");
    assertThat(bodies(waitFor(1))).containsExactly("later");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(900));
  }

  @Test
  void aLongPollEndsWithTheFirstMessage() throws Exception {
    var waiting = CompletableFuture.supplyAsync(() -> waitFor(10));
    Thread.sleep(100);
    assertThat(waiting).isNotDone();
    send("a");
    assertThat(bodies(waiting.get())).containsExactly("a");
  }

  @Test
  void eachMessageIsReceivedByOneOfManyWhoWait() throws Exception {
    var waiting = IntStream.range(0, 4).mapToObj(_ -> CompletableFuture.supplyAsync(() -> waitFor(1))).toList();
    send("a", "b", "c", "d");
    var received = new ArrayList<String>();
    for (var one : waiting) {
      received.addAll(bodies(one.get()));
    }
    assertThat(received).containsExactlyInAnyOrder("a", "b", "c", "d");
  }

  @Test
  void aPurgedQueueIsEmpty() {
    send("a", "b");
    receive(1);
    sqs.purgeQueue(it -> it.queueUrl(url));
    assertThat(depth()).containsExactly("0", "0", "0");
  }

  @Test
  void whatIsNotAQueueIsRefused() {
    assertThatThrownBy(() -> sqs.getQueueUrl(it -> it.queueName("nobodys")))
        .isInstanceOf(QueueDoesNotExistException.class);
    sqs.deleteQueue(it -> it.queueUrl(dead));
    assertThatThrownBy(() -> receive(dead, 1)).isInstanceOf(QueueDoesNotExistException.class);
  }

  @Test
  void batchesHaveTheirLimits() {
    assertThatThrownBy(() -> receive(11)).isInstanceOf(SqsException.class);
    assertThatThrownBy(() -> sqs.sendMessageBatch(it -> it.queueUrl(url).entries(
        IntStream.range(0, 11).mapToObj(i -> entry("e" + i, "x")).toList())))
        .isInstanceOf(TooManyEntriesInBatchRequestException.class);
    assertThatThrownBy(() -> sqs.sendMessageBatch(it -> it.queueUrl(url).entries(entry("e", "x"), entry("e", "y"))))
        .isInstanceOf(BatchEntryIdsNotDistinctException.class);
  }

  @Test
  void aBatchHasAnEntry() {
    assertThatThrownBy(this::sendNone).isInstanceOf(EmptyBatchRequestException.class);
  }

  final void sendNone() {
    sqs.sendMessageBatch(it -> it.queueUrl(url).entries(List.of()));
  }

  @Test
  void aBodyHasItsLimits() {
    assertThatThrownBy(() -> send("x".repeat(1_048_577))).isInstanceOf(SqsException.class);
    assertThatThrownBy(() -> sqs.sendMessage(it -> it.queueUrl(url).messageBody("a\u0000b")))
        .isInstanceOf(SqsException.class);
    assertThat(depth()).containsExactly("0", "0", "0");
  }

  @Test
  void attributesMayChange() {
    sqs.setQueueAttributes(it -> it.queueUrl(url).attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "0")));
    send("a");
    assertThat(bodies(receive(1))).containsExactly("a");
    assertThat(bodies(receive(1))).containsExactly("a");
    assertThat(sqs.listQueues().queueUrls()).contains(url, dead);
  }

  private static SendMessageBatchRequestEntry entry(String id, String body) {
    return SendMessageBatchRequestEntry.builder().id(id).messageBody(body).build();
  }

  private List<String> send(String... bodies) {
    var response = sqs.sendMessageBatch(it -> it.queueUrl(url).entries(
        IntStream.range(0, bodies.length).mapToObj(i -> entry("e" + i, bodies[i])).toList()));
    assertThat(response.failed()).isEmpty();
    return response.successful().stream().map(it -> it.messageId()).toList();
  }

  private List<Message> receive(int most) {
    return receive(url, most);
  }

  private List<Message> receive(String queue, int most) {
    return sqs.receiveMessage(it -> it.queueUrl(queue).maxNumberOfMessages(most)
        .messageSystemAttributeNames(MessageSystemAttributeName.ALL).messageAttributeNames("All")).messages();
  }

  private List<Message> waitFor(int most) {
    return sqs.receiveMessage(it -> it.queueUrl(url).maxNumberOfMessages(most).waitTimeSeconds(10)
        .messageSystemAttributeNames(MessageSystemAttributeName.ALL)).messages();
  }

  private static List<String> bodies(List<Message> messages) {
    return messages.stream().map(Message::body).toList();
  }

  /** Visible, in flight, delayed. */
  private List<String> depth() {
    Map<QueueAttributeName, String> attributes = sqs
        .getQueueAttributes(it -> it.queueUrl(url).attributeNames(QueueAttributeName.ALL)).attributes();
    return List.of(attributes.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES),
        attributes.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE),
        attributes.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED));
  }
}
