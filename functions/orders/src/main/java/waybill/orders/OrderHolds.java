package waybill.orders;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import waybill.messages.FulfillmentId;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.OrderId;
import waybill.orders.Hold.Resolution;
import waybill.platform.Outcome;
import waybill.platform.Refused;

/**
 * The axis of what people hold. While one of them holds an order, it keeps its stock and its money and does not move: it is not
 * planned, what is packed does not leave, and its time to pay does not run out. It can still be cancelled. A hold on lines splits the
 * work: these units are taken out of what is planned, and keep their promise, while the rest goes on.
 *
 * @param placed all that people ever placed, the oldest first; a released one stays, so that a repeated request finds it
 */
record OrderHolds(List<PlacedHold> placed) {
  static final OrderHolds NONE = new OrderHolds(List.of());
  /** So that an order's state stays small. */
  static final int MOST = 20;

  /**
   * A hold that a person placed.
   *
   * @param handle what its placer calls it; null if they do not: there is one open hold of a handle
   * @param fulfillment what of the order it holds; null for all of it, or for these lines
   * @param lines the units that it holds; none if it holds more
   * @param note why, for operators
   * @param release null while it is open
   */
  record PlacedHold(HoldId id, Hold.Reason reason, String handle, FulfillmentId fulfillment, List<LineQuantity> lines,
      String note, Instant at, Release release) {

    PlacedHold(HoldId id, Hold.Reason reason, String handle, FulfillmentId fulfillment, String note, Instant at,
        Release release) {
      this(id, reason, handle, fulfillment, List.of(), note, at, release);
    }

    /** Whether it holds some of the units, and the rest of the order goes on. */
    boolean isOfLines() {
      return !lines.isEmpty();
    }

    private boolean isWhole() {
      return fulfillment == null && !isOfLines();
    }

    boolean isOpen() {
      return release == null;
    }

    private PlacedHold released(Release by) {
      return new PlacedHold(id, reason, handle, fulfillment, lines, note, at, by);
    }

    private boolean isAskedAgain(PlacedHold other) {
      return other.reason == reason && Objects.equals(other.handle, handle) && other.note.equals(note)
          && Objects.equals(other.fulfillment, fulfillment) && other.lines.equals(lines);
    }

    Hold shown() {
      return new Hold(id, reason, handle, fulfillment, lines, note, at);
    }
  }

  /**
   * The end of a hold.
   *
   * @param key the idempotency key of the request that asked for it
   * @param resolution how; null for a hold that a person has placed, and for one that has ended by itself
   */
  record Release(String note, Instant at, String key, Resolution resolution) {
    Release(String note, Instant at, String key) {
      this(note, at, key, null);
    }
  }

  /** With one more hold; the same if it was placed before, or if one of its handle is open. */
  Outcome<OrderHolds> with(PlacedHold hold) {
    Optional<PlacedHold> before = find(hold.id);
    if (before.isPresent()) {
      return before.get().isAskedAgain(hold)
          ? Outcome.of(this)
          : Refused.of(Refused.Kind.INVALID, "idempotency_key_reused", "this Idempotency-Key placed another hold")
              .outcome();
    }
    if (isPlaced(hold.id, hold.handle)) {
      return Outcome.of(this);
    }
    if (placed.size() == MOST) {
      return Refused.conflict("too_many_holds", "an order has at most %d holds in all".formatted(MOST)).outcome();
    }
    return Outcome.of(new OrderHolds(Stream.concat(placed.stream(), Stream.of(hold)).toList()));
  }

  /** Whether it was placed before, or one of its handle is open: then nothing more is held by it. @param handle null if it has none */
  boolean isPlaced(HoldId id, String handle) {
    return find(id).isPresent() || handle != null && open().anyMatch(it -> handle.equals(it.handle));
  }

  /** Without a hold. The others stay. */
  Outcome<OrderHolds> released(HoldId id, Release release) {
    Optional<PlacedHold> found = find(id);
    if (found.isEmpty() || found.get().isOpen() && !found.get().reason.isPlaced()) {
      return Refused.absent("hold").outcome();
    }
    if (!found.get().isOpen()) {
      Release before = found.get().release;
      return before.key.equals(release.key) && before.note.equals(release.note)
          ? Outcome.of(this)
          : Refused.conflict("already_released", "it was released before").outcome();
    }
    var next = new ArrayList<>(placed);
    next.replaceAll(it -> it.id.equals(id) ? it.released(release) : it);
    return Outcome.of(new OrderHolds(List.copyOf(next)));
  }

