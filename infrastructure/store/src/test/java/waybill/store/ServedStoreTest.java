package waybill.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import waybill.wire.AwsJsonServer;

/** What the wire adds to the store; that the rest is unchanged on its way, the equality test shows. */
class ServedStoreTest {
  private static final CreateTableRequest TABLE = CreateTableRequest.builder().tableName("things")
      .attributeDefinitions(AttributeDefinition.builder().attributeName("pk").attributeType("S").build())
      .keySchema(KeySchemaElement.builder().attributeName("pk").keyType("HASH").build()).build();

  private final Store store = new Store(List.of(TABLE));
  private final AtomicBoolean isBroken = new AtomicBoolean();
  private final AwsJsonServer server = started();
  private final DynamoDbClient client = Clients.at(server.endpoint());
  private final HttpClient http = HttpClient.newHttpClient();

  private AwsJsonServer started() {
    try {
      return AwsJsonServer.start(DynamoDbClient.class, new StoreClient(store), () -> {
        if (isBroken.get()) {
          throw new IOException("disk full");
        }
      });
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @AfterEach
  void close() {
    client.close();
    http.close();
    server.close();
  }

  @Test
  void tablesAreMadeDescribedListedAndDropped() {
    CreateTableRequest other = TABLE.toBuilder().tableName("other").build();

    assertThat(client.createTable(other).tableDescription().tableStatusAsString()).isEqualTo("ACTIVE");
    assertThatExceptionOfType(ResourceInUseException.class).isThrownBy(() -> client.createTable(other));
    assertThat(client.listTables().tableNames()).containsExactly("other", "things");
    assertThat(client.listTablesPaginator(it -> it.limit(1)).tableNames()).containsExactly("other", "things");
    client.putItem(it -> it.tableName("other").item(Map.of("pk", AttributeValue.fromS("a"))));
    assertThat(client.describeTable(it -> it.tableName("other")).table()).satisfies(it -> {
      assertThat(it.keySchema()).isEqualTo(TABLE.keySchema());
      assertThat(it.attributeDefinitions()).isEqualTo(TABLE.attributeDefinitions());
      assertThat(it.itemCount()).isOne();
    });
    client.updateTimeToLive(
        it -> it.tableName("other").timeToLiveSpecification(expiry -> expiry.enabled(true).attributeName("at")));
    assertThat(client.describeTimeToLive(it -> it.tableName("other")).timeToLiveDescription().attributeName())
        .isEqualTo("at");
    client.deleteTable(it -> it.tableName("other"));
    assertThatExceptionOfType(ResourceNotFoundException.class)
        .isThrownBy(() -> client.describeTable(it -> it.tableName("other")));
  }

  @Test
  void whatTheTablesCannotDoIsRefusedByName() throws Exception {
    var filtered = catchThrowableOfType(DynamoDbException.class,
        () -> client.scan(it -> it.tableName("things").filterExpression("attribute_exists(pk)")));
    assertThat(filtered.awsErrorDetails().errorCode()).isEqualTo("ValidationException");
    assertThat(filtered.awsErrorDetails().errorMessage())
        .isEqualTo("The embedded cloud does not do this: FilterExpression of ScanRequest");

    assertThat(posted("DynamoDB_20120810.ExecuteStatement", "{}").body()).contains("UnknownOperationException",
        "ExecuteStatement");
    assertThat(posted("DynamoDB_20120810.GetItem", "{").body()).contains("SerializationException");
    assertThat(posted("DynamoDB_20120810.GetItem", "{\"TableName\": 7}").body()).contains("VALUE_NUMBER_INT");
    assertThat(posted("", "{}").statusCode()).isEqualTo(400);
  }

  @Test
  void anAnswerHasItsChecksum() throws Exception {
    client.putItem(it -> it.tableName("things").item(Map.of("pk", AttributeValue.fromS("Grüße"))));
    HttpResponse<String> answer = posted("DynamoDB_20120810.Scan", "{\"TableName\": \"things\"}");

    var crc = new CRC32();
    crc.update(answer.body().getBytes(StandardCharsets.UTF_8));
    assertThat(answer.headers().firstValue("x-amz-crc32")).contains(Long.toString(crc.getValue()));
    assertThat(answer.body()).isEqualTo("{\"Items\":[{\"pk\":{\"S\":\"Grüße\"}}],\"Count\":1,\"ScannedCount\":1}");
  }

  @Test
  void nothingIsAnsweredThatIsNotDurable() {
    isBroken.set(true);

    assertThatExceptionOfType(InternalServerErrorException.class)
        .isThrownBy(() -> client.getItem(it -> it.tableName("things").key(Map.of("pk", AttributeValue.fromS("a")))))
        .withMessageContaining("disk full");
  }

  @Test
  void manyConnectionsAreServedAtOnce() throws Exception {
    var working = new ArrayList<Future<?>>();
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, 20).forEach(thread -> working.add(pool.submit(() -> {
        for (int i = 0; i < 20; i++) {
          String key = thread + "-" + i;
          client.putItem(it -> it.tableName("things").item(Map.of("pk", AttributeValue.fromS(key))));
        }
      })));
      for (Future<?> it : working) {
        it.get();
      }
    }
    assertThat(store.items("things")).hasSize(400);
  }

  /** As curl and others send it. */
  @Test
  void httpIsUnderstoodInItsOtherFormsAndWhatIsNotIsRefused() throws IOException {
    String body = "{\"TableName\": \"things\"}";
    String head = "POST / HTTP/1.1\r\nHOST: x\r\nX-AMZ-TARGET:DynamoDB_20120810.Scan\r\nConnection: close\r\n";
    assertThat(raw(head + "Expect: 100-continue\r\nContent-Length: " + body.length() + "\r\n\r\n" + body))
        .startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n").endsWith("\"ScannedCount\":0}");
    assertThat(raw(head + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n")).startsWith("HTTP/1.1 411 ");
    assertThat(raw(head + "Content-Length: 99999999\r\n\r\n")).startsWith("HTTP/1.1 413 ");
    assertThat(raw("GET / HTTP/1.1\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    assertThat(raw(head + "Content-Length: x\r\n\r\n")).as("nonsense").isEmpty();
  }

  @Test
  void nobodyElseOnTheNetworkReachesIt() throws IOException {
    for (NetworkInterface network : java.util.Collections.list(NetworkInterface.getNetworkInterfaces())) {
      for (InetAddress address : java.util.Collections.list(network.getInetAddresses())) {
        if (!address.isLoopbackAddress()) {
          try (var socket = new Socket()) {
            assertThatExceptionOfType(IOException.class).as(address.toString())
                .isThrownBy(() -> socket.connect(new InetSocketAddress(address, server.endpoint().getPort()), 1000));
          }
        }
      }
    }
  }

  private HttpResponse<String> posted(String target, String body) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(server.endpoint()).header("x-amz-target", target)
        .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private String raw(String request) throws IOException {
    URI endpoint = server.endpoint();
    try (var socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
