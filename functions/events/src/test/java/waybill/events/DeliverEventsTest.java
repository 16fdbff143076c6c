package waybill.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import waybill.events.Outbound.Post;
import waybill.messages.Choreography.DeliverEvents;
import waybill.messages.EventType;
import waybill.messages.EventMessages.StockMoved;
import waybill.messages.OrderId;
import waybill.messages.Sku;
import waybill.messages.StockPool;

class DeliverEventsTest {
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
  void anEventIsDeliveredSignedAndOnce() throws Exception {
    String secret = newsroom.endpoint("erp");
    OrderId order = placed("1");
    assertThat(newsroom.bench.sentTo(DeliverEvents.class)).isNotEmpty();
    // The library looks at the machine's clock.
    advance(Duration.between(newsroom.bench.clock().instant(), Instant.now()));
    newsroom.deliver("erp");
    newsroom.deliver("erp");
    assertThat(receiver.posts).hasSize(1);
    Post post = receiver.posts.getFirst();
    assertThat(post.url().toString()).isEqualTo("https://hooks.example.com/erp");
    assertThat(post.to().getHostAddress()).isEqualTo("93.184.215.14");
    assertThat(post.body()).isEqualTo("""
        {"type":"order.placed","timestamp":"2026-11-22T09:00:00.000Z","data":{"order_id":"%s","revision":1}}"""
        .formatted(order));
    assertThat(receiver.ids()).containsExactly((String) newsroom.feed(1).getFirst().get("id"));
    new Webhook(secret).verify(post.body(), headers(post));
    assertThat(newsroom.deliveries("erp", Map.of()).data()).singleElement()
        .satisfies(it -> assertThat(it).containsEntry("succeeded", true).containsEntry("status", 204L)
            .containsEntry("attempt", 1L).containsEntry("order_id", order.value()));
  }

