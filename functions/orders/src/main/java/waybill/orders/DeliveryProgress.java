package waybill.orders;

/** How much of an order has left, and has arrived. */
public enum DeliveryProgress {
  PENDING, PARTIALLY_SHIPPED, SHIPPED, PARTIALLY_DELIVERED, DELIVERED,
  /** Nothing of the order ships. */
  NOT_REQUIRED,
  /** The order was cancelled. */
  CANCELLED;

  static DeliveryProgress of(int shippedUnits, int deliveredUnits, int unitsToShip) {
    if (deliveredUnits > 0) {
      return deliveredUnits >= unitsToShip ? DELIVERED : PARTIALLY_DELIVERED;
    }
    if (shippedUnits > 0) {
      return shippedUnits >= unitsToShip ? SHIPPED : PARTIALLY_SHIPPED;
    }
    return PENDING;
  }
}
