package waybill.inventory;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import waybill.catalog.Location;
import waybill.catalog.Product;
import waybill.messages.LocationId;
import waybill.messages.LotNumber;
import waybill.messages.Sku;
import waybill.messages.StockPool;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.platform.Violation;

/**
 * Whether all lines of a file could be done now, one after the other, by the rules of a single adjustment.
 *
 * @param errors none if they could
 * @param expected what they would do
 */
record ImportCheck(List<LineError> errors, StockImport.Expected expected) {

  /**
   * What there is of all that lines name.
   *
   * @param levels those of the counters that there are
   */
  record Known(Map<Sku, Product> products, Map<LocationId, Location> locations, Map<Counter, Levels> levels,
      List<Lot> lots) {

    /** The day at a location. */
    LocalDate day(LocationId location, Instant now) {
      return LocalDate.ofInstant(now, ZoneId.of(locations.get(location).timeZone()));
    }
  }

  static ImportCheck of(List<ImportLine> lines, Known known, Instant now) {
    var check = new Running(known, now);
    lines.forEach(check::line);
    return new ImportCheck(List.copyOf(check.errors), new StockImport.Expected(lines.size(),
        (int) lines.stream().map(ImportLine::sku).distinct().count(),
        (int) lines.stream().map(ImportLine::location).distinct().count(), check.added, check.removed));
  }

  private static final class Running {
    private final Known known;
    private final Instant now;
    private final Map<Counter, Levels> levels;
    private final Map<String, Lot> lots = new HashMap<>();
    private final Map<Counter, Integer> counted = new HashMap<>();
    private final Map<Counter, Integer> named = new HashMap<>();
    private final List<LineError> errors = new ArrayList<>();
    private long added;
    private long removed;

    Running(Known known, Instant now) {
      this.known = known;
      this.now = now;
      this.levels = new HashMap<>(known.levels);
      known.lots.forEach(it -> lots.put(key(it.sku(), it.number()), it));
    }

    private static String key(Sku sku, LotNumber lot) {
      return sku + "#" + lot;
    }

    void line(ImportLine it) {
      if (isKnown(it) && isOfItsLot(it) && isOnce(it)) {
        moves(it, known.locations.get(it.location()).stockPool());
      }
    }

    /** A lot that one line brings is there for the next. */
    private boolean isOfItsLot(ImportLine it) {
      Optional<Lot> lot = Optional.ofNullable(lots.get(key(it.sku(), it.lot().number())));
      List<Violation> wrong = it.lot().check("", known.products.get(it.sku()), lot, it.reason().opensLots(),
          it.reason().bringsGood() ? known.day(it.location(), now) : null);
      wrong.forEach(violation -> refuse(it, violation.pointer(), violation.code(), violation.detail()));
      if (wrong.isEmpty()) {
        it.lot().opened(it.sku(), lot).ifPresent(opened -> lots.put(key(it.sku(), opened.number()), opened));
      }
      return wrong.isEmpty();
    }

    private boolean isKnown(ImportLine it) {
      int before = errors.size();
      Product product = known.products.get(it.sku());
      if (product == null) {
        refuse(it, "sku", "unknown_product", "there is no such product");
      } else if (product.isKit()) {
        refuse(it, "sku", "kit", "is a kit and has no stock of its own: name its components");
      }
      if (!known.locations.containsKey(it.location())) {
        refuse(it, "location_id", "unknown_location", "there is no such location");
      }
      return errors.size() == before;
    }

    /** Whether a product that is counted at a location is named there once: else nobody knows which line is meant. */
    private boolean isOnce(ImportLine it) {
      Integer other = it.counted() == null ? counted.get(it.counter()) : named.get(it.counter());
      named.putIfAbsent(it.counter(), it.line());
      if (it.counted() != null) {
        counted.putIfAbsent(it.counter(), it.line());
      }
      if (other != null) {
        refuse(it, it.counted() == null ? "quantity" : "counted", "repeated",
            "is on line %d already, and what is counted is on one line alone"
                .formatted(other));
      }
      return other == null;
    }

    private void moves(ImportLine it, StockPool pool) {
      var inPool = Counter.of(it.sku(), pool);
      Levels own = levels.getOrDefault(it.counter(), Levels.NONE);
      long units = it.counted() == null ? it.quantity() : it.counted() - own.there();
      Physical change = it.reason().change(Math.toIntExact(units));
      switch (Adjustments.moves(it.reason(), own, levels.getOrDefault(it.shelf(), Levels.NONE),
          levels.getOrDefault(inPool, Levels.NONE), change)) {
        case Outcome.Accepted<StockChange>(StockChange moves) -> {
          Stream.of(it.shelf(), it.counter()).distinct()
              .forEach(place -> levels.merge(place, moves.shelf(), Levels::plus));
          levels.merge(inPool, moves.pool(), Levels::plus);
          added += Math.max(0, change.onHand());
          removed += Math.max(0, -change.onHand());
        }
        case Outcome.Declined<StockChange>(Refused refused) ->
          refuse(it, it.counted() == null ? "quantity" : "counted", refused.code(), refused.detail());
      }
    }

    private void refuse(ImportLine it, String column, String code, String detail) {
      errors.add(LineError.of(it.line(), column, code, detail));
    }
  }
}
