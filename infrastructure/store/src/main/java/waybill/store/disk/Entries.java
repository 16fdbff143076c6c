package waybill.store.disk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import waybill.store.Declaration;
import waybill.store.Store;
import waybill.store.Store.Change;
import waybill.store.json.ItemJson;
import waybill.store.json.ModelJson;

/** What a record of the journal says, as JSON: an array with an object for each table or item that changed. */
final class Entries {
  private static final JsonFactory JSON = new JsonFactory();

  private Entries() {}

  private interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  static byte[] declared(Declaration declaration) {
    return record(json -> {
      switch (declaration) {
        case Declaration.Created(CreateTableRequest table) -> {
          json.writeFieldName("create");
          ModelJson.write(json, table);
        }
        case Declaration.Dropped(String table) -> json.writeStringField("drop", table);
        case Declaration.Expiring(String table, Optional<String> attribute) -> {
          json.writeStringField("expire", table);
          json.writeStringField("by", attribute.orElse(null));
        }
      }
    });
  }

  static byte[] changed(List<Change> changes) {
    return record(changes.stream().<Body>map(it -> it.after().isEmpty()
        ? json -> item(json, "delete", it.table(), it.key())
        : json -> item(json, "put", it.table(), it.after())).toArray(Body[]::new));
  }

  static byte[] put(String table, Map<String, AttributeValue> item) {
    return record(json -> item(json, "put", table, item));
  }

  private static void item(JsonGenerator json, String what, String table, Map<String, AttributeValue> item)
      throws IOException {
    json.writeStringField(what, table);
    json.writeFieldName("item");
    ItemJson.write(json, item);
  }

  private static byte[] record(Body... bodies) {
    var bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartArray();
      for (Body body : bodies) {
        json.writeStartObject();
        body.write(json);
        json.writeEndObject();
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory takes everything
    }
    return bytes.toByteArray();
  }

  /** Does again what a record says. */
  static void replay(byte[] record, Store store) throws IOException {
    try (JsonParser json = JSON.createParser(record)) {
      json.nextToken();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        String what = json.nextFieldName();
        json.nextToken();
        replay(what, json, store);
        json.nextToken();
      }
    }
  }

  private static void replay(String what, JsonParser json, Store store) throws IOException {
    switch (what) {
      case "create" -> store.create(ModelJson.read(json, CreateTableRequest.builder()).build());
      case "drop" -> store.drop(json.getText());
      case "expire" -> store.expireBy(json.getText(), Optional.ofNullable(second(json).getText())
          .filter(_ -> json.currentToken() != JsonToken.VALUE_NULL));
      case "put" -> store.putItem(
          PutItemRequest.builder().tableName(json.getText()).item(ItemJson.item(second(json))).build());
      case "delete" -> store.deleteItem(
          DeleteItemRequest.builder().tableName(json.getText()).key(ItemJson.item(second(json))).build());
      default -> throw new IOException("the journal has an entry of an unknown kind: " + what);
    }
  }

  /** The value of the entry's second field. */
  private static JsonParser second(JsonParser json) throws IOException {
    json.nextFieldName();
    json.nextToken();
    return json;
  }
}
