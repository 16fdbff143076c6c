package waybill.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.messages.Choreography.IndexOrder;
import waybill.messages.OrderMessages.IndexDue;
import waybill.platform.Json;

class RemarksTest {
  private final Shop shop = new Shop();

  @BeforeEach
  void place() {
    shop.place(Shop.sample());
    shop.bench.forgetSent();
  }

  @AfterEach
  void close() {
    shop.close();
  }

  private Shop.Answer note(String key, String body) {
    return Shop.run(new NoteOrderHandler(shop.bench.ports(shop.dynamo)),
        shop.bench.httpEvent("POST", "/orders/" + Shop.SAMPLE + "/notes", Map.of("id", Shop.SAMPLE.value()), Map.of(),
            key == null ? Map.of() : Map.of("idempotency-key", key), body, "grace", "orders:operate"));
  }

  private Shop.Answer tag(String... tags) {
    return tagWith(Json.write(Map.of("tags", List.of(tags))));
  }

  private Shop.Answer tagWith(String body) {
    return Shop.run(new TagOrderHandler(shop.bench.ports(shop.dynamo, shop.sqs)),
        shop.bench.httpEvent("PUT", "/orders/" + Shop.SAMPLE + "/tags", Map.of("id", Shop.SAMPLE.value()), Map.of(),
            Map.of(), body, "grace", "orders:operate"));
  }

  private Map<String, Object> order(String subject, String scope) {
    return shop.get(Shop.SAMPLE.value(), subject, scope).body();
  }

  @Test
  void aNoteIsForOperatorsAndSaysWhoWroteItAndWhen() {
    Map<String, Object> answered = note("k", "{\"text\": \"Called, at home from Friday\"}").body();
    Map<String, Object> order = order("op", "orders:operate");
    assertThat(answered).isEqualTo(order);
    assertThat(order.get("notes")).asList().singleElement().satisfies(it -> assertThat(Json.object(it))
        .containsEntry("text", "Called, at home from Friday").containsEntry("by", "grace")
        .containsEntry("created_at", "2026-11-22T09:00:00.000Z"));
    assertThat(order("de-web/c_881", "orders:own")).doesNotContainKey("notes");
    assertThat(order("shop", "orders:place")).doesNotContainKey("notes");
  }

  @Test
  void notesComeInTheirOrderAndChangeNothingOfTheOrder() {
    Object revision = order("op", "orders:operate").get("revision");
    for (String text : List.of("one", "two", "three")) {
      shop.bench.clock().advance(Duration.ofSeconds(1));
      note(text, "{\"text\": \"%s\"}".formatted(text));
    }
    Map<String, Object> order = order("op", "orders:operate");
    assertThat((List<?>) order.get("notes")).extracting(it -> Json.object(it).get("text")).containsExactly("one", "two",
        "three");
    assertThat(order.get("revision")).isEqualTo(revision);
  }

  @Test
  void aKeyIsOneNote() {
    note("k", "{\"text\": \"one\"}");
    assertThat(note("k", "{\"text\": \"one\"}").status()).isEqualTo(200);
    assertThat(note("k", "{\"text\": \"other\"}").body()).containsEntry("code", "idempotency_key_reused");
    assertThat(note(null, "{\"text\": \"one\"}").status()).isEqualTo(400);
    assertThat((List<?>) order("op", "orders:operate").get("notes")).hasSize(1);
  }

  @Test
  void anOrderHasAHundredNotesAtMost() {
    IntStream.range(0, 100).forEach(it -> note("k" + it, "{\"text\": \"x\"}"));
    assertThat(note("k100", "{\"text\": \"x\"}").body()).containsEntry("status", 409L).containsEntry("code",
        "too_many_notes");
    assertThat(note("k99", "{\"text\": \"x\"}").status()).isEqualTo(200);
  }

  @Test
  void tagsReplaceThoseBeforeForOperators() {
    assertThat(tag("late", "called").body().get("tags")).isEqualTo(List.of("late", "called"));
    assertThat(tag("called").body().get("tags")).isEqualTo(List.of("called"));
    assertThat(order("op", "orders:operate").get("tags")).isEqualTo(List.of("called"));
    assertThat(order("de-web/c_881", "orders:own").get("tags")).as("what the storefront sent")
        .isEqualTo(List.of("vip"));
    assertThat(tag().body().get("tags")).isEqualTo(List.of());
    var orders = new Orders(shop.bench.ports());
    assertThat(orders.tags(orders.contents(List.of(Shop.SAMPLE)).values())).containsEntry(Shop.SAMPLE, List.of());
  }

  @Test
  void whatAnOrderIsFoundByIsWrittenAgainWhateverBecameOfTheFirstTry() {
    shop.bench.refuseNextSends(1);
    assertThat(tag("late").status()).isEqualTo(503);
    assertThat(tag("late").status()).isEqualTo(200);
    assertThat(shop.bench.sentTo(IndexOrder.class)).containsExactly(new IndexDue(Shop.SAMPLE));
    assertThat(new Orders(shop.bench.ports()).remarks(Shop.SAMPLE, true).all()).hasSize(1);
  }

  @Test
  void placingAgainSaysTheSameAndKeepsTheTags() {
    tag("late");
    assertThat(shop.place(Shop.sample()).body().get("tags")).isEqualTo(List.of("vip"));
    assertThat(order("op", "orders:operate").get("tags")).isEqualTo(List.of("late"));
  }

  @Test
  void tagsThatAreGivenAtOnceAreGivenOneAfterTheOther() throws Exception {
    var handlers = IntStream.range(0, 4).mapToObj(it -> "tag-" + it).toList();
    try (var pool = java.util.concurrent.Executors.newFixedThreadPool(4)) {
      for (var answer : pool.invokeAll(handlers.stream()
          .map(it -> (java.util.concurrent.Callable<Shop.Answer>) () -> tag(it)).toList())) {
        assertThat(answer.get().status()).isIn(200, 503);
      }
    }
    List<Remark> all = new Orders(shop.bench.ports()).remarks(Shop.SAMPLE, true).all();
    for (int i = 1; i < all.size(); i++) {
      assertThat(all.get(i).before()).isEqualTo(all.get(i - 1).tags());
    }
    assertThat(order("op", "orders:operate").get("tags")).isEqualTo(all.getLast().tags());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"{}|/text required", "{\"text\": \" \"}|/text empty",
    "{\"text\": 5}|/text wrong_type",
    "{\"text\": \"x\", \"by\": \"me\"}|/by unknown"})
  void aNoteThatIsNoneIsRefused(String body, String error) {
    assertThat(note("k", body).errors()).containsExactly(error);
    assertThat(note("k", "{\"text\": \"%s\"}".formatted("x".repeat(1_001))).errors()).containsExactly("/text too_long");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"{}|/tags required", "{\"tags\": \"vip\"}|/tags wrong_type",
    "{\"tags\": [\"\"]}|/tags/0 invalid", "{\"tags\": [5]}|/tags/0 wrong_type",
    "{\"tags\": [\"a\", \"a\"]}|/tags repeated",
    "{\"tags\": [], \"add\": 1}|/add unknown"})
  void tagsThatAreNoneAreRefused(String body, String error) {
    assertThat(tagWith(body).errors()).containsExactly(error);
    assertThat(tag(IntStream.range(0, 51).mapToObj(it -> "t" + it).toArray(String[]::new)).errors())
        .containsExactly("/tags wrong_count");
    assertThat(tag("x".repeat(41)).errors()).containsExactly("/tags/0 invalid");
    assertThat(order("op", "orders:operate").get("tags")).isEqualTo(List.of("vip"));
  }
}
