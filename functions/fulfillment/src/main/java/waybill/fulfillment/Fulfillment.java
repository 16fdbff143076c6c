package waybill.fulfillment;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import waybill.fulfillment.sourcing.Sourced;
import waybill.messages.FulfillmentId;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.LotQuantity;
import waybill.messages.OrderId;
import waybill.messages.Parcel;
import waybill.messages.ParcelId;
import waybill.messages.StockPool;
import waybill.platform.Outcome;
import waybill.platform.Refused;

/**
 * The part of an order that one location packs. It only ever moves forward: planned, open, packed and dispatched, or
 * refused, or cancelled with its order until it is dispatched; so late or doubled messages change nothing. Units that no location
 * has are a part too, which is short until others replace it.
 *
 * @param locationId null for a tombstone or a mark, which are never shipped: see {@link #tombstone} and {@link #mark}; and for what no
 *     location has
 * @param lines what it holds, in the order of the order's lines; a change of the order's lines or a shortage may leave it less, or nothing
 * @param parcels what it is packed into; empty until then
 * @param openedAt when its stock was allocated and a packer could see it, or since when no location has its units; null until then
 * @param packingKey the idempotency key of the request that packed it; null until then, and never part of an answer
 * @param dispatchedAt when its order approved its dispatch; null until then
 * @param change the latest change of the order's lines that it was planned after, or compared with; 0 as the order was placed
 * @param pool the pool that its units are sold from, if no location has them; else null
 * @param repackings why it was packed again, the latest last
 * @param voided how many parcels were voided by that: later ones are numbered after them
 * @param lots which lots its units are to come from, as its location has allocated them; null if none of its products is tracked by lots
 * @param lotSwap the latest swap of its lots, which keeps it from being packed until it is decided; null if there was none
 * @param sourced why it ships from there; or why none of it ships, if it is short; null if there is nothing to say
 */
