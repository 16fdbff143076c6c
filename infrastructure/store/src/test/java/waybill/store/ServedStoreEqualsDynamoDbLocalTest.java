package waybill.store;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import waybill.wire.AwsJsonServer;

/** The same over the wire, with the real client: what a request or an answer loses on its way shows as a difference. */
class ServedStoreEqualsDynamoDbLocalTest extends StoreEqualsDynamoDbLocalTest {
  private Optional<AwsJsonServer> server = Optional.empty();
  private DynamoDbClient client;
  private Store served;

  @Override
  DynamoDbClient ours() {
    if (served != store) {
      serve();
    }
    return client;
  }

  @BeforeEach
  void serve() {
    try {
      stop();
      served = store;
      server = Optional.of(AwsJsonServer.start(DynamoDbClient.class, new StoreClient(store)));
      client = Clients.at(server.get().endpoint());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @AfterEach
  void stop() {
    if (server.isPresent()) {
      client.close();
      server.get().close();
    }
  }
}
