package waybill.queues;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** A message in a queue. Its queue changes it, under the lock of all queues. */
final class Held {
  final String id;
  final String body;
  final Map<String, MessageAttributeValue> attributes;
  final long sentAt;
  final String md5;
  /** Of two that are visible since the same millisecond the one that was sent earlier comes first. */
  long order;
  long visibleAt;
  int receives;
  /** Since it is in the queue where it is; 0 before. */
  long firstReceivedAt;
  /** What the last receive gave out; null before the first. */
  String receipt;
  /** The ARN of the queue that gave it up; null if none did. */
  String givenUpBy;

  Held(String id, String body, Map<String, MessageAttributeValue> attributes, long sentAt, long visibleAt) {
    this.id = id;
    this.body = body;
    this.attributes = attributes;
    this.sentAt = sentAt;
    this.visibleAt = visibleAt;
    this.md5 = md5(body.getBytes(StandardCharsets.UTF_8));
  }

  static String md5(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
