package waybill.catalog;

import com.amazonaws.services.lambda.runtime.*;
import module java.base;
import waybill.messages.ChannelId;
import waybill.platform.*;

/** {@code PUT /channels/{id}}: makes a channel or replaces it. */
public final class PutChannelHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(PutChannelHandler.class);
  private final Table<Channel> channels;

  public PutChannelHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(LOG, () -> channels.find(CatalogTable.key(new ChannelId("priming"))));
  }

  public PutChannelHandler(Ports ports) {
    this.channels = CatalogTable.channels(ports);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Http.answer(in, out, LOG, this::put);
  }

  private HttpResponse put(HttpRequest request) {
    request.refuseQuery();
    ChannelId id = request.pathId("id", ChannelId::new);
    Channel channel = Requests.channel(id, request.fields());
    Stored<Channel> stored = Http
        .orProblem(channels.decide(CatalogTable.key(id), request.ifMatch(), _ -> Outcome.of(channel)));
    LOG.info("Channel put", "channel", id, "revision", stored.revision());
    return HttpResponse.put(stored);
  }
}
