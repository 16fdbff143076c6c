package waybill.orders;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import waybill.messages.Alert;
import waybill.messages.Money;
import waybill.messages.PaymentStatus;
import waybill.messages.RefundStatus;

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
      captureHold(it, holds);
      reasons(it).forEach(reason -> holds.add(Hold.of(reason, it.id(), null,
          it.refund() == null ? it.payment().updatedAt() : it.refund().updatedAt())));
    }
    // Two disputes of one payment are one hold.
    return holds.stream().collect(Collectors.toMap(Hold::id, it -> it, (first, _) -> first, LinkedHashMap::new))
        .values()
        .stream().toList();
  }

  /** Whether nothing of the order may leave, as its money is in doubt. */
  boolean stop() {
    return all().stream().anyMatch(it -> it.reason().stops());
  }

  /** Whether a payment is of another amount or currency than the order. */
  boolean areMismatched() {
    return phase.placed() && money.payments().stream().anyMatch(this::isMismatched);
  }

  private void alertHolds(OrderPayment it, List<Hold> holds) {
    boolean stoppable = phase.goesOn() && phase != OrderPhase.DISPATCHED && it.counts();
    // What a cancelled order is to refund cannot be refunded as long as its bank may decide.
    boolean refunds = phase == OrderPhase.CANCELLED && !it.counts() && !it.isSettled();
    it.balance().openAlerts().filter(alert -> stoppable || refunds && alert.kind() == Alert.Kind.DISPUTE)
        .forEach(alert -> holds.add(Hold.of(reason(alert), it.id(), null, alert.at())));
    if (stoppable && (it.balance().unexplained().isPositive() || it.balance().lost().findAny().isPresent())) {
      holds.add(Hold.of(Hold.Reason.MONEY_TAKEN_BACK, it.id(), null, it.payment().updatedAt()));
    }
  }

  static Hold.Reason reason(Alert alert) {
    return switch (alert.kind()) {
      case DISPUTE -> Hold.Reason.DISPUTED;
      case FRAUD_WARNING -> Hold.Reason.FRAUD_WARNING;
      case REVIEW -> Hold.Reason.PAYMENT_REVIEW;
      case CONTRADICTION -> Hold.Reason.PAYMENT_CONTRADICTED;
    };
  }

  /** What is refused stays so until another capture succeeds, or other money makes up for it. */
  private void captureHold(OrderPayment it, List<Hold> holds) {
    if (phase.goesOn() && it.counts() && OrderMoney.isOwn(it, terms) && !money.isPaid(terms)) {
      it.captures().refused()
          .ifPresent(refused -> holds.add(Hold.refused(Hold.Reason.CAPTURE_FAILED, it.id(), refused.code(),
              refused.updatedAt())));
    }
  }

  /** Whether less was captured than the order needs, and nothing more of it is held. */
  boolean areShort() {
    return phase.goesOn() && (!new MoneyCaptures(money, terms).shortened().isEmpty()
        || money.own(terms).stream().anyMatch(this::isLetGo));
  }

  /**
   * Whether money that was held was let go by its provider although something of the order has left: it can no longer end for that, and no time to
   * pay is waited for.
   */
  private boolean isLetGo(OrderPayment it) {
    boolean leaves = phase == OrderPhase.DISPATCHING || phase == OrderPhase.DISPATCHED;
    return leaves && it.counts() && !it.isVoided() && it.payment().status() == PaymentStatus.CANCELLED
        && it.payment().authorized().isPositive() && money.isAwaited(terms)
        && !new MoneyCaptures(money, terms).areUnderWay();
  }

  private boolean isMismatched(OrderPayment it) {
    return it.counts() && phase.goesOn() && OrderMoney.isOwn(it, terms) && differs(it);
  }

  private Stream<Hold.Reason> reasons(OrderPayment it) {
    var reasons = new ArrayList<Hold.Reason>();
    if (isMismatched(it)) {
      reasons.add(Hold.Reason.PAYMENT_MISMATCH);
    }
    if (phase.goesOn() && new MoneyCaptures(money, terms).shortened().contains(it) || isLetGo(it)) {
      reasons.add(Hold.Reason.CAPTURE_SHORT);
    }
    if (it.counts() && phase.goesOn() && it.isHeld() && it.overdue() == OrderPayment.Overdue.CAPTURE) {
      reasons.add(Hold.Reason.AUTHORIZATION_EXPIRING);
    }
    if (it.overdue() == OrderPayment.Overdue.REFUND && it.isRefundPending()) {
      reasons.add(Hold.Reason.REFUND_OVERDUE);
    }
    if (isStuck(it)) {
      reasons.add(it.isExternal() ? Hold.Reason.EXTERNAL_REFUND : Hold.Reason.REFUND_FAILED);
    }
    return reasons.stream();
  }

  /** Whether some of it was to go back and does not move: also a part that its bank refused after the rest had gone back. */
  private static boolean isStuck(OrderPayment it) {
    boolean partFailed = it.counts() || it.refund().status() == RefundStatus.SUCCEEDED;
    boolean wholeFailed = !it.counts() && (it.isExternal() || it.refund().status() == RefundStatus.FAILED);
    return partFailed && it.balance().owed().isPositive() || wholeFailed && it.balance().notYetBack().isPositive();
  }

  /** Whether money is there that is not what the order asked for. What it did not name must make up the total. */
  boolean differs(OrderPayment it) {
    if (!it.hasMoney()) {
      return false;
    }
    if (!terms.currency().equals(it.payment().currency())) {
      return true;
    }
    if (it.isCapturedByUs()) {
      return false;
    }
    return it.expected() == null
        ? !makesUpTotal()
        : !it.expected().equals(it.amount()) && !(terms.isRepriced() && makesUpTotal());
  }

  /** Whether what came is the total, or what is left of it after some was taken back and paid again. */
  private boolean makesUpTotal() {
    List<OrderPayment> counted = money.counted(terms);
    Money came = PaymentProgress.authorized(counted, terms.currency());
    Money gone = PaymentProgress.captured(counted, terms.currency())
        .minus(OrderMoney.there(counted, terms.currency()));
    // What was added since may be paid later, or in parts.
    boolean rest = came.compareTo(terms.firm().total()) >= 0 && came.compareTo(terms.total()) < 0;
    return rest || came.equals(terms.total()) || came.minus(gone).equals(terms.total());
  }

  /** A hold, and the payment that it is about. */
  record Found(Hold hold, OrderPayment payment) {}

  /** The hold of this id, if there is one. */
  Optional<Found> find(HoldId id) {
    return all().stream().filter(it -> it.id().equals(id)).findFirst()
        .flatMap(hold -> money.payments().stream()
            .filter(it -> Hold.of(hold.reason(), it.id(), null, hold.createdAt()).id().equals(id)).findFirst()
            .map(it -> new Found(hold, it)));
  }

  /** What is owed if a person accepts what differs in this payment. */
  Money owedWith(OrderPayment differing) {
    return differing.expected() == null
        ? PaymentProgress.authorized(money.counted(terms), terms.currency())
        : terms.total().plus(differing.amount()).minus(differing.expected());
  }
}
