package waybill.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

class PollingTest extends OnTheCloud {
  private static final String CONSUME = "waybill-consume";
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Bodies carry it, so that a test finds its own messages. */
  private final String marker = UUID.randomUUID().toString();

  /** Leaves nothing behind that another test would wait for. */
  @AfterEach
  void drain() {
    for (String queue : List.of(CONSUME, "gather", "all-or-nothing")) {
      cloud.sqs().purgeQueue(it -> it.queueUrl(cloud.queueUrl(queue)));
      cloud.retry(queue);
    }
  }

  @Test
  void aFunctionSeesTheMessageAsLambdaShowsIt() throws Exception {
    String id = cloud.sqs().sendMessage(it -> it.queueUrl(cloud.queueUrl(CONSUME)).messageBody("hello " + marker)
        .messageAttributes(
            Map.of("kind", MessageAttributeValue.builder().dataType("String").stringValue("greeting").build())))
        .messageId();
    cloud.awaitIdle(PATIENCE);

    JsonNode message = batches("Consume", marker).getFirst().path("Records").get(0);
    assertThat(message.path("messageId").asText()).isEqualTo(id);
    assertThat(message.path("receiptHandle").asText()).isNotEmpty();
    assertThat(message.path("body").asText()).isEqualTo("hello " + marker);
    assertThat(message.path("md5OfBody").asText()).matches("[0-9a-f]{32}");
    assertThat(message.path("eventSource").asText()).isEqualTo("aws:sqs");
    assertThat(message.path("eventSourceARN").asText())
        .isEqualTo("arn:aws:sqs:eu-central-1:000000000000:waybill-consume");
    assertThat(message.path("awsRegion").asText()).isEqualTo("eu-central-1");
    assertThat(message.path("messageAttributes").path("kind").path("stringValue").asText()).isEqualTo("greeting");
    JsonNode attributes = message.path("attributes");
    assertThat(attributes.path("ApproximateReceiveCount").asText()).isEqualTo("1");
    assertThat(attributes.path("SentTimestamp").asText()).matches("\\d{13}");
    assertThat(attributes.path("ApproximateFirstReceiveTimestamp").asText()).matches("\\d{13}");
    assertThat(attributes.path("SenderId").asText()).isNotEmpty();
  }

  @Test
  void aDelayedMessageIsWaitedFor() throws Exception {
    cloud.sqs().sendMessage(it -> it.queueUrl(cloud.queueUrl(CONSUME)).delaySeconds(1).messageBody("ok " + marker));
    cloud.awaitIdle(PATIENCE);
    assertThat(bodies("Consume")).containsExactly("ok " + marker);
  }

  @Test
  void onlyWhatFailedComesBack() throws Exception {
    sendAll(CONSUME, "ok 1 " + marker, "fail " + marker, "ok 2 " + marker);
    awaitHandled("Consume", 3);

    cloud.awaitIdle(PATIENCE); // what failed waits for its next receive, and that is rest
    retry(CONSUME, 1);
    awaitHandled("Consume", 4);
    assertThat(bodies("Consume")).filteredOn(it -> it.startsWith("fail")).hasSize(2);
    assertThat(bodies("Consume")).filteredOn(it -> it.startsWith("ok")).hasSize(2);
  }

  @Test
  void aMessageThatFailsFiveTimesReachesItsDeadLetterQueue() throws Exception {
    send(CONSUME, "fail " + marker);
    for (int receives = 1; receives <= 5; receives++) {
      awaitHandled("Consume", receives);
      retry(CONSUME, 1);
    }
    cloud.awaitIdle(PATIENCE);

    assertThat(bodies("Consume")).hasSize(5);
    assertThat(cloud.messages("consume-dlq")).contains("fail " + marker);
    JsonNode queue = queue("consume-dlq");
    assertThat(queue.path("messages").findValuesAsText("body")).contains("fail " + marker);
    assertThat(queue.path("messages").get(0).path("attributes").path("SentTimestamp").asText()).isNotEmpty();
    assertThat(cloud.messages("consume-dlq")).as("looking takes nothing").contains("fail " + marker);
  }

  @Test
  void aFunctionThatThrowsDeletesNothing() throws Exception {
    send("all-or-nothing", "throw " + marker);

    retry("all-or-nothing", 1);
    retry("all-or-nothing", 1);
    cloud.awaitIdle(PATIENCE); // it is received a third time
    assertThat(queue("all-or-nothing").path("in_flight").asInt()).isEqualTo(1);
  }

  @Test
  void withoutPartialAnswersAnAnswerDeletesTheBatch() throws Exception {
    send("all-or-nothing", "fail " + marker);
    cloud.awaitIdle(PATIENCE);

    assertThat(bodies("AllOrNothing")).hasSize(1);
  }

  @Test
  void anAnswerThatNamesAnUnknownMessageFailsTheBatch() throws Exception {
    send(CONSUME, "unknown " + marker);
    awaitHandled("Consume", 1);

    await().atMost(PATIENCE).until(() -> cloud.retry(CONSUME) == 1);
  }

  @Test
  void aWindowGathersMoreThanOneReceiveBrings() throws Exception {
    for (int from = 0; from < 40; from += 10) {
      sendAll("gather", IntStream.range(from, from + 10).mapToObj(i -> i + " " + marker).toArray(String[]::new));
    }
    cloud.awaitIdle(PATIENCE);

    List<JsonNode> batches = batches("Gather", marker);
    assertThat(bodies("Gather")).hasSize(40).doesNotHaveDuplicates();
    assertThat(batches.size()).isLessThan(4);
  }

  @Test
  void aFunctionSendsToTheQueueThatItsEnvironmentNames() throws Exception {
    send(CONSUME, "forward:" + marker);
    cloud.awaitIdle(PATIENCE);

    assertThat(bodies("Gather")).containsExactly(marker);
  }

  @Test
  void onlyAQueueThatAFunctionReadsCanBeRetried() {
    assertThatIllegalArgumentException().isThrownBy(() -> cloud.retry("consume-dlq"));
    assertThat(post("/local/queues/consume-dlq/retry", "").statusCode()).isEqualTo(404);
    assertThat(post("/local/queues/" + CONSUME + "/retry", "").statusCode()).isEqualTo(200);
  }

  private static void send(String queue, String body) {
    cloud.sqs().sendMessage(it -> it.queueUrl(cloud.queueUrl(queue)).messageBody(body));
  }

  private static void sendAll(String queue, String... bodies) {
    cloud.sqs().sendMessageBatch(it -> it.queueUrl(cloud.queueUrl(queue)).entries(IntStream.range(0, bodies.length)
        .mapToObj(i -> SendMessageBatchRequestEntry.builder().id("m" + i).messageBody(bodies[i]).build()).toList()));
  }

  private List<String> bodies(String function) {
    return batches(function, marker).stream().flatMap(batch -> batch.path("Records").findValuesAsText("body").stream())
        .filter(body -> body.contains(marker)).toList();
  }

  private void awaitHandled(String function, int messages) {
    await().atMost(PATIENCE).until(() -> bodies(function).size() >= messages);
  }

  private static void retry(String queue, int messages) {
    await().atMost(PATIENCE).until(() -> cloud.retry(queue) == messages);
  }

  private static JsonNode queue(String name) {
    for (JsonNode queue : json(get("/local/queues")).path("data")) {
      if (queue.path("name").asText().equals(name)) {
        return queue;
      }
    }
    throw new AssertionError("no queue " + name);
  }
}
