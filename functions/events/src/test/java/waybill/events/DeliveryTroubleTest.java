package waybill.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.SqsClient;
import waybill.events.Outbound.Post;
import waybill.messages.Choreography.DeliverEvents;
import waybill.messages.EndpointId;
import waybill.messages.EventMessages.DeliveryDue;
import waybill.messages.EventType;
import waybill.messages.OrderId;
import waybill.platform.Ports;
import waybill.platform.Table;
import waybill.workbench.Faults;

/** What a receiver that refuses, a queue that fails and a lack of time do to deliveries, and what they do not. */
class DeliveryTroubleTest {
  private final Newsroom newsroom = new Newsroom();
  private final Receiver receiver = newsroom.receiver;

  @AfterEach
  void close() {
    newsroom.close();
  }

  private OrderId placed(String reference) {
    OrderId order = newsroom.placed(reference);
    newsroom.happened(order, EventType.ORDER_PLACED);
    return order;
  }

  private void advance(Duration time) {
    newsroom.bench.clock().advance(time);
  }

  @Test
  void anEventThatIsAlwaysAskedToWaitDelaysTheOthersOnlyForThatTime() {
    newsroom.endpoint("erp");
    placed("1");
    newsroom.deliver("erp");
    String refused = placed("2").value();
    placed("3");
    receiver.posts.clear();
    receiver.answerer = post -> post.body().contains(refused)
        ? new Outbound.Reply(429, Duration.ofSeconds(1), "")
        : new Outbound.Reply(204, null, "");
    for (int attempt = 0; attempt < 4; attempt++) {
      newsroom.deliver("erp");
      advance(Duration.ofSeconds(1));
      newsroom.deliver("erp");
      placed("later" + attempt);
      newsroom.deliver("erp");
      advance(Duration.ofHours(3));
    }
    assertThat(receiver.each(Post::body)).filteredOn(it -> !it.contains(refused)).as("3 and the later ones").hasSize(5);
    assertThat(receiver.each(Post::body)).filteredOn(it -> it.contains(refused)).hasSize(4);
    assertThat(newsroom.get("erp").body()).containsEntry("active", true);
  }

  @Test
  void aPutEndsTheTimeThatTheEndpointAskedFor() {
    newsroom.endpoint("erp");
    placed("1");
    receiver.answerer = Receiver.status(503, Duration.ofDays(3));
    newsroom.deliver("erp");
    placed("2");
    receiver.answerer = Receiver.status(204);
    newsroom.deliver("erp");
    assertThat(receiver.posts).hasSize(1);
    newsroom.put("erp", Map.of("url", "https://other.example.com/"));
    newsroom.deliver("erp");
    assertThat(receiver.posts).hasSize(2);
  }

  @Test
  void anEndpointThatGotAnotherAddressIsNotSwitchedOffForTheOld() {
    newsroom.endpoint("erp");
    placed("1");
    receiver.answerer = _ -> {
      newsroom.put("erp", Map.of("url", "https://other.example.com/"));
      return new Outbound.Reply(410, null, "");
    };
    newsroom.deliver("erp");
    assertThat(newsroom.get("erp").body()).containsEntry("active", true).containsEntry("switched_off", null);
    receiver.answerer = Receiver.status(204);
    assertThat(newsroom.sweep()).containsExactly("erp");
    newsroom.deliver("erp");
    assertThat(receiver.each(it -> it.url().getHost())).containsExactly("hooks.example.com", "other.example.com");
  }

  @Test
  void aQueueThatFailsDelaysOnlyTheRetryWhichTheScheduleFinds() {
    newsroom.endpoint("erp");
    placed("1");
    receiver.answerer = Receiver.status(500);
    var queue = new Faults();
    queue.strike(1, false, () -> SdkClientException.create("no queue"));
    Ports ports = newsroom.ports().with(SqsClient.class, queue.in(SqsClient.class, newsroom.bench.sqs()));
    assertThat(run(ports, null)).contains("\"batchItemFailures\":[]");
    assertThat(queue.calls()).isEqualTo(1);
    assertThat(newsroom.deliveries("erp", Map.of()).data()).hasSize(1);
    advance(Duration.ofSeconds(5));
    assertThat(newsroom.sweep()).containsExactly("erp");
    newsroom.deliver("erp");
    assertThat(receiver.posts).hasSize(2);
  }

