package waybill.warehouse.floor;

import module java.base;
import waybill.platform.*;

/**
 * {@code GET /floor}: the page on which people pick, and with {@code part=worker} what keeps it in their phone, so that it opens without a network. It has
 * nothing to hide: what it shows, its script asks the API for with the person's token.
 */
public record GetFloorHandler(Floor floor) implements HttpFunction {
  /** What an issuer sends a browser back with; the page's script reads it. */
  private static final List<String> SIGNED_IN = List.of("code", "state", "error", "error_description", "session_state",
      "iss");

  public GetFloorHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> floor.page("de"));
  }

  public GetFloorHandler(Ports ports) { this(Floor.of(ports.environment())); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    Parameters query = request.parameters();
    SIGNED_IN.forEach(query::text);
    boolean worker = query.parsed("part", GetFloorHandler::part, "unknown_value", "is one of worker") != null;
    query.verify();
    if (worker) {
      return StrictPage.guarded(new HttpResponse(200, Map.of("content-type", "text/javascript; charset=utf-8"),
          Floor.WORKER)).with("content-security-policy", "default-src 'none'; connect-src 'self'");
    }
    String language = Preference.among(Floor.LANGUAGES, request.header("accept-language"));
    return StrictPage.guarded(HttpResponse.html(200, floor.page(language)))
        .with("content-security-policy", floor.policy()).with("content-language", language)
        .with("vary", "Accept-Language");
  }

  private static String part(String name) {
    if (!name.equals("worker")) {
      throw new IllegalArgumentException("no part of the page");
    }
    return name;
  }
}
