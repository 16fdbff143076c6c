package waybill.warehouse.picking;

import module java.base;
import waybill.catalog.Catalog;
import waybill.catalog.Location;
import waybill.platform.*;

/**
 * {@code POST /waves}: releases what waits at a location to be picked, in waves and rounds, once an Idempotency-Key. With {@code dry_run=true} nothing is
 * released, and the answer says which orders would miss their carrier.
 */
public record ReleaseWaveHandler(Waves waves, Catalog catalog) implements HttpFunction {
  private static final Log LOG = Log.of(ReleaseWaveHandler.class);

  public ReleaseWaveHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> waves.find("priming"));
  }

  public ReleaseWaveHandler(Ports ports) { this(new Waves(ports), new Catalog(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    Parameters parameters = request.parameters();
    boolean dryRun = parameters.dryRun();
    parameters.verify();
    String key = request.idempotencyKey();
    WaveForm form = WaveForm.read(request.fields());
    request.requireLocation(form.locationId());
    Location location = catalog.location(form.locationId()).orElseThrow(
        () -> Problem.invalid("/location_id", "unknown_location", "there is no such location"));
    if (dryRun) {
      return HttpResponse.json(200, tree(waves.planned(key, form, location)));
    }
    Stored<Release> stored = Http.orProblem(waves.release(key, form, location));
    Release release = stored.value();
    LOG.info("Waves released", "location", form.locationId(), "waves", release.waves().size(), "rounds",
        release.waves().stream().mapToInt(it -> it.work().size()).sum(), "late",
        release.waves().stream().mapToInt(it -> it.late().size()).sum(), "left", release.left().size());
    return HttpResponse.resource(201, stored, stored.timed(tree(release)));
  }

  private static Map<String, Object> tree(Release release) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("location_id", release.locationId().value());
    tree.put("waves", release.waves().stream().map(ReleaseWaveHandler::tree).toList());
    tree.put("left", release.left().stream().map(Records::toTree).toList());
    tree.put("replenishments", release.replenishments().stream().map(Records::toTree).toList());
    return tree;
  }

  private static Map<String, Object> tree(Release.Wave wave) {
    Map<String, Object> tree = Records.toObject(wave);
    tree.putIfAbsent("warning", null);
    return tree;
  }
}
