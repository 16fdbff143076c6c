package waybill.fulfillment;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import waybill.catalog.CalendarId;
import waybill.catalog.Catalog;
import waybill.catalog.DispatchDay;
import waybill.catalog.Location;
import waybill.catalog.PlaceZone;
import waybill.catalog.SourcingRules;
import waybill.catalog.SourcingRules.Place;
import waybill.catalog.SourcingRules.Reach;
import waybill.catalog.Workdays;
import waybill.fulfillment.sourcing.Bill.Source;
import waybill.fulfillment.sourcing.Bill.Terms;
import waybill.fulfillment.sourcing.Sourced;
import waybill.fulfillment.sourcing.Sourced.Verdict;
import waybill.fulfillment.sourcing.Sourced.Weighed;
import waybill.messages.LocationId;
import waybill.messages.StockPool;

/**
 * Which locations may ship an order, and what is known of each at this moment. A pool without rules, or with one active location, costs one read.
 */
record Candidates(Catalog catalog, Backlog backlog, InstantSource clock) {

  /** @param refused active locations of the pool that send nothing to where the order goes */
  record Found(List<Source> sources, Terms terms, List<LocationId> refused) {

    /** The same with the locations that were not even weighed. */
    Sourced explained(Sourced sourced) {
      if (refused.isEmpty()) {
        return sourced;
      }
      Sourced weighed = sourced == null ? new Sourced(null, null, terms.promised(), List.of()) : sourced;
      return new Sourced(weighed.cost(), weighed.currency(), weighed.promised(),
          Stream.concat(weighed.weighed().stream(),
              refused.stream().map(it -> new Weighed(it, Verdict.DOES_NOT_SHIP_THERE, null, null)))
              .sorted(Comparator.comparing(Weighed::location)).toList());
    }
  }

  Found of(StockPool pool, Supplier<Optional<Journey>> journey) {
    List<Location> active = catalog.locations().stream()
        .filter(it -> it.active() && it.stockPool().equals(pool)).toList();
    Optional<SourcingRules> rules = active.size() < 2 ? Optional.empty() : catalog.sourcingRules(pool);
    return rules.flatMap(it -> journey.get().map(to -> byRules(active, it, to)))
        .orElseGet(() -> new Found(active.stream().map(it -> Source.plain(it.id())).toList(), Terms.NONE, List.of()));
  }

  private Found byRules(List<Location> active, SourcingRules rules, Journey journey) {
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
    return new Found(List.copyOf(sources), new Terms(promised, rules.extraParcelCost(), rules.currency()),
        List.copyOf(refused));
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
        place.map(Place::keepBack).orElse(0));
  }
}
