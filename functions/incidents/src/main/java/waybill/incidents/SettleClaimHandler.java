package waybill.incidents;

import module java.base;
import waybill.messages.*;
import waybill.orders.Orders;
import waybill.platform.*;

/** {@code POST /incidents/{id}/settlement}: what the carrier has decided about a claim, as a person has heard it. */
public record SettleClaimHandler(Cases cases, Orders orders, InstantSource clock) implements HttpFunction {
  private static final Log LOG = Log.of(SettleClaimHandler.class);
  private static final long MOST = 1_000_000_000_000L;

  public SettleClaimHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> cases.incidents().find(
        IncidentsTable.key(IncidentId.of(ParcelId.of(FulfillmentId.of(Snapshot.NOBODYS, 1), 1), 1))));
  }

  public SettleClaimHandler(Ports ports) { this(new Cases(ports), new Orders(ports), ports.clock()); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    IncidentId id = request.pathId("id", IncidentId::new);
    String key = request.idempotencyKey();
    Fields fields = request.fields();
    Resolution.Settlement form = read(fields, request.subject());
    fields.verify();
    return Decision.of(id, request.path(), key, form).answer(cases, orders,
        clock.instant().truncatedTo(ChronoUnit.MILLIS), LOG, _ -> {});
  }

  static Resolution.Settlement read(Fields fields, String by) {
    return new Resolution.Settlement(fields.whole("amount", 0, MOST), by);
  }
}
