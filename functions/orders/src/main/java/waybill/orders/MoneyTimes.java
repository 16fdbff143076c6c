package waybill.orders;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import waybill.messages.CancelReason;
import waybill.messages.PaymentStatus;
import waybill.messages.RefundStatus;

/** Until when an order waits for its money, and what follows from the time alone. */
record MoneyTimes(OrderMoney money, OrderTerms terms, OrderPhase phase) {
  /** How long a payment that is late at the end of its time may take before it is looked at again. */
  static final Duration TO_ANSWER = Duration.ofMinutes(5);
  /** After how long a refund or a capture that was not answered is requested again. */
  static final Duration TO_SETTLE = Duration.ofHours(1);
  /** After how long the provider is asked again about money that is on its way, in or out. */
  static final Duration TO_ARRIVE = Duration.ofHours(12);
  /** How long before what is authorised expires a person hears of it. */
  static final Duration TO_CAPTURE = Duration.ofDays(1);
  /** For how long another payment is waited for after one was refunded that the order could not use. */
  static final Duration TO_PAY_AGAIN = Duration.ofDays(1);
  /** How long before a transfer is due its customer is reminded: it takes a day or two. */
  static final Duration TO_TRANSFER = Duration.ofDays(2);
  /** For how long banks may take to move a refund; then a person must look. */
  static final Duration TO_REFUND = Duration.ofDays(14);

  /**
   * Whether money is still waited for, and only the time to pay ends that. Money that came and was taken back is no such
   * money: a person decides what becomes of its order.
   */
  private boolean isUnpaid() {
    return phase.goesOn() && money.isAwaited(terms) && !money.hasCome(terms) && !money.isMismatched(terms, phase)
        && !new MoneyHolds(money, terms, phase).areShort();
  }

  /** Why the order cannot go on; empty if its money does not stand in the way. @param asked whether its time may be up */
  Optional<CancelReason> end(boolean asked, Instant now) {
    if (money.progress(terms) == PaymentProgress.CANCELLED && !isProcessing() && isEndedByProvider()) {
      return Optional.of(CancelReason.PAYMENT_CANCELLED);
    }
    boolean expired = asked && isTimeUp(now) && unanswered(now).isEmpty();
    return expired ? Optional.of(CancelReason.PAYMENT_EXPIRED) : Optional.empty();
  }

  /** A payment that a person has voided may be followed by another one, as long as the order waits. */
  private boolean isEndedByProvider() {
    return money.own(terms).stream().anyMatch(it -> it.payment().status() == PaymentStatus.CANCELLED && !it.isVoided());
  }

  /**
   * Whether no more money is waited for: the time to pay is over and none is on its way, or what was authorised has
   * expired without a capture.
   */
  private boolean isTimeUp(Instant now) {
    boolean unpaid = isUnpaid() && !now.isBefore(payBy()) && !isProcessing();
    boolean lapsed = isUncaptured() && !now.isBefore(captureBefore().plus(TO_CAPTURE));
    return unpaid || lapsed;
  }

  /**
   * The payments whose providers must say how they stand before the order may do without their money: an event that
   * they were paid may be late, or lost.
   */
  List<OrderPayment> unanswered(Instant now) {
    boolean processes = isUnpaid() && isProcessing();
    Instant since = isUncaptured() ? captureBefore() : payBy();
    return processes || isTimeUp(now)
        ? money.own(terms).stream().filter(it -> it.isWatched() && (it.isProcessing() || !it.isAnswered(since)))
            .toList()
        : unansweredBeside(now);
  }

  /**
   * Payments that the order does without, because others have made up its total. Their customer may have made them too, and the event of
   * that may be lost: their providers are asked once the order has its money, and once more when nobody is expected to pay any longer.
   */
  private List<OrderPayment> unansweredBeside(Instant now) {
    if (!phase.goesOn() || money.isAwaited(terms)) {
      return List.of();
    }
    Instant completed = money.counted(terms).stream().filter(OrderPayment::hasMoney)
        .map(it -> it.payment().updatedAt()).filter(Objects::nonNull).max(Comparator.naturalOrder())
        .orElse(Instant.EPOCH);
    Instant since = now.isBefore(payBy()) || completed.isAfter(payBy()) ? completed : payBy();
    return money.own(terms).stream().filter(it -> it.isWatched() && !it.hasMoney() && !it.isAnswered(since)).toList();
  }

