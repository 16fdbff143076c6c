package waybill.documents;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import waybill.catalog.CalendarId;
import waybill.catalog.CarrierAccountId;
import waybill.catalog.Catalog;
import waybill.catalog.Location;
import waybill.catalog.Workdays;
import waybill.documents.CarrierPickup.Asked;
import waybill.documents.CarrierPickup.Booking;
import waybill.documents.CarrierPickup.Cancelling;
import waybill.documents.CarrierPickup.Collecting;
import waybill.documents.CarrierPickup.End;
import waybill.documents.CarrierPickup.LeftOut;
import waybill.documents.CarrierPickup.Quoted;
import waybill.documents.CarrierPickup.Quoting;
import waybill.documents.CarrierPickup.Taken;
import waybill.documents.PickupParcels.Waiting;
import waybill.documents.PickupWindow.Circumstances;
import waybill.documents.PickupWindow.Wish;
import waybill.messages.ParcelId;
import waybill.platform.Chance;
import waybill.platform.Log;
import waybill.platform.Outcome;
import waybill.platform.Outcome.Accepted;
import waybill.platform.Outcome.Declined;
import waybill.platform.Ports;
import waybill.platform.Refused;
import waybill.platform.RetryLater;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.platform.Violation;
import waybill.shipping.CarrierPickups;
import waybill.shipping.CarrierPickups.Dispatcher;
import waybill.shipping.SoldLabels.Standing;
import waybill.shipping.carrier.PickupTerms;
import waybill.shipping.carrier.Pickups;
import waybill.shipping.carrier.Pickups.Confirmation;
import waybill.shipping.carrier.Pickups.Load;
import waybill.shipping.carrier.Pickups.Visit;

/** Sends for carriers. Each step is written before the next, so if a process dies, the next one goes on from what is written. */
final class PickupDesk {
  private final Table<CarrierPickup> pickups;
  private final PickupParcels parcels;
  private final CarrierPickups carriers;
  private final Catalog catalog;
  private final InstantSource clock;
  private final Log log;

