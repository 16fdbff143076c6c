package waybill.store.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items and attribute values, as {@code {"sku": {"S": "TEA"}, "count": {"N": "1"}}}. */
public final class ItemJson {

  private ItemJson() {}

  /** Reads an item; the parser stands on its opening brace. */
  public static Map<String, AttributeValue> item(JsonParser json) throws IOException {
    require(json, JsonToken.START_OBJECT);
    var item = new HashMap<String, AttributeValue>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      item.put(name, value(json));
    }
    return item;
  }

  /** Reads a value; the parser stands on its opening brace. */
  static AttributeValue value(JsonParser json) throws IOException {
    require(json, JsonToken.START_OBJECT);
    if (json.nextToken() == JsonToken.END_OBJECT) {
      return AttributeValue.builder().build();
    }
    String type = json.currentName();
    json.nextToken();
    AttributeValue value = value(type, json);
    if (json.nextToken() != JsonToken.END_OBJECT) {
      throw new BadJson("Supplied AttributeValue has more than one datatypes set, "
          + "must contain exactly one of the supported datatypes");
    }
    return value;
  }

  private static AttributeValue value(String type, JsonParser json) throws IOException {
    return switch (type) {
      case "S" -> AttributeValue.fromS(text(json));
      case "N" -> AttributeValue.fromN(text(json));
      case "B" -> AttributeValue.fromB(bytes(json));
      case "BOOL" -> AttributeValue.fromBool(flag(json));
      case "NULL" -> AttributeValue.fromNul(flag(json));
      case "M" -> AttributeValue.fromM(item(json));
      case "L" -> AttributeValue.fromL(list(json, ItemJson::value));
      case "SS" -> AttributeValue.fromSs(list(json, ItemJson::text));
      case "NS" -> AttributeValue.fromNs(list(json, ItemJson::text));
      case "BS" -> AttributeValue.fromBs(list(json, ItemJson::bytes));
      default -> throw new BadJson("Unknown type of an attribute value: " + type);
    };
  }

  /** Reads one element. */
  interface Element<T> {
    T read(JsonParser json) throws IOException;
  }

  static <T> List<T> list(JsonParser json, Element<T> element) throws IOException {
    require(json, JsonToken.START_ARRAY);
    var list = new ArrayList<T>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      list.add(element.read(json));
    }
    return list;
  }

  static String text(JsonParser json) throws IOException {
    require(json, JsonToken.VALUE_STRING);
    return json.getText();
  }

  static boolean flag(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_TRUE && json.currentToken() != JsonToken.VALUE_FALSE) {
      throw new BadJson("Expected true or false, and not " + json.currentToken());
    }
    return json.getBooleanValue();
  }

  static SdkBytes bytes(JsonParser json) throws IOException {
    require(json, JsonToken.VALUE_STRING);
    return SdkBytes.fromByteArrayUnsafe(json.getBinaryValue());
  }

  static void require(JsonParser json, JsonToken expected) throws IOException {
    if (json.currentToken() != expected) {
      throw new BadJson("Expected " + expected + ", and not " + json.currentToken());
    }
  }

  public static void write(JsonGenerator json, Map<String, AttributeValue> item) throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, AttributeValue> attribute : item.entrySet()) {
      json.writeFieldName(attribute.getKey());
      write(json, attribute.getValue());
    }
    json.writeEndObject();
  }

  static void write(JsonGenerator json, AttributeValue value) throws IOException {
    json.writeStartObject();
    switch (value.type()) {
      case S -> json.writeStringField("S", value.s());
      case N -> json.writeStringField("N", value.n());
      case B -> json.writeBinaryField("B", value.b().asByteArrayUnsafe());
      case BOOL -> json.writeBooleanField("BOOL", value.bool());
      case NUL -> json.writeBooleanField("NULL", value.nul());
      case M -> {
        json.writeFieldName("M");
        write(json, value.m());
      }
      case L -> {
        json.writeArrayFieldStart("L");
        for (AttributeValue element : value.l()) {
          write(json, element);
        }
        json.writeEndArray();
      }
      case SS -> write(json, "SS", value.ss());
      case NS -> write(json, "NS", value.ns());
      case BS -> {
        json.writeArrayFieldStart("BS");
        for (SdkBytes element : value.bs()) {
          json.writeBinary(element.asByteArrayUnsafe());
        }
        json.writeEndArray();
      }
      case UNKNOWN_TO_SDK_VERSION -> throw new IllegalArgumentException("a stored value has a type");
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String type, List<String> texts) throws IOException {
    json.writeArrayFieldStart(type);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }
}
