package waybill.orders;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import waybill.messages.Money;

/** What of an order's money a person must look at: it follows from its payments, and is there as long as its cause is. */
record MoneyHolds(OrderMoney money, OrderTerms terms, OrderPhase phase) {

  /** All of them; none as long as there is no order. */
  List<Hold> all() {
    if (!phase.placed()) {
      return List.of();
    }
    var holds = new ArrayList<Hold>();
    for (OrderPayment it : money.payments()) {
      alertHolds(it, holds);
      reason(it).ifPresent(reason -> holds.add(Hold.of(reason, it.id(), null,
          it.refund() == null ? it.payment().updatedAt() : it.refund().updatedAt())));
    }
    return holds;
  }

  /** Whether nothing of the order may leave, as its money is in doubt. */
  boolean stop() {
    return all().stream().anyMatch(it -> it.reason().stops());
  }

  /** Whether a payment is of another amount or currency than the order. */
  boolean areMismatched() {
    return all().stream().anyMatch(it -> it.reason() == Hold.Reason.PAYMENT_MISMATCH);
  }

  private void alertHolds(OrderPayment it, List<Hold> holds) {
    if (!phase.goesOn() || phase == OrderPhase.DISPATCHED || !it.counts()) {
      return;
    }
    it.openAlerts().forEach(alert -> holds.add(Hold.of(switch (alert.kind()) {
      case DISPUTE -> Hold.Reason.DISPUTED;
      case FRAUD_WARNING -> Hold.Reason.FRAUD_WARNING;
      case REVIEW -> Hold.Reason.PAYMENT_REVIEW;
    }, it.id(), null, alert.at())));
    if (it.isTakenBack()) {
      holds.add(Hold.of(Hold.Reason.MONEY_TAKEN_BACK, it.id(), null, it.payment().updatedAt()));
    }
  }

  private Optional<Hold.Reason> reason(OrderPayment it) {
    if (it.counts()) {
      if (phase.goesOn() && OrderMoney.isOwn(it, terms) && differs(it)) {
        return Optional.of(Hold.Reason.PAYMENT_MISMATCH);
      }
      if (it.owesPart()) {
        return Optional.of(it.isExternal() ? Hold.Reason.EXTERNAL_REFUND : Hold.Reason.REFUND_FAILED);
      }
      boolean expires = phase.goesOn() && it.isOnlyAuthorized() && it.overdue() == OrderPayment.Overdue.CAPTURE;
      return expires ? Optional.of(Hold.Reason.AUTHORIZATION_EXPIRING) : Optional.empty();
    }
    if (it.isExternal()) {
      return it.notYetBack().isPositive() ? Optional.of(Hold.Reason.EXTERNAL_REFUND) : Optional.empty();
    }
    return switch (it.refund().status()) {
      case FAILED -> Optional.of(Hold.Reason.REFUND_FAILED).filter(_ -> it.notYetBack().isPositive());
      case PENDING -> Optional.of(Hold.Reason.REFUND_OVERDUE).filter(_ -> it.overdue() == OrderPayment.Overdue.REFUND);
      default -> Optional.empty();
    };
  }

  /** Whether money is there that is not what the order asked for. What it did not name must make up the total. */
  boolean differs(OrderPayment it) {
    if (!it.hasMoney()) {
      return false;
    }
    if (!terms.currency().equals(it.payment().currency())) {
      return true;
    }
    return it.expected() == null
        ? !makesUpTotal()
        : !it.expected().equals(it.amount());
  }

  /** Whether what came is the total, or what is left of it after some was taken back and paid again. */
  private boolean makesUpTotal() {
    List<OrderPayment> counted = money.counted(terms);
    Money came = PaymentProgress.authorized(counted, terms.currency());
    Money gone = PaymentProgress.captured(counted, terms.currency())
        .minus(OrderMoney.there(counted, terms.currency()));
    return came.equals(terms.total()) || came.minus(gone).equals(terms.total());
  }

  /** The payment that a hold of this id is about because its amount or currency differs; empty if there is none. */
  Optional<OrderPayment> mismatched(HoldId hold) {
    return money.payments().stream()
        .filter(it -> reason(it).filter(reason -> reason == Hold.Reason.PAYMENT_MISMATCH)
            .filter(reason -> Hold.of(reason, it.id(), null, (Instant) null).id().equals(hold)).isPresent())
        .findFirst();
  }

  /** What is owed if a person accepts what differs in this payment. */
  Money owedWith(OrderPayment differing) {
    return differing.expected() == null
        ? PaymentProgress.authorized(money.counted(terms), terms.currency())
        : terms.total().plus(differing.amount()).minus(differing.expected());
  }
}
