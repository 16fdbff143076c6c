package waybill.options;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import waybill.catalog.DeliveryOption;
import waybill.catalog.DeliveryOptionId;
import waybill.catalog.DispatchDay;
import waybill.catalog.ShippingMethod.Price;
import waybill.catalog.ShippingMethod.Zone;
import waybill.catalog.ShippingMethod;
import waybill.catalog.Workdays;
import waybill.shipping.carrier.Rates.Rate;

/** Which of a channel's methods can deliver an order, when, and for how much; the cheapest first. */
final class Quoting {
  private static final Comparator<DeliveryOption> CHEAPEST_FIRST = Comparator.comparingLong(DeliveryOption::price)
      .thenComparing(DeliveryOption::latestAt).thenComparing(DeliveryOption::method);

  private final Situation situation;
  private final BiFunction<ShippingMethod, Zone, Optional<Transit>> transit;
  private final CarrierOffers carriers;
  private final List<DeliveryOption> options = new ArrayList<>();
  private final List<Objection> problems = new ArrayList<>();
  private final Set<Disruption> disruptions = new LinkedHashSet<>();

  /**
   * @param duties what is due at a customs border, as the answer shows it; null if nothing is known
   * @param disruptions what makes some of them later than they would be
   * @param problems why methods are not among the options
   */
  record Offered(List<DeliveryOption> options, Map<String, Object> duties, List<Disruption> disruptions,
      List<Objection> problems) {
    static Offered none(Objection problem) {
      return new Offered(List.of(), null, List.of(), List.of(problem));
    }

    /** The same, across this border. */
    Offered across(Border border) {
      return new Offered(options, border.toTree(), disruptions,
          Stream.concat(problems.stream(), border.problems().stream()).toList());
    }
  }

  private Quoting(Situation situation, BiFunction<ShippingMethod, Zone, Optional<Transit>> transit,
      CarrierOffers carriers) {
    this.situation = situation;
    this.transit = transit;
    this.carriers = carriers;
    problems.addAll(carriers.problems());
  }

  /**
   * @param name of the quote, which nobody else gives
   * @param transit how long a method takes to one of its zones; empty if nobody knows
   * @param carriers what carriers say where the methods leave it to them
   * @param wantedBy the last day, by the destination's clock, on which the order may come; null if any day will do
   */
  static Offered quote(String name, List<ShippingMethod> methods, Situation situation,
      BiFunction<ShippingMethod, Zone, Optional<Transit>> transit, CarrierOffers carriers, LocalDate wantedBy) {
    var quoting = new Quoting(situation, transit, carriers);
    methods.forEach(quoting::method);
    return quoting.offered(name, wantedBy);
  }

  private void method(ShippingMethod method) {
    if (method.zones().isEmpty()) {
      problem(method, "not_offered", "the method has no zones");
      return;
    }
    Optional<Zone> zone = method.zone(situation.destination());
    if (method.ageCheck() < situation.age()) {
      problem(method, "no_age_check", "the method checks no age of %d years".formatted(situation.age()));
    } else if (zone.isEmpty()) {
      problem(method, "not_there", "the method does not go to this destination");
    } else {
      priced(method, zone.get());
    }
  }

  private void priced(ShippingMethod method, Zone zone) {
    Optional<Transit> days = transit.apply(method, zone);
    Rate rate = carriers.rates().get(method.code());
    if (zone.asksCarrier() && rate == null) {
      problem(method, "no_rate", "the carrier account offers nothing for it");
      return;
    }
    Optional<Price> price = zone.prices().isEmpty()
        ? rated(rate)
        : zone.price(situation.currency(), situation.grams());
    if (price.isEmpty()) {
      problem(method, "no_price", "the method has no price in %s for %d g to this destination"
          .formatted(situation.currency(), situation.grams()));
      return;
    }
    Optional<Workdays> collection = situation.workdays(method.calendar());
    Optional<Workdays> delivery = situation.workdays(zone.calendar());
    if (collection.isEmpty() || delivery.isEmpty()) {
      problem(method, "unknown_calendar", "there is no calendar "
          + (collection.isEmpty() ? method.calendar() : zone.calendar()));
      return;
    }
    if (days.isEmpty()) {
      problem(method, "no_days", "nobody knows how long the carrier takes");
      return;
    }
    Set<String> names = names(method, rate);
    dispatch(collection.get(), names)
        .ifPresent(day -> options.add(option(method, price.get(), day, delivery.get(), days.get(), names)));
  }

