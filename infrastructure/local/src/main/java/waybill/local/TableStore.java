package waybill.local;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import java.net.URI;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * DynamoDB Local: shared by all callers, without telemetry. Its own server listens on every interface of the machine, so
 * its handler stands behind a connector of ours.
 */
final class TableStore implements AutoCloseable {
  /** The JDK's logger forgets a level that nobody holds on to. */
  private static final Logger SQLITE = Logger.getLogger("com.almworks.sqlite4java");

  /** The store starts jobs that sleep for minutes and cannot be told to stop; what they share is this group. */
  private final ThreadGroup threads = new ThreadGroup("dynamodb-local");
  private final LocalDynamoDBRequestHandler store;
  private final Server server;
  private final URI endpoint;

  /** In memory, or in one file of the data, which loses nothing that was answered when the process is killed. */
  TableStore(Optional<Data> data) throws Exception {
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
  }

  URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() throws Exception {
    server.stop();
    store.shutdown();
    threads.interrupt();
    Thread[] left = new Thread[threads.activeCount() + 10];
    for (int i = threads.enumerate(left) - 1; i >= 0; i--) {
      left[i].join(2_000);
    }
  }
}
