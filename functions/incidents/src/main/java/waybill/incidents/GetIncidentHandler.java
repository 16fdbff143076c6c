package waybill.incidents;

import module java.base;
import waybill.messages.*;
import waybill.platform.*;

/** {@code GET /incidents/{id}}: what went wrong with a parcel, who acts, and how it ended. */
public record GetIncidentHandler(Table<Incident> incidents) implements HttpFunction {

  public GetIncidentHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> incidents.find(
        IncidentsTable.key(IncidentId.of(ParcelId.of(FulfillmentId.of(Snapshot.NOBODYS, 1), 1), 1))));
  }

  public GetIncidentHandler(Ports ports) { this(IncidentsTable.incidents(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    IncidentId id = request.pathId("id", IncidentId::new);
    Stored<Incident> found = incidents.find(IncidentsTable.key(id)).orElseThrow(() -> Problem.notFound("incident"));
    return HttpResponse.resource(200, found, IncidentView.of(found));
  }
}
