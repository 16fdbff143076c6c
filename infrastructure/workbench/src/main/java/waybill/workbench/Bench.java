package waybill.workbench;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.sqs.SqsClient;
import waybill.messages.Message;
import waybill.messages.Routing;
import waybill.platform.Json;
import waybill.platform.Ports;
import waybill.store.StoreClient;

/** Everything that one test needs: fresh tables, empty queues, an environment that names them, and a clock. */
public final class Bench implements AutoCloseable {
  private static final List<String> CAPABILITIES = List.of("catalog", "orders", "payments", "inventory", "fulfillment",
      "shipping", "notifications", "events", "search", "options", "incidents", "documents", "warehouse");

  private static final String QUEUE_PREFIX = "queue:";

  private final DynamoDbClient dynamo = new StoreClient();
  private final RecordedQueues queues = new RecordedQueues();
  private final TestClock clock = new TestClock(Instant.parse("2026-11-22T09:00:00Z"));
  private final Map<String, String> environment = new HashMap<>();
  private int messages;

  /** What was sent: to where, as what, and its text. */
  public record Sent(String queue, Message message, String text) {}

  private Bench() {
    environment.put("QUEUE_PREFIX", QUEUE_PREFIX);
    environment.put("CARRIER_ACCOUNTS_PARAMETER", "/waybill/carriers");
    CAPABILITIES.forEach(it -> environment.put(it.toUpperCase(Locale.ROOT) + "_TABLE", it));
  }

  /**
   * Fresh tables, each with {@code pk} and {@code sk}.
   *
   * @param tables a capability's name, for example {@code inventory}, or {@code orders:by_customer,by_hold} for one with
   *     indexes, each of which projects keys only and is sorted by {@code <index>_range}
   */
  public static Bench open(String... tables) {
    var bench = new Bench();
    for (String table : tables) {
      String[] parts = table.split(":");
      bench.create(parts[0], parts.length == 1 ? List.of() : List.of(parts[1].split(",")));
    }
    return bench;
  }

  private void create(String table, List<String> indexes) {
    environment.put(table.toUpperCase(Locale.ROOT) + "_TABLE", table);
    var attributes = new ArrayList<>(List.of("pk", "sk"));
    indexes.forEach(index -> attributes.addAll(List.of(index, index + "_range")));
    var request = CreateTableRequest.builder().tableName(table).billingMode(BillingMode.PAY_PER_REQUEST)
        .keySchema(keys("pk", "sk"))
        .attributeDefinitions(attributes.stream()
            .map(it -> AttributeDefinition.builder().attributeName(it).attributeType(ScalarAttributeType.S).build())
            .toList());
    if (!indexes.isEmpty()) {
      request.globalSecondaryIndexes(indexes.stream()
          .map(index -> GlobalSecondaryIndex.builder().indexName(index).keySchema(keys(index, index + "_range"))
              .projection(it -> it.projectionType(ProjectionType.KEYS_ONLY)).build())
          .toList());
    }
    dynamo().createTable(request.build());
  }

  private static List<KeySchemaElement> keys(String partition, String sort) {
    return List.of(KeySchemaElement.builder().attributeName(partition).keyType(KeyType.HASH).build(),
        KeySchemaElement.builder().attributeName(sort).keyType(KeyType.RANGE).build());
  }

  public DynamoDbClient dynamo() {
    return dynamo;
  }

  public SqsClient sqs() {
    return queues;
  }

  public TestClock clock() {
    return clock;
  }

  /** What a function is given, to be given clients of other services as well. */
  public Ports ports() {
    return ports(dynamo(), sqs());
  }

  public Ports ports(DynamoDbClient dynamo) {
    return ports(dynamo, sqs());
  }

  public Ports ports(DynamoDbClient dynamo, SqsClient sqs) {
    return new Ports(environment, clock).with(DynamoDbClient.class, dynamo).with(SqsClient.class, sqs);
  }

