package waybill.catalog;

import com.amazonaws.services.lambda.runtime.*;
import module java.base;
import waybill.messages.ChannelId;
import waybill.platform.*;

/** {@code GET /channels/{id}}: a channel. */
public final class GetChannelHandler implements RequestStreamHandler {
  private static final Log LOG = Log.of(GetChannelHandler.class);
  private final Table<Channel> channels;

  public GetChannelHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(LOG, () -> channels.find(CatalogTable.key(new ChannelId("priming"))));
  }

  public GetChannelHandler(Ports ports) {
    this.channels = CatalogTable.channels(ports);
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