  /** What a disruption may call the one that carries it. */
  private static Set<String> names(ShippingMethod method, Rate rate) {
    var names = new HashSet<String>();
    if (method.carrierAccount() != null) {
      names.add(method.carrierAccount().carrier());
    }
    if (method.service() != null && method.service().contains("/")) {
      names.add(method.service().substring(0, method.service().indexOf('/')));
    }
    if (rate != null) {
      names.add(rate.carrier());
    }
    return names;
  }

  private Optional<Price> rated(Rate rate) {
    return Optional.of(new Price(rate.price().currency(), rate.price().minorUnits(), null))
        .filter(it -> it.currency().equals(situation.currency()));
  }

  /** The day on which the last of its parcels leaves; empty if a location's calendar is missing, which is a problem of its own. */
  private Optional<LocalDate> dispatch(Workdays collection, Set<String> carriers) {
    LocalDate last = null;
    for (Situation.Source source : situation.sources()) {
      Optional<Workdays> place = situation.workdays(source.location().calendar());
      if (place.isEmpty()) {
        var missing = Objection.ofAll("unknown_calendar", "there is no calendar %s, which the location %s names"
            .formatted(source.location().calendar(), source.location().id()));
        if (!problems.contains(missing)) {
          problems.add(missing);
        }
        return Optional.empty();
      }
      LocalDate day = dispatch(source, place.get(), collection, carriers);
      last = last == null || day.isAfter(last) ? day : last;
    }
    return Optional.ofNullable(last);
  }

  private LocalDate dispatch(Situation.Source source, Workdays place, Workdays collection, Set<String> carriers) {
    ZoneId clock = ZoneId.of(source.location().timeZone());
    List<Disruption> those = situation.at(source.location().id(), carriers);
    LocalDate usual = DispatchDay.of(source.location(), situation.ready(), source.busyDays(), place, collection);
    if (those.isEmpty()) {
      return usual;
    }
    Workdays open = Delays.open(those, place, clock);
    LocalDate closed = DispatchDay.of(source.location(), situation.ready(), source.busyDays(), open, collection);
    int longer = those.stream().filter(it -> !it.isClosure() && !it.first(clock).isAfter(closed))
        .mapToInt(Disruption::delayDays).sum();
    LocalDate day = DispatchDay.of(source.location(), situation.ready(), source.busyDays() + longer, open, collection);
    if (day.isAfter(usual)) {
      disruptions.addAll(those);
    }
    return day;
  }

  private DeliveryOption option(ShippingMethod method, Price price, LocalDate dispatch, Workdays delivery,
      Transit days, Set<String> carriers) {
    List<Disruption> those = situation.onTheWay(carriers);
    LocalDate first = delivery.plus(dispatch, days.earliest());
    LocalDate last = delivery.plus(dispatch, days.latest());
    LocalDate later = Delays.later(those, dispatch, last, delivery, situation.clock());
    if (later.isAfter(last)) {
      disruptions.addAll(those);
    }
    Instant earliest = Delays.later(those, dispatch, first, delivery, situation.clock())
        .atStartOfDay(situation.clock()).toInstant();
    Instant latest = later.plusDays(1).atStartOfDay(situation.clock()).toInstant().minusSeconds(1);
    return new DeliveryOption(null, method.code(), method.carrierAccount(),
        method.carrierAccount() == null ? null : method.carrierAccount().carrier(), method.service(), price.amount(),
        // What was measured was measured without the disruption.
        dispatch, earliest, latest, later.isAfter(last) ? null : days.confidence());
  }

  private Offered offered(String name, LocalDate wantedBy) {
    List<DeliveryOption> inTime = options.stream().filter(it -> wantedBy == null || !day(it).isAfter(wantedBy))
        .sorted(CHEAPEST_FIRST).toList();
    if (inTime.isEmpty() && !options.isEmpty()) {
      problems
          .add(Objection.ofAll("none_in_time", "none comes by %s for certain; the earliest by %s".formatted(wantedBy,
              options.stream().map(this::day).min(Comparator.naturalOrder()).orElseThrow())));
    }
    var numbered = new ArrayList<DeliveryOption>();
    for (int i = 0; i < inTime.size(); i++) {
      numbered.add(inTime.get(i).as(DeliveryOptionId.of(name, i + 1)));
    }
    return new Offered(List.copyOf(numbered), null, List.copyOf(disruptions), List.copyOf(problems));
  }

  private LocalDate day(DeliveryOption option) {
    return option.latestAt().atZone(situation.clock()).toLocalDate();
  }

  private void problem(ShippingMethod method, String code, String detail) {
    problems.add(Objection.of(method, code, detail));
  }
}
