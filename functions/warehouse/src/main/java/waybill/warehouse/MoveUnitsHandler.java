package waybill.warehouse;

import module java.base;
import waybill.catalog.Catalog;
import waybill.catalog.Product;
import waybill.inventory.KnownLots;
import waybill.messages.*;
import waybill.platform.*;

/** {@code POST /bin-moves}: moves units into a bin, out of one, or from one to another; once an Idempotency-Key. */
public record MoveUnitsHandler(BinStock stock, Catalog catalog, KnownLots lots, InstantSource clock)
    implements HttpFunction {
  private static final Log LOG = Log.of(MoveUnitsHandler.class);

  public MoveUnitsHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> stock.bin(new LocationId("priming"), new BinId("PRIMING")));
  }

  public MoveUnitsHandler(Ports ports) {
    this(new BinStock(ports), new Catalog(ports), new KnownLots(ports), ports.clock());
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    request.refuseQuery();
    BinMoveId id = BinMoveId.of(request.idempotencyKey());
    Fields fields = request.fields();
    MoveForm form = MoveForm.read(fields);
    fields.verify();
    request.requireLocation(form.location());
    if (catalog.location(form.location()).isEmpty()) {
      throw Problem.invalid("/location_id", "unknown_location", "there is no such location");
    }
    List<BinMove.Line> lines = form.sku() == null ? whole(id, form) : List.of(line(form));
    var asked = new BinMove(id, form.location(), form.from(), form.to(), lines, false, form.heightMm(), form.reason(),
        request.subject(), form.reference(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
    BinStock.Made made = Http.orProblem(stock.move(asked));
    if (made.now()) {
      LOG.info("Units moved", "move", id, "location", form.location(), "from", form.from(), "to", form.to(), "units",
          lines.stream().mapToInt(BinMove.Line::quantity).sum(), "reason", form.reason());
    }
    return HttpResponse.json(201, tree(made.move()));
  }

  /** All that lies in the bin; what a move that was made already took. */
  private List<BinMove.Line> whole(BinMoveId id, MoveForm form) {
    Optional<BinMove> known = stock.find(id);
    if (known.isPresent()) {
      return known.get().lines();
    }
    if (stock.bin(form.location(), form.from()).isEmpty()) {
      throw Problem.invalid("/from", "unknown_bin", "the location has no such bin");
    }
    List<BinMove.Line> lines = stock.contents(form.location(), form.from()).stream().map(Stored::value)
        .map(it -> new BinMove.Line(it.sku(), it.lot(), it.expiresOn(), it.quantity())).toList();
    if (lines.isEmpty()) {
      throw Problem.conflict("bin_empty", "nothing lies in bin " + form.from());
    }
    if (lines.size() > BinMove.MAX_LINES) {
      throw Problem.conflict("too_many", "more than %d products and lots lie in bin %s: move some of them first"
          .formatted(BinMove.MAX_LINES, form.from()));
    }
    return lines;
  }

  private BinMove.Line line(MoveForm form) {
    Product product = catalog.products(List.of(form.sku())).get(form.sku());
    if (product == null) {
      throw Problem.invalid("/sku", "unknown_product", "there is no such product");
    }
    List<Violation> wrong = lots.check("/", product, form.lot(), null, null);
    if (!wrong.isEmpty()) {
      throw Problem.invalid(wrong);
    }
    return new BinMove.Line(form.sku(), form.lot(),
        form.lot() == null ? null : lots.expiresOn(form.sku(), form.lot()).orElse(null), form.quantity());
  }

  private static Map<String, Object> tree(BinMove move) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("id", move.id().value());
    tree.put("location_id", move.locationId().value());
    if (move.from() != null) {
      tree.put("from", move.from().value());
    }
    if (move.to() != null) {
      tree.put("to", move.to().value());
    }
    tree.put("lines", move.lines().stream().map(Records::toObject).toList());
    tree.put("reason", Records.toTree(move.reason()));
    tree.put("at", Records.toTree(move.at()));
    return tree;
  }
}
