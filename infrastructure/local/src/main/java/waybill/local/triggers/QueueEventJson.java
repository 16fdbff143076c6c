package waybill.local.triggers;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import waybill.local.machine.Json;
import waybill.template.Stack;

/** A batch of messages as Lambda shows it to a function. */
final class QueueEventJson {
  private QueueEventJson() {}

  static byte[] of(List<Message> batch, String queueArn) {
    return Json.bytes(Map.of("Records", batch.stream().map(message -> record(message, queueArn)).toList()));
  }

  private static Map<String, Object> record(Message message, String queueArn) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    for (String name : List.of("ApproximateReceiveCount", "SentTimestamp", "SenderId",
        "ApproximateFirstReceiveTimestamp")) {
      attributes.put(name, message.attributesAsStrings().get(name));
    }
    Map<String, Object> custom = new LinkedHashMap<>();
    message.messageAttributes().forEach((name, value) -> custom.put(name, attribute(value)));
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("messageId", message.messageId());
    record.put("receiptHandle", message.receiptHandle());
    record.put("body", message.body());
    record.put("attributes", attributes);
    record.put("messageAttributes", custom);
    record.put("md5OfBody", message.md5OfBody());
    record.put("eventSource", "aws:sqs");
    record.put("eventSourceARN", queueArn);
    record.put("awsRegion", Stack.REGION);
    return record;
  }

  private static Map<String, Object> attribute(MessageAttributeValue value) {
    Map<String, Object> attribute = new LinkedHashMap<>();
    if (value.stringValue() != null) {
      attribute.put("stringValue", value.stringValue());
    }
    SdkBytes binary = value.binaryValue();
    if (binary != null) {
      attribute.put("binaryValue", Base64.getEncoder().encodeToString(binary.asByteArray()));
    }
    attribute.put("stringListValues", List.of());
    attribute.put("binaryListValues", List.of());
    attribute.put("dataType", value.dataType());
    return attribute;
  }
}
