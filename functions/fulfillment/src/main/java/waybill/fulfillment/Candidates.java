package waybill.fulfillment;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import waybill.catalog.CalendarId;
import waybill.catalog.Catalog;
import waybill.catalog.Destination;
import waybill.catalog.DispatchDay;
import waybill.catalog.Location;
import waybill.catalog.PlaceZone;
import waybill.catalog.SourcingRules;
import waybill.catalog.SourcingRules.Place;
import waybill.catalog.SourcingRules.Reach;
import waybill.catalog.Workdays;
import waybill.fulfillment.sourcing.Bill.Source;
import waybill.fulfillment.sourcing.Bill.Start;
import waybill.fulfillment.sourcing.Bill.Start.Cause;
import waybill.fulfillment.sourcing.Bill.Terms;
import waybill.fulfillment.sourcing.Sourced;
import waybill.fulfillment.sourcing.Sourced.Verdict;
import waybill.fulfillment.sourcing.Sourced.Weighed;
import waybill.fulfillment.sourcing.Splitting;
import waybill.fulfillment.sourcing.Splitting.KitOf;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.Sku;
import waybill.messages.StockPool;
import waybill.orders.Kit;
import waybill.orders.Sale;

/**
 * Which locations may ship an order, and what is known of each at this moment. A pool without rules, or with one active location, costs one read.
 */
record Candidates(Catalog catalog, Backlog backlog, InstantSource clock) {
  private static final int TARIFF_DIGITS = 6;

  /**
   * @param refused active locations of the pool that send nothing to where the order goes
   * @param inactive those that no orders are sent to
   */
  record Found(List<Source> sources, Terms terms, List<LocationId> refused, List<LocationId> inactive) {

    /**
     * The same with the locations that were not even weighed.
     *
     * @param missed those where units of it were not found
     */
    Sourced explained(Sourced sourced, List<Weighed> missed) {
      if (sourced == null && refused.isEmpty() && missed.isEmpty()) {
        return null;
      }
      Sourced weighed = sourced == null ? new Sourced(null, null, terms.promised(), List.of()) : sourced;
      var all = new TreeMap<LocationId, Weighed>();
      inactive.forEach(it -> all.put(it, new Weighed(it, Verdict.INACTIVE, null, null)));
      refused.forEach(it -> all.put(it, new Weighed(it, Verdict.DOES_NOT_SHIP_THERE, null, null)));
      missed.forEach(it -> all.put(it.location(), it));
      weighed.weighed().forEach(it -> all.put(it.location(), it));
      return new Sourced(weighed.cost(), weighed.currency(), weighed.promised(), List.copyOf(all.values()));
    }
  }

  /**
   * @param lines what is to be shipped
   * @param since when it was found to be short; null if it was not yet
   */
  Found of(StockPool pool, List<LineQuantity> lines, Instant since, Supplier<Optional<Journey>> journey) {
    Map<Boolean, List<Location>> ofPool = catalog.locations().stream().filter(it -> it.stockPool().equals(pool))
        .collect(Collectors.partitioningBy(Location::active));
    List<Location> active = ofPool.get(true);
    Optional<SourcingRules> rules = active.size() < 2 ? Optional.empty() : catalog.sourcingRules(pool);
    return rules
        .flatMap(it -> journey.get()
            .map(to -> byRules(active, ids(ofPool.get(false)), it, lines, to, splitting(it, lines, since, to))))
        .orElseGet(() -> new Found(active.stream().map(it -> Source.plain(it.id())).toList(), Terms.NONE, List.of(),
            List.of()));
  }

  private static List<LocationId> ids(List<Location> locations) {
    return locations.stream().map(Location::id).toList();
  }

  /** Margins count only in the currency of the parcels' costs. */
  private Splitting splitting(SourcingRules rules, List<LineQuantity> lines, Instant since, Journey journey) {
    List<KitOf> kits = lines.stream().noneMatch(it -> it.lineId().isComponent())
        ? List.of()
        : journey.kits().get().stream().map(it -> new KitOf(it.components().stream()
            .collect(Collectors.toMap(Kit.Component::id, Kit.Component::quantity)))).toList();
    if (rules.split() == null) {
      return new Splitting(null, false, kits);
    }
    Optional<Sale> sale = journey.sale().get().filter(it -> it.currency().equals(rules.currency()));
    boolean patient = !journey.isBy(rules.urgentMethods())
        && (since == null || clock.instant().isBefore(since.plus(Duration.ofDays(rules.split().waitDays()))));
    return sale.map(it -> new Splitting(of -> margin(it, of, rules.split().marginPercent()), patient, kits))
        .orElseGet(() -> new Splitting(null, false, kits));
  }

