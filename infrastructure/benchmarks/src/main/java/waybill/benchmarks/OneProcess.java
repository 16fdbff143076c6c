package waybill.benchmarks;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;
import waybill.catalog.PutChannelHandler;
import waybill.catalog.PutLocationHandler;
import waybill.catalog.PutProductHandler;
import waybill.messages.Message;
import waybill.platform.Json;
import waybill.platform.Ports;
import waybill.store.Store;
import waybill.store.StoreClient;
import waybill.template.Stack;
import waybill.template.TableDeclaration;
import waybill.template.Template;

/** Handlers in this process, called as Lambda calls them, whose messages go nowhere: what is measured is theirs and the tables' alone. */
record OneProcess(Ports ports, Path events) {
  /** As the queues of the templates say. */
  private static final int MOST_RECEIVES = 5;
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> TABLES = List.of("Catalog", "Orders", "Shipping", "Search", "Inventory",
      "Fulfillment", "Options");

  /** With its own tables in memory. */
  static OneProcess inMemory(InstantSource clock) throws IOException {
    return on(new StoreClient(store()), clock);
  }

  /** Empty tables, as the template declares them. */
  static Store store() throws IOException {
    var store = new Store(List.of());
    new Stack(Template.read(Path.of("template.yaml")), Map.of(), name -> name).tables().stream()
        .map(TableDeclaration::request).forEach(store::create);
    return store;
  }

  static OneProcess on(DynamoDbClient tables, InstantSource clock) {
    return new OneProcess(withoutTables(clock).with(DynamoDbClient.class, tables), Path.of("events"));
  }

  /** With the tables that the SDK finds, over HTTP. */
  static OneProcess overHttp(InstantSource clock) {
    return new OneProcess(withoutTables(clock), Path.of("events"));
  }

  private static Ports withoutTables(InstantSource clock) {
    var environment = new HashMap<>(
        Map.of("QUEUE_PREFIX", "https://queues.example/", "PUBLIC_URL", "https://shop.example",
            "SEARCH_KEY_PARAMETER", "/waybill/search-key", "CARRIER_ACCOUNTS_PARAMETER", "/waybill/carrier-accounts"));
    TABLES.forEach(it -> environment.put(it.toUpperCase(Locale.ROOT) + "_TABLE", it + "Table"));
    return new Ports(environment, clock)
        .with(SqsClient.class, answering(SqsClient.class, SendMessageBatchResponse.builder().build()))
        .with(SsmClient.class,
            answering(SsmClient.class, GetParameterResponse.builder().parameter(it -> it.value("a-fake-key")).build()));
  }

  static <C> C answering(Class<C> client, Object answer) {
    return client.cast(Proxy.newProxyInstance(client.getClassLoader(), new Class<?>[]{client}, (_, _, _) -> answer));
  }

  JsonNode read(String file) {
    try {
      return JSON.readTree(Files.readString(events.resolve(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void putChannel(String id) {
    run(new PutChannelHandler(ports),
        http("PUT", "/channels/" + id, Map.of("id", id), Map.of(), read("put-channel.json")));
  }

  void putLocation(String id) {
    run(new PutLocationHandler(ports),
        http("PUT", "/locations/" + id, Map.of("id", id), Map.of(), read("put-location.json")));
  }

  void putProduct(String sku) {
    run(new PutProductHandler(ports),
        http("PUT", "/products/" + sku, Map.of("sku", sku), Map.of(), read("put-product.json")));
  }

  /** A request of somebody who may do everything. @param body null if it has none */
  static ObjectNode http(String method, String path, Map<String, String> parameters, Map<String, String> query,
      JsonNode body) {
    ObjectNode event = JSON.createObjectNode().put("version", "2.0").put("rawPath", path);
    event.putObject("headers").put("idempotency-key", path);
    event.set("pathParameters", JSON.valueToTree(parameters));
    event.set("queryStringParameters", JSON.valueToTree(query));
    event.put("body", body == null ? "" : body.toString());
    ObjectNode context = event.putObject("requestContext");
    context.putObject("http").put("method", method).put("path", path);
    context.putObject("authorizer").putObject("jwt").putObject("claims").put("sub", "bench").put("scope",
        "orders:place orders:operate catalog:write stock:write");
    return event;
  }

  /** What a queue hands over at once. */
  static ObjectNode batch(Collection<? extends Message> messages) {
    ObjectNode event = JSON.createObjectNode();
    ArrayNode records = event.putArray("Records");
    int number = 0;
    for (Message message : messages) {
      records.addObject().put("messageId", "m" + number++).put("body", Json.write(message)).putObject("attributes");
    }
    return event;
  }

  /** @return the body of the answer. @throws IllegalStateException if the request is refused */
  static JsonNode run(RequestStreamHandler handler, ObjectNode event) {
    JsonNode answer = raw(handler, event);
    if (answer.path("statusCode").asInt() >= 300) {
      throw new IllegalStateException(answer.toString());
    }
    try {
      return JSON.readTree(answer.path("body").asText());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What fails is received again, as from a queue. @throws IllegalStateException if a message fails each time */
  static void receive(RequestStreamHandler handler, ObjectNode batch) {
    JsonNode answer = raw(handler, batch);
    for (int times = 1; times < MOST_RECEIVES && !answer.path("batchItemFailures").isEmpty(); times++) {
      answer = raw(handler, batch);
    }
    if (!answer.path("batchItemFailures").isEmpty()) {
      throw new IllegalStateException(answer.toString());
    }
  }

  private static JsonNode raw(RequestStreamHandler handler, ObjectNode event) {
    var out = new ByteArrayOutputStream();
    try {
      handler.handleRequest(new ByteArrayInputStream(JSON.writeValueAsBytes(event)), out, null);
      return JSON.readTree(out.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Work whose log lines nobody wants to see. */
  interface Quiet<T> {
    T run() throws Exception;
  }

  static <T> T quietly(Quiet<T> work) throws Exception {
    PrintStream log = System.out;
    System.setOut(new PrintStream(java.io.OutputStream.nullOutputStream()));
    try {
      return work.run();
    } finally {
      System.setOut(log);
    }
  }
}
