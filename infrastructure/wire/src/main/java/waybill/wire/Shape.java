package waybill.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.Buildable;

/** The SDK's objects as JSON and back, by the fields that the SDK describes them with. */
public final class Shape {
  private static final Map<Class<?>, Map<String, SdkField<?>>> FIELDS = new ConcurrentHashMap<>();

  private Shape() {}

  /** JSON that breaks the protocol. */
  public static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1;

    Malformed(String message) {
      super(message);
    }
  }

  /** Fills a builder from the object that the parser stands at; a field that the SDK does not know is skipped, as AWS does. */
  public static void read(JsonParser json, SdkPojo builder) throws IOException {
    require(json, JsonToken.START_OBJECT);
    Map<String, SdkField<?>> fields = FIELDS.computeIfAbsent(builder.getClass(), _ -> byName(builder));
    while (json.nextToken() != JsonToken.END_OBJECT) {
      SdkField<?> field = fields.get(json.currentName());
      json.nextToken();
      if (field == null) {
        json.skipChildren();
      } else if (json.currentToken() != JsonToken.VALUE_NULL) {
        field.set(builder, value(json, field));
      }
    }
  }

  private static Map<String, SdkField<?>> byName(SdkPojo pojo) {
    var fields = new HashMap<String, SdkField<?>>();
    pojo.sdkFields().forEach(it -> fields.put(it.locationName(), it));
    return Map.copyOf(fields);
  }

  private static Object value(JsonParser json, SdkField<?> field) throws IOException {
    MarshallingType<?> type = field.marshallingType();
    if (type == MarshallingType.STRING) {
      return text(json);
    } else if (type == MarshallingType.SDK_POJO) {
      SdkPojo builder = field.constructor().get();
      read(json, builder);
      return ((Buildable) builder).build();
    } else if (type == MarshallingType.LIST) {
      return list(json, field.getTrait(ListTrait.class).memberFieldInfo());
    } else if (type == MarshallingType.MAP) {
      return map(json, field.getTrait(MapTrait.class).valueFieldInfo());
    } else if (type == MarshallingType.INTEGER) {
      return (int) number(json);
    } else if (type == MarshallingType.LONG) {
      return number(json);
    } else if (type == MarshallingType.BOOLEAN) {
      if (!json.currentToken().isBoolean()) {
        throw new Malformed(field.locationName() + " is not a boolean");
      }
      return json.getBooleanValue();
    } else if (type == MarshallingType.SDK_BYTES) {
      return SdkBytes.fromByteArrayUnsafe(json.getBinaryValue());
    }
    throw new Malformed(field.locationName() + " is of a type that is not known here: " + type);
  }

  private static String text(JsonParser json) throws IOException {
    require(json, JsonToken.VALUE_STRING);
    return json.getText();
  }

  private static long number(JsonParser json) throws IOException {
    require(json, JsonToken.VALUE_NUMBER_INT);
    return json.getLongValue();
  }

  private static List<Object> list(JsonParser json, SdkField<?> member) throws IOException {
    require(json, JsonToken.START_ARRAY);
    var list = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      list.add(value(json, member));
    }
    return list;
  }

  private static Map<String, Object> map(JsonParser json, SdkField<?> values) throws IOException {
    require(json, JsonToken.START_OBJECT);
    var map = new LinkedHashMap<String, Object>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      map.put(name, value(json, values));
    }
    return map;
  }

  private static void require(JsonParser json, JsonToken token) {
    if (json.currentToken() != token) {
      throw new Malformed("expected " + token + " and found " + json.currentToken());
    }
  }

  /** Writes the fields that are set; the caller has begun the object and ends it. */
  public static void write(JsonGenerator json, SdkPojo pojo) throws IOException {
    for (SdkField<?> field : pojo.sdkFields()) {
      Object value = field.getValueOrDefault(pojo);
      if (value != null && !(value instanceof SdkAutoConstructList) && !(value instanceof SdkAutoConstructMap)) {
        json.writeFieldName(field.locationName());
        write(json, value);
      }
    }
  }

  private static void write(JsonGenerator json, Object value) throws IOException {
    switch (value) {
      case null -> json.writeNull();
      case String text -> json.writeString(text);
      case Integer number -> json.writeNumber(number);
      case Long number -> json.writeNumber(number);
      case Double number -> json.writeNumber(number);
      case BigDecimal number -> json.writeNumber(number);
      case Boolean flag -> json.writeBoolean(flag);
      case Instant time -> json.writeNumber(BigDecimal.valueOf(time.toEpochMilli(), 3));
      case SdkBytes bytes -> json.writeBinary(bytes.asByteArrayUnsafe());
      case List<?> list -> {
        json.writeStartArray();
        for (Object element : list) {
          write(json, element);
        }
        json.writeEndArray();
      }
      case Map<?, ?> map -> {
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          json.writeFieldName(String.valueOf(entry.getKey()));
          write(json, entry.getValue());
        }
        json.writeEndObject();
      }
      case SdkPojo pojo -> {
        json.writeStartObject();
        write(json, pojo);
        json.writeEndObject();
      }
      default -> throw new IllegalStateException("a value of a type that is not known here: " + value.getClass());
    }
  }
}
