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
import waybill.platform.Problem;
import waybill.platform.Snapshot;
import waybill.platform.Stored;
import waybill.platform.Table;

/** {@code GET /channels/{id}}: a channel. */
public final class GetChannelHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(GetChannelHandler.class);
  private final Table<Channel> channels;

  public GetChannelHandler() {
    this(System.getenv(), InstantSource.system());
    Snapshot.prime(LOG, () -> channels.find(CatalogTable.key(new ChannelId("priming"))));
  }

  public GetChannelHandler(Map<String, String> environment, InstantSource clock) {
    this(new Environment(environment), clock, Clients.dynamo());
  }

  public GetChannelHandler(Environment environment, InstantSource clock, DynamoDbClient dynamo) {
    this.channels = CatalogTable.channels(dynamo, environment, clock);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Http.answer(in, out, LOG, this::get);
  }

  private HttpResponse get(HttpRequest request) {
    request.refuseQuery();
    ChannelId id = request.pathId("id", ChannelId::new);
    Stored<Channel> stored = channels.find(CatalogTable.key(id)).orElseThrow(() -> Problem.notFound("channel"));
    return HttpResponse.resource(200, stored);
  }
}
