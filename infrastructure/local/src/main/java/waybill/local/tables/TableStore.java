package waybill.local.tables;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import waybill.local.machine.Data;
import waybill.store.Store;
import waybill.store.StoreClient;
import waybill.store.disk.Journal;
import waybill.wire.AwsJsonServer;
import waybill.wire.Durability;

/** The tables in memory, behind DynamoDB's protocol; with data, each answer is in a journal on disk before it is sent. */
public final class TableStore implements AutoCloseable {
  private static final String JOURNAL = "tables.journal";
  /** Where tables were before they had a journal. */
  private static final String DYNAMODB_LOCAL = "shared-local-instance.db";
  private static final Duration BETWEEN_EXPIRIES = Duration.ofMinutes(1);

  private final Store store = new Store(List.of());
  private final Optional<Journal> journal;
  private final AwsJsonServer server;
  private final Thread expiry;

  public TableStore(Optional<Data> data, InstantSource clock) throws IOException {
    journal = data.isPresent() ? Optional.of(journal(data.get())) : Optional.empty();
    server = AwsJsonServer.start(DynamoDbClient.class, new StoreClient(store),
        journal.map(Durability.class::cast).orElse(Durability.NONE));
    expiry = Thread.ofVirtual().name("expiry").start(() -> expire(clock));
  }

  private Journal journal(Data data) throws IOException {
    if (Files.exists(data.file(DYNAMODB_LOCAL))) {
      throw new IllegalStateException("The data in " + data.folder()
          + " has tables of an earlier version, on DynamoDB Local: choose another -Ddata, or delete that folder.");
    }
    return Journal.open(data.file(JOURNAL), store);
  }

  /** By the time that functions see, looked at once a minute of the real time. */
  private void expire(InstantSource clock) {
    try {
      while (true) {
        Thread.sleep(BETWEEN_EXPIRIES);
        store.expire(clock.instant());
      }
    } catch (InterruptedException _) {
      return; // it is closed
    }
  }

  public URI endpoint() {
    return server.endpoint();
  }

  @Override
  public void close() throws IOException {
    expiry.interrupt();
    server.close();
    if (journal.isPresent()) {
      journal.get().close();
    }
  }
}
