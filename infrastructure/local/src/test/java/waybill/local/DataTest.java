package waybill.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import waybill.local.machine.Data;
import waybill.local.machine.Listeners;
import waybill.local.mail.Mail;
import waybill.local.mail.MailFile;
import waybill.local.providers.Caller;
import waybill.local.queues.QueueServer;
import waybill.local.queues.Queues;
import waybill.local.tables.TableStore;
import waybill.local.tables.Tables;
import waybill.template.QueueDeclaration;
import waybill.template.RefusedTemplate;
import waybill.template.TableDeclaration;

/** What a cloud with data was told, it knows after its process was killed. */
class DataTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Queue<String> SENT = new ConcurrentLinkedQueue<>();
  private static final Queue<String> PUT = new ConcurrentLinkedQueue<>();

  @TempDir
  static Path project;

  private static Path template;
  private static Path data;
  private static ChildCloud cloud;
  private static Caller caller;
  private static Instant before;

  @TempDir
  Path folder;

  @BeforeAll
  static void killACloudAndStartItAgain() throws Exception {
    template = FixtureZips.project(project);
    data = project.resolve("data");
    cloud = new ChildCloud(template, data);
    cloud.start();
    cloud.advance(Duration.ofHours(50));
    caller = cloud.caller("somebody", "things:read");
    before = cloud.now();
    sendMail("kept");
    sendMail("kept too");
    giveWorkThatFails();
    List<Thread> writers = List.of(Thread.startVirtualThread(DataTest::sendUntilItDies),
        Thread.startVirtualThread(DataTest::putUntilItDies));
    await().atMost(PATIENCE).until(() -> SENT.size() > 200 && PUT.size() > 200);
    assertThat(receive()).as("in flight").hasSize(10);
    cloud.kill();
    for (Thread writer : writers) {
      writer.join();
    }
    cloud.start();
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @Test
  void eachMessageIsThereWhoseSendingWasAnswered() {
    assertThat(receiveAll()).as("those in flight too, at once").containsAll(SENT);
  }

  @Test
  void eachItemIsThereWhoseWritingWasAnswered() {
    assertThat(items()).containsAll(PUT);
  }

  @Test
  void eachMailIsThereAsItWas() {
    assertThat(cloud.mails()).extracting(it -> it.path("subject").asText()).containsExactly("kept", "kept too");
    assertThat(cloud.mails()).extracting(it -> it.path("html")).allMatch(JsonNode::isNull);
  }

  @Test
  void timeAndTokensGoOn() {
    assertThat(cloud.now()).isAfter(before);
    assertThat(caller.get("/scoped").status()).isEqualTo(200);
  }

  @Test
  void whatAFunctionWorkedOnIsWorkedOnAgain() {
    await().atMost(PATIENCE).until(() -> cloud.logged("batch").size() > 1);
    cloud.awaitIdle();
    assertThat(cloud.retry()).as("it failed and waits").isEqualTo(1);
  }

  @Test
  void aSecondCloudOnTheSameDataIsRefused() throws Exception {
    try (var second = new ChildCloud(template, data)) {
      assertThatIllegalStateException().isThrownBy(second::start)
          .withMessageContaining("Another embedded cloud runs on the data in " + data);
    }
    assertThat(cloud.health().path("status").asText()).as("the first is not disturbed").isEqualTo("up");
    try (Data own = Data.open(folder)) {
      assertThatIllegalStateException().as("nor twice in a process").isThrownBy(() -> Data.open(own.folder()));
    }
  }

  @Test
  void aNewTableIsMadeAndAChangedOneIsRefusedByName() throws Exception {
    TableDeclaration first = table("first", "by_kind");
    TableDeclaration second = table("second", "by_kind");
    withTables(tables -> tables.create(List.of(first)));
    withTables(tables -> tables.create(List.of(first, second)));
    withTables(tables -> {
      assertThat(tables.client().listTables().tableNames()).containsExactly("first", "second");
      assertThatThrownBy(() -> tables.create(List.of(first, table("second", "by_name"))))
          .isInstanceOf(RefusedTemplate.class)
          .hasMessage("template.yaml: the table second that the data holds has other "
              + "indexes than declared: choose another -Ddata, or delete that folder");
      assertThatThrownBy(() -> tables.create(List.of(new TableDeclaration(first.request(), Optional.of("other")))))
          .hasMessageContaining("the table first").hasMessageContaining("expires its items by another attribute");
    });
  }

  @Test
  void queuesGoOnWithTheAttributesOfToday() throws Exception {
    var dead = new QueueDeclaration("dead", 30, 0, 345_600, 0, Optional.empty());
    var redrive = Optional.of(new QueueDeclaration.Redrive("dead", 1));
    withQueues(queues -> {
      queues.create(List.of(new QueueDeclaration("jobs", 30, 0, 345_600, 0, Optional.empty()), dead));
      send(queues, "later", 600);
      send(queues, "now", 0);
    });
    withQueues(queues -> {
      queues.create(List.of(new QueueDeclaration("jobs", 0, 0, 345_600, 0, redrive), dead));
      assertThat(queues.depth("jobs")).as("what is delayed waits on").isEqualTo(new Queues.Depth(1, 0, 1));
      assertThat(bodies(queues.client(), queues.url("jobs"))).as("visible again at once").containsExactly("now");
      assertThat(bodies(queues.client(), queues.url("jobs"))).as("received once, and so dead").isEmpty();
      await().atMost(PATIENCE).until(() -> queues.depth("dead").visible() == 1);
    });
    withQueues(queues -> {
      queues.create(List.of(dead));
      assertThat(queues.peek("dead")).extracting(Message::body).containsExactly("now");
    });
  }

  @Test
  void aMailThatWasOnlyHalfWrittenWasNotTaken() throws Exception {
    Path file = folder.resolve("mails.jsonl");
    Mail first = new Mail("1", "a@b.de", List.of("r@b.de"), List.of("c@d.de", "e@f.de"), "Grüße", "text", null,
        Instant.EPOCH);
    Mail second = new Mail("2", "a@b.de", List.of(), List.of("c@d.de"), "", null, "<p>\n</p>", Instant.EPOCH);
    try (var mails = new MailFile(file, _ -> {})) {
      mails.append(first);
    }
    Files.writeString(file, "{\"id\": \"torn", StandardOpenOption.APPEND);
    List<Mail> read = new ArrayList<>();
    try (var mails = new MailFile(file, read::add)) {
      mails.append(second);
    }
    assertThat(read).containsExactly(first);
    read.clear();
    new MailFile(file, read::add).close();
    assertThat(read).containsExactly(first, second);
  }

  private interface Use<T> {
    void of(T part) throws Exception;
  }

  @Test
  void tablesOfAnEarlierVersionAreRefusedByNameAndLeftAlone() throws Exception {
    Path old = Files.writeString(folder.resolve("shared-local-instance.db"), "SQLite");

    assertThatIllegalStateException().isThrownBy(() -> withTables(_ -> {})).withMessageContaining(
        "of an earlier version, on DynamoDB Local: choose another -Ddata, or delete that folder");
    assertThat(old).hasContent("SQLite");
  }

  /** Tables on the data, closed in the end. */
  private void withTables(Use<Tables> use) throws Exception {
    try (Data data = Data.open(folder);
        TableStore store = new TableStore(Optional.of(data), InstantSource.system());
        Tables tables = new Tables(store.endpoint())) {
      use.of(tables);
    }
  }

  /** Queues on the data, closed in the end. */
  private void withQueues(Use<Queues> use) throws Exception {
    try (Data data = Data.open(folder);
        QueueServer server = new QueueServer(Optional.of(data));
        Queues queues = Queues.at(server.endpoint())) {
      use.of(queues);
    }
  }

  private static TableDeclaration table(String name, String index) {
    return new TableDeclaration(CreateTableRequest.builder().tableName(name).billingMode("PAY_PER_REQUEST")
        .attributeDefinitions(it -> it.attributeName("pk").attributeType("S"),
            it -> it.attributeName("kind").attributeType("S"))
        .keySchema(it -> it.attributeName("pk").keyType("HASH"))
        .globalSecondaryIndexes(it -> it.indexName(index).keySchema(key -> key.attributeName("kind").keyType("HASH"))
            .projection(projection -> projection.projectionType("ALL")))
        .build(), Optional.of("expires_at"));
  }

  private static void send(Queues queues, String body, int delaySeconds) {
    queues.client().sendMessage(it -> it.queueUrl(queues.url("jobs")).messageBody(body).delaySeconds(delaySeconds));
  }

  private static List<String> bodies(SqsClient sqs, String url) {
    return sqs.receiveMessage(it -> it.queueUrl(url).maxNumberOfMessages(10)).messages().stream().map(Message::body)
        .toList();
  }

  private static <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C client(String service,
      B builder) {
    return builder.endpointOverride(URI.create(cloud.property("aws.endpointUrl" + service))).region(Listeners.REGION)
        .credentialsProvider(Listeners.CREDENTIALS).httpClient(Listeners.client()).build();
  }

  private static String url(SqsClient sqs, String name) {
    return sqs.listQueues().queueUrls().stream().filter(it -> it.endsWith("/" + name)).findFirst()
        .orElseThrow();
  }

  private static void giveWorkThatFails() {
    try (SqsClient sqs = client("Sqs", SqsClient.builder())) {
      sqs.sendMessage(it -> it.queueUrl(url(sqs, "waybill-consume")).messageBody("fail: whenever it is tried"));
    }
    await().atMost(PATIENCE).until(() -> cloud.logged("batch").size() == 1);
  }

  private static void sendMail(String subject) {
    try (SesClient ses = client("Ses", SesClient.builder())) {
      ses.sendEmail(mail -> mail.source("orders@shop.example").destination(it -> it.toAddresses("a@example.com"))
          .message(message -> message.subject(it -> it.data(subject)).body(body -> body.text(it -> it.data("text")))));
    }
  }

  private static void sendUntilItDies() {
    try (SqsClient sqs = client("Sqs", SqsClient.builder())) {
      String url = url(sqs, "consume-dlq"); // that nobody reads
      for (int i = 0;; i += 6) {
        int one = i;
        sqs.sendMessage(it -> it.queueUrl(url).messageBody(String.valueOf(one)));
        SENT.add(String.valueOf(one));
        List<String> some = IntStream.range(i + 1, i + 6).mapToObj(String::valueOf).toList();
        sqs.sendMessageBatch(it -> it.queueUrl(url).entries(some.stream()
            .map(body -> SendMessageBatchRequestEntry.builder().id(body).messageBody(body).build()).toList()));
        SENT.addAll(some);
      }
    } catch (SdkException _) {
      return; // it died
    }
  }

  private static void putUntilItDies() {
    try (DynamoDbClient dynamo = client("DynamoDb", DynamoDbClient.builder())) {
      for (int i = 0;; i++) {
        String key = String.valueOf(i);
        dynamo.putItem(it -> it.tableName("things").item(Map.of("pk", AttributeValue.fromS(key))));
        PUT.add(key);
      }
    } catch (SdkException _) {
      return; // it died
    }
  }

  private static List<Message> receive() {
    try (SqsClient sqs = client("Sqs", SqsClient.builder())) {
      return sqs.receiveMessage(it -> it.queueUrl(url(sqs, "consume-dlq")).maxNumberOfMessages(10)).messages();
    }
  }

  private static TreeSet<String> receiveAll() {
    var all = new TreeSet<String>();
    try (SqsClient sqs = client("Sqs", SqsClient.builder())) {
      String url = url(sqs, "consume-dlq");
      sqs.setQueueAttributes(it -> it.queueUrl(url).attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "3600")));
      for (List<String> some = bodies(sqs, url); !some.isEmpty(); some = bodies(sqs, url)) {
        all.addAll(some);
      }
    }
    return all;
  }

  private static List<String> items() {
    try (DynamoDbClient dynamo = client("DynamoDb", DynamoDbClient.builder())) {
      return dynamo.scanPaginator(it -> it.tableName("things")).items().stream().map(it -> it.get("pk").s()).toList();
    }
  }
}
