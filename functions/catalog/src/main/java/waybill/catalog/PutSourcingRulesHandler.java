package waybill.catalog;

import module java.base;
import waybill.messages.StockPool;
import waybill.platform.*;

/** {@code PUT /sourcing-rules/{id}}: by what the locations of a pool's orders are chosen. */
public record PutSourcingRulesHandler(Table<SourcingRules> rules, Catalog catalog) implements HttpFunction {
  private static final Log LOG = Log.of(PutSourcingRulesHandler.class);

  public PutSourcingRulesHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> rules.find(CatalogTable.sourcing(new StockPool("priming"))));
  }

  public PutSourcingRulesHandler(Ports ports) { this(CatalogTable.sourcing(ports), new Catalog(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    StockPool pool = request.pathId("id", StockPool::new);
    var known = catalog.locations().stream().filter(it -> it.stockPool().equals(pool)).map(Location::id)
        .collect(Collectors.toSet());
    SourcingRules put = SourcingForm.read(pool, request.fields(), known);
    Stored<SourcingRules> stored = Http.orProblem(
        rules.decide(CatalogTable.sourcing(pool), request.ifMatch(), _ -> Outcome.of(put)));
    LOG.info("Sourcing rules put", "pool", pool, "revision", stored.revision(), "locations", put.locations().size());
    return HttpResponse.put(stored);
  }
}
