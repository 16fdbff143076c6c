package waybill.options;

import module java.base;
import waybill.options.DisruptionView.Status;
import waybill.platform.*;

/** {@code GET /disruptions}: all that is known, or those of a status, the one that ends first first. There are few, so they are one page. */
public record ListDisruptionsHandler(Disruptions disruptions, InstantSource clock) implements HttpFunction {

  public ListDisruptionsHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, disruptions::known);
  }

  public ListDisruptionsHandler(Ports ports) { this(new Disruptions(ports), ports.clock()); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    Instant now = clock.instant();
    Map<String, Status> byText = Stream.of(Status.values())
        .collect(Collectors.toMap(it -> it.name().toLowerCase(Locale.ROOT), it -> it, (one, _) -> one, TreeMap::new));
    Parameters parameters = request.parameters();
    Status status = parameters.parsed("status", it -> Optional.ofNullable(byText.get(it)).orElseThrow(
        IllegalArgumentException::new), "unknown_value", "is one of " + String.join(", ", byText.keySet()));
    parameters.verify();
    List<Map<String, Object>> found = disruptions.stored().stream()
        .filter(it -> status == null || DisruptionView.status(it.value(), now) == status)
        .sorted(Comparator.comparing((Stored<Disruption> it) -> it.value().endsAt())
            .thenComparing(it -> it.value().id()))
        .map(it -> DisruptionView.of(it, now)).toList();
    return HttpResponse.json(200, new Page<>(found, null).toTree());
  }
}
