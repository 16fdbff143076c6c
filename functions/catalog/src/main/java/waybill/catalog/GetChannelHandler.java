package waybill.catalog;

import module java.base;
import waybill.messages.ChannelId;
import waybill.platform.*;

/** {@code GET /channels/{id}}: a channel. */
public record GetChannelHandler(Table<Channel> channels) implements HttpFunction {
  public GetChannelHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> channels.find(CatalogTable.key(new ChannelId("priming"))));
  }

  public GetChannelHandler(Ports ports) { this(CatalogTable.channels(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    ChannelId id = request.pathId("id", ChannelId::new);
    Stored<Channel> stored = channels.find(CatalogTable.key(id)).orElseThrow(() -> Problem.notFound("channel"));
    return HttpResponse.resource(200, stored);
  }
}
