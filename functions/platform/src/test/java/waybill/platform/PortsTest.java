package waybill.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

class PortsTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-22T09:00:00Z"));
  private final Ports ports = new Ports(Map.of("THINGS_TABLE", "things"), CLOCK);

  @BeforeEach
  void region() {
    System.setProperty("aws.region", "eu-central-1");
  }

  @AfterEach
  void noRegion() {
    System.clearProperty("aws.region");
  }

  @Test
  void aClientIsMadeOnceAndNotBeforeItIsAskedFor() {
    var made = new ArrayList<String>();
    assertThat(made).isEmpty();
    StringBuilder first = ports.client(StringBuilder.class, it -> {
      made.add(it.environment().get("THINGS_TABLE"));
      return new StringBuilder();
    });
    assertThat(ports.client(StringBuilder.class, _ -> new StringBuilder())).isSameAs(first);
    assertThat(made).containsExactly("things");
    assertThat(ports.dynamo()).isSameAs(ports.dynamo());
  }

  @Test
  void aClientOfATestTakesThePlaceOfAwsWithoutMakingIt() {
    var fake = (SqsClient) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[]{SqsClient.class},
        (_, method, _) -> {
          throw new UnsupportedOperationException(method.getName());
        });
    assertThat(ports.with(SqsClient.class, fake).sqs()).isSameAs(fake);
    assertThat(ports.sqs()).as("the others stay as they are").isNotSameAs(fake);
  }

  @Test
  void aCallIsTriedThreeTimesAndEndsBeforeItsFunctionIsCutOff() {
    for (ClientOverrideConfiguration client : new ClientOverrideConfiguration[]{
      ports.dynamo().serviceClientConfiguration().overrideConfiguration(),
      ports.sqs().serviceClientConfiguration().overrideConfiguration()}) {
      assertThat(client.retryStrategy().orElseThrow().maxAttempts()).isEqualTo(3);
      assertThat(client.apiCallTimeout()).hasValueSatisfying(it -> assertThat(it).isLessThan(Duration.ofSeconds(6)));
    }
  }

  @Test
  void theClientsThatAreMadeSpeakToTheRegionOfTheProcess() {
    assertThat(ports.with(DynamoDbClient.class, ports.dynamo()).dynamo().serviceClientConfiguration().region().id())
        .isEqualTo("eu-central-1");
  }
}
