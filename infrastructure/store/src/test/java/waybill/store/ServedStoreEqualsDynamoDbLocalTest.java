package waybill.store;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import waybill.store.disk.Durability;
import waybill.store.http.StoreServer;

/** The same over the wire, with the real client: what a request or an answer loses on its way shows as a difference. */
class ServedStoreEqualsDynamoDbLocalTest extends StoreEqualsDynamoDbLocalTest {
  private Optional<StoreServer> server = Optional.empty();
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
      server = Optional.of(new StoreServer(new StoreClient(store), Durability.NONE));
      client = Clients.at(server.get().endpoint());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @AfterEach
  void stop() throws IOException {
    if (server.isPresent()) {
      client.close();
      server.get().close();
    }
  }
}