  /** What can be used is 0.7 of the time that is left; a post takes up to 15 s. */
  @ParameterizedTest
  @CsvSource({"25000, 0", "35000, 1"})
  void aPostIsBegunOnlyIfThereIsTimeToWriteWhatCameOfIt(int left, int posts) {
    newsroom.endpoint("erp");
    placed("1");
    newsroom.bench.forgetSent();
    run(newsroom.ports(), left);
    assertThat(receiver.posts).hasSize(posts);
    assertThat(newsroom.bench.sentTo(DeliverEvents.class)).as("another invocation goes on").hasSize(1 - posts);
  }

  private String run(Ports ports, Integer millisLeft) {
    var context = millisLeft == null
        ? null
        : (Context) Proxy.newProxyInstance(Context.class.getClassLoader(), new Class<?>[]{Context.class},
            (_, method, _) -> method.getName().equals("getRemainingTimeInMillis") ? millisLeft : null);
    var out = new ByteArrayOutputStream();
    try {
      new DeliverEventsHandler(ports).handleRequest(newsroom.bench.sqsEvent(new DeliveryDue(new EndpointId("erp"))),
          out, context);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void anEndpointWithoutAPlaceInTheFeedKeepsNoOtherFromItsEvents() {
    newsroom.endpoint("erp");
    lost("a-lost-one");
    placed("1");
    assertThat(newsroom.sweep()).containsExactly("erp");
  }

  /** As an older version left it behind, of which a PUT and a DELETE came at once. */
  private void lost(String id) {
    new Table<>(newsroom.ports(), Feed.TABLE, WebhookEndpoint.class, it -> new Table.Key("endpoints", id))
        .insert(new WebhookEndpoint(new EndpointId(id), "https://other.example.com/", List.of(), null, true, null,
            null));
  }

  @Test
  void anEndpointWithoutAPlaceInTheFeedGetsOneAndASecretWhenItIsPutAgain() {
    lost("lost");
    var put = newsroom.put("lost", Map.of("url", "https://other.example.com/"));
    assertThat(put.status()).isEqualTo(200);
    assertThat((String) put.body().get("secret")).startsWith("whsec_");
    placed("1");
    assertThat(newsroom.sweep()).containsExactly("lost");
    newsroom.deliver("lost");
    assertThat(receiver.posts).hasSize(1);
  }

  @Test
  void whatAWorkerKeepsForAnEndpointThatIsDeletedMeanwhileIsNotSentToTheNextOfItsName() {
    newsroom.endpoint("erp");
    placed("1");
    receiver.answerer = _ -> {
      newsroom.delete("erp");
      newsroom.endpoint("erp", "https://other.example.com/");
      return new Outbound.Reply(500, null, "");
    };
    newsroom.deliver("erp");
    receiver.answerer = Receiver.status(204);
    receiver.posts.clear();
    advance(Duration.ofSeconds(5));
    newsroom.deliver("erp");
    assertThat(receiver.posts).isEmpty();
    assertThat(newsroom.bench.items("events").toString()).as("nothing is left of it").doesNotContain("retry#");
    placed("2");
    newsroom.deliver("erp");
    assertThat(receiver.each(it -> it.url().getHost())).containsExactly("other.example.com");
  }

  @Test
  void aNameThatIsResolvedSlowlyLeavesTheReceiverLessTime() {
    newsroom.endpoint("erp");
    placed("1");
    receiver.resolving = () -> advance(Duration.ofSeconds(11));
    newsroom.deliver("erp");
    assertThat(receiver.timeouts).containsExactly(Duration.ofSeconds(4));
    receiver.resolving = () -> advance(Duration.ofSeconds(15));
    advance(Duration.ofMinutes(1));
    placed("2");
    newsroom.deliver("erp");
    assertThat(receiver.posts).as("no time is left").hasSize(1);
    assertThat(newsroom.deliveries("erp", Map.of()).data().getFirst()).containsEntry("problem",
        "SocketTimeoutException");
  }

  @ParameterizedTest
  @CsvSource({"204, Event delivered", "500, Event not delivered"})
  void onlyASuccessIsLoggedAsDelivered(int status, String message) {
    newsroom.endpoint("erp");
    placed("1");
    receiver.answerer = Receiver.status(status);
    var log = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      newsroom.deliver("erp");
    } finally {
      System.setOut(before);
    }
    assertThat(log.toString(StandardCharsets.UTF_8).lines().filter(it -> it.contains("\"Event "))).singleElement()
        .asString().contains("\"" + message + "\"");
  }
}
