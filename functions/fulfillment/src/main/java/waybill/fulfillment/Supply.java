package waybill.fulfillment;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import waybill.fulfillment.Shortages.Unfound;
import waybill.fulfillment.sourcing.Bill.Source;
import waybill.fulfillment.sourcing.Sourcing.Part;
import waybill.inventory.StockReader;
import waybill.fulfillment.sourcing.Sourced;
import waybill.fulfillment.sourcing.Sourced.Verdict;
import waybill.fulfillment.sourcing.Sourced.Weighed;
import waybill.fulfillment.sourcing.Sourcing;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.OrderId;
import waybill.messages.Sku;
import waybill.messages.StockPool;

/** Finds from which locations of a pool lines ship, and what of them none can. */
final class Supply {
  private final Candidates candidates;
  private final Stock stock;

  /** What there is, read fresh. */
  interface Stock {
    /** The units of SKUs that locations have and no fulfillment is allocated. */
    Map<Sku, Map<LocationId, Integer>> free(Collection<Sku> skus, Collection<LocationId> locations);

    /** The same without units that are too old on the day on which they arrive. @param arrivesOn asked only if it matters */
    default Map<Sku, Map<LocationId, Integer>> free(Collection<Sku> skus, Collection<LocationId> locations,
        Supplier<Optional<LocalDate>> arrivesOn) {
      return free(skus, locations);
    }

    /** The units of an order that were not found and are not promised again. */
    Map<Sku, Integer> missing(OrderId order);

    static Stock of(StockReader reader) {
      return new Stock() {
        @Override
        public Map<Sku, Map<LocationId, Integer>> free(Collection<Sku> skus, Collection<LocationId> locations) {
          return reader.free(skus, locations);
        }

        @Override
        public Map<Sku, Map<LocationId, Integer>> free(Collection<Sku> skus, Collection<LocationId> locations,
            Supplier<Optional<LocalDate>> arrivesOn) {
          return reader.free(skus, locations, arrivesOn);
        }

        @Override
        public Map<Sku, Integer> missing(OrderId order) {
          return reader.missing(order);
        }
      };
    }
  }

  /**
   * Where lines ship from.
   *
   * @param rest what no location can ship
   * @param sourced why from there; null if there was nothing to choose
   * @param arrivesOn when the customer has it, if that matters to lots; else null
   */
  record Split(List<Part> parts, List<LineQuantity> rest, Sourced sourced, LocalDate arrivesOn) {}

  /**
   * What is to be shipped.
   *
   * @param unpromised units of it that are not promised, and so are not to be planned
   * @param unfound what packers did not find: units that may not be where they are counted
   * @param since when it was found to be short; null if it was not yet
   */
  record Wanted(StockPool pool, List<LineQuantity> lines, Map<Sku, Integer> unpromised,
      Unfound unfound, Instant since) {

    /** Of units that are all promised, and nobody has missed. */
    static Wanted of(StockPool pool, List<LineQuantity> lines) {
      return new Wanted(pool, lines, Map.of(), Unfound.NOTHING, null);
    }
  }

  Supply(Candidates candidates, Stock stock) {
    this.candidates = candidates;
    this.stock = stock;
  }

  /** The units of an order that are not promised. */
  Map<Sku, Integer> missing(OrderId order) {
    return stock.missing(order);
  }

  /** @param journey where the units go, and by when; read only if it matters */
  Split find(Wanted wanted, Supplier<Optional<Journey>> journey) {
    var read = new Once(journey);
    Candidates.Found found = candidates.of(wanted.pool(), wanted.lines(), wanted.since(), read);
    Set<Sku> skus = wanted.lines().stream().map(LineQuantity::sku).collect(Collectors.toSet());
    Map<Sku, Map<LocationId, Integer>> free = certain(
        stock.free(skus, found.sources().stream().map(Source::location).toList(), read::arrivesOn),
        wanted.unfound().doubtful());
    Map<Sku, Integer> most = new HashMap<>();
    free.forEach((sku, units) -> most.put(sku, units.values().stream().mapToInt(it -> Math.max(0, it)).sum()));
    LineQuantity.bySku(wanted.lines()).forEach(it -> most.computeIfPresent(it.sku(), (sku, units) -> Math.clamp(
        it.quantity() - wanted.unpromised().getOrDefault(sku, 0), 0, units)));
    var rest = new ArrayList<LineQuantity>();
    List<LineQuantity> there = within(wanted.lines(), most, rest);
    return switch (Sourcing.plan(there, free, found.sources(), found.terms())) {
      case Sourcing.Found(List<Part> parts, Sourced sourced) ->
        new Split(parts, rest, found.explained(sourced, missed(skus, wanted)), read.day);
      case Sourcing.Waiting(Sourced sourced) ->
        new Split(List.of(), wanted.lines(), found.explained(sourced, missed(skus, wanted)), read.day);
      case Sourcing.Lacking _ -> throw new IllegalStateException("there is enough of each SKU, and yet not");
    };
  }

  /** The locations where units of it were not found. */
  private static List<Weighed> missed(Set<Sku> skus, Wanted wanted) {
    return wanted.unfound().missing().entrySet().stream()
        .map(it -> new Weighed(it.getKey(), Verdict.NOT_FOUND_THERE, it.getValue().entrySet().stream()
            .filter(one -> skus.contains(one.getKey())).mapToLong(Map.Entry::getValue).sum(), null))
        .filter(it -> it.amount() > 0).toList();
  }

  /** Reads the journey at most once, and remembers the day if that was asked for. */
  private static final class Once implements Supplier<Optional<Journey>> {
    private final Supplier<Optional<Journey>> journey;
    private Optional<Journey> read;
    private LocalDate day;

    Once(Supplier<Optional<Journey>> journey) {
      this.journey = journey;
    }

    @Override
    public Optional<Journey> get() {
      if (read == null) {
        read = journey.get();
      }
      return read;
    }

    Optional<LocalDate> arrivesOn() {
      Optional<LocalDate> arrives = get().flatMap(Journey::arrivesOn);
      day = arrives.orElse(null);
      return arrives;
    }
  }

  private static Map<Sku, Map<LocationId, Integer>> certain(Map<Sku, Map<LocationId, Integer>> free,
      Map<LocationId, Map<Sku, Integer>> doubtful) {
    var certain = new HashMap<Sku, Map<LocationId, Integer>>();
    free.forEach((sku, units) -> {
      var left = new HashMap<LocationId, Integer>();
      units.forEach((location, there) -> left.put(location,
          Math.max(0, there - doubtful.getOrDefault(location, Map.of()).getOrDefault(sku, 0))));
      certain.put(sku, left);
    });
    return certain;
  }

  /** As much of the lines as there is, the first lines first. @param rest receives what there is not */
  private static List<LineQuantity> within(List<LineQuantity> lines, Map<Sku, Integer> most, List<LineQuantity> rest) {
    var open = new HashMap<>(most);
    var there = new ArrayList<LineQuantity>();
    for (LineQuantity line : lines) {
      int units = Math.min(line.quantity(), open.getOrDefault(line.sku(), 0));
      open.merge(line.sku(), -units, Integer::sum);
      if (units > 0) {
        there.add(new LineQuantity(line.lineId(), line.sku(), units));
      }
      if (units < line.quantity()) {
        rest.add(new LineQuantity(line.lineId(), line.sku(), line.quantity() - units));
      }
    }
    return there;
  }
}
