package waybill.orders;

/** How an order's stock is shown: {@link StockStatus}, and whether units that were promised have left since. */
enum StockProgress {
  PENDING, BACKORDERED, PARTIALLY_RESERVED, RESERVED, PARTIALLY_SHIPPED, SHIPPED, REFUSED, NOT_REQUIRED, RELEASED;

  static StockProgress of(StockStatus status, int shippedUnits, int unitsToShip) {
    return switch (status) {
      case PENDING -> PENDING;
      case BACKORDERED -> BACKORDERED;
      case PARTIALLY_RESERVED -> shippedUnits == 0 ? PARTIALLY_RESERVED : PARTIALLY_SHIPPED;
      case RESERVED -> shippedUnits == 0 ? RESERVED : shippedUnits < unitsToShip ? PARTIALLY_SHIPPED : SHIPPED;
      case REFUSED -> REFUSED;
      case NOT_REQUIRED -> NOT_REQUIRED;
      case RELEASED -> RELEASED;
    };
  }
}
