package waybill.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import waybill.local.functions.FaultKind;

/** What {@code POST /local/faults} does to a function that reads a message and sends another. */
class FaultsTest extends OnTheCloud {
  private static final String QUEUE = "waybill-consume";
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** What another test has left to be tried again would come back with this one's. */
  @BeforeEach
  void nothingWaits() throws Exception {
    cloud.awaitIdle(PATIENCE);
    while (cloud.retry(QUEUE) > 0) {
      cloud.awaitIdle(PATIENCE);
    }
  }

  @AfterEach
  void everyCallGoesItsWayAgain() {
    send(request("/local/faults").DELETE());
  }

  @ParameterizedTest(name = "{0}: sent at first {1} times")
  @CsvSource({"fail_before,0", "kill_before,0", "fail_after,1", "timeout,1", "kill_after,1"})
  void theMessageComesBackWhetherTheCallHadItsEffectOrNot(String kind, int sentAtFirst) throws Exception {
    String text = "forwarded-" + kind;
    set("{\"function\":\"Consume\",\"call\":1,\"kind\":\"%s\"}".formatted(kind));
    forward(text);
    assertThat(arrived(text)).isEqualTo(sentAtFirst);
    assertThat(strikes()).isEqualTo(1);

    assertThat(cloud.retry(QUEUE)).as("it came back").isEqualTo(1);
    cloud.awaitIdle(PATIENCE);
    assertThat(arrived(text)).isEqualTo(sentAtFirst + 1);
    assertThat(strikes()).as("once, and no more").isEqualTo(1);
    List<List<String>> calls = cloud.calls("Consume");
    assertThat(calls.subList(calls.size() - 2, calls.size()))
        .containsExactly(List.of("SendMessage"), List.of("SendMessage"));
  }

  @Test
  void aThrottledCallIsTriedAgainByTheSdkItself() throws Exception {
    set("{\"function\":\"Consume\",\"call\":\"SendMessage\",\"kind\":\"throttle\",\"times\":2}");
    forward("forwarded-throttle");
    assertThat(cloud.retry(QUEUE)).as("nothing came back").isZero();
    assertThat(arrived("forwarded-throttle")).isEqualTo(1);
    assertThat(strikes()).isEqualTo(2);
  }

  @Test
  void theDeadCallNoMore() throws Exception {
    set("{\"function\":\"Consume\",\"call\":1,\"kind\":\"kill_after\"}");
    cloud.sqs().sendMessageBatch(it -> it.queueUrl(cloud.queueUrl(QUEUE)).entries(Stream.of("a", "b")
        .map(id -> SendMessageBatchRequestEntry.builder().id(id).messageBody("forward:dead-" + id).build()).toList()));
    cloud.awaitIdle(PATIENCE);
    cloud.retry(QUEUE);
    cloud.awaitIdle(PATIENCE);
    assertThat(arrived("dead-a") + arrived("dead-b")).as("one of them twice").isEqualTo(3);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"kill_before", "kill_after", "fail_after", "timeout"})
  void aCallThatIsStruckTakesItsConnectionWithIt(String kind) throws Exception {
    set("{\"function\":\"Consume\",\"call\":1,\"kind\":\"%s\"}".formatted(kind));
    forward("struck-" + kind);
    assertThat(strikes()).isEqualTo(1);
    forward("next-" + kind);
    assertThat(arrived("next-" + kind)).as("by the only connection that there may be").isEqualTo(1);
  }

  @Test
  void aFaultThatNamesWhatItIsAboutStrikesNoOther() throws Exception {
    cloud.fault("Consume", 1, "SendMessage", "about-b", FaultKind.KILL_BEFORE, 1);
    forward("about-a");
    assertThat(strikes()).isZero();
    forward("about-b");
    assertThat(strikes()).isEqualTo(1);
    assertThat(arrived("about-a")).isEqualTo(1);
    assertThat(arrived("about-b")).isZero();
    cloud.retry(QUEUE);
    cloud.awaitIdle(PATIENCE);
    assertThat(arrived("about-b")).isEqualTo(1);
  }

  @Test
  void whatIsSetIsListedAndCleared() {
    set("{\"function\":\"Consume\",\"call\":\"PutItem\",\"kind\":\"conflict\",\"times\":3}");
    JsonNode listed = json(get("/local/faults")).path("data");
    assertThat(listed).hasSize(1);
    assertThat(listed.path(0)).isEqualTo(
        json("{\"function\":\"Consume\",\"call\":\"PutItem\",\"kind\":\"conflict\",\"times\":3,\"struck\":0}"));
    assertThat(json(send(request("/local/faults").DELETE())).path("data")).isEmpty();
    assertThat(json(get("/local/faults")).path("data")).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"function: {'function':'Nobody','call':1,'kind':'timeout'}",
    "function: {'call':1,'kind':'timeout'}", "call: {'function':'Consume','call':0,'kind':'timeout'}",
    "call: {'function':'Consume','call':1.5,'kind':'timeout'}", "call: {'function':'Consume','kind':'timeout'}",
    "kind: {'function':'Consume','call':1,'kind':'explode'}", "kind: {'function':'Consume','call':1}",
    "kind: {'function':'Consume','call':'GetItem','kind':'conflict'}",
    "times: {'function':'Consume','call':1,'kind':'timeout','times':0}",
    "times: {'function':'Consume','call':1,'kind':'timeout','times':'1'}",
    "unknown field once: {'function':'Consume','call':1,'kind':'timeout','once':true}"})
  void whatCanNeverStrikeIsRefused(String fieldAndBody) {
    String[] parts = fieldAndBody.split(": ", 2);
    HttpResponse<String> answer = post("/local/faults", parts[1].replace('\'', '"'));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).path("message").asText()).startsWith(parts[0]);
    assertThat(json(get("/local/faults")).path("data")).isEmpty();
  }

  private static void set(String fault) {
    assertThat(post("/local/faults", fault).statusCode()).isEqualTo(201);
  }

  private static void forward(String text) throws Exception {
    cloud.sqs().sendMessage(it -> it.queueUrl(cloud.queueUrl(QUEUE)).messageBody("forward:" + text));
    cloud.awaitIdle(PATIENCE);
  }

  private static long arrived(String text) {
    return batches("Gather", text).stream().flatMap(batch -> batch.path("Records").valueStream())
        .filter(it -> it.path("body").asText().equals(text)).count();
  }

  private static int strikes() {
    return json(get("/local/faults")).path("data").path(0).path("struck").asInt();
  }
}
