package waybill.incidents;

import java.util.List;
import waybill.messages.LineQuantity;
import waybill.messages.Money;

/** What is in a parcel, what its order sold that for, and how much of that was granted back for its incidents, in minor units. */
record Worth(List<LineQuantity> lines, Money amount, long refunded) {

  Money left() {
    return new Money(amount.minorUnits() - refunded, amount.currency());
  }
}
