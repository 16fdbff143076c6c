package waybill.returns;

import module java.base;
import waybill.catalog.Catalog;
import waybill.messages.*;
import waybill.platform.*;
import waybill.returns.ReturnsTable.ChannelPolicy;

/** {@code GET /channels/{id}/return-policy}: what a channel lets come back; the standard, as version 0, if it has no policy of its own. */
public record GetReturnPolicyHandler(Table<ChannelPolicy> policies, Catalog catalog) implements HttpFunction {
  public GetReturnPolicyHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> policies.find(ReturnsTable.key(new ChannelId("priming"))));
  }

  public GetReturnPolicyHandler(Ports ports) { this(ReturnsTable.policies(ports), new Catalog(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    ChannelId id = request.pathId("id", ChannelId::new);
    Optional<Stored<ChannelPolicy>> stored = policies.find(ReturnsTable.key(id));
    if (stored.isPresent()) {
      return HttpResponse.resource(200, stored.get(), PutReturnPolicyHandler.view(id, stored.get()));
    }
    if (catalog.offer(id, List.of()).channel().isEmpty()) {
      throw Problem.notFound("channel");
    }
    var view = new LinkedHashMap<String, Object>(Map.of("channel", id.value()));
    view.putAll(ReturnView.policy(ReturnPolicy.STANDARD));
    return HttpResponse.json(200, view);
  }
}
