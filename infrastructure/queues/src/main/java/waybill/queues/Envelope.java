package waybill.queues;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;

/** Messages as SQS takes them in and gives them out. */
final class Envelope {
  private static final int MOST_DELAY_SECONDS = 900;
  private static final byte TEXT = 1;
  private static final byte BINARY = 2;

  private Envelope() {}

  /** @param delaySeconds null for the queue's own */
  static Held sent(LocalQueue queue, String body, Map<String, MessageAttributeValue> attributes, Integer delaySeconds) {
    Limits.requireBody(body);
    int delay = Limits.within("DelaySeconds", delaySeconds, 0, MOST_DELAY_SECONDS,
        queue.seconds(QueueAttributeName.DELAY_SECONDS));
    long now = AllQueues.now();
    return new Held(UUID.randomUUID().toString(), body, attributes, now, now + delay * 1_000L);
  }

  /** What was asked for of a message. */
  static Message message(Received it, ReceiveMessageRequest request, String account) {
    var asked = request.messageSystemAttributeNames();
    var system = new EnumMap<MessageSystemAttributeName, String>(MessageSystemAttributeName.class);
    if (!asked.isEmpty()) {
      system.put(MessageSystemAttributeName.SENDER_ID, account);
      system.put(MessageSystemAttributeName.SENT_TIMESTAMP, String.valueOf(it.sentAt()));
      system.put(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, String.valueOf(it.receives()));
      system.put(MessageSystemAttributeName.APPROXIMATE_FIRST_RECEIVE_TIMESTAMP, String.valueOf(it.firstReceivedAt()));
      if (it.givenUpBy() != null) {
        system.put(MessageSystemAttributeName.DEAD_LETTER_QUEUE_SOURCE_ARN, it.givenUpBy());
      }
      if (!asked.contains(MessageSystemAttributeName.ALL)) {
        system.keySet().retainAll(asked);
      }
    }
    var own = new TreeMap<>(it.attributes());
    own.keySet().removeIf(name -> request.messageAttributeNames().stream().noneMatch(one -> covers(one, name)));
    return Message.builder().messageId(it.id()).receiptHandle(it.receipt()).body(it.body()).md5OfBody(it.md5())
        .attributes(system).messageAttributes(own).md5OfMessageAttributes(md5(own)).build();
  }

  /** {@code All}, {@code .*}, a name, or the begin of one with {@code .*} behind it. */
  private static boolean covers(String asked, String name) {
    return asked.equals("All") || asked.equals(name)
        || asked.endsWith(".*") && name.startsWith(asked.substring(0, asked.length() - 2));
  }

  /** The checksum that the SDK compares; null if there are no attributes. */
  static String md5(Map<String, MessageAttributeValue> attributes) {
    if (attributes.isEmpty()) {
      return null;
    }
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      for (Map.Entry<String, MessageAttributeValue> entry : new TreeMap<>(attributes).entrySet()) {
        write(out, entry.getKey().getBytes(StandardCharsets.UTF_8));
        write(out, entry.getValue().dataType().getBytes(StandardCharsets.UTF_8));
        boolean isText = entry.getValue().stringValue() != null;
        out.writeByte(isText ? TEXT : BINARY);
        write(out, isText
            ? entry.getValue().stringValue().getBytes(StandardCharsets.UTF_8)
            : entry.getValue().binaryValue().asByteArray());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Held.md5(bytes.toByteArray());
  }

  private static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }
}
