package waybill.options;

import module java.base;
import waybill.platform.*;

/** {@code GET /lanes}: how long parcels took, and how many promises were kept, lane by lane. */
public record ListLanesHandler(Lanes lanes) implements HttpFunction {
  public ListLanesHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> lanes.after("priming", 1));
  }

  public ListLanesHandler(Ports ports) { this(new Lanes(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    Parameters parameters = request.parameters();
    int limit = parameters.limit();
    String cursor = parameters.cursor();
    parameters.verify();
    List<Lane> found = lanes.after(cursor == null ? "" : decoded(cursor), limit + 1);
    List<Lane> page = found.subList(0, Math.min(limit, found.size()));
    String next = found.size() > limit ? encoded(page.getLast().id()) : null;
    return HttpResponse.json(200, new Page<>(page.stream().map(Lane::toTree).toList(), next).toTree());
  }

  private static String encoded(String id) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(id.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String cursor) {
    try {
      String id = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      if (id.chars().filter(it -> it == '#').count() == 5) {
        return id;
      }
    } catch (IllegalArgumentException e) {
      // Refused below, as every other cursor that is not ours.
    }
    throw Problem.invalid("cursor", "invalid", "is the next_cursor of a page of this very list");
  }
}
