package waybill.catalog;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import waybill.messages.ChannelId;
import waybill.platform.Clients;
import waybill.platform.Environment;
import waybill.platform.Http;
import waybill.platform.HttpRequest;
import waybill.platform.HttpResponse;
import waybill.platform.Log;
import waybill.platform.Snapshot;
import waybill.platform.Stored;
import waybill.platform.Table;

/** {@code PUT /channels/{id}}: makes a channel or replaces it. */
public final class PutChannelHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(PutChannelHandler.class);
  private final Table<Channel> channels;

  public PutChannelHandler() {
    this(System.getenv(), InstantSource.system());
    Snapshot.prime(LOG, () -> channels.find(CatalogTable.key(new ChannelId("priming"))));
  }

  public PutChannelHandler(Map<String, String> environment, InstantSource clock) {
    this(new Environment(environment), clock, Clients.dynamo());
  }

  public PutChannelHandler(Environment environment, InstantSource clock, DynamoDbClient dynamo) {
    this.channels = CatalogTable.channels(dynamo, environment, clock);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Http.answer(in, out, LOG, this::put);
  }

  private HttpResponse put(HttpRequest request) {
    request.refuseQuery();
    ChannelId id = request.pathId("id", ChannelId::new);
    Channel channel = Requests.channel(id, request.fields());
    Stored<Channel> stored = channels.change(CatalogTable.key(id), request.ifMatch(), _ -> channel);
    LOG.info("Channel put", "channel", id, "revision", stored.revision());
    return HttpResponse.put(stored);
  }
}
