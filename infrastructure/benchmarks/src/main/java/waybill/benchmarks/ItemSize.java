package waybill.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * How large an item is by DynamoDB's rules, from its wire format. Source: "DynamoDB item sizes and formats" in the
 * DynamoDB developer guide.
 */
final class ItemSize {
  private static final int CONTAINER_BYTES = 3;
  private static final int ELEMENT_BYTES = 1;

  private ItemSize() {}

  /** In bytes: the names and the values of all attributes. */
  static long ofItem(JsonNode item) {
    long bytes = 0;
    for (Map.Entry<String, JsonNode> attribute : item.properties()) {
      bytes += utf8(attribute.getKey()) + ofValue(attribute.getValue());
    }
    return bytes;
  }

  private static long ofValue(JsonNode value) {
    Map.Entry<String, JsonNode> typed = value.properties().iterator().next();
    JsonNode content = typed.getValue();
    return switch (typed.getKey()) {
      case "S" -> utf8(content.asText());
      case "N" -> ofNumber(new BigDecimal(content.asText()));
      case "BOOL", "NULL" -> 1;
      case "L" -> CONTAINER_BYTES + sum(content);
      case "M" -> CONTAINER_BYTES + ofItem(content) + (long) content.size() * ELEMENT_BYTES;
      default -> throw new IllegalArgumentException("no item of ours has an attribute of type " + typed.getKey());
    };
  }

  private static long sum(JsonNode list) {
    long bytes = 0;
    for (JsonNode element : list) {
      bytes += ELEMENT_BYTES + ofValue(element);
    }
    return bytes;
  }

  /** About a byte for two significant digits and one more; a negative number has one more again. */
  private static long ofNumber(BigDecimal number) {
    if (number.signum() == 0) {
      return 1;
    }
    int digits = number.stripTrailingZeros().precision();
    return (digits + 1) / 2 + 1 + (number.signum() < 0 ? 1 : 0);
  }

  private static long utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
