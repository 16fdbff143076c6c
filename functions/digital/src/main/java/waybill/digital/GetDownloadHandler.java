package waybill.digital;

import module java.base;
import waybill.catalog.Catalog;
import waybill.catalog.Digital;
import waybill.catalog.Product;
import waybill.platform.*;

/**
 * {@code GET /downloads/{token}}: leads whoever has the link to the product, counted, until it expires, is used up or is revoked. A browser
 * is redirected; with {@code Accept: application/json} the answer says where to.
 */
public record GetDownloadHandler(Table<Download> downloads, Catalog catalog, InstantSource clock)
    implements HttpFunction {
  private static final Log LOG = Log.of(GetDownloadHandler.class);

  public GetDownloadHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> downloads.find(DigitalTable.downloadKey("priming")));
  }

  public GetDownloadHandler(Ports ports) {
    this(DigitalTable.downloads(ports), new Catalog(ports), ports.clock());
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    Download found = token(request.pathParameter("token"))
        .flatMap(it -> downloads.find(DigitalTable.downloadKey(it.digest()))).map(Stored::value)
        .orElseThrow(() -> Problem.notFound("download"));
    // Whether it can lead anywhere, before it is counted.
    Digital digital = Optional.ofNullable(catalog.products(List.of(found.sku())).get(found.sku())).map(Product::digital)
        .filter(Digital::isLink).orElseThrow(() -> Problem.notFound("download"));
    Instant now = clock.instant();
    Download used = downloads.change(DigitalTable.downloadKey(found.id()), it -> it.orElseThrow().used(now)).value();
    Download.Refusal refusal = used.refusal(now);
    if (refusal != null) {
      LOG.info("Download refused", "order", used.order(), "line", used.line(), "reason", refusal);
      return guarded(refused(request, refusal));
    }
    LOG.info("Download used", "order", used.order(), "line", used.line(), "left", used.left());
    boolean json = request.header("accept") != null && request.header("accept").contains("application/json");
    return guarded(json
        ? HttpResponse.json(200,
            new TreeMap<>(Map.of("url", digital.url(), "expires_at", TimeText.of(used.expiresAt()), "downloads_left",
                used.left())))
        : new HttpResponse(302, Map.of("location", digital.url()), ""));
  }

  private static Optional<DownloadToken> token(String text) {
    try {
      return Optional.of(new DownloadToken(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static HttpResponse refused(HttpRequest request, Download.Refusal refusal) {
    String accept = request.header("accept");
    if (accept != null && accept.contains("text/html")) {
      return new HttpResponse(410, Map.of("content-type", "text/plain; charset=utf-8"),
          LinkWords.of(request.header("accept-language"), refusal));
    }
    Problem problem = Problem.of(410, "download_" + refusal.name().toLowerCase(Locale.ROOT),
        LinkWords.of("en", refusal));
    return new HttpResponse(problem.status(), Map.of("content-type", "application/problem+json"),
        Json.write(problem.body()));
  }

  /** Nobody keeps it or passes it on. */
  private static HttpResponse guarded(HttpResponse response) {
    return response.with("cache-control", "no-store").with("referrer-policy", "no-referrer")
        .with("x-robots-tag", "noindex, nofollow").with("x-content-type-options", "nosniff")
        .with("vary", "Accept, Accept-Language");
  }
}