  PickupDesk(Ports ports, Log log) {
    this.pickups = DocumentsTable.pickups(ports);
    this.parcels = new PickupParcels(ports);
    this.carriers = new CarrierPickups(ports);
    this.catalog = new Catalog(ports);
    this.clock = ports.clock();
    this.log = log;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  Optional<Stored<CarrierPickup>> find(PickupId id) {
    return pickups.find(DocumentsTable.pickup(id));
  }

  Map<String, Object> view(Stored<CarrierPickup> pickup) {
    return pickup.timed(PickupView.of(pickup.value(), parcels.standings(pickup.value())));
  }

  /** A visit for the parcels of a location, asked for now or before with this key. @param wish as {@code asked}, read */
  Outcome<Stored<CarrierPickup>> ask(String key, CarrierAccountId account, Location place, Asked asked, Wish wish) {
    PickupId id = PickupId.of(account, place.id(), key);
    Optional<Stored<CarrierPickup>> known = find(id);
    if (known.isEmpty()) {
      switch (begun(id, account, place, asked, wish)) {
        case Declined<CarrierPickup>(Refused refused) -> {
          return refused.outcome();
        }
        case Accepted<CarrierPickup>(CarrierPickup begun) -> pickups.insert(begun);
      }
      known = find(id);
    }
    return known.orElseThrow().value().isSameAs(account, place.id(), asked)
        ? Outcome.of(quoted(known.get()))
        : Refused.of(Refused.Kind.INVALID, "idempotency_key_reused",
            "this Idempotency-Key was sent for another pickup; a new pickup needs a new key").about("pickup_id", id)
            .outcome();
  }

  /** Nothing is written for parcels that are none, or for a window in which nobody comes. */
  private Outcome<CarrierPickup> begun(PickupId id, CarrierAccountId account, Location place, Asked asked, Wish wish) {
    return carriers.find(account).then(dispatcher -> {
      List<Violation> unfit = dispatcher.pickups().unfit(asked.instructions(), asked.packageLocation());
      if (!unfit.isEmpty()) {
        return Refused.invalid(unfit).outcome();
      }
      ZoneId zone = ZoneId.of(place.timeZone());
      Waiting waiting = parcels.waiting(account, place.id(), LocalDate.ofInstant(now(), zone));
      return carrier(id, waiting, asked.carrier()).then(carrier -> window(wish, carrier, place, zone, dispatcher)
          .map(window -> CarrierPickup.begun(id, account, place.id(), asked, carrier, window, now())));
    });
  }

  private static Outcome<String> carrier(PickupId id, Waiting waiting, String named) {
    Set<String> found = waiting.free(id, named).stream().map(DayLabel::carrier)
        .collect(Collectors.toCollection(TreeSet::new));
    if (found.size() > 1) {
      return Refused.conflict("several_carriers", "one carrier comes: name one of " + found)
          .about("carriers", List.copyOf(found)).outcome();
    }
    if (!found.isEmpty()) {
      return Outcome.of(found.iterator().next());
    }
    List<LeftOut> others = waiting.leftOut(id, named);
    return Refused.conflict("nothing_to_collect", "no parcel waits for this carrier")
        .about("not_taken", others.stream().limit(PickupParcels.MOST_NAMED).map(PickupView::of).toList())
        .about("not_taken_count", others.size()).outcome();
  }

  private Outcome<PickupWindow> window(Wish wish, String carrier, Location place, ZoneId zone, Dispatcher dispatcher) {
    PickupTerms.Effective terms = PickupTerms.of(dispatcher.terms(), carrier, zone);
    Map<CalendarId, Workdays> calendars = place.calendar() == null && terms.calendar() == null
        ? Map.of()
        : catalog.calendars();
    return PickupWindow.of(wish, new Circumstances(now(), zone, terms,
        days(calendars, place.calendar(), Workdays.MONDAY_TO_FRIDAY),
        days(calendars, terms.calendar(), terms.usual())));
  }

  private static Workdays days(Map<CalendarId, Workdays> calendars, CalendarId named, Workdays usual) {
    return named == null ? usual : calendars.getOrDefault(named, usual);
  }

  /** Its parcels are claimed and the carrier is asked, from wherever that stands. */
  private Stored<CarrierPickup> quoted(Stored<CarrierPickup> known) {
    Stored<CarrierPickup> collected = known.value().stage() instanceof Collecting ? collect(known.value()) : known;
    if (!(collected.value().stage() instanceof Quoting)) {
      return collected;
    }
    CarrierPickup pickup = collected.value();
    Outcome<Pickups.Quote> answer = dispatcher(pickup).quote(visit(pickup));
    Stored<CarrierPickup> written = change(pickup.id(), (it, now) -> it.quoted(answer, now));
    log.info("Pickup quoted", about(written.value()));
    return written;
  }

  private Stored<CarrierPickup> collect(CarrierPickup pickup) {
    ZoneId zone = ZoneId.of(place(pickup).timeZone());
    Waiting waiting = parcels.waiting(pickup.account(), pickup.location(), LocalDate.ofInstant(now(), zone));
    var taken = new ArrayList<Taken>();
    var leftOut = new ArrayList<LeftOut>();
    parcels.claim(pickup.id(), waiting, pickup.carrier(), taken, leftOut);
    return change(pickup.id(), (it, now) -> it.collected(taken, leftOut, now));
  }

  /** Books one of its rates; refused if a parcel of it does not leave this way any more. */
  Outcome<Stored<CarrierPickup>> book(CarrierPickup seen, String rateId) {
    if (seen.stage() instanceof Quoted) {
      List<String> gone = parcels.standings(seen).entrySet().stream().filter(it -> it.getValue() != Standing.UNUSED)
          .map(it -> it.getKey().value()).toList();
      if (!gone.isEmpty()) {
        return Refused.conflict("parcels_changed",
            "parcels of it are void or scanned since it was quoted: cancel it and ask for another")
            .about("parcel_ids", gone).outcome();
      }
    }
    String attempt = Chance.here().newName();
    return decide(seen.id(), (it, now) -> it.booking(rateId, attempt, now)).map(it -> proceed(it, attempt));
  }

  Outcome<Stored<CarrierPickup>> cancel(CarrierPickup seen) {
    String attempt = Chance.here().newName();
    return decide(seen.id(), (it, now) -> it.cancelling(attempt, now)).map(it -> proceed(it, attempt));
  }

  /** @param number the carrier's; null if a person has found out that it was not booked */
  Outcome<Stored<CarrierPickup>> settle(CarrierPickup seen, String number) {
    return decide(seen.id(), (it, now) -> it.settled(number, now));
  }

  private Stored<CarrierPickup> proceed(Stored<CarrierPickup> claimed, String attempt) {
    CarrierPickup pickup = claimed.value();
    if (!pickup.isHeldBy(attempt)) {
      return claimed;
    }
    Stored<CarrierPickup> written = switch (pickup.stage()) {
      case Booking it -> book(pickup, it);
      case Cancelling it -> cancel(pickup, it);
      default -> claimed;
    };
    log.info("Pickup followed", about(written.value()));
    return written;
  }

  private Stored<CarrierPickup> book(CarrierPickup pickup, Booking booking) {
    Pickups carrier = dispatcher(pickup);
    Visit visit = visit(pickup);
    if (booking.triedAt() != null) {
      switch (carrier.find(visit, pickup.quote().draft(), booking.triedAt())) {
        case Pickups.Booked(Confirmation found) -> {
          return change(pickup.id(), (it, now) -> it.found(found, now));
        }
        case Pickups.Withdrawn() -> {
          return change(pickup.id(),
              (it, now) -> it.failed(End.CANCELLED, "withdrawn", "it was cancelled elsewhere", now));
        }
        case Pickups.Unknown() -> {
          return doubted(pickup.id());
        }
        case Pickups.NotBooked() when !now().isBefore(pickup.window().bookBy()) -> {
          return change(pickup.id(),
              (it, now) -> it.failed(End.FAILED, "past_cut_off", "it was not booked before its cut-off", now));
        }
        case Pickups.NotBooked() -> {
          String attempt = booking.lease().claimant();
          Stored<CarrierPickup> written = change(pickup.id(), (it, now) -> it.askedAgain(attempt, now));
          if (!written.value().isHeldBy(attempt)) {
            return written;
          }
        }
      }
    }
    Outcome<Confirmation> answer;
    try {
      answer = carrier.book(visit, pickup.quote().draft(), booking.rate());
    } catch (Pickups.InDoubt e) {
      log.error("The carrier's answer to the booking of a pickup is lost", e, about(pickup));
      return doubted(pickup.id());
    }
    return switch (answer) {
      case Accepted<Confirmation>(Confirmation made) -> change(pickup.id(), (it, now) -> it.booked(made, now));
      case Declined<Confirmation>(Refused refused) ->
        change(pickup.id(), (it, now) -> it.failed(End.FAILED, refused.code(), refused.detail(), now));
    };
  }

  private Stored<CarrierPickup> doubted(PickupId id) {
    return reported(change(id, CarrierPickup::doubted));
  }

  /** Reported before that is written: if somebody dies in between, the schedule reports it again. */
  private Stored<CarrierPickup> reported(Stored<CarrierPickup> pickup) {
    if (!pickup.value().isDoubtUnreported()) {
      return pickup;
    }
    log.report("PickupsUncertain", "Nobody knows whether a pickup was booked", about(pickup.value()));
    return change(pickup.value().id(), CarrierPickup::doubtReported);
  }

  private Stored<CarrierPickup> cancel(CarrierPickup pickup, Cancelling cancelling) {
    Refused refused = dispatcher(pickup).cancel(cancelling.of().confirmation()) instanceof Declined<Boolean>(Refused it)
        ? it
        : null;
    return change(pickup.id(), (it, now) -> it.cancelled(refused, now));
  }

  /** What is due: continues what somebody left, and looks whether the driver has come. */
  void follow(CarrierPickup seen) {
    switch (seen.stage()) {
      case Collecting _, Quoting _, Quoted _ -> {
        Stored<CarrierPickup> now = change(seen.id(), CarrierPickup::expired);
        quoted(now);
      }
      case Booking _, Cancelling _ -> resume(seen);
      case CarrierPickup.Booked _ -> look(seen);
      case CarrierPickup.Uncertain _ -> reported(find(seen.id()).orElseThrow());
      case CarrierPickup.Ended _ -> {
        // Nothing is left to do.
      }
    }
  }

  private void resume(CarrierPickup seen) {
    String attempt = Chance.here().newName();
    Stored<CarrierPickup> claimed = change(seen.id(), (it, now) -> it.continued(attempt, now));
    try {
      proceed(claimed, attempt);
    } catch (RuntimeException e) {
      if (claimed.value().isDoubtedTooLong(now())) {
        log.error("The carrier cannot be asked whether a pickup was booked", e, about(seen));
        doubted(seen.id());
      } else if (claimed.value().stage() instanceof Cancelling && !now().isBefore(seen.window().closing())) {
        log.error("The carrier was not reached to cancel a pickup", e, about(seen));
        change(seen.id(),
            (it, now) -> it.cancelled(Refused.conflict("not_reached", "the carrier was not reached"), now));
      } else {
        throw e;
      }
    }
  }

  private void look(CarrierPickup seen) {
    Map<ParcelId, Standing> standings = parcels.standings(seen);
    int scanned = (int) standings.values().stream().filter(it -> it == Standing.SCANNED).count();
    int open = (int) standings.values().stream().filter(it -> it == Standing.UNUSED).count();
    CarrierPickup next = seen.looked(scanned, open, now());
    if (next.isMissed()) {
      // Before it is written, as nobody looks at it afterwards.
      log.report("PickupsMissed", "A carrier that was sent for has not come", about(next));
    }
    change(seen.id(), (it, at) -> it.looked(scanned, open, at));
  }

  private static Object[] about(CarrierPickup it) {
    return new Object[]{"pickup", it.id(), "account", it.account(), "location", it.location(), "status",
      PickupView.status(it), "parcels", it.parcels().size()};
  }

  private Location place(CarrierPickup pickup) {
    return catalog.location(pickup.location()).orElseThrow(() -> new RetryLater("the location is not there"));
  }

  /** @throws RetryLater if the account is gone: it may have been removed by mistake */
  private Pickups dispatcher(CarrierPickup pickup) {
    return switch (carriers.find(pickup.account())) {
      case Accepted<Dispatcher>(Dispatcher it) -> it.pickups();
      case Declined<Dispatcher>(Refused refused) -> throw new RetryLater(refused.detail());
    };
  }

  private Visit visit(CarrierPickup it) {
    return new Visit(it.id().value(), place(it), it.carrier(), it.window().ready(), it.window().closing(),
        it.asked().instructions(), it.asked().packageLocation(),
        it.parcels().stream().map(parcel -> new Load(parcel.draft(), parcel.trackingNumber())).toList());
  }

  private Stored<CarrierPickup> change(PickupId id, BiFunction<CarrierPickup, Instant, CarrierPickup> rule) {
    Instant now = now();
    return pickups.change(DocumentsTable.pickup(id), it -> rule.apply(it.orElseThrow(), now));
  }

  private Outcome<Stored<CarrierPickup>> decide(PickupId id,
      BiFunction<CarrierPickup, Instant, Outcome<CarrierPickup>> rule) {
    Instant now = now();
    return pickups.decide(DocumentsTable.pickup(id), OptionalInt.empty(), it -> rule.apply(it.orElseThrow(), now));
  }
}
