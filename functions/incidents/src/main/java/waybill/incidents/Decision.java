package waybill.incidents;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import waybill.messages.IdText;
import waybill.messages.IncidentId;
import waybill.messages.OrderMessages.ReplacementAsked;
import waybill.orders.Orders;
import waybill.orders.Orders.ParcelWorth;
import waybill.platform.Http;
import waybill.platform.HttpResponse;
import waybill.platform.Json;
import waybill.platform.Log;
import waybill.platform.Outcome;
import waybill.platform.Problem;
import waybill.platform.Refused;
import waybill.platform.Stored;

/** A person's request about an incident: it is decided and written, what follows is sent, and the incident is the answer. */
record Decision(IncidentId id, Resolution form, Incident.Done request) {

  static Decision of(IncidentId id, String path, String key, Resolution form) {
    return new Decision(id, form, new Incident.Done(IdText.digest(path, key), IdText.digest(Json.write(form))));
  }

  /** @param then sends what follows; whoever vanishes before is made up for by a later look */
  HttpResponse answer(Cases cases, Orders orders, Instant now, Log log, Consumer<Case> then) {
    cases.incidents().find(IncidentsTable.key(id)).orElseThrow(() -> Problem.notFound("incident"));
    // What was packed stays what it is, so it may be read before.
    ParcelWorth worth = orders.worth(id.parcel())
        .orElseThrow(() -> Problem.of(Refused.conflict("parcel_unknown", "its order knows no such parcel any more")));
    if (form instanceof Resolution.Reship it) {
      // Its own rule decides for good when the other order is placed; here it is asked so that a person hears of it.
      orders.refusal(new ReplacementAsked(id.order(), id.value(), worth.lines(), "", it.by(), now))
          .ifPresent(refused -> {
            throw Problem.of(refused);
          });
    }
    Case decided = Http.orProblem(cases.decide(id.parcel(), id, it -> decide(it, worth, now)));
    then.accept(decided);
    log.info("Incident decided", "order", id.order(), "incident", id, "decision",
        form.getClass().getSimpleName());
    Stored<Incident> written = cases.incidents().find(IncidentsTable.key(id)).orElseThrow();
    return HttpResponse.resource(200, written, IncidentView.of(written));
  }

  private Outcome<Case> decide(Case it, ParcelWorth worth, Instant now) {
    Optional<Incident> incident = it.incident(id);
    if (incident.isEmpty()) {
      return Refused.absent("incident").outcome();
    }
    return incident.get()
        .resolved(form, new Worth(worth.lines(), worth.worth(), it.watch().refunded(), it.watch().replaced(),
            it.watch().claimed()), request, now)
        .map(changed -> it.decided(changed, now));
  }
}
