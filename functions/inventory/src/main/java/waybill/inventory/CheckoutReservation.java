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
 * What a pool keeps for a checkout until its order is placed, or until its time is over. It holds its units as long as its status says so,
 * whatever the time is: only a write frees them, so a customer who pays in the last second never loses to the clock, only to that write.
 *
 * @param items units per SKU, one entry a SKU
 * @param minutes for how long it was asked for
 * @param expiresAt until when it is kept at least
 * @param order whose units they are now; null if no order has named it
 * @param endedAt null while it is held
 * @param prolonged the last prolongation; null if there was none
 */
record CheckoutReservation(ReservationId id, ChannelId channel, StockPool pool, List<SkuQuantity> items, int minutes,
    Instant madeAt, Instant expiresAt, Status status, OrderId order, Instant endedAt, Prolongation prolonged) {
  /** The order of a customer who pays in time may arrive a moment late. */
  static final Duration GRACE = Duration.ofMinutes(1);
  /** So that nobody keeps stock for ever without buying it. */
  static final Duration LONGEST = Duration.ofHours(24);

  enum Status {
    HELD,
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
    return new CheckoutReservation(id, channel, pool, items, minutes, now, now.plus(Duration.ofMinutes(minutes)),
        Status.HELD, null, null, null);
  }

  boolean isHeld() {
    return status == Status.HELD;
  }

  /** Whether the same request has made it. */
  boolean isSameAs(CheckoutReservation asked) {
    return channel.equals(asked.channel) && items.equals(asked.items) && minutes == asked.minutes;
  }

  /** What it moves as long as it is held. */
  List<Move> moves() {
    return isHeld()
        ? Movement.moves(items, it -> Map.of(Counter.of(it.sku(), pool), Levels.reserved(it.quantity())))
        : List.of();
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
      return ended().outcome();
    }
    Instant until = now.plus(Duration.ofMinutes(more));
    if (until.isAfter(madeAt.plus(LONGEST))) {
      return Refused.invalid("/minutes", "too_long",
          "a reservation is kept for at most %d hours in all, until %s".formatted(LONGEST.toHours(),
              TimeText.of(madeAt.plus(LONGEST))))
          .outcome();
    }
    return Outcome.of(new CheckoutReservation(id, channel, pool, items, minutes, madeAt,
        until.isAfter(expiresAt) ? until : expiresAt, status, order, endedAt, new Prolongation(key, more)));
  }

  /** Given up; what has ended without an order is free already. */
  Outcome<CheckoutReservation> released(Instant now) {
    return switch (status) {
      case HELD -> Outcome.of(ended(Status.RELEASED, null, now));
      case RELEASED, EXPIRED -> Outcome.of(this);
      case ORDERED -> ended().outcome();
    };
  }

  /** Ended if its time is over. */
  CheckoutReservation expired(Instant now) {
    return isHeld() && !now.isBefore(freeableAt()) ? ended(Status.EXPIRED, null, now) : this;
  }

  CheckoutReservation ordered(OrderId by, Instant now) {
    return ended(Status.ORDERED, by, now);
  }

  private CheckoutReservation ended(Status how, OrderId by, Instant now) {
    return new CheckoutReservation(id, channel, pool, items, minutes, madeAt, expiresAt, how, by, now, prolonged);
  }

  /** Why nothing can be done with it any more. */
  private Refused ended() {
    return switch (status) {
      case ORDERED -> Refused.conflict("reservation_ordered", "an order has these units now; cancel that instead")
          .about("order_id", order.value());
      case RELEASED -> Refused.conflict("reservation_released", "it was released; make another one");
      case EXPIRED -> Refused.conflict("reservation_expired", "its time was over; make another one");
      case HELD -> throw new IllegalStateException("it is held");
    };
  }

  /** Also what is null. */
  Map<String, Object> toTree() {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("id", id.value());
    tree.put("channel", channel.value());
    tree.put("status", Records.toTree(status));
    tree.put("items", items.stream().map(Records::toTree).toList());
    tree.put("expires_at", TimeText.of(expiresAt));
    tree.put("order_id", order == null ? null : order.value());
    return tree;
  }
}
