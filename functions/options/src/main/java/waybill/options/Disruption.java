package waybill.options;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Set;
import java.util.stream.Collectors;
import waybill.catalog.Destination;
import waybill.messages.DisruptionId;
import waybill.messages.LocationId;

/**
 * Something that delays many parcels at once for some time: a storm, a closed hub, a strike. It moves what is promised to new orders, and the days of
 * parcels on their way.
 *
 * @param note for people, or null
 * @param delayDays how many working days longer what it touches takes; null if nothing moves until it ends
 * @param by the subject of the request
 * @param cancelledAt null unless it turned out not to be; then nothing is delayed by it
 * @param request what was asked for when it was reported, as a digest
 * @param forgetAt when the table may forget it, in seconds since 1970
 */
public record Disruption(DisruptionId id, Reason reason, String note, Area area, Instant startsAt, Instant endsAt,
    Integer delayDays, String by, Instant cancelledAt, String request, long forgetAt) {
  /** What was delayed by it has come by then, or is lost. */
  static final long KEPT_SECONDS = 90L * 24 * 60 * 60;

  /** Why. */
  public enum Reason {
    WEATHER, CLOSED, STRIKE, OTHER
  }

  /**
   * What it touches: all that is named must be so. Of a location it is what has not been handed over to the carrier.
   *
   * @param carrier its name on labels, or the code of its account; null for all
   * @param country of the destination; null for all
   * @param postalPrefix how postal codes there begin; null for the whole country
   * @param location null unless it is about one of the shop's
   */
  public record Area(String carrier, String country, String postalPrefix, LocationId location) {

    /** @param carriers the names of the one that carries it */
    public boolean isCarriedBy(Set<String> carriers) {
      return carrier == null || carriers.stream().anyMatch(carrier::equalsIgnoreCase);
    }

    /** @param to null if nobody knows any more */
    public boolean includes(Destination to) {
      return country == null || to != null && country.equals(to.country())
          && (postalPrefix == null || to.postalText().startsWith(postalPrefix));
    }
  }

  public boolean isCancelled() {
    return cancelledAt != null;
  }

  /** Whether nothing moves until it ends. */
  boolean isClosure() {
    return delayDays == null;
  }

  /** Its days by this clock; a day counts whole. */
  Set<LocalDate> days(ZoneId clock) {
    return first(clock).datesUntil(last(clock).plusDays(1)).collect(Collectors.toSet());
  }

  LocalDate first(ZoneId clock) {
    return startsAt.atZone(clock).toLocalDate();
  }

  LocalDate last(ZoneId clock) {
    return endsAt.minusNanos(1).atZone(clock).toLocalDate();
  }

  Disruption endingAt(Instant end) {
    return new Disruption(id, reason, note, area, startsAt, end, delayDays, by, cancelledAt, request,
        end.getEpochSecond() + KEPT_SECONDS);
  }

  Disruption cancelled(Instant now) {
    return cancelledAt != null
        ? this
        : new Disruption(id, reason, note, area, startsAt, endsAt, delayDays, by, now, request, forgetAt);
  }
}
