package waybill.fulfillment;

import java.time.Instant;
import java.util.List;
import waybill.messages.FulfillmentId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.OrderId;
import waybill.messages.Parcel;
import waybill.platform.Problem;

/**
 * The part of an order that one location packs. It only ever moves forward: planned, open, packed and dispatched, or
 * refused, or cancelled with its order until it is dispatched; so news that are late or doubled change nothing.
 *
 * @param locationId null for what is never shipped: see {@link #tombstone}
 * @param lines what it holds, in the order of the order's lines; it never changes
 * @param parcels what it was packed into; empty until then
 * @param openedAt when its stock was allocated and a packer could see it; null until then
 * @param packingKey the idempotency key it was packed with; null until then, and never shown
 */
record Fulfillment(FulfillmentId id, OrderId orderId, LocationId locationId, Status status, List<LineQuantity> lines,
    List<Parcel> parcels,
    Instant openedAt, String packingKey) {

  enum Status {
    /** The location was chosen; its stock is not allocated yet. */
    PLANNED,
    /** The location keeps the units for it, and may pack. */
    OPEN, PACKED,
    /** The order is closed against cancelling: its labels are bought. */
    DISPATCHED,
    /** The location lacked units; other fulfillments stand in its place. */
    REFUSED,
    /** Its order was cancelled before anything of it was dispatched. */
    CANCELLED
  }

  /** Stock was allocated to a fulfillment that had been given up: a person must find out why. */
  static final class AllocatedYetRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    AllocatedYetRefused(FulfillmentId id) {
      super("stock is allocated to %s, which was refused and planned again elsewhere".formatted(id));
    }
  }

  /** What leaves cannot be called back, and only the order decides which it is: a person must find out why it said both. */
  static final class DispatchedYetCancelled extends RuntimeException {
    private static final long serialVersionUID = 1;

    DispatchedYetCancelled(FulfillmentId id) {
      super("%s is dispatched, and its order cancelled".formatted(id));
    }
  }

  /** A dispatch was approved of what nobody has packed: a person must find out why. */
  static final class DispatchedYetUnpacked extends RuntimeException {
    private static final long serialVersionUID = 1;

    DispatchedYetUnpacked(FulfillmentId id, Status status) {
      super("the dispatch of %s is approved, which is %s".formatted(id, status));
    }
  }

  static Fulfillment planned(FulfillmentId id, LocationId location, List<LineQuantity> lines) {
    return new Fulfillment(id, id.order(), location, Status.PLANNED, lines, List.of(), null, null);
  }

  /**
   * What closes a cancelled order's numbers: it takes the next one, holds nothing and is shipped from nowhere. Every plan
   * inserts the next number too, so a plan that is made late loses to it.
   */
  static Fulfillment tombstone(FulfillmentId id) {
    return new Fulfillment(id, id.order(), null, Status.CANCELLED, List.of(), List.of(), null, null);
  }

  boolean isTombstone() {
    return locationId == null;
  }

  /**
   * Its stock is allocated. What is cancelled stays so, and lets go of it.
   *
   * @throws AllocatedYetRefused where it had been given up
   */
  Fulfillment open(Instant now) {
    return switch (status) {
      case PLANNED -> new Fulfillment(id, orderId, locationId, Status.OPEN, lines, parcels, now, packingKey);
      case OPEN, PACKED, DISPATCHED, CANCELLED -> this;
      case REFUSED -> throw new AllocatedYetRefused(id);
    };
  }

  Fulfillment refuse() {
    return switch (status) {
      case PLANNED -> with(Status.REFUSED);
      case OPEN, PACKED, DISPATCHED, REFUSED, CANCELLED -> this;
    };
  }

  /**
   * Given up with its order. Even what is packed is: the order cancels only as long as it has approved no dispatch.
   *
   * @throws DispatchedYetCancelled where it has
   */
  Fulfillment cancel() {
    return switch (status) {
      case PLANNED, OPEN, PACKED -> with(Status.CANCELLED);
      case REFUSED, CANCELLED -> this;
      case DISPATCHED -> throw new DispatchedYetCancelled(id);
    };
  }

  /**
   * Its order has approved that it leaves; told for each parcel.
   *
   * @throws DispatchedYetCancelled where it was given up with its order
   * @throws DispatchedYetUnpacked where nobody has packed it
   */
  Fulfillment dispatch() {
    return switch (status) {
      case PACKED -> with(Status.DISPATCHED);
      case DISPATCHED -> this;
      case CANCELLED -> throw new DispatchedYetCancelled(id);
      case PLANNED, OPEN, REFUSED -> throw new DispatchedYetUnpacked(id, status);
    };
  }

  private Fulfillment with(Status next) {
    return new Fulfillment(id, orderId, locationId, next, lines, parcels, openedAt, packingKey);
  }

  /**
   * Packed with this key into these parcels. The parcels themselves tell whether a repeated request is the same one.
   *
   * @throws Problem 409 where it cannot be packed, 422 where the key was used for other parcels
   */
  Fulfillment pack(String key, List<Parcel> packed) {
    return switch (status) {
      case PLANNED -> throw Problem.conflict("not_allocated", "its stock is not allocated yet");
      case REFUSED -> throw Problem.conflict("refused",
          "its location lacked stock; other fulfillments of the order stand in its place");
      case CANCELLED -> throw Problem.conflict("cancelled", "its order is cancelled: put the units back");
      case OPEN -> new Fulfillment(id, orderId, locationId, Status.PACKED, lines, packed, openedAt, key);
      case PACKED, DISPATCHED -> {
        if (!isPackedWith(key)) {
          throw Problem.conflict("already_packed", "it was packed by another request");
        }
        if (!parcels.equals(packed)) {
          throw Problem.of(422, "idempotency_key_reused", "this Idempotency-Key packed it into other parcels");
        }
        yield this;
      }
    };
  }

  boolean isPackedWith(String key) {
    return key.equals(packingKey);
  }
}
