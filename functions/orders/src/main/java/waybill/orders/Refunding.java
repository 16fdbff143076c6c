package waybill.orders;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import waybill.messages.LineId;
import waybill.messages.Money;
import waybill.messages.PaymentId;
import waybill.messages.Refund;
import waybill.messages.RefundId;
import waybill.messages.RefundReason;
import waybill.messages.RefundStatus;
import waybill.orders.Adjustment.Part;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.platform.Violation;

/**
 * What a person grants back of an order, and by which payments it goes: never more than is there, no unit and no shipping twice, and
 * for all units together the line's total to the cent.
 *
 * @param before what was granted before
 * @param id of this one: refunds are named by it, so a repeated request makes no second
 */
record Refunding(OrderLines lines, OrderState state, List<Adjustment> before, String id, Instant now) {

  static Refunding of(OrderContent placed, OrderState state, List<OrderCommand> before, String id, Instant now) {
    List<Adjustment> refunds = before.stream().map(OrderCommand::adjustment)
        .filter(it -> it != null && !it.type().isOfLines()).toList();
    return new Refunding(OrderLines.of(placed, state.changes(), before), state, refunds, id, now);
  }

  TakenUnits taken() {
    return new TakenUnits(lines, before);
  }

  private OrderForm order() {
    return lines.content().form();
  }

  /**
   * What is asked for.
   *
   * @param amount null: what lines and shipping are worth
   * @param payment which payment it is to go by; null for any
   * @param toCredit whether it goes to the customer's store credit; the payments that it is of keep their money
   */
  record Form(Adjustment.Kind kind, List<Units> lines, boolean shipping, Long amount, String reason, String note,
      PaymentId payment, boolean doneElsewhere, boolean toCredit) {
    Form(Adjustment.Kind kind, List<Units> lines, boolean shipping, Long amount, String reason, String note,
        PaymentId payment, boolean doneElsewhere) {
      this(kind, lines, shipping, amount, reason, note, payment, doneElsewhere, false);
    }
  }

  /** @param lineId of a line, or of one component of a kit */
  record Units(LineId lineId, int quantity) {

    /** Whether some unit may be one of both: a kit has each of its components. */
    boolean overlaps(Units other) {
      return lineId.equals(other.lineId) || lineId.equals(other.lineId.ordered())
          || lineId.ordered().equals(other.lineId);
    }
  }

  /** The order after it, and what was granted. */
  record Granted(OrderState state, Adjustment adjustment) {}

  Outcome<Granted> grant(Form form) {
    List<Violation> errors = check(form);
    if (!errors.isEmpty()) {
      return Refused.invalid(errors).outcome();
    }
    if (state.changes().open() != null && !form.lines.isEmpty()) {
      return Refused.conflict("change_pending", "a change of its lines still waits for stock: retry later").outcome();
    }
    if (state.isCancelled() && !form.doneElsewhere) {
      return Refused.conflict("order_cancelled",
          "it is cancelled and its money goes back by itself; with done_elsewhere say what went back on another way")
          .outcome();
    }
    List<Adjustment.Line> shares = form.lines.stream().map(it -> taken().next(it.lineId, it.quantity)).toList();
    long shipping = form.shipping ? order().shipping().total() : 0;
    long worth = shares.stream().mapToLong(Adjustment.Line::amount).sum() + shipping + rounding(form);
    long amount = form.amount == null ? worth : form.amount;
    long most = limited(form) ? Math.min(worth, left(form)) : left(form);
    if (amount > most) {
      return tooMuch(form, amount, most).outcome();
    }
    long taxes = amount == worth ? shares.stream().mapToLong(Adjustment.Line::taxes).sum() + shippingTaxes(form) : 0;
    List<Part> parts = parts(form, amount);
    var adjustment = new Adjustment(form.kind, shares, shipping, amount, taxes, form.reason, form.note,
        form.doneElsewhere, parts);
    return Outcome.of(new Granted(after(form, parts), form.toCredit ? adjustment.asCredit() : adjustment));
  }

  boolean canRefundShipping() {
    return order().shipping() != null && before.stream().noneMatch(it -> it.shipping() > 0);
  }

  /**
   * Grants what units are worth that came back, with the shipping if that goes back, without what is kept of it; at most what is there. The taxes
   * of what is kept are kept, too.
   *
   * @param kept of the units' worth
   * @param feePercent of what is left of it
   * @param credit what goes back without units, and is no part of what these are worth
   * @param toCredit whether it goes to the customer's store credit, if they can have any
   */
  Outcome<Granted> grantReturn(List<Units> units, boolean shipping, long kept, int feePercent, long credit,
      boolean toCredit, String reason) {
    if (state.changes().open() != null && !units.isEmpty()) {
      return Refused.conflict("change_pending", "a change of its lines still waits for stock: retry later").outcome();
    }
    var form = new Form(Adjustment.Kind.RETURN, units, shipping, null, reason, null, null, false,
        toCredit && order().credit().isPresent());
    List<Adjustment.Line> shares = units.stream().map(it -> taken().next(it.lineId, it.quantity)).toList();
    long ofShipping = shipping ? order().shipping().total() : 0;
    long ofUnits = shares.stream().mapToLong(Adjustment.Line::amount).sum() + rounding(form);
    long fee = ReturnRefunding.percent(ofUnits - kept, feePercent);
    long worth = ofUnits + ofShipping;
    long ofThese = Math.max(0, Math.min(worth - kept - fee, left(form)));
    long amount = ofThese + Math.min(credit, left(form) - ofThese);
    long taxes = shares.stream().mapToLong(Adjustment.Line::taxes).sum() + shippingTaxes(form);
    long keptTaxes = worth == 0 ? 0 : Math.floorDiv(2 * taxes * (worth - ofThese) + worth, 2 * worth);
    List<Part> parts = parts(form, amount);
    var adjustment = new Adjustment(form.kind, shares, ofShipping, amount, taxes - keptTaxes, form.reason, null, false,
        parts);
    return Outcome.of(new Granted(after(form, parts), form.toCredit ? adjustment.asCredit() : adjustment));
  }

