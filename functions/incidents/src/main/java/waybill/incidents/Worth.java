package waybill.incidents;

import java.util.List;
import waybill.messages.LineQuantity;
import waybill.messages.Money;

/** What is in a parcel, what its order sold that for, how much of that was granted back for its incidents, in minor units, and whether it is sent again. */
record Worth(List<LineQuantity> lines, Money amount, long refunded, boolean replaced) {

  Money left() {
    return new Money(amount.minorUnits() - refunded, amount.currency());
  }
}
