package waybill.inventory;

import module java.base;
import waybill.catalog.Catalog;
import waybill.messages.*;
import waybill.messages.LotNumber;
import waybill.platform.*;

/** {@code GET /stock/{sku}/movements}: what came to locations, left them or turned out otherwise, the latest first. */
public record ListMovementsHandler(Catalog catalog, Counters counters, LedgerEntries entries) implements HttpFunction {
  private static final Comparator<LedgerEntry> LATEST_FIRST = Comparator.comparing(LedgerEntries::key)
      .thenComparing(LedgerEntry::location).reversed();

  public ListMovementsHandler() {
    this(Ports.ofProcess());
    Snapshot.prime(this, () -> catalog.products(List.of(new Sku("PRIMING"))));
  }

  public ListMovementsHandler(Ports ports) {
    this(new Catalog(ports), InventoryTable.counters(ports), InventoryTable.entries(ports));
  }

  /** As the API shows an entry. */
  record View(int number, Instant at, LocationId locationId, LedgerEntry.Reason reason, Physical change,
      Physical before, Physical after, String actor, List<String> references, String note, List<OfLot> lots) {

    /** What of this was which lot. */
    record OfLot(LotNumber lot, Physical change, Physical before, Physical after) {
      static OfLot of(LedgerEntry.OfLot it) {
        return new OfLot(it.lot(), it.change(), it.before(), it.after());
      }
    }

    static View of(LedgerEntry it) {
      return new View(it.number(), it.at(), it.location(), it.reason(), it.change(), it.before(), it.after(),
          it.actor(), it.references(), it.note(),
          it.lots() == null ? null : it.lots().stream().map(OfLot::of).toList());
    }
  }

  /** Where a page ended: behind this entry. */
  record Cursor(String time, String number, LocationId location) {
    private static final Pattern TEXT = Pattern.compile("([0-9]{15})-([0-9]{10})-([a-z0-9][a-z0-9-]{0,39})");

    static Cursor parse(String text) {
      Matcher matcher = TEXT.matcher(text);
      if (!matcher.matches()) {
        throw new IllegalArgumentException();
      }
      return new Cursor(matcher.group(1), matcher.group(2), new LocationId(matcher.group(3)));
    }

    String key() {
      return time + "#" + number;
    }

    boolean isBefore(LedgerEntry entry) {
      int order = LedgerEntries.key(entry).compareTo(key());
      return order < 0 || order == 0 && entry.location().compareTo(location) < 0;
    }

    static String behind(LedgerEntry entry) {
      return LedgerEntries.key(entry).replace('#', '-') + "-" + entry.location();
    }
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    Parameters parameters = request.parameters();
    LocationId location = parameters.parsed("location_id", LocationId::new, "invalid",
        "is a location's id: 1 to 40 small letters, digits or dashes");
    int limit = parameters.limit();
    Cursor cursor = parameters.parsed("cursor", Cursor::parse, "invalid",
        "is the next_cursor of a page of this very list");
    parameters.verify();
    Sku sku = request.pathId("sku", Sku::new);
    List<LocationId> locations = location == null ? counters.locations(sku) : List.of(location);
    if (locations.isEmpty() && catalog.products(List.of(sku)).isEmpty()) {
      throw Problem.notFound("product");
    }
    return HttpResponse.json(200, page(sku, locations, cursor, limit).toTree());
  }

  /** Each location has a partition of its own; the latest of all of them are merged. */
  private Page<View> page(Sku sku, List<LocationId> locations, Cursor cursor, int limit) {
    String upTo = cursor == null ? null : cursor.key();
    // One more shows that there is another page; and one that is on the last page may come again.
    List<LedgerEntry> latest = locations.stream().flatMap(it -> entries.upTo(sku, it, upTo, limit + 2).stream())
        .filter(it -> cursor == null || cursor.isBefore(it)).sorted(LATEST_FIRST).limit(limit + 1L).toList();
    List<LedgerEntry> shown = latest.subList(0, Math.min(limit, latest.size()));
    return new Page<>(shown.stream().map(View::of).toList(),
        latest.size() > limit ? Cursor.behind(shown.getLast()) : null);
  }
}
