package waybill.orders;

import java.util.Set;

/** Whether an order's units are promised. */
enum StockStatus {
  /** It is asked for. */
  PENDING,
  /** All of it is promised. */
  RESERVED,
  /** All of it is promised, and some of that is not there yet: none of it leaves before. */
  BACKORDERED,
  /** All of it is promised, and some of that is not there yet: what is there leaves before. */
  PARTIALLY_RESERVED,
  /** Nothing of it is promised, for some was missing. */
  REFUSED,
  /** Nothing of it is shipped. */
  NOT_REQUIRED,
  /** Nothing is promised any more, and nothing will be. */
  RELEASED;

  /** What may follow. An answer about stock is given once and stands until the order releases it, except that what was not there comes. */
  Set<StockStatus> next() {
    return switch (this) {
      case PENDING -> Set.of(RESERVED, BACKORDERED, PARTIALLY_RESERVED, REFUSED, NOT_REQUIRED, RELEASED);
      case BACKORDERED -> Set.of(PARTIALLY_RESERVED, RESERVED, RELEASED);
      case PARTIALLY_RESERVED -> Set.of(RESERVED, RELEASED);
      case RESERVED -> Set.of(RELEASED);
      case REFUSED, NOT_REQUIRED, RELEASED -> Set.of();
    };
  }
}
