package waybill.documents;

import java.util.Optional;
import waybill.messages.LocationId;
import waybill.platform.Http;
import waybill.platform.HttpFunction;
import waybill.platform.HttpRequest;
import waybill.platform.HttpResponse;
import waybill.platform.Log;
import waybill.platform.Parameters;
import waybill.platform.Ports;
import waybill.platform.Problem;
import waybill.platform.Snapshot;
import waybill.platform.Stored;
import waybill.shipping.tablerate.TableRate;

/** {@code GET /manifests/{id}}: what a form lists, or with {@code format=pdf} the form itself, for the driver to scan. */
public record GetManifestHandler(DayEnd day, ManifestPapers papers) implements HttpFunction {
  private static final Log LOG = Log.of(GetManifestHandler.class);

  public GetManifestHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> day.find(ManifestId.of(TableRate.BUILT_IN, new LocationId("priming"), "priming")));
  }

  public GetManifestHandler(Ports ports) { this(new DayEnd(ports), new ManifestPapers(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    ManifestId id = request.pathId("id", ManifestId::new);
    Parameters parameters = request.parameters();
    String format = parameters.text("format");
    if (format != null && !format.equals("pdf")) {
      parameters.refuse("format", "unknown_value", "is pdf, or left out");
    }
    parameters.verify();
    Optional<Stored<Manifest>> known = day.find(id);
    Manifest manifest = known.orElseThrow(() -> Problem.notFound("manifest")).value();
    if (format == null) {
      return HttpResponse.resource(200, known.get(), known.get().timed(manifest.toTree(day.voided(manifest))));
    }
    byte[] paper = Http.orProblem(papers.pdf(known.get()));
    LOG.info("Manifest printed", "manifest", id, "by", request.subject());
    return HttpResponse.file(200, "application/pdf", paper).with("etag", "\"%d\"".formatted(known.get().revision()))
        .with("cache-control", "no-store")
        .with("content-disposition", "inline; filename=\"%s.pdf\"".formatted(id));
  }
}
