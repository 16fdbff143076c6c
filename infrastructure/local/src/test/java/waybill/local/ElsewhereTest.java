package waybill.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import waybill.local.machine.AwsApi;
import waybill.local.queues.QueueServer;
import waybill.local.queues.Queues;
import waybill.local.tables.TableStore;
import waybill.local.tables.Tables;
import waybill.template.Stack;
import waybill.template.Template;

/** What a cloud makes at an address that is not its own. */
class ElsewhereTest {
  private static final Map<String, String> PARAMETERS = Map.of("JwtIssuer", "https://issuer.example", "PublicUrl",
      "https://api.example");
  private static QueueServer server;
  private static TableStore store;

  @BeforeAll
  static void start() throws Exception {
    server = new QueueServer(Optional.empty());
    store = new TableStore(Optional.empty(), InstantSource.system());
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
    store.close();
  }

  private static Stack stack(String name) {
    Template template = Template.read(Path.of("../../template.yaml"));
    return new Stack(name, template, PARAMETERS, queue -> queue);
  }

  @Test
  void queuesOfTwoStacksAreApartAndEachTakesItsOwnAway() {
    try (var first = Queues.at(server.endpoint()); var second = Queues.at(server.endpoint())) {
      first.create(stack("waybill-1").queues());
      List<String> made = first.client().listQueues().queueUrls();
      second.create(stack("waybill-2").queues());
      assertThat(first.names()).doesNotContainAnyElementsOf(second.names()).allMatch(it -> it.startsWith("waybill-1-"));
      second.delete();
      assertThat(first.client().listQueues().queueUrls()).containsExactlyInAnyOrderElementsOf(made);
      first.delete();
      assertThat(first.client().listQueues().queueUrls()).isEmpty();
    }
  }

  @Test
  void aQueueRedrivesToItsOwnStacksDeadLetters() {
    try (var queues = Queues.at(server.endpoint())) {
      queues.create(stack("waybill-3").queues());
      String policy = queues.client().getQueueAttributes(it -> it.queueUrl(queues.url("waybill-3-advance-order"))
          .attributeNames(QueueAttributeName.REDRIVE_POLICY)).attributes().get(QueueAttributeName.REDRIVE_POLICY);
      assertThat(policy).contains(":waybill-3-advance-order-dead-letters\"");
      queues.delete();
    }
  }

  @Test
  void tablesOfTwoStacksAreApartAndEachTakesItsOwnAway() {
    try (var first = new Tables(store.endpoint()); var second = new Tables(store.endpoint())) {
      first.create(stack("waybill-1").tables());
      List<String> made = first.client().listTables().tableNames();
      second.create(stack("waybill-2").tables());
      assertThat(made).isNotEmpty().allMatch(it -> it.startsWith("waybill-1-"));
      second.delete();
      assertThat(first.client().listTables().tableNames()).isEqualTo(made);
      first.delete();
      assertThat(first.client().listTables().tableNames()).isEmpty();
    }
  }

  @Test
  void onlyTheServicesNamedAreElsewhere() {
    URI there = URI.create("http://localhost:4566");
    Settings settings = Settings.of(Path.of("template.yaml"))
        .withElsewhere(there, AwsApi.QUEUES, AwsApi.MAILS);
    assertThat(settings.elsewhere(AwsApi.QUEUES)).contains(there);
    assertThat(settings.elsewhere(AwsApi.TABLES)).isEmpty();
  }
}
