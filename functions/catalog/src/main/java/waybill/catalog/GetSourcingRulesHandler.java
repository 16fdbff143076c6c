package waybill.catalog;

import module java.base;
import waybill.messages.StockPool;
import waybill.platform.*;

/** {@code GET /sourcing-rules/{id}}: by what the locations of a pool's orders are chosen. */
public record GetSourcingRulesHandler(Table<SourcingRules> rules) implements HttpFunction {
  public GetSourcingRulesHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> rules.find(CatalogTable.sourcing(new StockPool("priming"))));
  }

  public GetSourcingRulesHandler(Ports ports) { this(CatalogTable.sourcing(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    StockPool pool = request.pathId("id", StockPool::new);
    return HttpResponse.resource(200,
        rules.find(CatalogTable.sourcing(pool)).orElseThrow(() -> Problem.notFound("sourcing rules")));
  }
}
