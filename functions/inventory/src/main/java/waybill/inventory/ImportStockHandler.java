package waybill.inventory;

import module java.base;
import waybill.catalog.*;
import waybill.messages.*;
import waybill.messages.Choreography.ImportStock;
import waybill.messages.StockMessages.StockImportDue;
import waybill.platform.*;

/**
 * {@code POST /stock/imports}: checks a file of stock, all of it, and accepts it, once an Idempotency-Key; with {@code dry_run} it is only
 * checked. A file that has one bad line is refused as a whole.
 */
public record ImportStockHandler(Catalog catalog, Imports imports, Counters counters, Lots lots,
    Sender<ImportStock.Output> sender, InstantSource clock) implements HttpFunction {
  private static final Log LOG = Log.of(ImportStockHandler.class);
  /** An event of Lambda has 6 MB, in which line ends and quotes take twice their room. */
  static final int MAX_BYTES = 4_000_000;
  private static final int MOST_ERRORS = 1_000;

  public ImportStockHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> catalog.products(List.of(new Sku("PRIMING"))));
  }

  public ImportStockHandler(Ports ports) {
    this(new Catalog(ports), InventoryTable.imports(ports), InventoryTable.counters(ports),
        InventoryTable.lots(ports), new Sender<>(ports), ports.clock());
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    Parameters parameters = request.parameters();
    boolean repeat = parameters.flag("repeat");
    boolean dryRun = parameters.dryRun();
    var id = StockImportId.of(request.idempotencyKey());
    if (request.body().length > MAX_BYTES) {
      throw Problem.of(413, "too_large", "a file has at most %d bytes: split it".formatted(MAX_BYTES));
    }
    ImportForm form = ImportForm.read(request.body(), clock.instant());
    // Of a file that cannot be read there is nothing to compare with what was imported before.
    if (!form.errors().isEmpty()) {
      throw refused(Stream.concat(form.errors().stream(), check(form.lines()).errors().stream()).toList());
    }
    String content = Imports.content(form.lines());
    Optional<Stored<StockImport>> known = Http.orProblem(imports.before(id, content, repeat));
    if (known.isPresent()) {
      return dryRun ? answer(200, known.get()) : goOn(known.get());
    }
    ImportCheck check = check(form.lines());
    if (!check.errors().isEmpty()) {
      throw refused(check.errors());
    }
    var asked = StockImport.accepted(id, content, Chance.here().newName(), check.expected(), request.subject(),
        clock.instant().truncatedTo(ChronoUnit.MILLIS));
    return dryRun ? HttpResponse.json(200, asked.toTree(List.of())) : accept(asked, form.lines(), repeat);
  }

  /** If this dies before it has sent the file on, whoever sends it again does, or the next reconciliation. */
  private HttpResponse accept(StockImport asked, List<ImportLine> lines, boolean repeat) {
    Stored<Imports.Underway> kept = imports.keep(asked, lines)
        .orElseThrow(() -> new Table.Contended("stock import"));
    if (imports.accept(asked, kept, repeat)) {
      LOG.info("Stock import accepted", "import", asked.id(), "lines", lines.size());
    }
    return goOn(Http.orProblem(imports.before(asked.id(), asked.content(), repeat))
        .orElseThrow(() -> new Table.Contended("stock import")));
  }

  private HttpResponse goOn(Stored<StockImport> accepted) {
    StockImport it = accepted.value();
    if (it.status() == StockImport.Status.IMPORTING) {
      sender.send(List.of(Imports.due(it)));
    }
    return answer(202, accepted);
  }

  private HttpResponse answer(int status, Stored<StockImport> it) {
    return HttpResponse.resource(status, it, it.timed(it.value().toTree(imports.refusals(it.value()))))
        .with("location", "/stock/imports/" + it.value().id());
  }

  private ImportCheck check(List<ImportLine> lines) {
    Map<LocationId, Location> locations = catalog.locations().stream()
        .collect(Collectors.toMap(Location::id, it -> it));
    var wanted = new HashSet<Counter>();
    lines.stream().filter(it -> locations.containsKey(it.location())).forEach(it -> {
      wanted.add(it.shelf());
      wanted.add(it.counter());
      wanted.add(Counter.of(it.sku(), locations.get(it.location()).stockPool()));
    });
    var known = new ImportCheck.Known(catalog.products(lines.stream().map(ImportLine::sku).toList()), locations,
        counters.readWhole(wanted), lots.findAll(wanted));
    return ImportCheck.of(lines, known, clock.instant());
  }

  /** Nothing of the file is imported. */
  private static Problem refused(List<LineError> errors) {
    List<LineError> inOrder = errors.stream().sorted(Comparator.comparingInt(LineError::line)).toList();
    long lines = inOrder.stream().map(LineError::line).distinct().count();
    return Problem.of(422, "invalid_import",
        "%d %s a rule: nothing is imported".formatted(lines, lines == 1 ? "line breaks" : "lines break"),
        Map.of("errors", inOrder.stream().limit(MOST_ERRORS).toList()));
  }
}
