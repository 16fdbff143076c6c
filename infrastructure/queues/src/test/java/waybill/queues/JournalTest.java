package waybill.queues;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Queues that outlive their process: none of these clients is closed before the next one starts, as after a kill. */
class JournalTest {
  private static final String QUEUE = "jobs";
  @TempDir
  Path folder;

  private LocalSqs started() {
    return new LocalSqs("eu-central-1", "000000000000", Optional.of(folder.resolve("queues")));
  }

  private static String url(LocalSqs sqs) {
    return sqs.getQueueUrl(it -> it.queueName(QUEUE)).queueUrl();
  }

  private static List<Message> receive(LocalSqs sqs) {
    return sqs.receiveMessage(it -> it.queueUrl(url(sqs)).maxNumberOfMessages(10).messageAttributeNames("All")
        .messageSystemAttributeNames(MessageSystemAttributeName.ALL)).messages();
  }

  private static List<String> receives(List<Message> messages) {
    return messages.stream().map(it -> it.body() + it.attributesAsStrings().get("ApproximateReceiveCount")).toList();
  }

  @Test
  void whatWasSentAndNotDeletedIsThereAgain() {
    LocalSqs first = started();
    first.createQueue(it -> it.queueName(QUEUE));
    first.sendMessage(it -> it.queueUrl(url(first)).messageBody("gone"));
    Message gone = receive(first).getFirst();
    first.deleteMessage(it -> it.queueUrl(url(first)).receiptHandle(gone.receiptHandle()));
    first.sendMessage(it -> it.queueUrl(url(first)).messageBody("kept").messageAttributes(
        Map.of("kind", MessageAttributeValue.builder().dataType("String").stringValue("x").build())));
    first.sendMessage(it -> it.queueUrl(url(first)).messageBody("later").delaySeconds(600));

    for (LocalSqs next : List.of(started(), started())) { // the second reads what the first wrote anew
      List<Message> received = receive(next);
      assertThat(received).extracting(Message::body).containsExactly("kept");
      assertThat(received.getFirst().messageAttributes().get("kind").stringValue()).isEqualTo("x");
      assertThat(next.getQueueAttributes(it -> it.queueUrl(url(next)).attributeNames(QueueAttributeName.ALL))
          .attributes()).containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED, "1");
    }
  }

  @Test
  void whatWasInFlightComesBackAtOnceAndThatReceiveIsNotCounted() {
    LocalSqs first = started();
    first.createQueue(it -> it.queueName(QUEUE));
    first.sendMessage(it -> it.queueUrl(url(first)).messageBody("a"));
    Message failed = receive(first).getFirst();
    first.changeMessageVisibility(
        it -> it.queueUrl(url(first)).receiptHandle(failed.receiptHandle()).visibilityTimeout(0));
    assertThat(receives(receive(first))).containsExactly("a2");
    assertThat(receives(receive(started()))).containsExactly("a2");
    assertThat(receives(receive(started()))).containsExactly("a2");
  }

  @Test
  void deadLettersStayDead() {
    LocalSqs first = started();
    first.createQueue(it -> it.queueName("dead"));
    first.createQueue(it -> it.queueName(QUEUE).attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "0",
        QueueAttributeName.REDRIVE_POLICY, "{\"deadLetterTargetArn\":\"arn:x:dead\",\"maxReceiveCount\":\"1\"}")));
    first.sendMessage(it -> it.queueUrl(url(first)).messageBody("poison"));
    assertThat(receive(first)).hasSize(1);
    assertThat(receive(first)).isEmpty();

    LocalSqs second = started();

    assertThat(receive(second)).isEmpty();
    assertThat(second.receiveMessage(it -> it.queueUrl(second.getQueueUrl(one -> one.queueName("dead")).queueUrl()))
        .messages()).extracting(Message::body).containsExactly("poison");
  }

  @Test
  void aLineThatWasNotWrittenToItsEndWasNeverAnswered() throws IOException {
    LocalSqs first = started();
    first.createQueue(it -> it.queueName(QUEUE));
    first.sendMessage(it -> it.queueUrl(url(first)).messageBody("whole"));
    Path file = folder.resolve("queues");
    var bytes = new ArrayList<>(List.of(Files.readString(file)));
    Files.writeString(file, bytes.getFirst() + "{\"what\":\"sent\",\"queue\":\"jo");
    assertThat(receive(started())).extracting(Message::body).containsExactly("whole");
  }
}
