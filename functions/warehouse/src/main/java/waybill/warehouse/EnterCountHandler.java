package waybill.warehouse;

import module java.base;
import waybill.catalog.Catalog;
import waybill.catalog.Product;
import waybill.inventory.KnownLots;
import waybill.messages.*;
import waybill.platform.*;

/** {@code POST /counts/{id}/tallies}: what somebody counted in the bin, once an Idempotency-Key. */
public record EnterCountHandler(CountDesk desk, Catalog catalog, KnownLots lots, InstantSource clock)
    implements HttpFunction {
  private static final Log LOG = Log.of(EnterCountHandler.class);
  private static final int MAX_QUANTITY = 1_000_000;

  public EnterCountHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> desk.counts().find(WarehouseTable.key(CountId.of("PRIMING"))));
  }

  public EnterCountHandler(Ports ports) {
    this(new CountDesk(ports), new Catalog(ports), new KnownLots(ports), ports.clock());
  }

  /** What was counted. @param countedAt null if it was just now */
  record Form(List<Count.Line> lines, Instant countedAt) {

    static Form read(Fields fields, Instant now) {
      List<Count.Line> lines = fields.list("lines", 0, Count.MAX_LINES,
          it -> new Count.Line(it.parsed("sku", Sku::new, "is a SKU"),
              it.parsedOrNull("lot", LotNumber::new, LotNumber.RULE), it.integer("counted", 0, MAX_QUANTITY), null));
      Instant at = fields.timeOrNull("counted_at");
      if (at != null && at.isAfter(now)) {
        fields.refuse("counted_at", "in_the_future", "is not in the future");
      }
      for (int i = 1; i < lines.size(); i++) {
        Count.Line line = lines.get(i);
        if (line.sku() != null && lines.subList(0, i).stream().anyMatch(it -> line.isOf(it.sku(), it.lot()))) {
          fields.refuse(new Violation("/lines/%d/sku".formatted(i), "repeated", "stands on another line already"));
        }
      }
      return new Form(lines, at);
    }
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    CountId id = request.pathId("id", CountId::new);
    String key = request.idempotencyKey();
    Fields fields = request.fields();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Form form = Form.read(fields, now);
    check(fields, form.lines());
    fields.verify();
    if (!request.locations().isEmpty()) {
      Stored<Count> count = desk.counts().find(WarehouseTable.key(id)).orElseThrow(() -> Problem.notFound("count"));
      request.requireLocation(count.value().locationId());
    }
    Stored<Count> stored = Http.orProblem(desk.enter(id, key, request.subject(),
        form.countedAt() == null ? now : form.countedAt(), form.lines()));
    LOG.info("Bin counted", "count", id, "location", stored.value().locationId(), "bin", stored.value().bin(),
        "status", stored.value().status());
    return HttpResponse.resource(201, stored, CountView.of(stored));
  }

  private void check(Fields fields, List<Count.Line> lines) {
    Map<Sku, Product> products = catalog
        .products(lines.stream().map(Count.Line::sku).filter(Objects::nonNull).toList());
    for (int i = 0; i < lines.size(); i++) {
      Count.Line line = lines.get(i);
      String at = "/lines/%d/".formatted(i);
      if (line.sku() != null && !products.containsKey(line.sku())) {
        fields.refuse(new Violation(at + "sku", "unknown_product", "there is no such product"));
      } else if (line.sku() != null) {
        lots.check(at, products.get(line.sku()), line.lot(), null, null).forEach(fields::refuse);
      }
    }
  }
}
