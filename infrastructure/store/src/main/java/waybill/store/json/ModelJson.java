package waybill.store.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.utils.builder.Buildable;

/** Requests and answers of DynamoDB's API. Which members they have, and of which types, the SDK's own classes say. */
public final class ModelJson {
  private static final Map<Class<?>, Map<String, SdkField<?>>> FIELDS = new ConcurrentHashMap<>();
  private static final Map<SdkField<?>, Boolean> OF_VALUES = new ConcurrentHashMap<>();

  private ModelJson() {}

  /**
   * Fills a builder; the parser stands on the opening brace.
   *
   * @throws BadJson if a member is unknown or of another type
   */
  public static <B extends SdkPojo> B read(JsonParser json, B builder) throws IOException {
    ItemJson.require(json, JsonToken.START_OBJECT);
    Map<String, SdkField<?>> fields = FIELDS.computeIfAbsent(builder.getClass(), _ -> byName(builder));
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      SdkField<?> field = fields.get(name);
      if (field == null) {
        throw new BadJson("Unknown member of the request: " + name);
      }
      if (json.nextToken() != JsonToken.VALUE_NULL) {
        field.set(builder, value(json, field));
      }
    }
    return builder;
  }

  private static Map<String, SdkField<?>> byName(SdkPojo pojo) {
    return pojo.sdkFields().stream().collect(Collectors.toMap(SdkField::locationName, Function.identity()));
  }

  private static Object value(JsonParser json, SdkField<?> field) throws IOException {
    MarshallingType<?> type = field.marshallingType();
    if (type == MarshallingType.STRING) {
      return ItemJson.text(json);
    }
    if (type == MarshallingType.MAP) {
      return map(json, field.getTrait(MapTrait.class).valueFieldInfo());
    }
    if (type == MarshallingType.SDK_POJO) {
      return isValue(field) ? ItemJson.value(json) : built(json, field);
    }
    if (type == MarshallingType.LIST) {
      SdkField<?> element = field.getTrait(ListTrait.class).memberFieldInfo();
      return ItemJson.list(json, it -> value(it, element));
    }
    if (type == MarshallingType.BOOLEAN) {
      return ItemJson.flag(json);
    }
    return other(json, type);
  }

  private static Object other(JsonParser json, MarshallingType<?> type) throws IOException {
    if (type == MarshallingType.SDK_BYTES) {
      return ItemJson.bytes(json);
    }
    if (!json.currentToken().isNumeric()) {
      throw new BadJson("Expected a number, and not " + json.currentToken());
    }
    if (type == MarshallingType.INTEGER) {
      return json.getIntValue();
    }
    if (type == MarshallingType.LONG) {
      return json.getLongValue();
    }
    if (type == MarshallingType.DOUBLE) {
      return json.getDoubleValue();
    }
    throw new BadJson("Unknown type of a member: " + type.getTargetClass().getSimpleName());
  }

  private static Object map(JsonParser json, SdkField<?> field) throws IOException {
    if (isValue(field)) {
      return ItemJson.item(json);
    }
    ItemJson.require(json, JsonToken.START_OBJECT);
    var map = new LinkedHashMap<String, Object>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      map.put(name, value(json, field));
    }
    return map;
  }

  private static boolean isValue(SdkField<?> field) {
    return field.marshallingType() == MarshallingType.SDK_POJO
        && OF_VALUES.computeIfAbsent(field, it -> it.constructor().get() instanceof AttributeValue.Builder);
  }

  private static Object built(JsonParser json, SdkField<?> field) throws IOException {
    return ((Buildable) read(json, field.constructor().get())).build();
  }

  public static void write(JsonGenerator json, SdkPojo pojo) throws IOException {
    json.writeStartObject();
    writeMembers(json, pojo);
    json.writeEndObject();
  }

  /** Writes what a model holds into an object that is begun already. */
  public static void writeMembers(JsonGenerator json, SdkPojo pojo) throws IOException {
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
      case String text -> json.writeString(text);
      case Boolean flag -> json.writeBoolean(flag);
      case Integer number -> json.writeNumber(number);
      case Long number -> json.writeNumber(number);
      case Double number -> json.writeNumber(number);
      case Instant instant -> json.writeNumber(instant.getEpochSecond());
      case SdkBytes bytes -> json.writeBinary(bytes.asByteArrayUnsafe());
      case AttributeValue attribute -> ItemJson.write(json, attribute);
      case SdkPojo pojo -> write(json, pojo);
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
          json.writeFieldName((String) entry.getKey());
          write(json, entry.getValue());
        }
        json.writeEndObject();
      }
      default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
    }
  }
}
