package waybill.journeys;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import java.net.URI;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * AWS's own DynamoDB for one machine, in memory, without telemetry. Its own server listens on every interface of the machine,
 * so its handler stands behind a connector of ours.
 */
final class DynamoDbLocal implements AutoCloseable {
  private static final int MOST_THREADS = 50;

  private final LocalDynamoDBRequestHandler store = new LocalDynamoDBRequestHandler(0, true, null, true, false);
  private final Server server = new Server(new QueuedThreadPool(MOST_THREADS));
  private final ServerConnector connector = new ServerConnector(server);

  DynamoDbLocal() throws Exception {
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new ContextHandler(new LocalDynamoDBServerHandler(store, null), "/"));
    server.setStopTimeout(0);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + connector.getLocalPort());
  }

  @Override
  public void close() throws Exception {
    server.stop();
    store.shutdown();
  }
}
