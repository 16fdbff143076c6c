package waybill.queues;

import java.util.Map;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** A message as one receive gave it out. */
record Received(String id, String receipt, String body, String md5, Map<String, MessageAttributeValue> attributes,
    long sentAt, int receives, long firstReceivedAt, String givenUpBy) {

  static Received of(Held it) {
    return new Received(it.id, it.receipt, it.body, it.md5, it.attributes, it.sentAt, it.receives, it.firstReceivedAt,
        it.givenUpBy);
  }
}