  /** A hold that a person has not placed is resolved; remembered, so that a repeated request finds it. */
  OrderHolds resolved(Hold hold, Release release) {
    var resolved = new PlacedHold(hold.id(), hold.reason(), null, hold.fulfillmentId(), hold.note(), hold.createdAt(),
        release);
    return new OrderHolds(Stream.concat(placed.stream().filter(it -> !it.id.equals(hold.id())), Stream.of(resolved))
        .toList());
  }

  /** With the hold of what is due and not there, as long as it is reported as missing. Nothing but that waits for it. */
  OrderHolds missing(OrderGrants grants) {
    return following(Hold.missing(grants), grants.isMissing(),
        new Release("it was given", grants.at(), "report " + grants.revision()));
  }

  /** With the hold of what was added and is not paid in time, as long as that is so. */
  OrderHolds unpaid(OrderId order, boolean overdue, Instant now) {
    return following(Hold.unpaid(order, placed.size(), now), overdue,
        new Release("it was paid, or is owed no more", now, "order " + order));
  }

  private OrderHolds following(Hold hold, boolean there, Release end) {
    Optional<PlacedHold> open = open().filter(it -> it.reason == hold.reason()).findFirst();
    if (open.isPresent() == there) {
      return this;
    }
    if (open.isPresent()) {
      return resolved(open.get().shown(), end);
    }
    return new OrderHolds(Stream.concat(placed.stream(), Stream.of(new PlacedHold(hold.id(), hold.reason(), null, null,
        hold.note(), hold.createdAt(), null))).toList());
  }

  /** How a hold was released; empty if it was not, or if that was not said. */
  Optional<Resolution> resolution(HoldId id) {
    return find(id).map(PlacedHold::release).map(Release::resolution);
  }

  boolean isOpen(Hold.Reason reason) {
    return open().anyMatch(it -> it.reason == reason);
  }

  Optional<PlacedHold> find(HoldId id) {
    return placed.stream().filter(it -> it.id.equals(id)).findFirst();
  }

  private Stream<PlacedHold> open() {
    return placed.stream().filter(PlacedHold::isOpen);
  }

  private Stream<PlacedHold> stopping() {
    return open().filter(it -> it.reason.isPlaced());
  }

  /** Whether all of the order is held. */
  boolean isHeld() {
    return stopping().anyMatch(PlacedHold::isWhole);
  }

  /** Whether this part of the order is held, by itself or with all of it. */
  boolean isHeld(FulfillmentId fulfillment) {
    return stopping().anyMatch(it -> it.isWhole() || fulfillment.equals(it.fulfillment));
  }

  /** How many units of a line are held for themselves. */
  int held(LineId line) {
    return stopping().flatMap(it -> it.lines.stream()).filter(it -> it.lineId().equals(line))
        .mapToInt(LineQuantity::quantity).sum();
  }

  int heldUnits() {
    return stopping().flatMap(it -> it.lines.stream()).mapToInt(LineQuantity::quantity).sum();
  }

  /** The lines of which units are held for themselves. */
  Stream<LineId> heldLines() {
    return stopping().flatMap(it -> it.lines.stream()).map(LineQuantity::lineId).distinct();
  }

  /** When the last hold on all of the order, or on lines of it, was released; null if none was. */
  Instant releasedAt() {
    return placed.stream().filter(it -> it.reason.isPlaced() && it.release != null).map(it -> it.release.at())
        .max(Comparator.naturalOrder()).orElse(null);
  }

  /** What is to be looked at. */
  List<Hold> shown() {
    return open().map(PlacedHold::shown).toList();
  }

  /** A fault: a hold has vanished, or what was released is open again. */
  static final class HoldLost extends IllegalStateException {
    private static final long serialVersionUID = 1;

    HoldLost(OrderId order) {
      super("a hold of %s has vanished or opened again".formatted(order));
    }
  }

  /** @throws HoldLost if a hold is not there any more, or its release is undone */
  void after(OrderHolds before, OrderId order) {
    boolean kept = before.placed.stream()
        .allMatch(was -> find(was.id).filter(it -> was.isOpen() || !it.isOpen()).isPresent());
    if (!kept) {
      throw new HoldLost(order);
    }
  }
}
