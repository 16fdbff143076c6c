package waybill.local;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The tables, on DynamoDB Local: shared by all callers, without telemetry. Its own server listens on every
 * interface of the machine, so its handler stands behind a connector of ours.
 */
final class Tables {
  /** The JDK's logger forgets a level that nobody holds on to. */
  private static final Logger SQLITE = Logger.getLogger("com.almworks.sqlite4java");

  /** The store starts jobs that sleep for minutes and cannot be told to stop; what they share is this group. */
  private final ThreadGroup threads = new ThreadGroup("dynamodb-local");
  private final LocalDynamoDBRequestHandler store;
  private final Server server;
  private final DynamoDbClient client;
  private final URI endpoint;

  /** In memory, or in one file of the data, which loses nothing that was answered when the process is killed. */
  Tables(Optional<Data> data) throws Exception {
    SQLITE.setLevel(Level.WARNING);
    String folder = data.map(it -> it.folder().toString()).orElse(null);
    store = new LocalDynamoDBRequestHandler(0, folder == null, folder, true, false);
    server = new Server(new QueuedThreadPool(50, 2, 60_000, 0, null, threads));
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new ContextHandler(new LocalDynamoDBServerHandler(store, null), "/"));
    server.setStopTimeout(0);
    server.start();
    endpoint = Listeners.uri(connector.getLocalPort());
    client = DynamoDbClient.builder().endpointOverride(endpoint).region(Listeners.REGION)
        .credentialsProvider(Listeners.CREDENTIALS).httpClient(Listeners.client()).build();
    client.listTables(); // loads the native library, which takes a second, while other parts start
  }

  URI endpoint() {
    return endpoint;
  }

  DynamoDbClient client() {
    return client;
  }

  void create(List<TableDeclaration> tables) {
    Set<String> there = new TreeSet<>();
    client.listTablesPaginator().tableNames().forEach(there::add);
    for (TableDeclaration table : tables) {
      String name = table.request().tableName();
      if (there.contains(name)) {
        table.requireSame(client.describeTable(it -> it.tableName(name)).table());
      } else {
        client.createTable(table.request());
      }
      table.expiresBy().ifPresent(attribute -> expire(name, attribute));
    }
  }

  /** Also for a table that was there: its maker may have been killed before it came to this. */
  private void expire(String table, String attribute) {
    String now = client.describeTimeToLive(it -> it.tableName(table)).timeToLiveDescription().attributeName();
    if (now == null) {
      client.updateTimeToLive(request -> request.tableName(table)
          .timeToLiveSpecification(expiry -> expiry.enabled(true).attributeName(attribute)));
    } else if (!now.equals(attribute)) {
      throw TableDeclaration.changed(table, "expires its items by another attribute");
    }
  }

  void close() throws Exception {
    client.close();
    server.stop();
    store.shutdown();
    threads.interrupt();
    Thread[] left = new Thread[threads.activeCount() + 10];
    for (int i = threads.enumerate(left) - 1; i >= 0; i--) {
      left[i].join(2_000);
    }
  }
}
