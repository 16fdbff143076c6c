package waybill.incidents;

import module java.base;
import waybill.incidents.Incident.Status;
import waybill.messages.*;
import waybill.platform.*;

/**
 * {@code GET /incidents}: what somebody must act on, the oldest first, or the incidents of another status; or all of an order. Filters by
 * kind and by who acts apply to what a page reads, so a page may hold less than its limit and still have a next one.
 */
public record ListIncidentsHandler(Table<Incident> incidents) implements HttpFunction {
  /** How many pages are read to fill one. */
  private static final int MOST_READS = 5;

  public ListIncidentsHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> incidents.keys(IncidentsTable.in(Status.OPEN), 1, null));
  }

  public ListIncidentsHandler(Ports ports) { this(IncidentsTable.incidents(ports)); }

  /** What is asked for. @param kind null for any @param acts null for anybody */
  private record Wanted(Status status, IncidentKind kind, Playbook.Acts acts) {

    boolean isMet(Incident it) {
      return (status == null || it.status() == status) && (kind == null || it.kind() == kind)
          && (acts == null || it.isUndecided() && Playbook.of(it.kind()).acts() == acts);
    }
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    Parameters parameters = request.parameters();
    OrderId order = parameters.parsed("order_id", OrderId::new, "invalid", "is an order's id");
    var wanted = new Wanted(choice(parameters, "status", Status.values()), choice(parameters, "kind",
        IncidentKind.values()), choice(parameters, "acts", Playbook.Acts.values()));
    int limit = parameters.limit();
    String cursor = parameters.cursor();
    if (order != null && cursor != null) {
      parameters.refuse("cursor", "not_allowed", "the incidents of an order are one page");
    }
    parameters.verify();
    Page<Map<String, Object>> page = order == null
        ? listed(wanted.status == null ? new Wanted(Status.OPEN, wanted.kind, wanted.acts) : wanted, limit, cursor)
        : new Page<>(incidents.findAll(order.value(), IncidentsTable.INCIDENTS).stream()
            .filter(it -> wanted.isMet(it.value())).map(IncidentView::of).toList(), null);
    return HttpResponse.json(200, page.toTree());
  }

  private Page<Map<String, Object>> listed(Wanted wanted, int limit, String cursor) {
    var found = new ArrayList<Map<String, Object>>();
    String next = cursor;
    for (int reads = 0; reads < MOST_READS && found.size() < limit; reads++) {
      Page<Table.Key> page = Http
          .orProblem(incidents.keys(IncidentsTable.in(wanted.status), limit - found.size(), next));
      // The index follows the table a moment later: what has another status by now is left out.
      incidents.findAll(page.data()).stream().filter(it -> wanted.isMet(it.value())).map(IncidentView::of)
          .forEach(found::add);
      next = page.nextCursor();
      if (next == null) {
        break;
      }
    }
    return new Page<>(List.copyOf(found), next);
  }

  private static <E extends Enum<E>> E choice(Parameters parameters, String name, E[] constants) {
    Map<String, E> byText = Stream.of(constants).collect(Collectors.toMap(IncidentsTable::text, it -> it,
        (one, _) -> one, LinkedHashMap::new));
    return parameters.parsed(name, text -> {
      if (!byText.containsKey(text)) {
        throw new IllegalArgumentException();
      }
      return byText.get(text);
    }, "unknown_value", "is one of " + String.join(", ", byText.keySet()));
  }
}
