package waybill.queues;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Where a queue puts a message that was received so often. */
record Redrive(String deadLetterQueue, int maxReceiveCount) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** @param policy as SQS takes it: JSON, the count as a number or as text */
  static Redrive read(String policy) {
    try {
      JsonNode json = JSON.readTree(policy);
      String arn = json.path("deadLetterTargetArn").asText();
      return new Redrive(nameOf(arn), json.path("maxReceiveCount").asInt());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a redrive policy is not JSON", e);
    }
  }

  static String nameOf(String arn) {
    return arn.substring(arn.lastIndexOf(':') + 1);
  }
}
