package waybill.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import waybill.messages.ChannelId;
import waybill.messages.Choreography.AdvanceOrder;
import waybill.messages.OrderId;
import waybill.messages.OrderMessages.OrderPlaced;
import waybill.messages.StockMessages.StockReserved;

class BatchTest {
  private static final StockReserved ONE = new StockReserved(OrderId.of(new ChannelId("web"), "1"));
  private static final StockReserved TWO = new StockReserved(OrderId.of(new ChannelId("web"), "2"));
  private final List<AdvanceOrder.Input> done = new ArrayList<>();
  private String answer;

  @Test
  void whatIsDoneIsNotAnswered() {
    assertThat(run(done::add, Json.write(ONE), Json.write(TWO))).isEmpty();
    assertThat(done).containsExactly(ONE, TWO);
    assertThat(answer).isEqualTo("{\"batchItemFailures\":[]}");
  }

  @Test
  void anEmptyBatchIsDone() {
    assertThat(run(done::add)).isEmpty();
    assertThat(answer).isEqualTo("{\"batchItemFailures\":[]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ada@example.com", "{", "null", "[]",
    "{\"type\":\"OrderRecalled\",\"email\":\"ada@example.com\"}",
    "{\"type\":\"StockReserved\",\"order\":\"ada@example.com\"}",
    "{\"type\":\"StockRefused\",\"short_of\":[null]}",
    "{\"type\":\"StockRefused\",\"short_of\":[{\"quantity\":1e9999999999}]}"})
  void aPoisonMessageFailsAloneWithItsReasonAndWithoutItsText(String poison) {
    List<String> told = run(done::add, Json.write(ONE), poison, Json.write(TWO));
    assertThat(done).containsExactly(ONE, TWO);
    assertThat(answer).isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m-1\"}]}");
    assertThat(told).hasSize(1).first().asString().doesNotContain("example.com").contains("Malformed: ");
    assertThat(Json.readObject(told.getFirst())).containsEntry("message_id", "m-1").containsEntry("receives", "3")
        .containsEntry("type", "unreadable");
  }

  @Test
  void aMessageForAnotherFunctionIsPoison() {
    run(done::add, Json.write(new OrderPlaced(ONE.order(), null, List.of(), null)));
    assertThat(done).isEmpty();
    assertThat(answer).contains("m-0");
  }

  @Test
  void whatThrowsFailsAlone() {
    List<String> told = run(news -> {
      if (news.equals(ONE)) {
        throw new IllegalStateException("no luck");
      }
      done.add(news);
    }, Json.write(ONE), Json.write(TWO));
    assertThat(done).containsExactly(TWO);
    assertThat(answer).isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m-0\"}]}");
    assertThat(Json.readObject(told.getFirst())).containsEntry("type", "StockReserved").containsEntry("reason",
        "java.lang.IllegalStateException: no luck");
  }

  @Test
  void whatComesTwiceInABatchIsDoneOnceAndSharesItsEnd() {
    assertThat(run(done::add, Json.write(ONE), Json.write(TWO), Json.write(ONE))).isEmpty();
    assertThat(done).containsExactly(ONE, TWO);

    done.clear();
    List<String> told = run(news -> {
      done.add(news);
      throw new IllegalStateException("half done");
    }, Json.write(ONE), Json.write(ONE));
    assertThat(done).containsExactly(ONE);
    assertThat(answer)
        .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m-0\"},{\"itemIdentifier\":\"m-1\"}]}");
    assertThat(told).hasSize(2);
  }

  @Test
  void whatIsOnlyEarlyOrBusyComesBackWithAWarning() {
    var throttled = DynamoDbException.builder().statusCode(400)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode("ThrottlingException").build()).build();
    for (RuntimeException busy : List.of(new RetryLater("another is at it"), new Table.Contended("orders"),
        throttled)) {
      List<String> told = run(_ -> {
        throw busy;
      }, Json.write(ONE));
      assertThat(answer).contains("m-0");
      assertThat(Json.readObject(told.getFirst())).containsEntry("level", "WARN").containsEntry("message_id", "m-0")
          .containsEntry("receives", "3").containsEntry("type", "StockReserved")
          .containsEntry("reason", busy.toString());
    }
  }

  @Test
  void whatIsWrongIsAnError() {
    var refused = DynamoDbException.builder().statusCode(400)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode("ValidationException").build()).build();
    for (RuntimeException fault : List.of(new IllegalStateException(), refused)) {
      List<String> told = run(_ -> {
        throw fault;
      }, Json.write(ONE));
      assertThat(Json.readObject(told.getFirst())).containsEntry("level", "ERROR");
    }
  }

  @Test
  void whatFailedOnceIsAnsweredOnceAndIsNotAnEntryAnyMore() throws IOException {
    Batch<AdvanceOrder.Input> batch = Batch.read(event(Json.write(ONE), Json.write(TWO)), AdvanceOrder.Input.class,
        Log.of(BatchTest.class));
    new Lines().of(() -> {
      batch.fail("m-0", new IllegalStateException());
      batch.fail("m-0", new IllegalStateException());
    });
    assertThat(batch.entries()).containsExactly(new Batch.Entry<>("m-1", TWO));
    var out = new ByteArrayOutputStream();
    batch.answer(out);
    assertThat(out).hasToString("{\"batchItemFailures\":[{\"itemIdentifier\":\"m-0\"}]}");
  }

  /** Does the work for these bodies, of messages m-0, m-1 … @return what was logged */
  private List<String> run(java.util.function.Consumer<AdvanceOrder.Input> work, String... bodies) {
    var out = new ByteArrayOutputStream();
    List<String> told = new Lines().of(() -> {
      try {
        Batch<AdvanceOrder.Input> batch = Batch.read(event(bodies), AdvanceOrder.Input.class, Log.of(BatchTest.class));
        batch.each(work);
        batch.answer(out);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
    answer = out.toString(StandardCharsets.UTF_8);
    return told;
  }

  private static ByteArrayInputStream event(String... bodies) {
    var records = new ArrayList<Map<String, Object>>();
    for (int i = 0; i < bodies.length; i++) {
      records
          .add(Map.of("messageId", "m-" + i, "body", bodies[i], "attributes", Map.of("ApproximateReceiveCount", "3")));
    }
    return new ByteArrayInputStream(Json.write(Map.of("Records", records)).getBytes(StandardCharsets.UTF_8));
  }
}
