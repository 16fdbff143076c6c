package waybill.options;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import waybill.catalog.Workdays;

/** By how much disruptions delay what is on its way. */
public final class Delays {
  private static final Comparator<Disruption> BY_START = Comparator.comparing(Disruption::startsAt)
      .thenComparing(Disruption::id);

  private Delays() {}

  /** The days on which somebody works who does nothing while one of these lasts. */
  static Workdays open(List<Disruption> those, Workdays usual, ZoneId clock) {
    Set<LocalDate> closed = those.stream().filter(Disruption::isClosure).flatMap(it -> it.days(clock).stream())
        .collect(Collectors.toSet());
    return usual.without(closed);
  }

  /**
   * The day on which something comes that would have come on another. Closed days do not count, in whatever order their disruptions became known; what only
   * takes longer does so once for each disruption that it meets.
   *
   * @param those that touch it
   * @param from the day on which it leaves
   * @param day on which it would come
   * @return no earlier day than that
   */
  public static LocalDate later(List<Disruption> those, LocalDate from, LocalDate day, Workdays usual, ZoneId clock) {
    Workdays open = open(those, usual, clock);
    LocalDate moved = open.plus(from, usual.between(from, day));
    moved = moved.isAfter(day) ? moved : day;
    for (Disruption it : those.stream().filter(one -> !one.isClosure()).sorted(BY_START).toList()) {
      if (!it.first(clock).isAfter(moved) && !it.last(clock).isBefore(from)) {
        moved = open.plus(moved, it.delayDays());
      }
    }
    return moved;
  }
}
