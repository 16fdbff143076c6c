package waybill.options;

import module java.base;
import waybill.messages.DisruptionId;
import waybill.platform.*;

/** {@code GET /disruptions/{id}}: what delays parcels, and until when. */
public record GetDisruptionHandler(Disruptions disruptions, InstantSource clock) implements HttpFunction {

  public GetDisruptionHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> disruptions.find(DisruptionId.of("PRIMING")));
  }

  public GetDisruptionHandler(Ports ports) { this(new Disruptions(ports), ports.clock()); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    DisruptionId id = request.pathId("id", DisruptionId::new);
    Stored<Disruption> found = disruptions.find(id).orElseThrow(() -> Problem.notFound("disruption"));
    return HttpResponse.resource(200, found, DisruptionView.of(found, clock.instant()));
  }
}
