package waybill.warehouse;

import module java.base;
import waybill.messages.LocationId;
import waybill.platform.*;

/** {@code GET /counts}: the counts of a location that are not over, by their bins. */
public record ListCountsHandler(Table<Count> counts) implements HttpFunction {
  public ListCountsHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> counts.keys(WarehouseTable.counts(new LocationId("priming")), 1, null));
  }

  public ListCountsHandler(Ports ports) { this(WarehouseTable.counts(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    Parameters query = request.parameters();
    LocationId location = query.parsed("location_id", LocationId::new, "invalid", "is the id of a location");
    int limit = query.limit();
    String cursor = query.cursor();
    if (query.text("location_id") == null) {
      query.refuse("location_id", "required", "is required");
    }
    query.verify();
    request.requireLocation(location);
    Page<Table.Key> page = Http.orProblem(counts.keys(WarehouseTable.counts(location), limit, cursor));
    // The index follows the table a moment later: what has ended by now is left out.
    List<Stored<Count>> open = counts.findAll(page.data()).stream().filter(it -> it.value().status().isOpen()).toList();
    return HttpResponse.json(200, new Page<>(CountView.of(open), page.nextCursor()).toTree());
  }
}
