package waybill.orders;

import java.util.Set;

/** How much of an order has left, and has arrived. */
public enum DeliveryProgress {
  PENDING, PARTIALLY_SHIPPED, SHIPPED, PARTIALLY_DELIVERED, DELIVERED;

  static DeliveryProgress of(int shippedUnits, int deliveredUnits, int unitsToShip) {
    if (deliveredUnits > 0) {
      return deliveredUnits >= unitsToShip ? DELIVERED : PARTIALLY_DELIVERED;
    }
    if (shippedUnits > 0) {
      return shippedUnits >= unitsToShip ? SHIPPED : PARTIALLY_SHIPPED;
    }
    return PENDING;
  }

  /** What may follow. Only a parcel that turns out to be on its way back takes a delivery back. */
  Set<DeliveryProgress> next() {
    return switch (this) {
      case PENDING -> Set.of(PARTIALLY_SHIPPED, SHIPPED, PARTIALLY_DELIVERED, DELIVERED);
      case PARTIALLY_SHIPPED -> Set.of(SHIPPED, PARTIALLY_DELIVERED, DELIVERED);
      case SHIPPED -> Set.of(PARTIALLY_DELIVERED, DELIVERED);
      case PARTIALLY_DELIVERED -> Set.of(PARTIALLY_SHIPPED, SHIPPED, DELIVERED);
      case DELIVERED -> Set.of(PARTIALLY_DELIVERED, SHIPPED);
    };
  }
}
