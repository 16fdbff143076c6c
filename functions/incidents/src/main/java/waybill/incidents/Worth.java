package waybill.incidents;

import java.util.List;
import waybill.messages.LineQuantity;
import waybill.messages.Money;

/**
 * What is in a parcel, and what its order sold that for.
 *
 * @param refunded how much of that was granted back for its incidents, in minor units
 * @param replaced whether it is sent again
 * @param claimed how much of that was claimed of its carrier for its incidents, in minor units
 */
record Worth(List<LineQuantity> lines, Money amount, long refunded, boolean replaced, long claimed) {

  /** What is refunded whole, if that is asked for: no unit is refunded twice, so a part of its worth is an amount alone. @param amount null for all */
  List<LineQuantity> refundedBy(Long amount) {
    boolean whole = amount == null || refunded == 0 && amount == this.amount.minorUnits();
    return whole ? lines : List.of();
  }

  Money left() {
    return new Money(amount.minorUnits() - refunded, amount.currency());
  }

  Money unclaimed() {
    return new Money(amount.minorUnits() - claimed, amount.currency());
  }
}
