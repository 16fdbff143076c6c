package waybill.orders;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import waybill.messages.LineId;
import waybill.messages.ReturnMessages.KeptWorth;
import waybill.messages.ReturnMessages.RefundedUnits;
import waybill.messages.ReturnMessages.ReturnDisposed;
import waybill.platform.Outcome;

/**
 * What goes back for units that came back: their worth by the same rule as any refund of lines, without what the merchant keeps of it, and without
 * what pays for goods that are sent instead. Units that somebody was refunded for before are not refunded twice, and no more goes back than is
 * there.
 *
 */
record ReturnRefunding(Refunding refunding, ReturnDisposed news, Most most) {

  /**
   * What may be refunded at the most, as something was sent again.
   *
   * @param units how many of a line; no more is said of lines that are not in it
   * @param shipping whether the shipping is: not if units were sent again, as these were delivered
   */
  record Most(Map<LineId, Integer> units, boolean shipping) {
    static final Most ALL = new Most(Map.of(), true);
  }

  Outcome<Refunding.Granted> grant() {
    TakenUnits taken = refunding.taken();
    Map<LineId, Integer> units = new LinkedHashMap<>();
    var worths = new ArrayList<KeptWorth>();
    long there = refunding.there();
    long kept = 0;
    for (RefundedUnits it : news.refunds()) {
      int before = units.getOrDefault(it.lineId(), 0);
      int quantity = Math.min(it.quantity(), left(taken, it.lineId()) - before);
      long worth = quantity > 0 ? worth(taken, it.lineId(), before, quantity) : 0;
      long share = percent(worth, it.percent());
      kept += worth - share;
      if (it.exchanged() != null) {
        KeptWorth pays = exchanged(it, Math.max(0, quantity), worth, share, there);
        there -= pays.amount();
        kept += Math.min(share, pays.price());
        worths.add(pays);
      }
      if (quantity > 0) {
        units.put(it.lineId(), before + quantity);
      }
    }
    boolean shipping = news.shipping() && most.shipping && refunding.canRefundShipping();
    List<Refunding.Units> lines = units.entrySet().stream()
        .map(it -> new Refunding.Units(it.getKey(), it.getValue())).toList();
    return refunding.grantReturn(lines, shipping, kept, news.feePercent(), news.credit(), news.toCredit(),
        news.returned().value())
        .map(it -> new Refunding.Granted(it.state(), it.adjustment().keeping(
            worths.stream().filter(one -> one.quantity() > 0).toList())));
  }

  private int left(TakenUnits taken, LineId line) {
    return Math.min(taken.left(line), most.units.getOrDefault(line, Integer.MAX_VALUE));
  }

  private static long worth(TakenUnits taken, LineId line, int before, int quantity) {
    return taken.next(line, before + quantity).amount() - (before == 0 ? 0 : taken.next(line, before).amount());
  }

  /** What has no price costs what the units are worth, and is sent only for units that are worth something. */
  private static KeptWorth exchanged(RefundedUnits it, int quantity, long worth, long share, long there) {
    long price = it.exchanged().price() == null ? worth : it.exchanged().price();
    return new KeptWorth(it.lineId(), it.exchanged().price() == null ? quantity : it.quantity(), price,
        Math.max(0, Math.min(Math.min(share, price), there)));
  }

  /** Half a minor unit is rounded up. */
  static long percent(long amount, int percent) {
    return Math.floorDiv(2 * amount * percent + 100, 200);
  }
}
