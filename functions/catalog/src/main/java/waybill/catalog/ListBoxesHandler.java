package waybill.catalog;

import module java.base;
import waybill.platform.*;

/** {@code GET /boxes}: all kinds of boxes, by id; a company has few. */
public record ListBoxesHandler(Table<ShippingBox> boxes) implements HttpFunction {
  public ListBoxesHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> boxes.findAll(CatalogTable.BOXES, "priming"));
  }

  public ListBoxesHandler(Ports ports) { this(CatalogTable.boxes(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    List<Map<String, Object>> data = boxes.findAll(CatalogTable.BOXES, "").stream().map(Stored::toResource).toList();
    return HttpResponse.json(200, new Page<>(data, null).toTree());
  }
}
