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
 * The part of an order that one location packs. It only ever moves forward: planned, then open and packed, or refused;
 * so news that are late or doubled change nothing.
 *
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
    /** The location lacked units; other fulfillments stand in its place. */
    REFUSED
  }

  /** Stock was allocated to a fulfillment that had been given up: a person must find out why. */
  static final class AllocatedYetRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    AllocatedYetRefused(FulfillmentId id) {
      super("stock is allocated to %s, which was refused and planned again elsewhere".formatted(id));
    }
  }

  static Fulfillment planned(FulfillmentId id, LocationId location, List<LineQuantity> lines) {
    return new Fulfillment(id, id.order(), location, Status.PLANNED, lines, List.of(), null, null);
  }

  /** @throws AllocatedYetRefused where it had been given up */
  Fulfillment open(Instant now) {
    return switch (status) {
      case PLANNED -> new Fulfillment(id, orderId, locationId, Status.OPEN, lines, parcels, now, packingKey);
      case OPEN, PACKED -> this;
      case REFUSED -> throw new AllocatedYetRefused(id);
    };
  }

  Fulfillment refuse() {
    return switch (status) {
      case PLANNED -> new Fulfillment(id, orderId, locationId, Status.REFUSED, lines, parcels, openedAt, packingKey);
      case OPEN, PACKED, REFUSED -> this;
    };
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
      case OPEN -> new Fulfillment(id, orderId, locationId, Status.PACKED, lines, packed, openedAt, key);
      case PACKED -> {
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
