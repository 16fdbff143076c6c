package waybill.digital;

import module java.base;
import waybill.catalog.Catalog;
import waybill.catalog.Digital;
import waybill.catalog.Product;
import waybill.messages.Sku;
import waybill.platform.*;

/** {@code GET /products/{sku}/keys}: how many licence keys are left. */
public record GetKeysHandler(KeyPool pool, Catalog catalog) implements HttpFunction {
  public GetKeysHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> pool.left(new Sku("PRIMING")));
  }

  public GetKeysHandler(Ports ports) { this(new KeyPool(ports), new Catalog(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    Sku sku = request.pathId("sku", Sku::new);
    Digital digital = Optional.ofNullable(catalog.products(List.of(sku)).get(sku)).map(Product::digital)
        .filter(it -> !it.isLink()).orElseThrow(() -> Problem.notFound("pool of keys"));
    int left = pool.left(sku);
    var tree = new LinkedHashMap<String, Object>();
    tree.put("sku", sku.value());
    tree.put("available", left);
    tree.put("low_at", digital.lowAt());
    tree.put("low", left <= digital.lowAt());
    return HttpResponse.json(200, tree);
  }
}
