package waybill.local;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import java.net.URI;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The tables, on DynamoDB Local: in memory, shared by all callers, without telemetry. Its own server listens on every
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

  Tables() throws Exception {
    SQLITE.setLevel(Level.WARNING);
    store = new LocalDynamoDBRequestHandler(0, true, null, true, false);
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
    for (TableDeclaration table : tables) {
      client.createTable(table.request());
      table.expiresBy().ifPresent(attribute -> client.updateTimeToLive(request -> request
          .tableName(table.request().tableName())
          .timeToLiveSpecification(expiry -> expiry.enabled(true).attributeName(attribute))));
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
