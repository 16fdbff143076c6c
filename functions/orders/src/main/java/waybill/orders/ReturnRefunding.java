package waybill.orders;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import waybill.messages.LineId;
import waybill.messages.ReturnMessages.RefundedUnits;
import waybill.messages.ReturnMessages.ReturnDisposed;
import waybill.platform.Outcome;

/**
 * What goes back for units that came back: their worth by the same rule as any refund of lines, without what the merchant keeps of it. Units that
 * somebody was refunded for before are not refunded twice, and no more goes back than is there.
 */
record ReturnRefunding(Refunding refunding, ReturnDisposed news) {

  Outcome<Refunding.Granted> grant() {
    TakenUnits taken = refunding.taken();
    Map<LineId, Integer> units = new LinkedHashMap<>();
    long kept = 0;
    for (RefundedUnits it : news.refunds()) {
      int before = units.getOrDefault(it.lineId(), 0);
      int quantity = Math.min(it.quantity(), taken.left(it.lineId()) - before);
      if (quantity > 0) {
        long worth = taken.next(it.lineId(), before + quantity).amount()
            - (before == 0 ? 0 : taken.next(it.lineId(), before).amount());
        kept += worth - percent(worth, it.percent());
        units.put(it.lineId(), before + quantity);
      }
    }
    boolean shipping = news.shipping() && refunding.canRefundShipping();
    List<Refunding.Units> lines = units.entrySet().stream()
        .map(it -> new Refunding.Units(it.getKey(), it.getValue())).toList();
    return refunding.grantReturn(lines, shipping, kept, news.feePercent(), news.returned().value());
  }

  /** Half a minor unit is rounded up. */
  static long percent(long amount, int percent) {
    return Math.floorDiv(2 * amount * percent + 100, 200);
  }
}
