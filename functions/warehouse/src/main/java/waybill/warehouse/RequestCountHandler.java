package waybill.warehouse;

import module java.base;
import waybill.messages.LocationId;
import waybill.platform.*;

/** {@code POST /counts}: asks for a bin to be counted, once an Idempotency-Key. */
public record RequestCountHandler(CountDesk desk) implements HttpFunction {
  private static final Log LOG = Log.of(RequestCountHandler.class);

  public RequestCountHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> desk.stock().bin(new LocationId("priming"), new BinId("PRIMING")));
  }

  public RequestCountHandler(Ports ports) { this(new CountDesk(ports)); }

  static Count read(CountId id, Fields fields) {
    var count = Count.requested(id, fields.parsed("location_id", LocationId::new, "is the id of a location"),
        fields.parsed("bin", BinId::new, BinId.RULE), fields.choiceOr("reason", Count.Reason.REQUESTED),
        fields.integerOr("tolerance", 0, 1_000, 0), fields.textOrNull("reference", 100));
    fields.verify();
    return count;
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    Count asked = read(CountId.of(request.idempotencyKey()), request.fields());
    request.requireLocation(asked.locationId());
    if (desk.stock().bin(asked.locationId(), asked.bin()).isEmpty()) {
      throw Problem.invalid("/bin", "unknown_bin", "the location has no such bin");
    }
    Stored<Count> stored = Http.orProblem(desk.request(asked));
    LOG.info("Count requested", "count", asked.id(), "location", asked.locationId(), "bin", asked.bin(), "reason",
        asked.reason());
    return HttpResponse.resource(201, stored, CountView.of(stored));
  }
}
