package waybill.documents;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import waybill.catalog.Workdays;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.platform.Violation;
import waybill.shipping.carrier.PickupTerms;

/**
 * When a carrier's driver may come.
 *
 * @param bookBy until when it can be booked
 */
record PickupWindow(Instant ready, Instant closing, Instant bookBy) {
  private static final int MOST_DAYS_AHEAD = 14;

  /**
   * What somebody asks for, by the place's clock.
   *
   * @param date null for the first on which the carrier can come
   */
  record Wish(LocalDate date, LocalTime ready, LocalTime closing) {}

  /** What there is to know of the place and of the carrier. */
  record Circumstances(Instant now, ZoneId zone, PickupTerms.Effective terms, Workdays place, Workdays carrier) {

    LocalDate today() {
      return LocalDate.ofInstant(now, zone);
    }

    private PickupWindow on(LocalDate day, Wish wish) {
      Instant closing = day.atTime(wish.closing).atZone(zone).toInstant();
      Instant last = closing.minus(Duration.ofMinutes(terms.minimumMinutes()));
      PickupTerms.CutOff cutOff = terms.cutOff();
      Instant bookBy = cutOff == null
          ? last
          : earlier(last, day.atTime(cutOff.time()).atZone(cutOff.zone()).toInstant());
      return new PickupWindow(day.atTime(wish.ready).atZone(zone).toInstant(), closing, bookBy);
    }

    private static Instant earlier(Instant one, Instant other) {
      return one.isBefore(other) ? one : other;
    }

    /** Null if the driver can come on this day. */
    private Violation objection(LocalDate day, Wish wish) {
      if (day.isBefore(today())) {
        return new Violation("/date", "in_the_past", "is today, %s, or later".formatted(today()));
      }
      if (day.isAfter(today().plusDays(MOST_DAYS_AHEAD))) {
        return new Violation("/date", "too_far", "is at most %d days from now".formatted(MOST_DAYS_AHEAD));
      }
      if (!place.isOpen(day)) {
        return new Violation("/date", "place_closed", "the location does not work on %s".formatted(day));
      }
      if (!carrier.isOpen(day)) {
        return new Violation("/date", "carrier_closed", "the carrier does not come on %s".formatted(day));
      }
      PickupWindow window = on(day, wish);
      return now.isBefore(window.bookBy)
          ? null
          : new Violation("/date", "past_cut_off", "for %s a pickup was to be booked before %s".formatted(day,
              window.bookBy.atZone(zone).toLocalDateTime().toString().replace('T', ' ')));
    }

    private Optional<LocalDate> first(Wish wish) {
      return today().datesUntil(today().plusDays(MOST_DAYS_AHEAD + 1L)).filter(it -> objection(it, wish) == null)
          .findFirst();
    }
  }

  /** The window that is asked for; refused, with the next day on which it could be, if nobody would come. */
  static Outcome<PickupWindow> of(Wish wish, Circumstances around) {
    var violations = new ArrayList<Violation>();
    int minimum = around.terms().minimumMinutes();
    if (!wish.closing.isAfter(wish.ready)) {
      violations.add(new Violation("/closing_time", "not_after_ready", "is later than ready_time"));
    } else if (Duration.between(wish.ready, wish.closing).toMinutes() < minimum) {
      violations.add(new Violation("/closing_time", "window_too_short",
          "is at least %d minutes after ready_time".formatted(minimum)));
    }
    Optional<LocalDate> proposed = violations.isEmpty() ? around.first(wish) : Optional.empty();
    LocalDate day = wish.date == null ? proposed.orElse(null) : wish.date;
    if (day != null) {
      Optional.ofNullable(around.objection(day, wish)).ifPresent(violations::add);
    } else if (violations.isEmpty()) {
      violations.add(new Violation("/date", "no_day",
          "there is no day within %d days on which the carrier comes and the location works"
              .formatted(MOST_DAYS_AHEAD)));
    }
    return violations.isEmpty() ? Outcome.of(around.on(day, wish)) : refused(violations, proposed).outcome();
  }

  private static Refused refused(List<Violation> violations, Optional<LocalDate> proposed) {
    Refused refused = Refused.invalid(violations);
    return proposed.map(it -> refused.about("proposed_date", it.toString())).orElse(refused);
  }

}
