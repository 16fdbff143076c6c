package waybill.warehouse.picking;

import module java.base;
import waybill.messages.LocationId;
import waybill.platform.*;

/** {@code GET /counts}: the bins of a location that somebody is to count, the oldest request first. */
public record ListCountsHandler(Table<CountRequest> counts) implements HttpFunction {
  public ListCountsHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> counts.keys(CountRequest.at(new LocationId("priming")), 1, null));
  }

  public ListCountsHandler(Ports ports) { this(PickingTable.counts(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    Parameters parameters = request.parameters();
    LocationId location = parameters.parsed("location_id", LocationId::new, "invalid",
        "is a location's id: 1 to 40 small letters, digits or dashes");
    if (!request.query().containsKey("location_id")) {
      parameters.refuse("location_id", "required", "is required");
    }
    int limit = parameters.limit();
    String cursor = parameters.cursor();
    parameters.verify();
    request.requireLocation(location);
    Page<Table.Key> page = Http.orProblem(counts.keys(CountRequest.at(location), limit, cursor));
    List<Map<String, Object>> data = counts.findAll(page.data()).stream().map(it -> {
      Map<String, Object> tree = it.toResource();
      tree.putIfAbsent("found", null);
      return tree;
    }).toList();
    return HttpResponse.json(200, new Page<>(data, page.nextCursor()).toTree());
  }
}
