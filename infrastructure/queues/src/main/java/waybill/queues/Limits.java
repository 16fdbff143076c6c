package waybill.queues;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** SQS's limits. */
final class Limits {
  /** Of a message, and of all messages of a batch. */
  static final int MOST_BYTES = 1_048_576;
  private static final int MOST_ENTRIES = 10;
  private static final Set<QueueAttributeName> SETTABLE = EnumSet.of(QueueAttributeName.VISIBILITY_TIMEOUT,
      QueueAttributeName.DELAY_SECONDS, QueueAttributeName.RECEIVE_MESSAGE_WAIT_TIME_SECONDS,
      QueueAttributeName.MESSAGE_RETENTION_PERIOD, QueueAttributeName.REDRIVE_POLICY);

  private Limits() {}

  static int within(String parameter, Integer value, int least, int most, int otherwise) {
    if (value == null) {
      return otherwise;
    }
    if (value < least || value > most) {
      throw Refusals.parameter("%s is %d, and has to be from %d to %d".formatted(parameter, value, least, most));
    }
    return value;
  }

  static void requireQueueName(String name) {
    if (name == null || !name.matches("[A-Za-z0-9_-]{1,80}")) {
      throw Refusals.parameter("a queue's name has up to 80 letters, digits, - and _: " + name);
    }
  }

  static void requireAttributes(Map<QueueAttributeName, String> attributes) {
    attributes.forEach((name, value) -> {
      if (!SETTABLE.contains(name)) {
        throw Refusals.parameter("the attribute is not known here: " + name);
      }
      if (name != QueueAttributeName.REDRIVE_POLICY && !value.matches("\\d{1,8}")) {
        throw Refusals.parameter("%s is not a number: %s".formatted(name, value));
      }
    });
  }

  static void requireStandard(String group, String deduplication) {
    if (group != null || deduplication != null) {
      throw Refusals.parameter("only FIFO queues have groups and deduplication, and there are none here");
    }
  }

  static void requireBatch(List<String> ids) {
    if (ids.isEmpty()) {
      throw Refusals.emptyBatch();
    }
    if (ids.size() > MOST_ENTRIES) {
      throw Refusals.tooManyEntries(MOST_ENTRIES);
    }
    if (new HashSet<>(ids).size() < ids.size()) {
      throw Refusals.idsNotDistinct();
    }
  }

  static void requireBatchSize(List<SendMessageBatchRequestEntry> entries) {
    long bytes = entries.stream().filter(it -> it.messageBody() != null)
        .mapToLong(it -> it.messageBody().getBytes(StandardCharsets.UTF_8).length).sum();
    if (bytes > MOST_BYTES) {
      throw Refusals.batchTooLong(MOST_BYTES);
    }
  }

  static void requireBody(String body) {
    if (body == null || body.isEmpty()) {
      throw Refusals.parameter("a message has a body");
    }
    if (body.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      throw Refusals.parameter("a message has at most %d bytes".formatted(MOST_BYTES));
    }
    if (!body.codePoints().allMatch(Limits::isXml)) {
      throw Refusals.contents();
    }
  }

  /** What XML 1.0 allows: SQS once spoke it, and still takes nothing else. */
  private static boolean isXml(int it) {
    return it == 0x9 || it == 0xA || it == 0xD || it >= 0x20 && it <= 0xD7FF || it >= 0xE000 && it <= 0xFFFD
        || it >= 0x10000;
  }
}
