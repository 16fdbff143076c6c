package waybill.warehouse;

import module java.base;
import waybill.catalog.Catalog;
import waybill.catalog.Product;
import waybill.inventory.KnownLots;
import waybill.messages.*;
import waybill.platform.*;

/** {@code GET /putaway-proposals}: where units that are not put away are to go. */
public record ProposePutawayHandler(BinStock stock, Catalog catalog, KnownLots lots) implements HttpFunction {
  private static final int MAX_QUANTITY = 1_000_000;

  public ProposePutawayHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> stock.bin(new LocationId("priming"), new BinId("PRIMING")));
  }

  public ProposePutawayHandler(Ports ports) { this(new BinStock(ports), new Catalog(ports), new KnownLots(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    Parameters query = request.parameters();
    LocationId location = query.parsed("location_id", LocationId::new, "invalid", "is the id of a location");
    Sku sku = query.parsed("sku", Sku::new, "invalid", "is a SKU");
    LotNumber lot = query.parsed("lot", LotNumber::new, "invalid", LotNumber.RULE);
    Integer quantity = query.parsed("quantity", ProposePutawayHandler::number, "out_of_range",
        "is a whole number from 1 to " + MAX_QUANTITY);
    Integer height = query.parsed("height_mm", ProposePutawayHandler::number, "out_of_range",
        "is a whole number from 1 to " + MAX_QUANTITY);
    String type = query.text("storage_type");
    String zone = query.text("zone");
    if (query.text("location_id") == null) {
      query.refuse("location_id", "required", "is required");
    }
    if (query.text("sku") == null) {
      query.refuse("sku", "required", "is required");
    }
    query.verify();
    request.requireLocation(location);
    Product product = catalog.products(List.of(sku)).get(sku);
    if (product == null) {
      throw Problem.invalid("sku", "unknown_product", "there is no such product");
    }
    List<Violation> wrong = lots.check("", product, lot, null, null);
    if (!wrong.isEmpty()) {
      throw Problem.invalid(wrong);
    }
    List<Bin> bins = stock.bins(location);
    Map<BinId, List<BinContent>> lying = stock.lying(location, sku).stream().map(Stored::value)
        .collect(Collectors.groupingBy(BinContent::bin));
    long unplaced = Math.max(0, stock.unplaced(location, sku, lot));
    long held = Math.clamp(stock.kept(location, sku, lot) - apart(bins, lying, lot), 0, unplaced);
    long crossDock = Math.min(stock.crossDock(location, sku, lot), unplaced - held);
    int units = quantity == null ? (int) Math.min(unplaced - held - crossDock, MAX_QUANTITY) : quantity;
    var putaway = new Putaway(product, units, type, zone, height);
    return HttpResponse.json(200,
        tree(unplaced, held, crossDock, units, propose(location, lot, putaway, bins, lying)));
  }

  /** How many units lie where nothing is picked from because it is not for sale. */
  private static long apart(List<Bin> bins, Map<BinId, List<BinContent>> lying, LotNumber lot) {
    return bins.stream().filter(it -> it.purpose() == Bin.Purpose.QUARANTINE)
        .flatMap(it -> lying.getOrDefault(it.bin(), List.of()).stream()).filter(it -> Objects.equals(it.lot(), lot))
        .mapToLong(BinContent::quantity).sum();
  }

  private Putaway.Proposal propose(LocationId location, LotNumber lot, Putaway putaway, List<Bin> bins,
      Map<BinId, List<BinContent>> lying) {
    Map<BinId, BinLoad> loads = stock.loads(location, bins.stream().map(Bin::bin).toList());
    Set<BinId> same = new HashSet<>();
    Set<BinId> others = new HashSet<>();
    loads.values().stream().filter(it -> it.units() > 0).forEach(it -> {
      long own = lying.getOrDefault(it.bin(), List.of()).stream().filter(content -> Objects.equals(content.lot(), lot))
          .mapToLong(BinContent::quantity).sum();
      if (own > 0) {
        same.add(it.bin());
      }
      if (own < it.units()) {
        others.add(it.bin());
      }
    });
    return putaway.propose(bins, loads, same, others);
  }

  private static int number(String text) {
    if (!text.matches("[0-9]{1,7}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MAX_QUANTITY) {
      throw new IllegalArgumentException();
    }
    return Integer.parseInt(text);
  }

  private static Map<String, Object> tree(long unplaced, long held, long crossDock, int units,
      Putaway.Proposal proposal) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("unplaced", unplaced);
    tree.put("held", held);
    tree.put("cross_dock", crossDock);
    tree.put("quantity", units);
    tree.put("places", proposal.places().stream().map(Records::toObject).toList());
    if (proposal.overflow() != null) {
      tree.put("overflow",
          new LinkedHashMap<>(Map.of("quantity", proposal.left(), "reason", Records.toTree(proposal.overflow()))));
    }
    return tree;
  }
}
