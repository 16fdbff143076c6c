package waybill.returns;

import module java.base;
import waybill.messages.*;
import waybill.orders.Orders.Placed;
import waybill.platform.*;

/** {@code GET /orders/{id}/returns}: the returns and claims of an order, and how many units of each line may still come back. */
public record GetReturnsHandler(ReturnDesk desk) implements HttpFunction {
  public GetReturnsHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> desk.orders().placed(Snapshot.NOBODYS));
  }

  public GetReturnsHandler(Ports ports) { this(ReturnDesk.of(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    OrderId id = request.pathId("id", OrderId::new);
    Placed order = desk.orders().placed(id).orElseThrow(() -> Problem.notFound("order"));
    OrderReturns found = desk.returns().find(ReturnsTable.key(id)).map(Stored::value)
        .orElseGet(() -> OrderReturns.none(id));
    var view = new LinkedHashMap<String, Object>();
    view.put("data", found.all().stream().map(it -> ReturnView.of(it, order)).toList());
    view.put("returnable", found.delivered(Goods.of(order)).entrySet().stream().sorted(Map.Entry.comparingByKey())
        .map(it -> new Return.Units(it.getKey(),
            found.free(Map.of(it.getKey(), it.getValue()), Goods.of(order), it.getKey())))
        .map(Records::toObject).toList());
    view.put("claims", found.claims().stream().map(it -> ClaimView.of(it, found)).toList());
    return HttpResponse.json(200, view);
  }
}
