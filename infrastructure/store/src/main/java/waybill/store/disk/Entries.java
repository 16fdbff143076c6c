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
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveRequest;
import waybill.store.Declaration;
import waybill.store.Store;
import waybill.store.Store.Change;
import waybill.store.StoreClient;
import waybill.wire.Shape;

/** What a record of the journal says, as JSON: for each table or item that changed, a request that makes it what it became. */
final class Entries {
  private static final JsonFactory JSON = new JsonFactory();

  private Entries() {}

  static byte[] declared(Declaration declaration) {
    return switch (declaration) {
      case Declaration.Created(CreateTableRequest table) -> record(List.of(table));
      case Declaration.Dropped(String table) -> record(
          List.of(DeleteTableRequest.builder().tableName(table).build()));
      case Declaration.Expiring(String table, Optional<String> attribute) -> record(
          List.of(UpdateTimeToLiveRequest.builder().tableName(table)
              .timeToLiveSpecification(
                  it -> it.enabled(attribute.isPresent()).attributeName(attribute.orElse(null)))
              .build()));
    };
  }

  static byte[] changed(List<Change> changes) {
    return record(changes.stream().map(it -> it.after().isEmpty()
        ? DeleteItemRequest.builder().tableName(it.table()).key(it.key()).build()
        : putting(it.table(), it.after())).toList());
  }

  static byte[] put(String table, Map<String, AttributeValue> item) {
    return record(List.of(putting(table, item)));
  }

  private static PutItemRequest putting(String table, Map<String, AttributeValue> item) {
    return PutItemRequest.builder().tableName(table).item(item).build();
  }

  /** One object, whose fields are the kinds of requests, with repeats, in the order in which they are done. */
  private static byte[] record(List<? extends SdkPojo> requests) {
    var bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      for (SdkPojo request : requests) {
        json.writeObjectFieldStart(request.getClass().getSimpleName());
        Shape.write(json, request);
        json.writeEndObject();
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory takes everything
    }
    return bytes.toByteArray();
  }

  /** Does again what a record says. */
  static void replay(byte[] record, Store store) throws IOException {
    var tables = new StoreClient(store);
    try (JsonParser json = JSON.createParser(record)) {
      json.nextToken();
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String kind = json.currentName();
        json.nextToken();
        replay(kind, json, tables);
      }
    }
  }

  private static void replay(String kind, JsonParser json, StoreClient tables) throws IOException {
    switch (kind) {
      case "CreateTableRequest" -> tables.createTable(read(json, CreateTableRequest.builder()).build());
      case "DeleteTableRequest" -> tables.deleteTable(read(json, DeleteTableRequest.builder()).build());
      case "UpdateTimeToLiveRequest" -> tables.updateTimeToLive(read(json, UpdateTimeToLiveRequest.builder()).build());
      case "PutItemRequest" -> tables.putItem(read(json, PutItemRequest.builder()).build());
      case "DeleteItemRequest" -> tables.deleteItem(read(json, DeleteItemRequest.builder()).build());
      default -> throw new IOException("the journal has an entry of an unknown kind: " + kind);
    }
  }

  private static <B extends SdkPojo> B read(JsonParser json, B builder) throws IOException {
    Shape.read(json, builder);
    return builder;
  }
}
