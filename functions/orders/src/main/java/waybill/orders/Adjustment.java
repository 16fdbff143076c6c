package waybill.orders;

import java.util.List;
import waybill.messages.LineId;
import waybill.messages.PaymentId;
import waybill.messages.RefundId;

/**
 * What was granted back of an order: the decision, apart from the money, which each of its parts moves. Amounts are in minor units of
 * the order's currency.
 *
 * @param shipping how much of it is the shipping
 * @param taxes how much of it are taxes, as far as lines and shipping say
 * @param doneElsewhere whether the money went back on another way
 */
record Adjustment(Kind type, List<Line> lines, long shipping, long amount, long taxes, String reason, String note,
    boolean doneElsewhere, List<Part> parts) {

  enum Kind {
    REFUND, GOODWILL,
    /** What a bank has taken back, and a person has accepted. */
    DISPUTE
  }

  /** How far its money is; the decision stands. */
  enum Status {
    PENDING, COMPLETED, FAILED
  }

  /** Units of a line, and their share of its total. */
  record Line(LineId lineId, int quantity, long amount, long taxes) {}

  /** What goes back by one payment. */
  record Part(PaymentId payment, RefundId refund, long amount) {}

  int quantity(LineId line) {
    return lines.stream().filter(it -> it.lineId.equals(line)).mapToInt(Line::quantity).sum();
  }
}
