package waybill.incidents;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import waybill.catalog.Destination;
import waybill.catalog.Workdays;
import waybill.incidents.ParcelWatch.Delay;
import waybill.incidents.ParcelWatch.Held;
import waybill.messages.DisruptionId;
import waybill.messages.ShipmentStatus;
import waybill.options.Delays;
import waybill.options.Disruption;

/**
 * What disruptions do to a parcel. It follows from the parcel and from all that is known, so it is the same however often it is looked at. A disruption that
 * has touched a parcel does so for good, unless it is cancelled: a parcel that left its location meanwhile is still late by that.
 *
 * @param to where it goes; null if nobody knows any more
 * @param clock by which its days are counted
 */
record Delayed(List<Disruption> known, Destination to, ZoneId clock) {
  private static final Set<ShipmentStatus> THERE = Set.of(ShipmentStatus.DELIVERED, ShipmentStatus.READY_FOR_PICKUP,
      ShipmentStatus.RETURNED);

  /** Whether one of these may touch it, by what is known without its order, or has touched it. */
  static boolean mayBe(ParcelWatch watch, List<Disruption> known, Instant now) {
    return watch.labelledAt() != null && !THERE.contains(watch.status())
        && (watch.delay() != null || known.stream().anyMatch(it -> mayTouch(watch, it, now)));
  }

  /** A location that is to close delays what lies there once it is closed: what leaves before is on time. */
  private static boolean mayTouch(ParcelWatch watch, Disruption it, Instant now) {
    boolean ofItsPlace = it.area().location() == null || it.area().location().equals(watch.from())
        && watch.status() == ShipmentStatus.PRE_TRANSIT && !it.startsAt().isAfter(now);
    return !it.isCancelled() && it.endsAt().isAfter(watch.labelledAt()) && ofItsPlace
        && it.area().isCarriedBy(watch.carrier() == null ? Set.of() : Set.of(watch.carrier()));
  }

  ParcelWatch of(ParcelWatch watch, Instant now) {
    if (!mayBe(watch, known, now)) {
      return watch;
    }
    Set<DisruptionId> before = watch.delay() == null ? Set.of() : Set.copyOf(watch.delay().by());
    Set<DisruptionId> all = known.stream().map(Disruption::id).collect(Collectors.toSet());
    if (!all.containsAll(before)) {
      // What is forgotten has ended months ago.
      return watch;
    }
    List<Disruption> those = known.stream().filter(it -> !it.isCancelled())
        .filter(it -> before.contains(it.id()) || mayTouch(watch, it, now) && it.area().includes(to))
        .sorted(Comparator.comparing(Disruption::id)).toList();
    if (those.isEmpty() && watch.delay() == null) {
      return watch;
    }
    List<Held> held = those.stream().map(it -> new Held(it.startsAt(), it.endsAt()))
        .sorted(Comparator.comparing(Held::from)).toList();
    Instant expected = expected(those, watch.promisedAt());
    Delay last = watch.delay();
    boolean same = last != null && Objects.equals(last.expectedAt(), expected);
    return watch.withDelay(new Delay(those.stream().map(Disruption::id).toList(), held, expected,
        same ? last.at() : now, last == null ? null : last.told()));
  }

  /** By the days of the disruptions alone, so that the parcels of an order, which were promised together, come on one new day. */
  private Instant expected(List<Disruption> those, Instant promised) {
    if (promised == null || those.isEmpty()) {
      return null;
    }
    LocalDate day = promised.atZone(clock).toLocalDate();
    LocalDate start = those.stream().map(it -> it.startsAt().atZone(clock).toLocalDate())
        .min(Comparator.naturalOrder()).orElseThrow().minusDays(1);
    LocalDate later = Delays.later(those, start.isBefore(day) ? start : day, day, Workdays.MONDAY_TO_FRIDAY, clock);
    return later.isAfter(day)
        ? promised.atZone(clock).plusDays(later.toEpochDay() - day.toEpochDay()).toInstant()
        : null;
  }
}
