package waybill.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import waybill.messages.Choreography.DeliverEvents;
import waybill.messages.EventType;
import waybill.platform.Json;
import waybill.workbench.Bench;

class WebhookEndpointsTest {
  private final Newsroom newsroom = new Newsroom();

  @AfterEach
  void close() {
    newsroom.close();
  }

  @Test
  void anEndpointIsMadeWithASecretThatIsShownOnce() {
    var made = newsroom.put("erp", Map.of("url", "https://hooks.example.com/a", "types", List.of("order.placed"),
        "description", "The ERP"));
    assertThat(made.status()).isEqualTo(201);
    assertThat((String) made.body().get("secret")).startsWith("whsec_").hasSize(50);
    assertThat(made.body()).containsEntry("active", true).containsEntry("types", List.of("order.placed"))
        .containsEntry("description", "The ERP").containsEntry("switched_off", null).containsEntry("revision", 1L);
    assertThat(newsroom.get("erp").body()).doesNotContainKey("secret").containsEntry("url",
        "https://hooks.example.com/a");
    var again = newsroom.put("erp", Map.of("url", "https://hooks.example.com/b"));
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body()).doesNotContainKey("secret").containsEntry("types", List.of());
    assertThat(newsroom.bench.items("events").toString()).doesNotContain("whsec_");
    assertThat(newsroom.bench.sent().toString()).doesNotContain("whsec_");
  }

  @ParameterizedTest
  @CsvSource({"http://hooks.example.com, invalid", "https://hooks.example.com:8443/, invalid",
    "https://169.254.169.254/, invalid", "https://[::1]/, invalid", "https://2130706433/, invalid",
    "https://inside.example.com/hook, private_address", "https://both.example.com/, private_address"})
  void anAddressThatIsNotOnThePublicInternetIsRefused(String url, String code) {
    var refused = newsroom.put("erp", Map.of("url", url, "types", List.of("order.eaten")));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(((List<?>) refused.body().get("errors")).stream().map(Json::object)
        .map(it -> it.get("pointer") + " " + it.get("code")))
        .containsExactlyInAnyOrder("/url " + code, "/types/0 invalid");
    assertThat(newsroom.get("erp").status()).isEqualTo(404);
    assertThat(newsroom.bench.items("events_secrets")).isEmpty();
  }

  @Test
  void aNameThatIsNotKnownYetIsTaken() {
    assertThat(newsroom.put("erp", Map.of("url", "https://soon.example.com")).status()).isEqualTo(201);
  }

  @Test
  void thereAreNoMoreEndpointsThanWorkers() {
    IntStream.range(0, Endpoints.MOST).forEach(it -> newsroom.endpoint("e" + it));
    assertThat(newsroom.put("one-more", Map.of("url", "https://hooks.example.com")).status()).isEqualTo(422);
    assertThat(newsroom.put("e0", Map.of("url", "https://other.example.com")).status()).isEqualTo(200);
  }

  @Test
  void aSecretIsRotatedAndMayBeTheCallersOwn() {
    String first = newsroom.endpoint("erp");
    var rotated = newsroom.rotate("erp", Map.of());
    assertThat(rotated.body()).containsEntry("previous_signs_until", "2026-11-23T09:00:00.000Z");
    assertThat(rotated.body().get("secret")).isNotEqualTo(first);
    String own = WebhookSecret.of(new byte[24]);
    assertThat(newsroom.rotate("erp", Map.of("secret", own)).body()).containsEntry("secret", own);
    var refused = newsroom.rotate("erp", Map.of("secret", WebhookSecret.of(new byte[23])));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body().toString()).contains("/secret").contains("24 to 64 bytes");
    assertThat(newsroom.rotate("none", Map.of()).status()).isEqualTo(404);
  }

  @Test
  void aDeletedEndpointIsGoneWithItsSecretAndOneOfItsNameBeginsAnew() {
    String first = newsroom.endpoint("erp");
    newsroom.happened(newsroom.placed("1"), EventType.ORDER_PLACED);
    newsroom.receiver.answerer = Receiver.SILENT;
    newsroom.deliver("erp");
    assertThat(newsroom.delete("erp").status()).isEqualTo(200);
    assertThat(newsroom.delete("erp").status()).isEqualTo(200);
    assertThat(newsroom.get("erp").status()).isEqualTo(404);
    assertThat(newsroom.bench.items("events_secrets")).isEmpty();
    assertThat(newsroom.deliver("erp")).isZero();
    assertThat(newsroom.endpoint("erp")).isNotEqualTo(first);
    newsroom.receiver.posts.clear();
    newsroom.bench.clock().advance(java.time.Duration.ofHours(1));
    newsroom.deliver("erp");
    assertThat(newsroom.receiver.posts).as("what was before it").isEmpty();
  }

  /** Before each call of a PUT in turn, somebody deletes the endpoint, and the other way round. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPutAndADeleteAtOnceLeaveAWholeEndpointOrNone(boolean existed) {
    boolean done = false;
    for (int call = 1; !done; call++) {
      for (boolean putsFirst : new boolean[]{false, true}) {
        try (var fresh = new Newsroom()) {
          if (existed || !putsFirst) {
            fresh.endpoint("erp");
          }
          Runnable put = () -> fresh.put("erp", Map.of("url", "https://other.example.com/"));
          Runnable delete = () -> fresh.delete("erp");
          var calls = new AtomicInteger();
          fresh.before(calls, call, putsFirst ? delete : put);
          (putsFirst ? put : delete).run();
          done = calls.get() < call;
          fresh.before(calls, -1, () -> {});
          assertWholeOrNone(fresh, "call " + call + " puts " + putsFirst);
        }
      }
    }
  }

  private static void assertWholeOrNone(Newsroom fresh, String when) {
    boolean there = fresh.get("erp").status() == 200;
    assertThat(fresh.bench.items("events_secrets")).as(when).hasSize(there ? 1 : 0);
    fresh.happened(fresh.placed("1"), EventType.ORDER_PLACED);
    assertThat(fresh.sweep()).as(when).isEqualTo(there ? List.of("erp") : List.of());
    assertThat(fresh.deliver("erp")).as(when).isZero();
    assertThat(fresh.receiver.posts).as(when).hasSize(there ? 1 : 0);
    assertThat(fresh.delete("erp").status()).as(when).isEqualTo(200);
    assertThat(fresh.put("erp", Map.of("url", "https://hooks.example.com/")).body()).as(when).containsKey("secret");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whereverAPutOrADeleteDiesItsRepetitionLeavesAWholeEndpointOrNone(boolean afterItsEffect) {
    for (boolean deletes : new boolean[]{false, true}) {
      for (int call = 1; call <= 8; call++) {
        try (var fresh = new Newsroom()) {
          if (deletes) {
            fresh.endpoint("erp");
          }
          fresh.faults.strike(call, afterItsEffect, () -> SdkClientException.create("died"));
          for (int time = 0; time < 2; time++) {
            int status = deletes
                ? fresh.delete("erp").status()
                : fresh.put("erp", Map.of("url", "https://other.example.com/")).status();
            assertThat(status).isIn(200, 201, 500, 503);
          }
          assertWholeOrNone(fresh, "call " + call + " deletes " + deletes);
        }
      }
    }
  }

  @Test
  void anEndpointThatIsSwitchedOnAgainGetsWhatHappenedMeanwhile() {
    newsroom.endpoint("erp");
    var off = new HashMap<String, Object>(Map.of("url", "https://hooks.example.com/erp", "active", false));
    newsroom.put("erp", off);
    newsroom.bench.forgetSent();
    newsroom.happened(newsroom.placed("1"), EventType.ORDER_PLACED);
    assertThat(newsroom.bench.sentTo(DeliverEvents.class)).isEmpty();
    assertThat(newsroom.sweep()).isEmpty();
    newsroom.deliver("erp");
    assertThat(newsroom.receiver.posts).isEmpty();
    off.put("active", true);
    newsroom.put("erp", off);
    assertThat(newsroom.bench.sentTo(DeliverEvents.class)).hasSize(1);
    newsroom.deliver("erp");
    assertThat(newsroom.receiver.posts).hasSize(1);
  }

  @Test
  void anOldRevisionChangesNothing() {
    newsroom.endpoint("erp");
    var event = newsroom.bench.httpEvent("PUT", "/webhook-endpoints/erp", Map.of("id", "erp"), Map.of(),
        Map.of("if-match", "\"7\""), Json.write(Map.of("url", "https://other.example.com")), "op", "orders:operate");
    assertThat(Bench.output(new PutWebhookEndpointHandler(newsroom.ports()), event)).contains("\"statusCode\":412");
  }
}
