package waybill.orders;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import waybill.messages.LineQuantity;
import waybill.messages.Money;
import waybill.messages.Refund;
import waybill.messages.RefundId;
import waybill.messages.RefundReason;
import waybill.messages.RefundStatus;

/**
 * What a change of an order's lines does to its money. It is measured against what was paid: what is kept beyond what is then owed
 * goes back, and only that; as far as nothing was paid, less is owed.
 */
final class PriceChange {

  private PriceChange() {}

  /**
   * @param lines those that change, as they are then
   * @param difference of the price
   * @param units by how many more or fewer it ships
   * @param command by which the refunds are named
   */
  static OrderState applied(OrderState state, List<LineQuantity> lines, boolean reduces, long difference, int units,
      String command, Instant now) {
    long back = difference < 0 ? Math.clamp(over(state) - difference, 0, -difference) : 0;
    return state
        .with(state.terms().changed(difference + back, units, now.plus(AddedMoney.TO_PAY)),
            refunded(state, back, command, now))
        .with(state.changes().with(lines, reduces));
  }

  /** What fell out of the price before it was paid, and is paid all the same, goes back. */
  static OrderState reclaimed(OrderState state, Instant now) {
    long lapsed = state.placed() && state.phase().goesOn() ? state.terms().lapsed() : 0;
    long back = lapsed == 0 ? 0 : Math.clamp(over(state), 0, lapsed);
    if (back == 0) {
      return state;
    }
    long parts = state.money().payments().stream().mapToLong(it -> it.parts().size()).sum();
    return state.with(state.terms().reclaimed(back), refunded(state, back, "lapsed " + parts, now));
  }

  /** How much more is kept than is owed; negative if something is due. */
  private static long over(OrderState state) {
    OrderTerms terms = state.terms();
    return PaymentProgress.kept(state.money().counted(terms), terms.currency())
        .minus(state.money().owed(terms, state.phase())).minorUnits();
  }

  /** What moves by itself goes back first. */
  private static OrderMoney refunded(OrderState state, long amount, String cause, Instant now) {
    OrderMoney money = state.money();
    long left = amount;
    for (OrderPayment it : money.counted(state.terms()).stream()
        .filter(one -> one.payment().currency().equals(state.terms().currency()))
        .sorted(Comparator.comparing(OrderPayment::isExternal)).toList()) {
      long part = Math.min(left, it.balance().refundable().minorUnits());
      if (part > 0) {
        money = money.with(it.id(), new Refund(RefundId.of(it.id(), cause), RefundReason.GRANTED,
            RefundStatus.REQUESTED, new Money(part, state.terms().currency()), now));
        left -= part;
      }
    }
    return money;
  }
}
