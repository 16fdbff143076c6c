package waybill.documents;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import waybill.catalog.CarrierAccountId;
import waybill.messages.LocationId;
import waybill.messages.ParcelId;
import waybill.platform.Lease;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.shipping.carrier.Pickups.Confirmation;
import waybill.shipping.carrier.Pickups.Quote;
import waybill.shipping.carrier.Pickups.Rate;

/**
 * A carrier's driver is sent for, to take the parcels of a location: they are claimed, the carrier is asked what it costs, a person books one of its rates,
 * and the driver comes. A parcel is claimed by one visit at a time. Only a booking costs money, so it is written before it is made, and a process that continues what
 * somebody left looks first whether it was.
 *
 * @param carrier who comes, as customers know him
 * @param leftOut some of the parcels that it does not take
 * @param leftOutCount how many it does not take, without those that the carrier has
 * @param quote what the carrier asks; null before it was asked
 */
record CarrierPickup(PickupId id, CarrierAccountId account, LocationId location, Asked asked, String carrier,
    PickupWindow window, List<Taken> parcels, List<LeftOut> leftOut, int leftOutCount, Quote quote,
    Stage stage) {
  /** When a visit is continued that somebody left. */
  static final Duration LEFT = Duration.ofMinutes(2);
  /** For how long a carrier is asked whether a visit was booked. After that a person finds out. */
  static final Duration LONGEST_DOUBT = Duration.ofMinutes(20);
  /** How often it is looked whether the parcels were scanned. */
  static final Duration LOOK_AGAIN = Duration.ofHours(4);
  /** What is not scanned by then was not taken. */
  static final Duration LATEST_SCAN = Duration.ofHours(36);

  /** As it was asked for, so that a key is known to be sent for the same. */
  record Asked(String carrier, String date, String readyTime, String closingTime, String instructions,
      String packageLocation) {}

  record Taken(ParcelId parcel, String trackingNumber, String draft) {}

  /** Why a label is not on it. */
  enum Reason {
    VOID, SCANNED, ON_ANOTHER_PICKUP, OTHER_CARRIER, FULL
  }

  /** @param pickup the visit that takes it; null if none does */
  record LeftOut(ParcelId parcel, Reason reason, PickupId pickup) {}

  sealed interface Stage {}

  /** Its parcels are being claimed. */
  record Collecting(Instant dueAt) implements Stage {}

  /** Its parcels are claimed, and the carrier is asked what it costs. */
  record Quoting(Instant dueAt) implements Stage {}

  /** A person chooses. */
  record Quoted() implements Stage {}

  /**
   * One rate is being booked, or nobody knows yet whether it is.
   *
   * @param triedAt when the carrier was last asked to book it, by an earlier attempt or, after a look, by this one; null if only this one asks
   */
  record Booking(Rate rate, Instant begunAt, Instant triedAt, Lease lease) implements Stage {}

  /** The carrier does not say whether it was booked: a person finds out. @param reportedAt when that was reported; null before */
  record Uncertain(Rate rate, Instant since, Instant reportedAt) implements Stage {}

  /** @param rate null if nobody here has chosen it @param detail why it was not cancelled; null if nobody tried */
  record Booked(Rate rate, Confirmation confirmation, Instant at, Instant dueAt, String detail) implements Stage {}

  /** @param of what is cancelled */
  record Cancelling(Booked of, Lease lease) implements Stage {}

  /** What people call the stages, and the ends. */
  enum Status {
    COLLECTING, QUOTING, QUOTED, BOOKING, UNCERTAIN, BOOKED, CANCELLING, CANCELLED, FAILED, EXPIRED, COLLECTED, MISSED
  }

  Status status() {
    return switch (stage) {
      case Collecting _ -> Status.COLLECTING;
      case Quoting _ -> Status.QUOTING;
      case Quoted _ -> Status.QUOTED;
      case Booking _ -> Status.BOOKING;
      case Uncertain _ -> Status.UNCERTAIN;
      case Booked _ -> Status.BOOKED;
      case Cancelling _ -> Status.CANCELLING;
      case Ended it -> switch (it.how) {
        case CANCELLED -> Status.CANCELLED;
        case FAILED -> Status.FAILED;
        case EXPIRED -> Status.EXPIRED;
        case COLLECTED -> Status.COLLECTED;
        case MISSED -> Status.MISSED;
      };
    };
  }

  /** How it ended. */
  enum End {
    CANCELLED,
    /** The carrier does not come, and nothing was paid. */
    FAILED,
    /** Nobody has booked it in time. */
    EXPIRED, COLLECTED,
    /** The driver was booked, and no parcel was scanned. */
    MISSED
  }

  /** The parcels may be on another visit. @param booked null if it never was */
  record Ended(End how, String code, String detail, Booked booked, Instant at) implements Stage {}

  static CarrierPickup begun(PickupId id, CarrierAccountId account, LocationId location, Asked asked, String carrier,
      PickupWindow window, Instant now) {
    return new CarrierPickup(id, account, location, asked, carrier, window, List.of(), List.of(), 0, null,
        new Collecting(now.plus(LEFT)));
  }

  boolean isSameAs(CarrierAccountId ofAccount, LocationId at, Asked wish) {
    return account.equals(ofAccount) && location.equals(at) && asked.equals(wish);
  }

  /** Whether a parcel that was claimed for it is on it, or will be: not if it is over, nor if it was claimed too late. */
  boolean holds(ParcelId parcel) {
    return switch (stage) {
      case Collecting _ -> true;
      case Ended _ -> false;
      default -> parcels.stream().anyMatch(it -> it.parcel.equals(parcel));
    };
  }

  /** When it is looked at next, if nobody does before; empty if only a person can go on, or if it is over. */
  Optional<Instant> dueAt() {
    return Optional.ofNullable(switch (stage) {
      case Collecting it -> it.dueAt;
      case Quoting it -> it.dueAt;
      case Quoted _ -> window.bookBy();
      case Booking it -> it.lease.until();
      case Booked it -> it.dueAt;
      case Cancelling it -> it.lease.until();
      case Uncertain it -> it.reportedAt == null ? it.since : null;
      case Ended _ -> null;
    });
  }

  /** Its parcels are claimed, once. */
  CarrierPickup collected(List<Taken> taken, List<LeftOut> others, Instant now) {
    return switch (stage) {
      case Collecting _ when taken.isEmpty() ->
        with(taken, others, ended(End.FAILED, "nothing_to_collect", "no parcel is left for it", null, now));
      case Collecting _ -> with(taken, others, new Quoting(now.plus(LEFT)));
      default -> this;
    };
  }

  /** What the carrier asks, or why it does not come. */
  CarrierPickup quoted(Outcome<Quote> answer, Instant now) {
    if (!(stage instanceof Quoting)) {
      return this;
    }
    return switch (answer) {
      case Outcome.Accepted<Quote>(Quote given) when given.rates().isEmpty() -> with(given,
          ended(End.FAILED, "no_rate", given.messages().isEmpty()
              ? "the carrier gives no rate"
              : given.messages().getFirst().toString(), null, now));
      case Outcome.Accepted<Quote>(Quote given) -> with(given, new Quoted());
      case Outcome.Declined<Quote>(Refused refused) ->
        at(ended(End.FAILED, refused.code(), refused.detail(), null, now));
    };
  }

  /** One rate is booked by this attempt; refused if there is nothing to book. @throws Lease.Held while another attempt may be at it */
  Outcome<CarrierPickup> booking(String rateId, String attempt, Instant now) {
    return switch (stage) {
      case Quoted _ when !now.isBefore(window.bookBy()) -> Refused.conflict("past_cut_off",
          "it was to be booked before its cut-off: ask for another pickup").outcome();
      case Quoted _ -> quote.rates().stream().filter(it -> it.id().equals(rateId)).findFirst()
          .map(it -> Outcome.of(at(new Booking(it, now, null, Lease.begin(attempt, now)))))
          .orElseGet(() -> Refused.invalid("/rate_id", "unknown_rate", "is none of its rates").outcome());
      case Booking it when it.rate.id().equals(rateId) -> Outcome.of(continued(attempt, now));
      case Booked it when it.rate != null && it.rate.id().equals(rateId) -> Outcome.of(this);
      default -> notPossible().outcome();
    };
  }

  /** What another attempt has left is continued by this one. @throws Lease.Held while that may be at it */
  CarrierPickup continued(String attempt, Instant now) {
    return switch (stage) {
      case Booking it -> switch (it.lease.standing(attempt, now)) {
        case OWN -> this;
        case RUNNING -> throw new Lease.Held("the booking");
        case EXPIRED -> at(new Booking(it.rate, it.begunAt, it.triedAt == null ? it.begunAt : it.triedAt,
            Lease.begin(attempt, now)));
      };
      case Cancelling it -> switch (it.lease.standing(attempt, now)) {
        case OWN -> this;
        case RUNNING -> throw new Lease.Held("the cancellation");
        case EXPIRED -> at(new Cancelling(it.of, Lease.begin(attempt, now)));
      };
      default -> this;
    };
  }

  /** It was not booked, and this attempt asks the carrier once more: a later look counts from now. Attempts that only look do not count. */
  CarrierPickup askedAgain(String attempt, Instant now) {
    return stage instanceof Booking it && isHeldBy(attempt)
        ? at(new Booking(it.rate, it.begunAt, now, it.lease))
        : this;
  }

  /** Whether this attempt does what is under way. */
  boolean isHeldBy(String attempt) {
    return switch (stage) {
      case Booking it -> it.lease.claimant().equals(attempt);
      case Cancelling it -> it.lease.claimant().equals(attempt);
      default -> false;
    };
  }

  CarrierPickup booked(Confirmation confirmation, Instant now) {
    return stage instanceof Booking it
        ? at(new Booked(it.rate, confirmation, now, window.closing().plus(LOOK_AGAIN), null))
        : this;
  }

  /** An attempt whose answer was lost has booked it: for the price of its rate, as far as the carrier has named one. */
  CarrierPickup found(Confirmation confirmation, Instant now) {
    return stage instanceof Booking it && it.rate.price() != null
        ? booked(new Confirmation(confirmation.id(), confirmation.number(), it.rate.price()), now)
        : booked(confirmation, now);
  }

  /** The carrier refuses to come, or nobody comes any more: nothing more is paid. */
  CarrierPickup failed(End how, String code, String detail, Instant now) {
    return stage instanceof Booking ? at(ended(how, code, detail, null, now)) : this;
  }

  /** The carrier cannot say whether it was booked. */
  CarrierPickup doubted(Instant now) {
    return stage instanceof Booking it ? at(new Uncertain(it.rate, now, null)) : this;
  }

  boolean isDoubtUnreported() {
    return stage instanceof Uncertain it && it.reportedAt == null;
  }

  CarrierPickup doubtReported(Instant now) {
    return stage instanceof Uncertain it && it.reportedAt == null ? at(new Uncertain(it.rate, it.since, now)) : this;
  }

  boolean isMissed() {
    return stage instanceof Ended it && it.how == End.MISSED;
  }

  /** Whether a booking is in doubt for too long. */
  boolean isDoubtedTooLong(Instant now) {
    return stage instanceof Booking it && !now.isBefore(it.begunAt.plus(LONGEST_DOUBT));
  }

  /** A person has found out. @param number the carrier's; null if it was not booked */
  Outcome<CarrierPickup> settled(String number, Instant now) {
    return switch (stage) {
      case Uncertain it when number == null ->
        Outcome.of(at(ended(End.FAILED, "not_booked", "it was not booked, as a person found out", null, now)));
      case Uncertain it ->
        Outcome.of(at(new Booked(it.rate, new Confirmation(quote.draft(), number, it.rate.price()), now,
            window.closing().plus(LOOK_AGAIN), null)));
      case Booked it when number != null && Objects.equals(it.confirmation.number(), number) -> Outcome.of(this);
      case Ended it when number == null && Objects.equals(it.code, "not_booked") -> Outcome.of(this);
      default -> notPossible().outcome();
    };
  }

  /** Nobody is to come. What is booked is cancelled at the carrier first. @throws Lease.Held while another attempt may be at it */
  Outcome<CarrierPickup> cancelling(String attempt, Instant now) {
    return switch (stage) {
      case Collecting _, Quoting _, Quoted _ ->
        Outcome.of(at(ended(End.CANCELLED, "cancelled", "nothing was booked", null, now)));
      case Booked it -> Outcome.of(at(new Cancelling(it, Lease.begin(attempt, now))));
      case Cancelling _ -> Outcome.of(continued(attempt, now));
      case Ended it when it.how == End.CANCELLED -> Outcome.of(this);
      case Booking _ -> throw new Lease.Held("the booking");
      case Uncertain _, Ended _ -> notPossible().outcome();
    };
  }

  /** @param refused why the carrier comes all the same; null if it does not */
  CarrierPickup cancelled(Refused refused, Instant now) {
    return stage instanceof Cancelling(Booked it, Lease _)
        ? at(refused == null
            ? ended(End.CANCELLED, "cancelled", null, it, now)
            : new Booked(it.rate, it.confirmation, it.at, it.dueAt, refused.detail()))
        : this;
  }

  /** Nobody has booked it in time. */
  CarrierPickup expired(Instant now) {
    return switch (stage) {
      case Collecting _, Quoting _, Quoted _ when !now.isBefore(window.bookBy()) ->
        at(ended(End.EXPIRED, "expired", "nobody has booked it before its cut-off", null, now));
      default -> this;
    };
  }

  /** @param scanned how many of its parcels the carrier has scanned @param open how many are neither scanned nor void */
  CarrierPickup looked(int scanned, int open, Instant now) {
    if (!(stage instanceof Booked it) || now.isBefore(it.dueAt)) {
      return this;
    }
    boolean late = !now.isBefore(window.closing().plus(LATEST_SCAN));
    if (open == 0 || late && scanned > 0) {
      return at(ended(End.COLLECTED, "collected", open == 0 ? null : open + " parcels were not scanned", it, now));
    }
    return at(late
        ? ended(End.MISSED, "missed", "none of its parcels was scanned", it, now)
        : new Booked(it.rate, it.confirmation, it.at, now.plus(LOOK_AGAIN), it.detail));
  }

  private Refused notPossible() {
    return Refused.conflict("not_possible", "the pickup is " + PickupView.status(this));
  }

  private static Ended ended(End how, String code, String detail, Booked booked, Instant now) {
    return new Ended(how, code, detail, booked, now);
  }

  private CarrierPickup at(Stage next) {
    return with(quote, next);
  }

  private CarrierPickup with(Quote given, Stage next) {
    return new CarrierPickup(id, account, location, asked, carrier, window, parcels, leftOut, leftOutCount, given,
        next);
  }

  private CarrierPickup with(List<Taken> taken, List<LeftOut> others, Stage next) {
    return new CarrierPickup(id, account, location, asked, carrier, window, taken,
        others.stream().limit(PickupParcels.MOST_NAMED).toList(), others.size(), null, next);
  }
}
