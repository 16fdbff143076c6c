package waybill.inventory;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import waybill.messages.ChannelId;
import waybill.messages.OrderId;
import waybill.messages.ReservationId;
import waybill.messages.SkuQuantity;
import waybill.messages.StockPool;
import waybill.platform.Outcome;
import waybill.platform.Records;
import waybill.platform.Refused;
import waybill.platform.TimeText;

/**
 * What a pool keeps for a checkout until its order is placed, or until its time is over. It holds its units as long as its record says so,
 * whatever the time is: only a write frees them, so a customer who pays in the last second never loses to the clock, only to that write.
 *
 * @param items units per SKU, one entry a SKU
 * @param minutes for how long it was asked for
 * @param expiresAt until when it is kept at least
 * @param shortOf the units that were missing, per SKU; empty unless it is refused
 * @param ending null while it is made and held; its units may still be on their way back if it is not
 * @param order whose units they are now; null if no order has named it
 * @param endedAt when its end was decided; null before
 * @param prolonged the last prolongation; null if there was none
 */
record CheckoutReservation(String id, ChannelId channel, StockPool pool, List<SkuQuantity> items, int minutes,
    Instant madeAt, Instant expiresAt, Status status, int moved, List<SkuQuantity> shortOf, Ending ending,
    OrderId order, Instant endedAt, Prolongation prolonged)
    implements
    Movement<CheckoutReservation> {
  /** The order of a customer who pays in time may arrive a moment late. */
  static final Duration GRACE = Duration.ofMinutes(1);
  /** So that nobody keeps stock for ever without buying it. */
  static final Duration LONGEST = Duration.ofHours(24);

  /** Why it holds nothing any more. */
  enum Ending {
    /** An order was placed that named it: the units are the order's. */
    ORDERED,
    /** It was given up. */
    RELEASED,
    /** Its time was over. */
    EXPIRED
  }

  /** @param key of the request */
  record Prolongation(String key, int minutes) {}

  CheckoutReservation {
    items = Movement.checked(items);
  }

  static CheckoutReservation of(ReservationId id, ChannelId channel, StockPool pool, List<SkuQuantity> items,
      int minutes, Instant now) {
    return new CheckoutReservation(id.value(), channel, pool, items, minutes, now,
        now.plus(Duration.ofMinutes(minutes)), Status.TAKING, 0, List.of(), null, null, null, null);
  }

  boolean isHeld() {
    return status == Status.TAKEN;
  }

  /** Whether all of it was kept once: what is on its way to that, or turned out not to be there, is no reservation to anybody. */
  boolean isMade() {
    return isHeld() || ending != null;
  }

  /** Whether the same request has made it. */
  boolean isSameAs(CheckoutReservation asked) {
    return channel.equals(asked.channel) && items.equals(asked.items) && minutes == asked.minutes;
  }

  @Override
  public Instant at() {
    return madeAt;
  }

  @Override
  public List<Move> moves() {
    return Movement.moves(items, it -> Map.of(Counter.of(it.sku(), pool), Levels.reserved(it.quantity())));
  }

  /** The time when it is looked at. */
  @Override
  public int beside() {
    return status == Status.TAKING ? 1 : 0;
  }

  @Override
  public CheckoutReservation with(Status next, int done, List<SkuQuantity> lack) {
    return new CheckoutReservation(id, channel, pool, items, minutes, madeAt, expiresAt, next, done, lack, ending,
        order, endedAt, prolonged);
  }

  /** When its units may be freed, unless an order has them by then. */
  Instant freeableAt() {
    return expiresAt.plus(GRACE);
  }

  /** Kept for so many minutes from now at least; what was promised before is never shortened. */
  Outcome<CheckoutReservation> prolonged(String key, int more, Instant now) {
    if (prolonged != null && prolonged.key.equals(key)) {
      return prolonged.minutes == more
          ? Outcome.of(this)
          : Refused.of(Refused.Kind.INVALID, "idempotency_key_reused",
              "this Idempotency-Key was sent with other minutes; a new prolongation needs a new key").outcome();
    }
    if (!isHeld()) {
      return whyEnded().outcome();
    }
    Instant until = now.plus(Duration.ofMinutes(more));
    if (until.isAfter(madeAt.plus(LONGEST))) {
      return Refused.invalid("/minutes", "too_long",
          "a reservation is kept for at most %d hours in all, until %s".formatted(LONGEST.toHours(),
              TimeText.of(madeAt.plus(LONGEST))))
          .outcome();
    }
    return Outcome.of(new CheckoutReservation(id, channel, pool, items, minutes, madeAt,
        until.isAfter(expiresAt) ? until : expiresAt, status, moved, shortOf, ending, order, endedAt,
        new Prolongation(key, more)));
  }

  /** Given up, its units on their way back; what has ended without an order is free already. */
  Outcome<CheckoutReservation> released(Instant now) {
    if (ending == Ending.ORDERED) {
      return whyEnded().outcome();
    }
    return Outcome.of(isHeld() ? ending(Ending.RELEASED, null, now) : this);
  }

  /** On its way back if its time is over, also if whoever made it died half way. */
  CheckoutReservation expired(Instant now) {
    boolean holds = isHeld() || status == Status.TAKING;
    return holds && !now.isBefore(freeableAt()) ? ending(Ending.EXPIRED, null, now) : this;
  }

  /** Ended for an order; what it holds is still to move. */
  CheckoutReservation ordered(OrderId by, Instant now) {
    return ending(Ending.ORDERED, by, now);
  }

  private CheckoutReservation ending(Ending how, OrderId by, Instant now) {
    return new CheckoutReservation(id, channel, pool, items, minutes, madeAt, expiresAt, Status.RELEASING, moved,
        shortOf, how, by, now, prolonged);
  }

  /** Why nothing can be done with it any more. */
  private Refused whyEnded() {
    return switch (ending) {
      case ORDERED -> Refused.conflict("reservation_ordered", "an order has these units now; cancel that instead")
          .about("order_id", order.value());
      case RELEASED -> Refused.conflict("reservation_released", "it was released; make another one");
      case EXPIRED -> Refused.conflict("reservation_expired", "its time was over; make another one");
    };
  }

  /** Also what is null. */
  Map<String, Object> toTree() {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("id", id);
    tree.put("channel", channel.value());
    tree.put("status", ending == null ? "held" : Records.toTree(ending));
    tree.put("items", items.stream().map(Records::toTree).toList());
    tree.put("expires_at", TimeText.of(expiresAt));
    tree.put("order_id", order == null ? null : order.value());
    return tree;
  }
}
