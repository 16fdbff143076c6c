package waybill.inventory;

import module java.base;
import de.siegmar.fastcsv.writer.CsvWriter;
import waybill.catalog.*;
import waybill.messages.*;
import waybill.platform.*;

/** {@code GET /stock/exports}: what lies where, as a file for spreadsheets, so many products at once. */
public record ExportStockHandler(Catalog catalog, Counters counters) implements HttpFunction {
  private static final int MOST_PRODUCTS = 500;
  /** Each product has a counter at each location. */
  private static final int MOST_COUNTERS = 10_000;
  private static final List<String> COLUMNS = List.of("sku", "name", "location_id", "on_hand", "allocated", "available",
      "damaged", "quarantined", "in_transit", "shortfall", "lot", "expires_on");
  private static final String FORMULA = "=+-@\t\r\n";

  public ExportStockHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> catalog.products(List.of(new Sku("PRIMING"))));
  }

  public ExportStockHandler(Ports ports) { this(new Catalog(ports), InventoryTable.counters(ports)); }

  @Override
  public HttpResponse answer(HttpRequest request) {
    Parameters parameters = request.parameters();
    LocationId only = parameters.parsed("location_id", LocationId::new, "invalid",
        "is a location's id: 1 to 40 small letters, digits or dashes");
    Integer limit = parameters.parsed("limit", ExportStockHandler::limit, "out_of_range",
        "is a number from 1 to " + MOST_PRODUCTS);
    String cursor = parameters.cursor();
    parameters.verify();
    List<LocationId> locations = catalog.locations().stream().map(Location::id)
        .filter(it -> only == null || it.equals(only)).toList();
    if (only != null && locations.isEmpty()) {
      throw Problem.invalid("location_id", "unknown_location", "there is no such location");
    }
    int products = Math.clamp(MOST_COUNTERS / Math.max(1, locations.size()), 1, limit == null ? MOST_PRODUCTS : limit);
    Page<Product> page = Http.orProblem(catalog.products(products, cursor));
    HttpResponse response = new HttpResponse(200, Map.of("content-type", "text/csv; charset=utf-8"),
        file(page.data(), locations)).with("content-disposition", "attachment; filename=\"stock.csv\"");
    return page.nextCursor() == null ? response : response.with("link", next(page.nextCursor(), limit, only));
  }

  private static int limit(String text) {
    if (!text.matches("[0-9]{1,4}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST_PRODUCTS) {
      throw new IllegalArgumentException();
    }
    return Integer.parseInt(text);
  }

  private static String next(String cursor, Integer limit, LocationId only) {
    return "</stock/exports?cursor=%s%s%s>; rel=\"next\"".formatted(URLEncoder.encode(cursor, StandardCharsets.UTF_8),
        limit == null ? "" : "&limit=" + limit, only == null ? "" : "&location_id=" + only);
  }

  private String file(List<Product> products, List<LocationId> locations) {
    List<Product> counted = products.stream().filter(it -> !it.isKit()).toList();
    Map<Counter, Levels> levels = counters.readWhole(counted.stream()
        .flatMap(it -> locations.stream().map(place -> Counter.of(it.sku(), place))).toList());
    var text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().build(text)) {
      csv.writeRecord(COLUMNS);
      for (Product it : counted) {
        if (it.lotTracked()) {
          counters.stock(it.sku()).locations().stream().filter(there -> locations.contains(there.locationId()))
              .flatMap(there -> rows(it, there)).forEach(csv::writeRecord);
        }
        for (LocationId place : locations) {
          Levels there = levels.get(Counter.of(it.sku(), place));
          if (there != null && !it.lotTracked()) {
            csv.writeRecord(row(it, Stock.location(place, there, null)));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** A line for each lot; what came before its product was tracked by lots is of none. */
  private static Stream<List<String>> rows(Product product, Stock.AtLocation it) {
    return it.lots() == null || it.lots().isEmpty()
        ? Stream.of(row(product, it))
        : it.lots().stream().map(lot -> row(product, it.locationId(), lot));
  }

  private static List<String> row(Product product, Stock.AtLocation it) {
    return row(product, it.locationId(), new Stock.OfLot(null, null, it.onHand(), it.allocated(), it.available(),
        it.damaged(), it.quarantined(), it.inTransit(), it.shortfall()));
  }

  private static List<String> row(Product product, LocationId location, Stock.OfLot it) {
    var cells = new ArrayList<>(List.of(product.sku().value(), text(product.name()), location.value()));
    LongStream.of(it.onHand(), it.allocated(), it.available(), it.damaged(), it.quarantined(), it.inTransit(),
        it.shortfall()).mapToObj(Long::toString).forEach(cells::add);
    cells.add(it.lot() == null ? "" : it.lot().value());
    cells.add(it.expiresOn() == null ? "" : it.expiresOn().value());
    return cells;
  }

  /** What a spreadsheet would take for a formula begins with an apostrophe, which makes it text. */
  static String text(String value) {
    return !value.isEmpty() && FORMULA.indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
  }
}
