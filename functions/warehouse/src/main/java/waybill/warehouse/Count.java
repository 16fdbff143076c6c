package waybill.warehouse;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import waybill.messages.LocationId;
import waybill.messages.LotNumber;
import waybill.messages.Sku;
import waybill.platform.Outcome;
import waybill.platform.Refused;

/**
 * A count of all that lies in a bin. Whoever counts is not shown what is expected. If that differs from what they count by more than the tolerance,
 * somebody else counts again; a difference changes stock only when it is approved, with its root cause.
 *
 * @param tolerance by how many units of a product a first count may differ without a second one
 * @param tallies at most two, and two more each time that a person has the bin counted again
 * @param verdict what was decided of the differences; null before
 */
record Count(CountId id, LocationId locationId, BinId bin, Reason reason, int tolerance, String reference,
    Status status, List<Tally> tallies, Verdict verdict) {
  static final int MAX_LINES = 50;
  static final int MAX_TALLIES = 20;

  /** Why it is counted. */
  enum Reason {
    REQUESTED, CYCLE, ZERO_CHECK, SHORT_PICK
  }

  /** How far it is. */
  enum Status {
    REQUESTED, RECOUNT,
    /** A person decides of what differs. */
    IN_REVIEW,
    /** Approved; what differs is being booked. */
    POSTING, POSTED,
    /** Nothing differed. */
    MATCHED, CANCELLED;

    /** Whether somebody still is to count. */
    boolean isCounting() {
      return this == REQUESTED || this == RECOUNT;
    }

    boolean isOpen() {
      return switch (this) {
        case REQUESTED, RECOUNT, IN_REVIEW, POSTING -> true;
        case POSTED, MATCHED, CANCELLED -> false;
      };
    }
  }

  /** Why the books and the bin differed. */
  enum RootCause {
    FOUND, MISSING, DAMAGED, STOLEN, DATA_ENTRY_ERROR, INBOUND_NOT_RECORDED, OUTBOUND_NOT_RECORDED, WRONG_LOT_PICKED,
    /** The units lie somewhere else in the location: its stock stays as it is, and they are looked for at the dock. */
    MISPLACED
  }

  /** @param expected how many there should have been at that time; null before that was looked up */
  record Line(Sku sku, LotNumber lot, int counted, Integer expected) {

    boolean isOf(Sku other, LotNumber number) {
      return sku.equals(other) && Objects.equals(lot, number);
    }

    int difference() {
      return counted - expected;
    }
  }

  /**
   * What somebody counted.
   *
   * @param key of the request that brought it
   * @param countedAt when: what moves later is not expected, and not counted
   */
  record Tally(String key, String counter, Instant countedAt, List<Line> lines) {

    int largest() {
      return lines.stream().mapToInt(it -> Math.abs(it.difference())).max().orElse(0);
    }
  }

  /** @param booked of each difference, by how many units the location's stock changes with it; of what is misplaced none does */
  record Verdict(RootCause rootCause, String note, String actor, List<Integer> booked) {}

  /**
   * By how many units stock changes with a difference. If the location's bins hold more than it has, as units left it that nobody took out of a bin, so
   * many of those that are missing have left its stock already.
   *
   * @param unplaced what the location holds beyond its bins; negative if these hold more
   */
  static int booked(RootCause cause, int difference, long unplaced) {
    if (cause == RootCause.MISPLACED || difference == 0) {
      return 0;
    }
    return difference > 0 ? difference : Math.toIntExact(Math.min(0, difference + Math.max(0, -unplaced)));
  }

  static Count requested(CountId id, LocationId location, BinId bin, Reason reason, int tolerance, String reference) {
    return new Count(id, location, bin, reason, tolerance, reference, Status.REQUESTED, List.of(), null);
  }

  boolean isSameRequest(Count other) {
    return requested(id, locationId, bin, reason, tolerance, reference)
        .equals(requested(other.id, other.locationId, other.bin, other.reason, other.tolerance, other.reference));
  }

  private Count with(Status next, List<Tally> all, Verdict decided) {
    return new Count(id, locationId, bin, reason, tolerance, reference, next, all, decided);
  }

  /** With what somebody counted. A second count is somebody else's, and goes to review whatever it says, unless nothing differs. */
  Outcome<Count> counted(Tally tally) {
    Optional<Tally> known = tallies.stream().filter(it -> it.key.equals(tally.key)).findFirst();
    if (known.isPresent()) {
      return Outcome.of(this);
    }
    if (!status.isCounting()) {
      return Refused.conflict("not_counting", "the count is " + text()).outcome();
    }
    if (status == Status.RECOUNT && tallies.getLast().counter.equals(tally.counter)) {
      return Refused.conflict("same_counter", "somebody else counts a second time").outcome();
    }
    List<Tally> all = Stream.concat(tallies.stream(), Stream.of(tally)).toList();
    Status next = tally.largest() == 0
        ? Status.MATCHED
        : status == Status.REQUESTED && tally.largest() > tolerance ? Status.RECOUNT : Status.IN_REVIEW;
    return Outcome.of(with(next, all, null));
  }

  private String text() {
    return status.name().toLowerCase(java.util.Locale.ROOT);
  }

  /** What differs, by the last who counted; empty before there is a review. */
  List<Line> differences() {
    return status.isCounting() || tallies.isEmpty()
        ? List.of()
        : tallies.getLast().lines.stream().filter(it -> it.difference() != 0).toList();
  }

  Outcome<Count> approved(Verdict decided) {
    if (verdict != null && (status == Status.POSTING || status == Status.POSTED)) {
      return verdict.rootCause == decided.rootCause
          ? Outcome.of(this)
          : Refused.conflict("already_decided", "it was approved as " + verdict.rootCause).outcome();
    }
    return status == Status.IN_REVIEW
        ? Outcome.of(with(Status.POSTING, tallies, decided))
        : Refused.conflict("not_in_review", "the count is " + text()).outcome();
  }

  /** Everything is counted again from the beginning. */
  Outcome<Count> again() {
    if (status == Status.REQUESTED) {
      return Outcome.of(this);
    }
    if (status != Status.IN_REVIEW) {
      return Refused.conflict("not_in_review", "the count is " + text()).outcome();
    }
    return tallies.size() + 2 > MAX_TALLIES
        ? Refused.conflict("too_many", "it was counted often enough: approve or cancel it").outcome()
        : Outcome.of(with(Status.REQUESTED, tallies, null));
  }

  /** It is over. If its differences cannot be booked as units have moved on, what was booked of them stays. */
  Outcome<Count> cancelled() {
    return switch (status) {
      case CANCELLED -> Outcome.of(this);
      case REQUESTED, RECOUNT, IN_REVIEW, POSTING -> Outcome.of(with(Status.CANCELLED, tallies, null));
      case POSTED, MATCHED -> Refused.conflict("not_in_review", "the count is " + text()).outcome();
    };
  }

  Count posted() {
    return status == Status.POSTING ? with(Status.POSTED, tallies, verdict) : this;
  }

  /**
   * The lines with what is expected of each: also of what lies there by the books and was not counted, which is none.
   *
   * @param lines as they were counted
   * @param now what lies in the bin
   * @param since what has moved since it was counted
   */
  static List<Line> expecting(List<Line> lines, List<BinContent> now, List<BinEntry> since) {
    record Kind(Sku sku, LotNumber lot) {}
    var expected = new java.util.LinkedHashMap<Kind, Integer>();
    lines.forEach(it -> expected.put(new Kind(it.sku, it.lot), 0));
    now.forEach(it -> expected.merge(new Kind(it.sku(), it.lot()), it.quantity(), Integer::sum));
    since.forEach(entry -> entry.lines().forEach(it -> expected.merge(new Kind(it.sku(), it.lot()),
        entry.incoming() ? -it.quantity() : it.quantity(), Integer::sum)));
    var all = new ArrayList<Line>();
    expected.forEach((kind, units) -> {
      int counted = lines.stream().filter(it -> it.isOf(kind.sku, kind.lot)).mapToInt(Line::counted).sum();
      if (units != 0 || counted != 0) {
        all.add(new Line(kind.sku, kind.lot, counted, units));
      }
    });
    return all;
  }
}
