package waybill.catalog;

import module java.base;
import waybill.messages.ChannelId;
import waybill.platform.*;

/** {@code PUT /channels/{id}}: makes a channel or replaces it. */
public record PutChannelHandler(Table<Channel> channels) implements HttpFunction {
  private static final Log LOG = Log.of(PutChannelHandler.class);

  public PutChannelHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> channels.find(CatalogTable.key(new ChannelId("priming"))));
  }

  public PutChannelHandler(Ports ports) { this(CatalogTable.channels(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    ChannelId id = request.pathId("id", ChannelId::new);
    Channel channel = Requests.channel(id, request.fields());
    Stored<Channel> stored = Http
        .orProblem(channels.decide(CatalogTable.key(id), request.ifMatch(), _ -> Outcome.of(channel)));
    LOG.info("Channel put", "channel", id, "revision", stored.revision());
    return HttpResponse.put(stored);
  }
}
