package waybill.orders;

import java.util.List;
import waybill.messages.LineId;
import waybill.messages.PaymentId;
import waybill.messages.RefundId;
import waybill.messages.ReturnMessages.KeptWorth;

/**
 * What a person changed of an order's money, by granting it back or by changing lines: the decision, apart from the money that moves.
 * Amounts are in minor units of the order's currency; what is taken out of the order or goes back is positive.
 *
 * @param shipping how much of it is the shipping
 * @param taxes how much of it are taxes, as far as lines and shipping say
 * @param doneElsewhere whether the money went back on another way
 * @param parts what goes back by which payment; how a change of lines is refunded is seen by the refunds that its id names
 * @param change its number, if it changes lines; else 0
 * @param added the lines that it adds
 * @param kept of the worth of units that came back, for what is sent instead
 * @param credited whether what goes back is the customer's store credit
 */
record Adjustment(Kind type, List<Line> lines, long shipping, long amount, long taxes, String reason, String note,
    boolean doneElsewhere, List<Part> parts, int change, List<Added> added,
    List<KeptWorth> kept, boolean credited) {

  Adjustment(Kind type, List<Line> lines, long shipping, long amount, long taxes, String reason, String note,
      boolean doneElsewhere, List<Part> parts) {
    this(type, lines, shipping, amount, taxes, reason, note, doneElsewhere, parts, 0, List.of());
  }

  Adjustment(Kind type, List<Line> lines, long shipping, long amount, long taxes, String reason, String note,
      boolean doneElsewhere, List<Part> parts, int change, List<Added> added) {
    this(type, lines, shipping, amount, taxes, reason, note, doneElsewhere, parts, change, added, List.of(), false);
  }

  enum Kind {
    REFUND, GOODWILL,
    /** Units came back. */
    RETURN,
    /** What a bank has taken back, and a person has accepted. */
    DISPUTE,
    /** Units are not wanted any more. */
    CANCELLATION,
    /** Lines are added, removed or changed. */
    EDIT;

    boolean isOfLines() {
      return this == CANCELLATION || this == EDIT;
    }
  }

  /** How far its money is; the decision stands. */
  enum Status {
    PENDING, COMPLETED, FAILED
  }

  /** A line that is added to the order, as it is sold. @param kit what it is packed out of; null if it is no kit */
  record Added(LineId id, OrderForm.Line line, boolean ships, Kit kit) {}

  /** Units of a line, and their share of its total. */
  record Line(LineId lineId, int quantity, long amount, long taxes) {}

  /** What goes back by one payment. */
  record Part(PaymentId payment, RefundId refund, long amount) {}

  /** What is changed of where the order goes, and none of its money. @param what without saying how */
  static Adjustment ofAddress(String what, String note) {
    return new Adjustment(Kind.EDIT, List.of(), 0, 0, 0, what, note, false, List.of());
  }

  /** The same, which also changes something else. */
  Adjustment because(String what) {
    return new Adjustment(type, lines, shipping, amount, taxes, what, note, doneElsewhere, parts, change, added, kept,
        credited);
  }

  Adjustment keeping(List<KeptWorth> worth) {
    return new Adjustment(type, lines, shipping, amount, taxes, reason, note, doneElsewhere, parts, change, added,
        worth, credited);
  }

  /** The same by the customer's store credit. */
  Adjustment asCredit() {
    return new Adjustment(type, lines, shipping, amount, taxes, reason, note, doneElsewhere, parts, change, added, kept,
        true);
  }

  int quantity(LineId line) {
    return lines.stream().filter(it -> it.lineId.equals(line)).mapToInt(Line::quantity).sum();
  }
}
