package waybill.queues;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.net.URI;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Another reading of SQS: what both pass is not our opinion alone. */
class ElasticMqTest extends QueuesContract {
  private static SQSRestServer server;
  private static SqsClient sqs;

  @BeforeAll
  static void start() {
    server = SQSRestServerBuilder.withInterface("127.0.0.1").withDynamicPort().start();
    int port = server.waitUntilStarted().localAddress().getPort();
    sqs = Clients.at(URI.create("http://127.0.0.1:" + port));
  }

  @AfterAll
  static void stop() {
    sqs.close();
    server.stopAndWait();
  }

  @Override
  SqsClient sqs() {
    return sqs;
  }

  /** SQS refuses a batch of nothing, and ElasticMQ 1.7.1 takes it. */
  @Override
  @Test
  void aBatchHasAnEntry() {
    assertThatCode(this::sendNone).doesNotThrowAnyException();
  }
}