  /** When the payments are to be asked about that the order does without. */
  private Instant besideDueAt(Instant now) {
    if (!unansweredBeside(now).isEmpty()) {
      return now.plus(TO_ANSWER);
    }
    return now.isBefore(payBy()) && !unansweredBeside(payBy()).isEmpty() ? payBy() : null;
  }

  /**
   * Until when its money is waited for: as long as its channel waits, or a payment that was named later, or whose money the storefront sees
   * later, or another one instead of a voided one.
   */
  Instant payBy() {
    return money.own(terms).stream().filter(it -> it.isOutstanding() || it.isVoided())
        .map(OrderPayment::dueAt).filter(it -> it != null && it.isAfter(terms.payBy())).max(Comparator.naturalOrder())
        .orElse(terms.payBy());
  }

  /** When its customer is reminded of paying; null if they are not. */
  private Instant remindAt() {
    if (terms.remindAt() == null) {
      return null;
    }
    Instant payBy = payBy();
    Instant beforeTransfer = payBy.minus(TO_TRANSFER);
    return payBy.isAfter(terms.payBy()) && beforeTransfer.isAfter(terms.remindAt()) ? beforeTransfer : terms.remindAt();
  }

  /** Whether its customer is to be reminded of paying: not if their money is on its way. */
  boolean isReminded(Instant now) {
    return terms.remindAt() != null && isUnpaid() && !isProcessing() && !now.isBefore(remindAt())
        && now.isBefore(payBy());
  }

  /** Whether some of its money is on its way, by a method that takes days. */
  private boolean isProcessing() {
    return money.counted(terms).stream().anyMatch(OrderPayment::isProcessing);
  }

  /** Whether some of its money is only authorised, and the order waits for a capture. */
  private boolean isUncaptured() {
    return (phase == OrderPhase.OPEN || phase == OrderPhase.DISPATCHING)
        && money.progress(terms) == PaymentProgress.AUTHORIZED
        && !money.isMismatched(terms, phase);
  }

  /** Until when the first of what is authorised can be captured. */
  private Instant captureBefore() {
    return money.counted(terms).stream().filter(OrderPayment::isHeld)
        .map(it -> it.captureBefore(terms.payBy())).min(Comparator.naturalOrder()).orElse(terms.payBy());
  }

  /** What of a payment has taken too long, and a person must see; null if nothing has. */
  OrderPayment.Overdue overdue(OrderPayment it, Instant now) {
    boolean expires = phase.goesOn() && it.counts() && it.isHeld()
        && !now.isBefore(it.captureBefore(terms.payBy()).minus(TO_CAPTURE));
    boolean travels = Stream.concat(it.balance().movingParts(), Stream.ofNullable(it.refund()))
        .anyMatch(refund -> refund.status() == RefundStatus.PENDING
            && !now.isBefore(refund.updatedAt().plus(TO_REFUND)));
    return expires ? OrderPayment.Overdue.CAPTURE : travels ? OrderPayment.Overdue.REFUND : null;
  }

  /** When to look after the money of a placed order; null if nothing is waited for. */
  Instant dueAt(Instant now) {
    return OrderState.earliest(captureDueAt(now), refundDueAt(now), paymentDueAt(now), besideDueAt(now));
  }

  private Instant captureDueAt(Instant now) {
    return phase.goesOn() && new MoneyCaptures(money, terms).areUnderWay() ? now.plus(TO_SETTLE) : null;
  }

  private Instant refundDueAt(Instant now) {
    if (money.payments().stream()
        .anyMatch(it -> it.needsRefund() || it.balance().requestedParts().findAny().isPresent())) {
      return now.plus(TO_SETTLE);
    }
    return money.awaitsRefund() ? now.plus(TO_ARRIVE) : null;
  }

  private Instant paymentDueAt(Instant now) {
    if (isUncaptured()) {
      Instant last = captureBefore();
      return Stream.of(last.minus(TO_CAPTURE), last.plus(TO_CAPTURE)).filter(now::isBefore).findFirst()
          .orElse(now.plus(TO_SETTLE));
    }
    if (!isUnpaid()) {
      return null;
    }
    if (now.isBefore(payBy())) {
      Instant reminder = remindAt();
      return reminder != null && now.isBefore(reminder) ? reminder : payBy();
    }
    return now.plus(isProcessing() ? TO_ARRIVE : TO_ANSWER);
  }
}
