package waybill.orders;

import java.util.Set;

/** Whether an order's units are promised. */
public enum StockStatus {
  /** It is asked for. */
  PENDING,
  /** All of it is promised. */
  RESERVED,
  /** Nothing of it is promised, for some was missing. */
  REFUSED,
  /** Nothing of it is shipped. */
  NOT_REQUIRED;

  /** What may follow. An answer about stock is given once and stands. */
  Set<StockStatus> next() {
    return this == PENDING ? Set.of(RESERVED, REFUSED, NOT_REQUIRED) : Set.of();
  }

  /** The status after an answer; a doubled answer, or one to a question that was not asked, changes nothing. */
  StockStatus answered(StockStatus answer) {
    return next().contains(answer) ? answer : this;
  }
}
