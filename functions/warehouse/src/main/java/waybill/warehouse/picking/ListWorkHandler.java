package waybill.warehouse.picking;

import module java.base;
import waybill.messages.LocationId;
import waybill.platform.*;

/** {@code GET /work}: the rounds of a location that are not done, by their cut-off, with who works on them. */
public record ListWorkHandler(Rounds rounds, InstantSource clock) implements HttpFunction {
  /** More rounds than anybody oversees. */
  private static final int MOST = 100;

  public ListWorkHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> rounds.open(new LocationId("priming"), 1));
  }

  public ListWorkHandler(Ports ports) { this(new Rounds(ports), ports.clock()); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    Parameters query = request.parameters();
    LocationId location = query.parsed("location_id", LocationId::new, "invalid", "is the id of a location");
    if (query.text("location_id") == null) {
      query.refuse("location_id", "required", "is required");
    }
    query.verify();
    request.requireLocation(location);
    Instant now = clock.instant();
    List<Map<String, Object>> data = rounds.open(location, MOST).stream().map(Stored::value)
        .sorted(Comparator.comparing(Round::cutOff).thenComparing(Round::priority).thenComparing(it -> it.id().value()))
        .map(it -> tree(it, now)).toList();
    return HttpResponse.json(200, new TreeMap<>(Map.of("data", data)));
  }

  private static Map<String, Object> tree(Round round, Instant now) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("id", round.id().value());
    tree.put("carrier", round.carrier());
    tree.put("cut_off_at", Records.toTree(round.cutOff()));
    tree.put("priority", round.priority());
    tree.put("device", round.device());
    tree.put("holder", round.holder());
    tree.put("silent", round.holder() != null && !now.isBefore(round.until()));
    tree.put("orders", round.orders().size());
    tree.put("progress", WorkView.progress(round));
    return tree;
  }
}
