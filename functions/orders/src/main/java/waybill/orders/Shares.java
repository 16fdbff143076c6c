package waybill.orders;

import java.util.List;
import java.util.Map;
import waybill.messages.LineId;
import waybill.messages.Money;
import waybill.orders.OrderForm.Line;
import waybill.orders.OrderForm.Tax;

/**
 * What units of a line are worth. A line's total with its share of every discount is frozen when the order is placed; the first k of
 * its n units are worth k/n of that, rounded, and the next ones what is missing to it. So the units of a line together are worth its
 * total to the cent, in whatever parts they are taken.
 */
final class Shares {

  private Shares() {}

  /** @param before how many units were taken before. @param quantity how many are taken now */
  static Adjustment.Line of(LineId id, Line line, int before, int quantity) {
    return new Adjustment.Line(id, quantity, share(line.total(), line.quantity(), before, quantity),
        share(taxes(line.taxes()), line.quantity(), before, quantity));
  }

  static long taxes(List<Tax> taxes) {
    return taxes.stream().mapToLong(Tax::amount).sum();
  }

  static long share(long total, int units, int before, int quantity) {
    return rounded(total, before + quantity, units) - rounded(total, before, units);
  }

  /** Half a unit is rounded up. A total is at most 10^12 and a line has at most 10^6 units. */
  private static long rounded(long total, int units, int all) {
    return Math.floorDiv(2 * Math.multiplyExact(total, units) + all, 2L * all);
  }

  /**
   * What an order is worth of which so many units have been packed: their shares of their lines, and with the first of them all that
   * nothing is shipped for. With the last it is the total.
   */
  static Money worth(OrderContent content, Map<LineId, Integer> packed) {
    OrderForm form = content.form();
    if (packed.values().stream().mapToInt(Integer::intValue).sum() >= content.unitsToShip()) {
      return new Money(form.total(), form.currency());
    }
    long worth = form.shipping() == null ? 0 : form.shipping().total();
    for (int i = 0; i < form.lines().size(); i++) {
      Line line = form.lines().get(i);
      LineId id = OrderContent.lineId(i);
      if (line.quantity() > 0 && content.kit(id).isPresent()) {
        worth += worth(content.kit(id).get(), line, packed);
      } else if (line.quantity() > 0) {
        int units = content.digital().contains(id) ? line.quantity() : packed.getOrDefault(id, 0);
        worth += share(line.total(), line.quantity(), 0, Math.min(line.quantity(), units));
      }
    }
    return new Money(worth, form.currency());
  }

  /** What of a kit's line has been packed, at most all of it. */
  private static long worth(Kit kit, Line line, Map<LineId, Integer> packed) {
    var shares = new KitShares(kit, line.total(), line.quantity());
    return kit.components().stream().mapToLong(it -> shares.of(it, 0,
        Math.min(line.quantity() * it.quantity(), packed.getOrDefault(it.id(), 0)))).sum();
  }
}