  /** Sets a name of the environment. */
  public Bench with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** All that was sent, in order. */
  public List<Sent> sent() {
    return queues.sent();
  }

  /** What was sent to a function. @param function as the choreography declares it */
  public List<Message> sentTo(Class<?> function) {
    String queue = QUEUE_PREFIX + Routing.queueOf(function.getSimpleName());
    return queues.sent().stream().filter(it -> it.queue().equals(queue)).map(Sent::message).toList();
  }

  public void forgetSent() {
    queues.clear();
  }

  /** The next entries that are sent are answered as failed. */
  public void refuseNextSends(int entries) {
    queues.failNext(entries);
  }

  /** All items of a table. */
  public List<Map<String, AttributeValue>> items(String table) {
    return dynamo().scanPaginator(request -> request.tableName(table)).items().stream().toList();
  }

  /** An SQS event with these messages, received for the first time. */
  public InputStream sqsEvent(Message... batch) {
    return sqsEvent(1, List.of(batch).stream().map(Json::write).toArray(String[]::new));
  }

  /** An SQS event with these bodies, whatever they are; the message ids are m-1, m-2 … through the bench's life. */
  public InputStream sqsEvent(int receiveCount, String... bodies) {
    var records = new ArrayList<Object>();
    for (String body : bodies) {
      var received = new LinkedHashMap<String, Object>();
      received.put("messageId", "m-" + ++messages);
      received.put("receiptHandle", "r-" + messages);
      received.put("body", body);
      received.put("attributes",
          Map.of("ApproximateReceiveCount", Integer.toString(receiveCount), "SentTimestamp",
              Long.toString(clock.millis()), "SenderId", "test",
              "ApproximateFirstReceiveTimestamp", Long.toString(clock.millis())));
      received.put("messageAttributes", Map.of());
      received.put("md5OfBody", "");
      received.put("eventSource", "aws:sqs");
      received.put("eventSourceARN", "arn:aws:sqs:eu-central-1:000000000000:test");
      received.put("awsRegion", "eu-central-1");
      records.add(received);
    }
    return stream(Map.of("Records", records));
  }

  /** An API Gateway event (payload format 2.0). @param subject {@code de-web/c_881} is a customer of a channel, which the token names too */
  public InputStream httpEvent(String method, String path, Map<String, String> pathParameters,
      Map<String, String> query, Map<String, String> headers, String body,
      String subject, String... scopes) {
    var event = new LinkedHashMap<String, Object>();
    event.put("version", "2.0");
    event.put("routeKey", method + " " + path);
    event.put("rawPath", path);
    event.put("headers", headers);
    event.put("pathParameters", pathParameters);
    event.put("queryStringParameters", query);
    var context = new LinkedHashMap<String, Object>();
    context.put("http",
        Map.of("method", method, "path", path, "sourceIp", "127.0.0.1", "userAgent", "test", "protocol", "HTTP/1.1"));
    context.put("requestId", "request");
    context.put("timeEpoch", clock.millis());
    if (!subject.isEmpty()) {
      context.put("authorizer", Map.of("jwt",
          Map.of("claims", claims(subject, String.join(" ", scopes)), "scopes", List.of(scopes))));
    }
    event.put("requestContext", context);
    event.put("body", body);
    event.put("isBase64Encoded", false);
    return stream(event);
  }

  /** What a handler answers to an event. */
  public static String output(RequestStreamHandler handler, InputStream event) {
    var out = new ByteArrayOutputStream();
    try {
      handler.handleRequest(event, out, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static Map<String, String> claims(String subject, String scope) {
    int slash = subject.indexOf('/');
    return slash < 0
        ? Map.of("sub", subject, "scope", scope)
        : Map.of("channel", subject.substring(0, slash), "sub", subject.substring(slash + 1), "scope", scope);
  }

  private static InputStream stream(Object tree) {
    return new ByteArrayInputStream(Json.write(tree).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    dynamo.close();
  }
}