  private static HttpHeaders headers(Post post) {
    var headers = post.headers().entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey,
        it -> List.of(it.getValue())));
    return HttpHeaders.of(headers, (_, _) -> true);
  }

  @Test
  void anEventAboutStockIsDeliveredWithItsProductAndPool() {
    newsroom.endpoint("erp");
    newsroom.record(new StockMoved(new Sku("TEA-200"), new StockPool("default"), EventType.STOCK_SOLD_OUT, 7));
    newsroom.deliver("erp");
    assertThat(receiver.posts.getFirst().body()).isEqualTo("""
        {"type":"stock.sold_out","timestamp":"2026-11-22T09:00:00.000Z",\
        "data":{"sku":"TEA-200","pool":"default","revision":7}}""");
    assertThat(newsroom.deliveries("erp", Map.of()).data()).singleElement().satisfies(
        it -> assertThat(it).containsEntry("sku", "TEA-200").containsEntry("pool", "default")
            .doesNotContainKey("order_id"));
  }

  @Test
  void anEndpointHearsOnlyOfWhatItWants() {
    newsroom.put("erp", Map.of("url", "https://hooks.example.com/", "types", List.of("order.cancelled")));
    OrderId order = placed("1");
    newsroom.happened(order, EventType.ORDER_CANCELLED);
    newsroom.deliver("erp");
    assertThat(receiver.each(Post::body)).singleElement().asString().contains("order.cancelled");
  }

  @Test
  void aReceiverThatIsDownForADayLosesNothingAndGetsTheSameBodyUnderTheSameId() {
    newsroom.endpoint("erp");
    placed("1");
    receiver.answerer = Receiver.SILENT;
    newsroom.deliver("erp");
    for (Duration wait : List.of(Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofMinutes(30),
        Duration.ofHours(2), Duration.ofHours(5), Duration.ofHours(10))) {
      advance(wait.minusSeconds(1));
      newsroom.deliver("erp");
      advance(Duration.ofSeconds(1));
      assertThat(newsroom.sweep()).containsExactly("erp");
      newsroom.deliver("erp");
    }
    assertThat(receiver.posts).as("at 0, 0:00:05, 0:05:05, 0:35:05, 2:35:05, 7:35:05, 17:35:05").hasSize(7);
    receiver.answerer = Receiver.status(200);
    advance(Duration.ofHours(14));
    newsroom.deliver("erp");
    assertThat(receiver.posts).hasSize(8);
    assertThat(receiver.ids()).containsOnly(receiver.ids().getFirst());
    assertThat(receiver.each(Post::body)).containsOnly(receiver.posts.getFirst().body());
    assertThat(receiver.each(it -> it.headers().get("webhook-timestamp"))).doesNotHaveDuplicates();
    advance(Duration.ofDays(9));
    assertThat(newsroom.sweep()).isEmpty();
    assertThat(newsroom.deliveries("erp", Map.of()).data()).hasSize(8);
  }

  @Test
  void anEventIsGivenUpAfterItsTenthTryAndTheEndpointSwitchedOff() {
    newsroom.endpoint("erp");
    placed("1");
    receiver.answerer = Receiver.status(500);
    for (int attempt = 0; attempt < 12; attempt++) {
      newsroom.deliver("erp");
      advance(Duration.ofHours(25));
    }
    assertThat(receiver.posts).hasSize(10);
    assertThat(newsroom.get("erp").body()).containsEntry("active", false).containsEntry("switched_off", "failing");
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 400, 401, 404, 500, 503})
  void everythingButASuccessIsTriedAgain(int status) {
    newsroom.endpoint("erp");
    placed("1");
    receiver.answerer = Receiver.status(status);
    newsroom.deliver("erp");
    receiver.answerer = Receiver.status(204);
    advance(Duration.ofSeconds(5));
    newsroom.deliver("erp");
    assertThat(receiver.each(it -> it.url().getHost())).containsExactly("hooks.example.com", "hooks.example.com");
  }

  @Test
  void anEndpointThatIsGoneIsSwitchedOffAndGetsTheEventOnceItIsBack() {
    newsroom.endpoint("erp");
    placed("1");
    receiver.answerer = Receiver.status(410);
    newsroom.deliver("erp");
    placed("2");
    newsroom.deliver("erp");
    assertThat(receiver.posts).hasSize(1);
    assertThat(newsroom.get("erp").body()).containsEntry("active", false).containsEntry("switched_off", "gone");
    receiver.answerer = Receiver.status(204);
    newsroom.put("erp", Map.of("url", "https://other.example.com/"));
    newsroom.deliver("erp");
    assertThat(receiver.posts).hasSize(3);
    assertThat(receiver.ids().get(1)).isEqualTo(receiver.ids().getFirst());
  }

  @Test
  void aReceiverThatAsksForTimeGetsNothingUntilThen() {
    newsroom.endpoint("erp");
    placed("1");
    receiver.answerer = Receiver.status(429, Duration.ofSeconds(120));
    newsroom.deliver("erp");
    placed("2");
    receiver.answerer = Receiver.status(204);
    advance(Duration.ofSeconds(119));
    newsroom.deliver("erp");
    assertThat(newsroom.sweep()).isEmpty();
    assertThat(receiver.posts).hasSize(1);
    advance(Duration.ofSeconds(1));
    assertThat(newsroom.sweep()).containsExactly("erp");
    newsroom.deliver("erp");
    assertThat(receiver.posts).hasSize(3);
  }

  @Test
  void aNameThatNowLeadsInsideIsNotSentTo() {
    newsroom.endpoint("erp");
    placed("1");
    receiver.names.put("hooks.example.com", List.of("10.0.0.5"));
    newsroom.deliver("erp");
    assertThat(receiver.posts).isEmpty();
    assertThat(newsroom.deliveries("erp", Map.of()).data().getFirst().get("problem"))
        .isEqualTo("the host's address is not on the public Internet");
    receiver.names.put("hooks.example.com", List.of("93.184.215.14", "::1"));
    advance(Duration.ofSeconds(5));
    newsroom.deliver("erp");
    assertThat(receiver.posts).isEmpty();
  }

  @Test
  void anEndpointThatFailsDelaysNoOtherAndNoOtherEvent() {
    newsroom.endpoint("slow");
    newsroom.endpoint("quick", "https://other.example.com/");
    placed("1");
    placed("2");
    receiver.answerer = post -> {
      if (post.url().getHost().equals("hooks.example.com")) {
        throw new java.net.SocketTimeoutException();
      }
      return new Outbound.Reply(204, null, "");
    };
    newsroom.deliver("slow");
    newsroom.deliver("quick");
    assertThat(receiver.each(it -> it.url().getHost())).containsExactly("hooks.example.com", "hooks.example.com",
        "other.example.com", "other.example.com");
  }

  @Test
  void oneWorkerAtATimeIsAtAnEndpointAndTheOtherIsDone() {
    newsroom.endpoint("erp");
    placed("1");
    receiver.answerer = _ -> {
      // While this one waits for its answer, something else happens, and another worker is called.
      if (receiver.posts.size() == 1) {
        placed("2");
        assertThat(newsroom.deliver("erp")).isZero();
        assertThat(receiver.posts).hasSize(1);
      }
      return new Outbound.Reply(204, null, "");
    };
    newsroom.deliver("erp");
    assertThat(receiver.posts).as("it looks again before it ends").hasSize(2);
  }

  @Test
  void aRangeIsSentAgainWithTheSameIdsAndOnceAKey() {
    newsroom.endpoint("erp");
    placed("before");
    newsroom.deliver("erp");
    advance(Duration.ofHours(1));
    for (int i = 0; i < 30; i++) {
      placed("o" + i);
    }
    newsroom.deliver("erp");
    advance(Duration.ofHours(1));
    placed("after");
    newsroom.deliver("erp");
    List<String> first = receiver.ids();
    assertThat(first).hasSize(32);
    receiver.posts.clear();
    assertThat(newsroom.redeliver("erp", "k", "2026-11-22T10:00:00Z", "2026-11-22T10:00:01Z").status()).isEqualTo(202);
    assertThat(newsroom.sweep()).containsExactly("erp");
    newsroom.deliver("erp");
    assertThat(receiver.ids()).isEqualTo(first.subList(1, 31));
    assertThat(newsroom.redeliver("erp", "k", "2026-11-22T10:00:00Z", "2026-11-22T10:00:01Z").body())
        .containsEntry("done", true);
    newsroom.deliver("erp");
    assertThat(receiver.posts).hasSize(30);
    assertThat(newsroom.redeliver("erp", "k", "2026-11-22T10:00:00Z", "2026-11-22T10:00:02Z").status()).isEqualTo(422);
    assertThat(newsroom.redeliver("erp", "l", "2026-11-22T10:00:00Z", "2026-11-22T10:00:00Z").status()).isEqualTo(422);
    assertThat(newsroom.redeliver("none", "l", "2026-11-22T10:00:00Z", "2026-11-22T10:00:02Z").status()).isEqualTo(404);
  }

  @Test
  void theLogHasPages() {
    newsroom.endpoint("erp");
    for (int i = 0; i < 5; i++) {
      placed("o" + i);
      advance(Duration.ofSeconds(1));
    }
    newsroom.deliver("erp");
    var first = newsroom.deliveries("erp", Map.of("limit", "3"));
    var second = newsroom.deliveries("erp", Map.of("limit", "3", "cursor", first.next()));
    assertThat(first.data()).hasSize(3);
    assertThat(second.data()).hasSize(2);
    assertThat(second.next()).isNull();
    assertThat(first.data()).doesNotContainAnyElementsOf(second.data());
    assertThat(newsroom.deliveries("erp", Map.of("cursor", "x")).status()).isEqualTo(422);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whereverItDiesEverythingIsDeliveredInTheEnd(boolean afterItsEffect) {
    newsroom.endpoint("erp");
    placed("1");
    placed("2");
    newsroom.faults.stop();
    newsroom.deliver("erp");
    int calls = newsroom.faults.calls();
    for (int call = 1; call <= calls; call++) {
      try (var fresh = new Newsroom()) {
        fresh.endpoint("erp");
        fresh.happened(fresh.placed("1"), EventType.ORDER_PLACED);
        fresh.happened(fresh.placed("2"), EventType.ORDER_PLACED);
        fresh.faults.strike(call, afterItsEffect, () -> SdkClientException.create("died"));
        if (fresh.deliver("erp") > 0) {
          fresh.bench.clock().advance(Duration.ofMinutes(5));
          assertThat(fresh.deliver("erp")).as("call %d", call).isZero();
        }
        assertThat(fresh.receiver.ids().stream().distinct()).as("call %d", call).hasSize(2);
        assertThat(fresh.sweep()).isEmpty();
      }
    }
  }

  @Test
  void eachAttemptIsLoggedAndMadeOnceWhicheverWriteATransactionIsInTheWayOf() {
    boolean conflicted = true;
    int write = 0;
    while (conflicted) {
      try (var fresh = new Newsroom()) {
        fresh.endpoint("erp");
        fresh.receiver.answerer = Receiver.status(500);
        fresh.happened(fresh.placed("1"), EventType.ORDER_PLACED);
        fresh.faults.conflictAt(++write);
        for (int attempt = 1; attempt <= 3; attempt++) {
          assertThat(fresh.deliver("erp")).as("write %d", write).isZero();
          assertThat(fresh.receiver.posts).as("write %d", write).hasSize(attempt);
          assertThat(fresh.deliveries("erp", Map.of()).data()).as("write %d", write).hasSize(attempt);
          fresh.bench.clock().advance(Duration.ofHours(1));
          fresh.receiver.answerer = Receiver.status(attempt == 1 ? 500 : 204);
        }
        assertThat(fresh.deliver("erp")).isZero();
        assertThat(fresh.receiver.posts).as("write %d: delivered in the end", write).hasSize(3);
        conflicted = fresh.faults.conflicted();
      }
    }
    assertThat(write).isGreaterThan(9);
  }
}
