package waybill.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import waybill.messages.ChannelId;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.Message;
import waybill.messages.OrderId;
import waybill.messages.OrderMessages.OrderDelivered;
import waybill.messages.OrderMessages.OrderReleased;
import waybill.messages.Sent;
import waybill.messages.Sku;
import waybill.messages.StockMessages.StockReserved;

class SenderTest {
  private static final String ADVANCE = "https://sqs.example/waybill-advance-order";
  private static final String PLAN = "https://sqs.example/waybill-plan-fulfillment";
  private static final String NOTIFY = "https://sqs.example/waybill-notify-customer";

  private final Queues queues = new Queues();
  private final Sender<Sent> sender = sender(Map.of("QUEUE_PREFIX", "https://sqs.example/waybill-"));

  private Sender<Sent> sender(Map<String, String> environment) {
    return new Sender<>(new Ports(environment, InstantSource.system()).with(SqsClient.class, queues));
  };

  @Test
  void aMessageGoesToAllItsQueues() {
    OrderReleased released = released(1);
    sender.send(List.of(released));
    assertThat(queues.sent).isEqualTo(Map.of(PLAN, List.of(released), NOTIFY, List.of(released)));
  }

  @Test
  void nothingToSendAsksNobody() {
    sender.send(List.of());
    assertThat(queues.chunks).isEmpty();
  }

  @Test
  void messagesGoInChunksOfTen() {
    List<StockReserved> messages = IntStream.range(0, 23).mapToObj(it -> new StockReserved(order(it))).toList();
    sender.send(messages);
    assertThat(queues.chunks).containsExactly(10, 10, 3);
    assertThat(queues.sent.get(ADVANCE)).containsExactlyElementsOf(messages);
  }

  @Test
  void largeMessagesGoInSmallerChunks() {
    List<OrderReleased> messages = IntStream.range(0, 10).mapToObj(it -> released(it, 500)).toList();
    assertThat(Json.write(messages.getFirst()).length()).isGreaterThan(25_000).isLessThan(250_000);
    sender.send(messages);
    assertThat(queues.chunks).hasSizeGreaterThan(2).allMatch(it -> it < 10);
    assertThat(queues.sent.get(PLAN)).containsExactlyElementsOf(messages);
  }

  @Test
  void aMessageNamedTwiceIsSentOnce() {
    sender.send(List.of(new StockReserved(order(1)), new StockReserved(order(1))));
    assertThat(queues.sent.get(ADVANCE)).hasSize(1);
  }

  @Test
  void anEntryThatFailsFailsItsMessageAlone() {
    var bad = new StockReserved(order(11));
    queues.fails = (_, message) -> message.equals(bad);
    List<StockReserved> messages = IntStream.range(0, 12).mapToObj(it -> new StockReserved(order(it))).toList();
    assertThat(sender.trySend(messages)).containsOnlyKeys(bad);
    assertThat(queues.sent.get(ADVANCE)).hasSize(11).doesNotContain(bad);
    assertThatExceptionOfType(Sender.NotSent.class).isThrownBy(() -> sender.send(messages))
        .withMessage("StockReserved could not be sent: InternalError");
  }

  @Test
  void aMessageThatMissedOneOfItsQueuesIsNotSent() {
    queues.fails = (queue, _) -> queue.equals(NOTIFY);
    assertThat(sender.trySend(List.of(released(1)))).containsOnlyKeys(released(1));
    assertThat(queues.sent).containsOnlyKeys(PLAN);
  }

  @Test
  void aQueueThatCannotBeReachedFailsWhatWasMeantForIt() {
    queues.unreachable = ADVANCE;
    var reserved = new StockReserved(order(1));
    var delivered = new OrderDelivered(order(2), java.time.Instant.EPOCH);
    assertThat(sender.trySend(List.of(reserved, delivered))).containsOnlyKeys(reserved);
    assertThat(queues.sent.get(NOTIFY)).containsExactly(delivered);
    assertThatCode(() -> sender.send(List.of(delivered))).doesNotThrowAnyException();
  }

  @Test
  void withoutThePrefixOfQueuesNothingIsSent() {
    assertThatIllegalStateException()
        .isThrownBy(() -> sender(Map.of()).send(List.of(released(1))))
        .withMessage("the environment lacks QUEUE_PREFIX");
  }

  private static OrderId order(int number) {
    return OrderId.of(new ChannelId("web"), Integer.toString(number));
  }

  private static OrderReleased released(int order, int... lines) {
    List<LineQuantity> quantities = lines.length == 0
        ? List.of()
        : IntStream.rangeClosed(1, lines[0])
            .mapToObj(it -> new LineQuantity(new LineId("line_" + it), new Sku("S".repeat(60)), 1_000_000)).toList();
    return new OrderReleased(order(order), null, quantities);
  }

  /** Queues that keep what they take. */
  private static final class Queues implements SqsClient {
    final Map<String, List<Message>> sent = new HashMap<>();
    final List<Integer> chunks = new ArrayList<>();
    BiPredicate<String, Message> fails = (_, _) -> false;
    String unreachable = "";

    @Override
    public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
      if (request.queueUrl().equals(unreachable)) {
        throw SdkClientException.create("no route");
      }
      chunks.add(request.entries().size());
      var failed = new ArrayList<BatchResultErrorEntry>();
      request.entries().forEach(entry -> {
        Message message = Records.fromTree(Json.read(entry.messageBody()), Message.class);
        if (fails.test(request.queueUrl(), message)) {
          failed.add(BatchResultErrorEntry.builder().id(entry.id()).code("InternalError").build());
        } else {
          sent.computeIfAbsent(request.queueUrl(), _ -> new ArrayList<>()).add(message);
        }
      });
      return SendMessageBatchResponse.builder().failed(failed).build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