  private static long margin(Sale sale, List<LineQuantity> of, int percent) {
    return of.stream()
        .mapToLong(it -> sale.find(it.lineId()).map(sold -> sold.net(it.quantity())).orElse(0L)).sum() * percent / 100;
  }

  /** What the consignments of the EU are counted by: the first digits of tariff numbers, on which all countries agree. */
  private Map<Sku, String> tariffs(List<LineQuantity> lines, Destination to) {
    var tariffs = new HashMap<Sku, String>();
    catalog.products(lines.stream().map(LineQuantity::sku).distinct().toList()).forEach((sku, it) -> {
      String number = it.hsCode(to.country());
      if (number != null) {
        tariffs.put(sku, number.substring(0, Math.min(TARIFF_DIGITS, number.length())));
      }
    });
    return Map.copyOf(tariffs);
  }

  private Found byRules(List<Location> active, List<LocationId> inactive, SourcingRules rules,
      List<LineQuantity> lines, Journey journey, Splitting splitting) {
    Map<CalendarId, Workdays> calendars = active.stream().allMatch(it -> it.calendar() == null)
        ? Map.of()
        : catalog.calendars();
    Instant now = clock.instant();
    var sources = new ArrayList<Source>();
    var refused = new ArrayList<LocationId>();
    for (Location it : active) {
      Optional<Place> place = rules.place(it.id());
      if (place.isPresent() && !place.get().reaches(journey.destination())) {
        refused.add(it.id());
      } else {
        sources.add(source(it, place, journey, journey.isBy(rules.urgentMethods()), workdays(it, calendars), now));
      }
    }
    LocalDate promised = journey.promisedBy() == null
        ? null
        : journey.promisedBy().minusMillis(1).atZone(PlaceZone.of(journey.destination().country(),
            ZoneId.of(active.getFirst().timeZone()))).toLocalDate();
    // A promise comes before a parcel: what waits until tomorrow must still be on time then.
    boolean late = promised != null
        && sources.stream().noneMatch(it -> it.arrives() != null && it.arrives().isBefore(promised));
    boolean dutiable = sources.stream().anyMatch(it -> it.duty() > 0);
    return new Found(List.copyOf(sources), new Terms(promised, rules.extraParcelCost(), rules.currency(),
        late ? splitting.atOnce() : splitting,
        dutiable ? tariffs(lines, journey.destination()) : Map.of()),
        List.copyOf(refused), inactive);
  }

  private static Workdays workdays(Location location, Map<CalendarId, Workdays> calendars) {
    return location.calendar() == null
        ? Workdays.MONDAY_TO_FRIDAY
        : calendars.getOrDefault(location.calendar(), Workdays.MONDAY_TO_FRIDAY);
  }

  private Source source(Location it, Optional<Place> place, Journey journey, boolean urgent, Workdays days,
      Instant now) {
    int waiting = it.capacity() == null || urgent ? 0 : backlog.at(it.id(), it.capacity());
    boolean full = it.capacity() != null && waiting >= it.capacity();
    Optional<Reach> reach = place.flatMap(one -> one.reach(journey.destination()));
    LocalDate arrives = reach.map(one -> Workdays.MONDAY_TO_FRIDAY
        .plus(DispatchDay.of(it, now, full ? 1 : 0, days, Workdays.MONDAY_TO_FRIDAY), one.days())).orElse(null);
    return new Source(it.id(), full, reach.map(Reach::parcelCost).orElse(null), arrives,
        place.map(Place::keepBack).orElse(0), reach.isPresent() ? start(it, now, days) : null,
        reach.map(Reach::dutyPerTariffNumber).orElse(0L));
  }

  /** Null if it begins today. */
  private static Start start(Location it, Instant now, Workdays days) {
    LocalDate today = now.atZone(ZoneId.of(it.timeZone())).toLocalDate();
    LocalDate first = DispatchDay.first(it, now, days);
    return first.equals(today)
        ? null
        : new Start(first, days.isOpen(today) && first.equals(days.plus(today, 1)) ? Cause.CUT_OFF : Cause.CLOSED);
  }
}
