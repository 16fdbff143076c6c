package waybill.local.machine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/** JSON in and out. */
public final class Json {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'")
      .withZone(ZoneOffset.UTC);
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {
  };

  private Json() {}

  /** A time as answers of Waybill write it: always to the millisecond. */
  public static String time(Instant time) {
    return TIME.format(time);
  }

  public static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String text(Object value) {
    return new String(bytes(value), StandardCharsets.UTF_8);
  }

  public static ObjectNode tree(Map<String, ?> value) {
    return MAPPER.valueToTree(value);
  }

  public static JsonNode read(byte[] json) throws IOException {
    return MAPPER.readTree(json);
  }

  static Map<String, Object> map(String json) throws JsonProcessingException {
    return MAPPER.readValue(json, MAP);
  }
}
