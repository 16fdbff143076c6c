package waybill.inventory;

import waybill.messages.StockImportId;
import waybill.platform.HttpFunction;
import waybill.platform.HttpRequest;
import waybill.platform.HttpResponse;
import waybill.platform.Ports;
import waybill.platform.Problem;
import waybill.platform.Snapshot;
import waybill.platform.Stored;

/** {@code GET /stock/imports/{id}}: how far a file of stock is imported, and which of its lines could not be done. */
public record GetStockImportHandler(Imports imports) implements HttpFunction {
  public GetStockImportHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> imports.find(StockImportId.of("PRIMING")));
  }

  public GetStockImportHandler(Ports ports) { this(InventoryTable.imports(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    Stored<StockImport> stored = imports.find(request.pathId("id", StockImportId::new))
        .orElseThrow(() -> Problem.notFound("import"));
    return HttpResponse.resource(200, stored, stored.timed(stored.value().toTree(imports.refusals(stored.value()))));
  }
}
