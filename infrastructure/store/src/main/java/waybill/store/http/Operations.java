package waybill.store.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTablesRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveRequest;
import software.amazon.awssdk.utils.builder.Buildable;
import waybill.store.json.BadJson;
import waybill.store.json.ModelJson;

/** Reads a request, has it done, and writes the answer or the refusal, as DynamoDB's JSON protocol has them. */
final class Operations {
  private static final JsonFactory JSON = JsonFactory.builder().recyclerPool(JsonRecyclerPools.threadLocalPool())
      .build();
  private static final String TARGET = "DynamoDB_20120810.";
  private static final String OWN_FAULTS = "com.amazonaws.dynamodb.v20120810#";
  private static final String FAULTS_OF_ALL_SERVICES = "com.amazon.coral.service#";

  private final Map<String, Operation> operations;

  /** An answer on the wire. */
  record Answer(int status, byte[] body) {}

  private record Operation(Supplier<SdkPojo> request, Function<SdkPojo, SdkPojo> call) {}

  Operations(DynamoDbClient tables) {
    operations = Map.ofEntries(
        operation("GetItem", GetItemRequest::builder, (GetItemRequest it) -> tables.getItem(it)),
        operation("BatchGetItem", BatchGetItemRequest::builder, (BatchGetItemRequest it) -> tables.batchGetItem(it)),
        operation("TransactGetItems", TransactGetItemsRequest::builder,
            (TransactGetItemsRequest it) -> tables.transactGetItems(it)),
        operation("Query", QueryRequest::builder, (QueryRequest it) -> tables.query(it)),
        operation("Scan", ScanRequest::builder, (ScanRequest it) -> tables.scan(it)),
        operation("PutItem", PutItemRequest::builder, (PutItemRequest it) -> tables.putItem(it)),
        operation("UpdateItem", UpdateItemRequest::builder, (UpdateItemRequest it) -> tables.updateItem(it)),
        operation("DeleteItem", DeleteItemRequest::builder, (DeleteItemRequest it) -> tables.deleteItem(it)),
        operation("BatchWriteItem", BatchWriteItemRequest::builder,
            (BatchWriteItemRequest it) -> tables.batchWriteItem(it)),
        operation("TransactWriteItems", TransactWriteItemsRequest::builder,
            (TransactWriteItemsRequest it) -> tables.transactWriteItems(it)),
        operation("CreateTable", CreateTableRequest::builder, (CreateTableRequest it) -> tables.createTable(it)),
        operation("DeleteTable", DeleteTableRequest::builder, (DeleteTableRequest it) -> tables.deleteTable(it)),
        operation("DescribeTable", DescribeTableRequest::builder,
            (DescribeTableRequest it) -> tables.describeTable(it)),
        operation("ListTables", ListTablesRequest::builder, (ListTablesRequest it) -> tables.listTables(it)),
        operation("DescribeTimeToLive", DescribeTimeToLiveRequest::builder,
            (DescribeTimeToLiveRequest it) -> tables.describeTimeToLive(it)),
        operation("UpdateTimeToLive", UpdateTimeToLiveRequest::builder,
            (UpdateTimeToLiveRequest it) -> tables.updateTimeToLive(it)));
  }

  @SuppressWarnings("unchecked") // the builder given makes requests of the type that the call takes
  private static <R> Map.Entry<String, Operation> operation(String name, Supplier<? extends SdkPojo> builder,
      Function<R, SdkPojo> call) {
    return Map.entry(name, new Operation(builder::get, it -> call.apply((R) ((Buildable) it).build())));
  }

  /** @param target as in the header {@code x-amz-target}; null if there is none */
  Answer answer(String target, byte[] body) throws IOException {
    Operation operation = target != null && target.startsWith(TARGET)
        ? operations.get(target.substring(TARGET.length()))
        : null;
    if (operation == null) {
      return refusal(400, FAULTS_OF_ALL_SERVICES + "UnknownOperationException",
          "The tables of the embedded cloud do not have the operation " + target);
    }
    try {
      return new Answer(200, written(operation.call.apply(read(body, operation.request.get()))));
    } catch (DynamoDbException e) {
      return refusal(e);
    } catch (UnsupportedOperationException e) {
      return refusal(400, OWN_FAULTS + "ValidationException",
          "The tables of the embedded cloud do not support this: " + e.getMessage());
    } catch (JsonProcessingException | BadJson e) {
      return refusal(400, FAULTS_OF_ALL_SERVICES + "SerializationException", e.getMessage());
    }
  }

  private static SdkPojo read(byte[] body, SdkPojo request) throws IOException {
    try (JsonParser json = JSON.createParser(body)) {
      json.nextToken();
      return ModelJson.read(json, request);
    }
  }

  private static byte[] written(SdkPojo answer) throws IOException {
    var bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      ModelJson.write(json, answer);
    }
    return bytes.toByteArray();
  }

  private static Answer refusal(DynamoDbException refusal) throws IOException {
    var bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("__type", OWN_FAULTS + refusal.awsErrorDetails().errorCode());
      json.writeStringField("message", refusal.awsErrorDetails().errorMessage());
      ModelJson.writeMembers(json, refusal);
      json.writeEndObject();
    }
    return new Answer(refusal.statusCode(), bytes.toByteArray());
  }

  /** What is the tables' own fault; callers retry. */
  static Answer failure(Exception e) {
    return refusal(500, OWN_FAULTS + "InternalServerError", e.toString());
  }

  private static Answer refusal(int status, String type, String message) {
    var bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("__type", type);
      json.writeStringField("message", message);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory takes everything
    }
    return new Answer(status, bytes.toByteArray());
  }
}