record Fulfillment(FulfillmentId id, OrderId orderId, LocationId locationId, Status status, List<LineQuantity> lines,
    List<Parcel> parcels, Instant openedAt, String packingKey, Instant dispatchedAt,
    int change, StockPool pool, List<Repacking> repackings, int voided, List<LotQuantity> lots, LotSwap.Mark lotSwap,
    Sourced sourced, LocalDate arrivesOn) {

  Fulfillment {
    lots = LotQuantity.orNull(lots);
  }

  /** Each packing has its own numbers of parcels: with this limit none is above 999. */
  static final int MOST_REPACKINGS = 8;

  /**
   * A request to pack it again.
   *
   * @param key its idempotency key, which a repeated request finds
   * @param packingKey the key of the request whose parcels it voids: repeated, that packs nothing
   */
  record Repacking(String key, String packingKey) {}

  enum Status {
    /** No location has the units: they wait until one has, or until a person decides otherwise. */
    SHORT,
    /** The location was chosen; its stock is not allocated yet. */
    PLANNED,
    /** The location holds the units for it, and may pack. */
    OPEN, PACKED,
    /** It is to be packed again, as soon as its order has decided that nothing of it leaves. */
    REPACKING,
    /** The order is closed against cancelling: its labels are bought. */
    DISPATCHED,
    /** The location lacked units; other fulfillments replace it. */
    REFUSED,
    /** Its order was cancelled before anything of it was dispatched, or all of its units were. */
    CANCELLED;

    /** As the API spells it. What is packed stays so: whether it may leave is a time of its own, and what has left is said by parcel. */
    String text() {
      return (this == DISPATCHED ? PACKED : this).name().toLowerCase(Locale.ROOT);
    }
  }

  /** Stock was allocated to a fulfillment that was refused: a person must find out why. */
  static final class AllocatedYetRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    AllocatedYetRefused(FulfillmentId id) {
      super("stock is allocated to %s, which was refused and planned again elsewhere".formatted(id));
    }
  }

  /** A dispatch cannot be undone, and only the order decides between the two: a person must find out why it decided both. */
  static final class DispatchedYetCancelled extends RuntimeException {
    private static final long serialVersionUID = 1;

    DispatchedYetCancelled(FulfillmentId id) {
      super("%s is dispatched, and its order cancelled".formatted(id));
    }
  }

  /** The dispatch of an unpacked fulfillment was approved: a person must find out why. */
  static final class DispatchedYetUnpacked extends RuntimeException {
    private static final long serialVersionUID = 1;

    DispatchedYetUnpacked(FulfillmentId id, Status status) {
      super("the dispatch of %s is approved, which is %s".formatted(id, status));
    }
  }

  /** Units are taken out of what was dispatched, which only the order decides: a person must find out why. */
  static final class DispatchedYetReduced extends RuntimeException {
    private static final long serialVersionUID = 1;

    DispatchedYetReduced(FulfillmentId id) {
      super("units of %s are cancelled, which is not to be changed any more".formatted(id));
    }
  }

  static Fulfillment planned(FulfillmentId id, LocationId location, List<LineQuantity> lines, int change) {
    return planned(id, location, lines, change, null);
  }

  static Fulfillment planned(FulfillmentId id, LocationId location, List<LineQuantity> lines, int change,
      Sourced sourced) {
    return new Fulfillment(id, id.order(), location, Status.PLANNED, lines, List.of(), null, null, null, change, null,
        List.of(), 0, null, null, sourced, null);
  }

  /** For a customer who has it on that day. @param day null if nobody knows, or it does not matter */
  Fulfillment arriving(LocalDate day) {
    return new Fulfillment(id, orderId, locationId, status, lines, parcels, openedAt, packingKey, dispatchedAt, change,
        pool, repackings, voided, lots, lotSwap, sourced, day);
  }

  /**
   * What a packer did not find: it waits until stock is corrected.
   *
   * @param from where the units were missing
   */
  static Fulfillment missing(FulfillmentId id, List<LineQuantity> lines, Fulfillment from) {
    return new Fulfillment(id, id.order(), null, Status.SHORT, lines, List.of(), null, null, null, from.change, null,
        List.of(), 0, null, null, null, null);
  }

  /** What does not ship yet. @param why that is so; null if no location has anything of it */
  static Fulfillment lacking(FulfillmentId id, List<LineQuantity> lines, StockPool pool, int change, Instant since,
      Sourced why) {
    return new Fulfillment(id, id.order(), null, Status.SHORT, lines, List.of(), since, null, null, change, pool,
        List.of(), 0, null, null, why, null);
  }

  /**
   * Closes the numbers of a cancelled order: it takes the next one, holds nothing and has no location. Every plan inserts the
   * next number too, so a late plan loses to it.
   */
  static Fulfillment tombstone(FulfillmentId id) {
    return new Fulfillment(id, id.order(), null, Status.CANCELLED, List.of(), List.of(), null, null, null, 0, null,
        List.of(), 0, null, null, null, null);
  }

  boolean isTombstone() {
    return !isPart() && status == Status.CANCELLED && lines.isEmpty();
  }

  /**
   * Takes the next number for a change of the order's lines that plans nothing: a plan of before the change, which inserts the same
   * number, loses to it.
   */
  static Fulfillment mark(FulfillmentId id, int change) {
    return new Fulfillment(id, id.order(), null, Status.REFUSED, List.of(), List.of(), null, null, null, change, null,
        List.of(), 0, null, null, null, null);
  }

  /** Whether it is a part of the order that a location has, or had. */
  boolean isPart() {
    return locationId != null;
  }

  /** Whether a person may see it. */
  boolean isVisible() {
    return isPart() || !lines.isEmpty();
  }

  /** Whether a change of the order's lines, or a shortage, has left it nothing. */
  boolean isEmptied() {
    return isPart() && lines.isEmpty();
  }

  /** Whether units of the order are in it. */
  boolean holds() {
    return status == Status.SHORT || isPart() && status != Status.REFUSED && status != Status.CANCELLED;
  }

  /** Whether it was allocated, or short, and others have taken its place. */
  boolean isReplaced() {
    return status == Status.REFUSED && openedAt != null;
  }

  /**
   * After a change of the order's lines, with what is left of its units. If it was packed with more, it is to be packed again.
   *
   * @throws DispatchedYetReduced if its dispatch was approved: only the order decides between the two
   */
  Fulfillment after(int latest, List<LineQuantity> left) {
    boolean same = left.equals(lines);
    return switch (status) {
      // What waits for units has none to release.
      case SHORT -> with(left.isEmpty() ? Status.REFUSED : status, left, parcels, openedAt, packingKey, latest);
      case PLANNED, OPEN ->
        with(left.isEmpty() ? Status.CANCELLED : status, left, parcels, openedAt, packingKey, latest);
      case PACKED -> same
          ? with(status, lines, parcels, openedAt, packingKey, latest)
          : with(left.isEmpty() ? Status.CANCELLED : Status.OPEN, left, List.of(), openedAt, null, latest);
      case REPACKING -> same
          ? with(status, lines, parcels, openedAt, packingKey, latest)
          : packedNoMore(left, latest);
      case DISPATCHED, REFUSED, CANCELLED -> throw new DispatchedYetReduced(id);
    };
  }

  /** Whether it waits for a decision about its lots. */
  boolean isSwapping() {
    return lotSwap != null && lotSwap.isPending();
  }

  private static Outcome<Fulfillment> lotsSwapping() {
    return Refused.conflict("lots_swapping",
        "its lots are just being swapped: read it again in a moment, and pack what it shows then").outcome();
  }

  /** It takes part in a swap of lots. */
  Fulfillment swapping(LotSwap.Mark mark) {
    return swap(lots, mark);
  }

  /**
   * The swap of its lots is decided. What was taken from it meanwhile stays so.
   *
   * @param refused why it was refused; null if it was not
   * @param swapped the lots that it has if it was not
   */
  Fulfillment swapped(String refused, List<LotQuantity> swapped) {
    return swap(refused == null ? LotQuantity.within(swapped, lines) : lots, lotSwap.decided(refused));
  }

  private Fulfillment swap(List<LotQuantity> held, LotSwap.Mark mark) {
    return new Fulfillment(id, orderId, locationId, status, lines, parcels, openedAt, packingKey, dispatchedAt, change,
        pool, repackings, voided, held, mark, sourced, arrivesOn);
  }

  /**
   * Its stock is allocated. A cancelled fulfillment stays so, and its stock must be released.
   *
   * @throws AllocatedYetRefused if it was refused before
   */
  Fulfillment open(Instant now) {
    return open(now, null);
  }

  /** @param allocated the lots that its units are to come from; null if none of its products is tracked by lots */
  Fulfillment open(Instant now, List<LotQuantity> allocated) {
    return switch (status) {
      case PLANNED -> with(Status.OPEN, lines, parcels, now, packingKey, change).from(allocated);
      case OPEN, PACKED, REPACKING, DISPATCHED, CANCELLED, SHORT -> this;
      case REFUSED -> {
        if (!isReplaced()) {
          throw new AllocatedYetRefused(id);
        }
        yield this;
      }
    };
  }

  private Fulfillment from(List<LotQuantity> allocated) {
    return new Fulfillment(id, orderId, locationId, status, lines, parcels, openedAt, packingKey, dispatchedAt, change,
        pool, repackings, voided, LotQuantity.within(allocated, lines), lotSwap, sourced, arrivesOn);
  }

  /** Stock is corrected, and no location has its units. */
  Fulfillment waiting(StockPool from, Instant since) {
    return new Fulfillment(id, orderId, locationId, status, lines, parcels, since, packingKey, dispatchedAt, change,
        from, repackings, voided, lots, lotSwap, sourced, arrivesOn);
  }

  /** What is short with what is still not to be had; others have taken its place if that is nothing. */
  Fulfillment keeping(List<LineQuantity> rest, Sourced why) {
    return rest.isEmpty()
        ? refuse()
        : new Fulfillment(id, orderId, locationId, status, rest, parcels, openedAt, packingKey, dispatchedAt, change,
            pool, repackings, voided, lots, lotSwap, why, arrivesOn);
  }

  /** Whether its packer may find that units are missing; refused if it is not to be packed just now. */
  Outcome<Fulfillment> mayBeShort() {
    return switch (status) {
      case OPEN -> isSwapping() ? lotsSwapping() : Outcome.of(this);
      case PLANNED -> Refused.conflict("not_allocated", "its stock is not allocated yet").outcome();
      case SHORT, REFUSED -> replacedElsewhere();
      case CANCELLED -> cancelledBefore();
      case PACKED -> Refused.conflict("already_packed", "it is packed: what is in its parcels was found").outcome();
      case REPACKING -> repackedNow();
      case DISPATCHED -> Refused.conflict("dispatched", "its dispatch is approved: what is in its parcels was found")
          .outcome();
    };
  }

  Fulfillment without(List<LineQuantity> missing) {
    return without(missing, null);
  }

  /**
   * Without units that its packer did not find; others stand in its place if none is left.
   *
   * @param of which lots they are of; null if none of the products is tracked by lots
   */
  Fulfillment without(List<LineQuantity> missing, List<LotQuantity> of) {
    Map<LineId, Integer> units = missing.stream()
        .collect(Collectors.toMap(LineQuantity::lineId, LineQuantity::quantity));
    List<LineQuantity> left = lines.stream()
        .map(it -> new LineQuantity(it.lineId(), it.sku(), it.quantity() - units.getOrDefault(it.lineId(), 0)))
        .filter(it -> it.quantity() > 0).toList();
    return with(left.isEmpty() ? Status.REFUSED : status, left, parcels, openedAt, packingKey, change)
        .from(LotQuantity.within(lots, left, of));
  }

  private static Outcome<Fulfillment> replacedElsewhere() {
    return Refused.conflict("refused", "its location lacked stock; other fulfillments of the order stand in its place")
        .outcome();
  }

  private Outcome<Fulfillment> cancelledBefore() {
    return Refused.conflict("cancelled", isEmptied()
        ? "its units are cancelled: put them back"
        : "its order is cancelled: put the units back").outcome();
  }

  Fulfillment refuse() {
    return switch (status) {
      case PLANNED, SHORT -> with(Status.REFUSED);
      case OPEN, PACKED, REPACKING, DISPATCHED, REFUSED, CANCELLED -> this;
    };
  }

  /**
   * Cancelled with its order, even if it is packed: an order is only cancelled before it approves a dispatch.
   *
   * @throws DispatchedYetCancelled if its dispatch was approved all the same
   */
  Fulfillment cancel() {
    return switch (status) {
      case PLANNED, OPEN, PACKED, REPACKING, SHORT -> with(Status.CANCELLED);
      case REFUSED, CANCELLED -> this;
      case DISPATCHED -> throw new DispatchedYetCancelled(id);
    };
  }

  /**
   * Its order has approved the dispatch of a parcel. That may be late news of one that is void by now.
   *
   * @throws DispatchedYetCancelled if it was cancelled with its order
   * @throws DispatchedYetUnpacked if it is not packed
   */
  Fulfillment dispatch(ParcelId parcel, Instant now) {
    return parcel.number() <= voided ? this : dispatch(now);
  }

  Fulfillment dispatch(Instant now) {
    return switch (status) {
      case PACKED ->
        new Fulfillment(id, orderId, locationId, Status.DISPATCHED, lines, parcels, openedAt, packingKey, now,
            change, pool, repackings, voided, lots, lotSwap, sourced, arrivesOn);
      case REPACKING, DISPATCHED -> this;
      case CANCELLED -> throw new DispatchedYetCancelled(id);
      case PLANNED, OPEN, SHORT, REFUSED -> throw new DispatchedYetUnpacked(id, status);
    };
  }

  private Fulfillment with(Status next) {
    return with(next, lines, parcels, openedAt, packingKey, change);
  }

  private Fulfillment with(Status next, List<LineQuantity> held, List<Parcel> packed, Instant opened, String key,
      int compared) {
    return new Fulfillment(id, orderId, locationId, next, held, packed, opened, key, dispatchedAt, compared, pool,
        repackings, voided, LotQuantity.within(lots, held), lotSwap, sourced, arrivesOn);
  }

  /**
   * Packed by the request with this key into these parcels. A repeated request has the same key and parcels.
   *
   * @return refused if it cannot be packed, or if the key was used for other parcels
   */
  Outcome<Fulfillment> pack(String key, List<Parcel> packed) {
    return switch (status) {
      case PLANNED -> Refused.conflict("not_allocated", "its stock is not allocated yet").outcome();
      case SHORT, REFUSED -> replacedElsewhere();
      case CANCELLED -> cancelledBefore();
      case REPACKING -> repackedNow();
      case OPEN -> isSwapping() ? lotsSwapping() : packedFirst(key, packed);
      case PACKED, DISPATCHED -> packedAgain(key, packed);
    };
  }

  /** They were compared with its lines before, which a change of the order's may have reduced since. */
  private Outcome<Fulfillment> packedFirst(String key, List<Parcel> packed) {
    if (repackings.stream().anyMatch(it -> it.packingKey.equals(key))) {
      return Refused.conflict("repacked", "what this request packed is void: pack it again by another request")
          .outcome();
    }
    return firstParcel() == packed.getFirst().id().number() && Packing.holds(packed, lines)
        ? Outcome.of(with(Status.PACKED, lines, Packing.withLots(packed, lots), openedAt, key, change))
        : Refused.conflict("lines_changed",
            "its lines have changed meanwhile: read it again, and pack what is left").outcome();
  }

  private Outcome<Fulfillment> packedAgain(String key, List<Parcel> packed) {
    if (!isPackedWith(key)) {
      return Refused.conflict("already_packed", "it was packed by another request").outcome();
    }
    return parcels.equals(Packing.withLots(packed, lots))
        ? Outcome.of(this)
        : Refused.of(Refused.Kind.INVALID, "idempotency_key_reused",
            "this Idempotency-Key packed it into other parcels").outcome();
  }

  boolean isPackedWith(String key) {
    return key.equals(packingKey);
  }

  /** The number of the first parcel of its packing. */
  int firstParcel() {
    return voided + 1;
  }

  /** Whether a request with this key has asked to pack it again. */
  boolean isRepackedWith(String key) {
    return repackings.stream().anyMatch(it -> it.key.equals(key));
  }

  /**
   * To be packed again, by the request with this key: what is in its parcels comes out of them, as soon as its order has decided that
   * nothing of it leaves. A repeated request changes nothing.
   */
  Outcome<Fulfillment> repack(String key) {
    if (isRepackedWith(key)) {
      return Outcome.of(this);
    }
    return switch (status) {
      case PLANNED, OPEN -> Refused.conflict("not_packed", "it is not packed").outcome();
      case SHORT, REFUSED -> replacedElsewhere();
      case CANCELLED -> cancelledBefore();
      case REPACKING -> Refused.conflict("repacking", "another request has asked for that").outcome();
      case PACKED, DISPATCHED -> repackings.size() >= MOST_REPACKINGS
          ? Refused.conflict("too_many_repackings", "it was packed again %d times".formatted(MOST_REPACKINGS)).outcome()
          : Outcome.of(new Fulfillment(id, orderId, locationId, Status.REPACKING, lines, parcels, openedAt, packingKey,
              dispatchedAt, change, pool,
              Stream.concat(repackings.stream(), Stream.of(new Repacking(key, packingKey))).toList(), voided, lots,
              lotSwap, sourced, arrivesOn));
    };
  }

  /**
   * Its order has decided whether it is packed again. Late news of an earlier packing changes nothing.
   *
   * @param first the number of the first parcel that this is about
   */
  Fulfillment repackingDecided(int first, boolean granted) {
    boolean packed = status == Status.PACKED || status == Status.REPACKING || status == Status.DISPATCHED;
    if (first != firstParcel() || !packed) {
      return this;
    }
    if (granted) {
      return packedNoMore(lines, change);
    }
    return status == Status.REPACKING && dispatchedAt != null ? with(Status.DISPATCHED) : standing();
  }

  /** It leaves as it was packed; that its dispatch was approved may not be known here yet. */
  private Fulfillment standing() {
    return status == Status.REPACKING ? with(Status.PACKED) : this;
  }

  /** Open again, or cancelled if nothing is left of it: its parcels are void. */
  private Fulfillment packedNoMore(List<LineQuantity> left, int latest) {
    return new Fulfillment(id, orderId, locationId, left.isEmpty() ? Status.CANCELLED : Status.OPEN, left, List.of(),
        openedAt, null, null, latest, pool, repackings, voided + parcels.size(), LotQuantity.within(lots, left),
        lotSwap, sourced, arrivesOn);
  }

  private static Outcome<Fulfillment> repackedNow() {
    return Refused.conflict("repacking", "it is to be packed again: wait until it is open").outcome();
  }
}
