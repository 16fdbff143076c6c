package waybill.options;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import waybill.catalog.CalendarId;
import waybill.catalog.Destination;
import waybill.catalog.Location;
import waybill.catalog.Workdays;
import waybill.messages.LocationId;

/**
 * What the options of an order depend on, beside the channel's methods.
 *
 * @param ready when it could be worked on: now, or once its last unit has come
 * @param sources the locations that it ships from; it is there with the last parcel
 * @param grams what it weighs
 * @param age what its recipient must have reached; 0 if anybody may have it
 * @param clock by which the days of delivery are counted
 * @param disruptions all that is known
 */
record Situation(Instant ready, List<Source> sources, Destination destination, ZoneId clock, String currency,
    long grams, int age, Map<CalendarId, Workdays> calendars, List<Disruption> disruptions) {

  /** @param waiting how many orders wait there to be packed */
  record Source(Location location, int waiting) {

    /** On how many days it packs what came before. */
    int busyDays() {
      return location.capacity() == null ? 0 : waiting / location.capacity();
    }
  }

  /** What delays parcels of this carrier on their way. @param carriers its names */
  List<Disruption> onTheWay(Set<String> carriers) {
    return disruptions.stream().filter(it -> it.area().location() == null).filter(it -> touches(it, carriers)).toList();
  }

  /** What delays parcels of this carrier at a location. @param carriers its names */
  List<Disruption> at(LocationId location, Set<String> carriers) {
    return disruptions.stream().filter(it -> location.equals(it.area().location())).filter(it -> touches(it, carriers))
        .toList();
  }

  private boolean touches(Disruption it, Set<String> carriers) {
    return !it.isCancelled() && it.endsAt().isAfter(ready) && it.area().isCarriedBy(carriers)
        && it.area().includes(destination);
  }

  /** Empty if nobody has put this calendar. */
  Optional<Workdays> workdays(CalendarId calendar) {
    return calendar == null ? Optional.of(Workdays.MONDAY_TO_FRIDAY) : Optional.ofNullable(calendars.get(calendar));
  }
}
