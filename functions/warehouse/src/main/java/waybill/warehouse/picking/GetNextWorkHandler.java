package waybill.warehouse.picking;

import module java.base;
import waybill.messages.LocationId;
import waybill.platform.*;

/**
 * {@code GET /work/next}: what a person is to do at a location: what they have begun, or what is theirs from now on. It is asked for again whenever a phone
 * starts, and goes on with the scan after the last.
 */
public record GetNextWorkHandler(Rounds rounds) implements HttpFunction {
  private static final Log LOG = Log.of(GetNextWorkHandler.class);

  public GetNextWorkHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> rounds.open(new LocationId("priming"), 1));
  }

  public GetNextWorkHandler(Ports ports) { this(new Rounds(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    Parameters parameters = request.parameters();
    LocationId location = parameters.parsed("location_id", LocationId::new, "invalid",
        "is a location's id: 1 to 40 small letters, digits or dashes");
    parameters.parsed("kind", GetNextWorkHandler::kind, "unknown_value", "is one of pick");
    if (location == null && !request.query().containsKey("location_id")) {
      parameters.refuse("location_id", "required", "is required");
    }
    parameters.verify();
    request.requireLocation(location);
    Optional<Stored<Round>> next = rounds.next(location, request.subject());
    next.ifPresent(it -> LOG.info("Work given", "location", location, "work", it.value().id()));
    Words words = Words.of(request.header("accept-language"));
    return WorkDesk.spoken(next.map(it -> HttpResponse.resource(200, it, WorkView.of(it, null, words)))
        .orElseGet(() -> HttpResponse.json(200, WorkView.idle(location, words))), words);
  }

  private static String kind(String name) {
    if (!name.equals("pick")) {
      throw new IllegalArgumentException("no kind of work");
    }
    return name;
  }
}