  /** What of the order's money is there. */
  long there() {
    return own().mapToLong(it -> it.balance().refundable().minorUnits()).sum();
  }

  /** Whoever takes back the last of an order takes back its rounding: all of it together is the total to the cent. */
  private long rounding(Form form) {
    boolean shippingBack = order().shipping() == null || form.shipping
        || before.stream().anyMatch(it -> it.shipping() > 0);
    int left = taken().left();
    int taken = form.lines.stream().mapToInt(it -> lines.packedUnits(it.lineId, it.quantity)).sum();
    return limited(form) && shippingBack && taken == left ? order().roundingAmount() : 0;
  }

  /** Lines are worth what they are worth; an amount on its own may be all that is there. */
  private static boolean limited(Form form) {
    return !form.lines.isEmpty() || form.shipping;
  }

  private long shippingTaxes(Form form) {
    return form.shipping ? Shares.taxes(order().shipping().taxes()) : 0;
  }

  private List<Violation> check(Form form) {
    var errors = new ArrayList<Violation>();
    if (!limited(form) && form.amount == null) {
      errors.add(new Violation("/amount", "required", "name lines, shipping or an amount"));
    }
    if (form.kind == Adjustment.Kind.GOODWILL && limited(form)) {
      errors
          .add(new Violation("/kind", "not_allowed", "goodwill leaves lines and shipping as they are: name an amount"));
    }
    if (form.toCredit && order().credit().isEmpty()) {
      errors.add(new Violation("/refund_to", "guest", "a guest has no store credit"));
    }
    if (form.shipping && order().shipping() == null) {
      errors.add(new Violation("/shipping", "unknown", "the order has no shipping"));
    } else if (form.shipping && before.stream().anyMatch(it -> it.shipping() > 0)) {
      errors.add(new Violation("/shipping", "refunded_before", "its shipping was refunded before"));
    }
    if (form.payment != null && own().noneMatch(it -> it.id().equals(form.payment))) {
      errors.add(new Violation("/payment_id", "unknown", "the order has no such payment"));
    }
    for (int i = 0; i < form.lines.size(); i++) {
      Units units = form.lines.get(i);
      boolean known = lines.knows(units.lineId) || lines.content().component(units.lineId).isPresent();
      int left = known ? taken().left(units.lineId) : 0;
      if (!known) {
        errors.add(new Violation("/lines/" + i + "/line_id", "unknown", "the order has no such line"));
      } else if (form.lines.subList(0, i).stream().anyMatch(it -> it.overlaps(units))) {
        errors.add(new Violation("/lines/" + i + "/line_id", "repeated", "the line is named twice"));
      } else if (units.quantity > left) {
        errors.add(new Violation("/lines/" + i + "/quantity", "too_much",
            "of %s %d can still be refunded".formatted(units.lineId, left)));
      }
    }
    return errors;
  }

  private Stream<OrderPayment> own() {
    return state.money().own(state.terms()).stream()
        .filter(it -> it.payment().currency().equals(order().currency()));
  }

  /** Those that it may go by: what moves by itself first, in the order in which the order named them. */
  private Stream<OrderPayment> payments(Form form) {
    Comparator<OrderPayment> external = Comparator.comparing(OrderPayment::isExternal);
    return own().filter(it -> form.payment == null || it.id().equals(form.payment))
        .sorted(form.doneElsewhere ? external.reversed() : external);
  }

  private long left(Form form) {
    return payments(form).mapToLong(it -> left(form, it)).sum();
  }

  /** Failed refunds, and those of money that the storefront took, may have been made good on another way. */
  private static long left(Form form, OrderPayment it) {
    return (form.doneElsewhere ? it.balance().sayable() : it.balance().refundable()).minorUnits();
  }

  private Refused tooMuch(Form form, long amount, long most) {
    var rests = new ArrayList<Map<String, Object>>();
    payments(form).forEach(it -> {
      var rest = new LinkedHashMap<String, Object>();
      rest.put("payment_id", it.id().value());
      rest.put("maximum", left(form, it));
      rests.add(rest);
    });
    String detail = "%d is more than can be refunded: at most %d".formatted(amount, most);
    return Refused.invalid("/amount", "too_much", detail).about("maximum", most).about("payments", rests);
  }

  private List<Part> parts(Form form, long amount) {
    var parts = new ArrayList<Part>();
    long left = amount;
    for (OrderPayment it : payments(form).toList()) {
      long part = Math.min(left, left(form, it));
      if (part > 0) {
        parts.add(new Part(it.id(), RefundId.of(it.id(), id), part));
        left -= part;
      }
    }
    return parts;
  }

  private OrderState after(Form form, List<Part> parts) {
    RefundReason reason = form.toCredit
        ? RefundReason.CREDITED
        : form.doneElsewhere
            ? RefundReason.DONE_ELSEWHERE
            : form.kind == Adjustment.Kind.GOODWILL ? RefundReason.GOODWILL : RefundReason.GRANTED;
    RefundStatus status = form.doneElsewhere || form.toCredit ? RefundStatus.SUCCEEDED : RefundStatus.REQUESTED;
    OrderState after = state;
    for (Part part : parts) {
      var amount = new Money(part.amount(), order().currency());
      after = after.withRefund(part.payment(), new Refund(part.refund(), reason, status, amount, now));
    }
    return after;
  }
}
