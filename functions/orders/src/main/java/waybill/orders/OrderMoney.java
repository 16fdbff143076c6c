package waybill.orders;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import waybill.catalog.Channel.PaymentAccount;
import waybill.messages.CancelReason;
import waybill.messages.Money;
import waybill.messages.OrderId;
import waybill.messages.PaymentId;
import waybill.messages.PaymentStatus;
import waybill.messages.Refund;
import waybill.messages.RefundReason;
import waybill.messages.RefundStatus;

/** The axis of an order's money: its payments, whose money counts, and what must be refunded. */
record OrderMoney(List<OrderPayment> payments) {
  static final OrderMoney NONE = new OrderMoney(List.of());
  /** How long a payment that is late at the end of its time may take before it is looked at again. */
  static final Duration TO_ANSWER = Duration.ofMinutes(5);
  /** After how long a refund that was not answered is requested again. */
  static final Duration TO_SETTLE = Duration.ofHours(1);
  /** After how long the provider is asked again about money that is on its way, in or out. */
  static final Duration TO_ARRIVE = Duration.ofHours(12);
  /** How long before what is authorised expires a person hears of it. */
  static final Duration TO_CAPTURE = Duration.ofDays(1);
  /** For how long banks may take to move a refund; then a person must look. */
  static final Duration TO_REFUND = Duration.ofDays(14);

  private static final Comparator<OrderPayment> LATEST_FIRST = Comparator
      .<OrderPayment, Instant>comparing(it -> it.payment().updatedAt(),
          Comparator.nullsFirst(Comparator.naturalOrder()))
      .thenComparing(OrderPayment::id).reversed();

  /** The payments with news of one of them, or with one more. */
  OrderMoney with(OrderPayment news) {
    return new OrderMoney(Joined.with(payments, news, OrderPayment::id, OrderPayment::join));
  }

  /** With news of a refund of a part of one of them. */
  OrderMoney with(PaymentId payment, Refund part) {
    return new OrderMoney(payments.stream().map(it -> it.id().equals(payment) ? it.with(part) : it).toList());
  }

  /** How much of what is owed is there. @param terms null for a stub, of which nothing is owed yet */
  PaymentProgress progress(OrderTerms terms) {
    return terms == null ? PaymentProgress.PENDING : PaymentProgress.of(own(terms), terms.total());
  }

  /**
   * The payments whose money counts: by accounts of the channel, and what the storefront took itself. A provider's event may
   * name any order, so that test money could otherwise pay for a real one.
   */
  List<OrderPayment> own(OrderTerms terms) {
    return payments.stream().filter(it -> isOwn(it, terms)).toList();
  }

  private static boolean isOwn(OrderPayment it, OrderTerms terms) {
    return it.isExternal() || terms == null
        || terms.paymentAccounts().contains(new PaymentAccount(it.payment().provider(), it.payment().account()));
  }

  private List<OrderPayment> counted(OrderTerms terms) {
    return own(terms).stream().filter(OrderPayment::counts).toList();
  }

  /** Whether all that is owed is there, and nothing of it is to be looked at first. */
  boolean isSettled(OrderTerms terms, OrderPhase phase) {
    return terms != null && isPaid(terms) && !isMismatched(terms, phase);
  }

  /** Whether a payment is of another amount or currency than the order. */
  boolean isMismatched(OrderTerms terms, OrderPhase phase) {
    return holds(terms, phase).stream().anyMatch(it -> it.reason() == Hold.Reason.PAYMENT_MISMATCH);
  }

  /**
   * Whether money is still waited for, and only the time to pay ends that. Money that came and was taken back is no such
   * money: a person decides what becomes of its order.
   */
  private boolean isUnpaid(OrderTerms terms, OrderPhase phase) {
    return phase.goesOn() && isAwaited(terms) && !hasCome(terms) && !isMismatched(terms, phase);
  }

  /** Whether all of its money came once, whatever was taken back since. */
  boolean hasCome(OrderTerms terms) {
    return PaymentProgress.authorized(counted(terms), terms.currency()).compareTo(terms.total()) >= 0;
  }

  /** Whether what is kept is all that is owed. */
  private boolean isPaid(OrderTerms terms) {
    return PaymentProgress.isPaid(counted(terms), terms.total());
  }

  /** Whether the order still waits for money: what is held can be taken, and so is there. */
  boolean isAwaited(OrderTerms terms) {
    return !isPaid(terms) && progress(terms) != PaymentProgress.AUTHORIZED;
  }

  /** What the order is to have: its total without what was granted back; nothing once it is cancelled. */
  Money owed(OrderTerms terms, OrderPhase phase) {
    return phase.goesOn() ? PaymentProgress.owed(counted(terms), terms.total()) : Money.zero(terms.currency());
  }

  /** Whether somebody must still answer a refund. */
  boolean awaitsRefund() {
    return payments.stream().anyMatch(it -> it.awaitsRefund() || it.requestedParts().findAny().isPresent()
        || it.movingParts().findAny().isPresent());
  }

  /** Whether a payment that the order named was never heard of: perhaps nobody watches for it. */
  boolean isUnheard(OrderPhase phase) {
    return phase != OrderPhase.CANCELLED && payments.stream().anyMatch(it -> it.expected() != null && it.counts()
        && !it.isExternal() && it.payment().status() == PaymentStatus.PENDING);
  }

  /** What a person must look at; nothing as long as there is no order. */
  List<Hold> holds(OrderTerms terms, OrderPhase phase) {
    if (!phase.placed()) {
      return List.of();
    }
    var holds = new ArrayList<Hold>();
    for (OrderPayment it : payments) {
      alertHolds(it, phase, holds);
      holdReason(it, terms, phase).ifPresent(reason -> holds.add(Hold.of(reason, it.id(), null,
          it.refund() == null ? it.payment().updatedAt() : it.refund().updatedAt())));
    }
    return holds;
  }

  private static void alertHolds(OrderPayment it, OrderPhase phase, List<Hold> holds) {
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

  /** Whether nothing of the order may leave, as its money is in doubt. */
  boolean stops(OrderTerms terms, OrderPhase phase) {
    return holds(terms, phase).stream().anyMatch(it -> it.reason().stops());
  }

  private Optional<Hold.Reason> holdReason(OrderPayment it, OrderTerms terms, OrderPhase phase) {
    if (it.counts()) {
      if (phase.goesOn() && isOwn(it, terms) && differs(it, terms)) {
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
  private boolean differs(OrderPayment it, OrderTerms terms) {
    if (!it.hasMoney()) {
      return false;
    }
    if (!terms.currency().equals(it.payment().currency())) {
      return true;
    }
    return it.expected() == null
        ? !makesUpTotal(terms)
        : !it.expected().equals(it.amount());
  }

  /** Whether what came is the total, or what is left of it after some was taken back and paid again. */
  private boolean makesUpTotal(OrderTerms terms) {
    List<OrderPayment> counted = counted(terms);
    Money came = PaymentProgress.authorized(counted, terms.currency());
    Money gone = PaymentProgress.captured(counted, terms.currency()).minus(there(counted, terms.currency()));
    return came.equals(terms.total()) || came.minus(gone).equals(terms.total());
  }

  /** The payment that a hold of this id is about because its amount or currency differs; empty if there is none. */
  Optional<OrderPayment> mismatched(HoldId hold, OrderTerms terms, OrderPhase phase) {
    return payments.stream()
        .filter(it -> holdReason(it, terms, phase).filter(reason -> reason == Hold.Reason.PAYMENT_MISMATCH)
            .filter(reason -> Hold.of(reason, it.id(), null, null).id().equals(hold)).isPresent())
        .findFirst();
  }

  /** What is owed if a person accepts what differs in this payment. */
  Money owedWith(OrderPayment differing, OrderTerms terms) {
    return differing.expected() == null
        ? PaymentProgress.authorized(counted(terms), terms.currency())
        : terms.total().plus(differing.amount()).minus(differing.expected());
  }

  OrderMoney accepted(OrderPayment differing) {
    return new OrderMoney(payments.stream().map(it -> it.id().equals(differing.id()) ? it.accepted() : it).toList());
  }

  /** Why the order cannot go on; empty if its money does not stand in the way. @param asked whether its time may be up */
  Optional<CancelReason> end(OrderTerms terms, OrderPhase phase, boolean asked, Instant now) {
    if (progress(terms) == PaymentProgress.CANCELLED && !isProcessing(terms)) {
      return Optional.of(CancelReason.PAYMENT_CANCELLED);
    }
    boolean expired = asked && isTimeUp(terms, phase, now) && unanswered(terms, phase, now).isEmpty();
    return expired ? Optional.of(CancelReason.PAYMENT_EXPIRED) : Optional.empty();
  }

  /**
   * Whether no more money is waited for: the time to pay is over and none is on its way, or what was authorised has
   * expired without a capture.
   */
  private boolean isTimeUp(OrderTerms terms, OrderPhase phase, Instant now) {
    boolean unpaid = isUnpaid(terms, phase) && !now.isBefore(payBy(terms)) && !isProcessing(terms);
    boolean lapsed = isUncaptured(terms, phase)
        && !now.isBefore(captureBefore(terms).plus(TO_CAPTURE));
    return unpaid || lapsed;
  }

  /**
   * The payments whose providers must say how they stand before the order may do without their money: an event that
   * they were paid may be late, or lost.
   */
  List<OrderPayment> unanswered(OrderTerms terms, OrderPhase phase, Instant now) {
    boolean processes = isUnpaid(terms, phase) && isProcessing(terms);
    Instant since = isUncaptured(terms, phase) ? captureBefore(terms) : payBy(terms);
    return processes || isTimeUp(terms, phase, now)
        ? own(terms).stream().filter(it -> it.isWatched() && (it.isProcessing() || !it.isAnswered(since))).toList()
        : List.of();
  }

  /** Until when its money is waited for: as long as its channel waits, or a payment whose money the storefront sees later. */
  Instant payBy(OrderTerms terms) {
    return counted(terms).stream().filter(it -> it.payment().status() == PaymentStatus.PENDING)
        .map(OrderPayment::dueAt).filter(it -> it != null && it.isAfter(terms.payBy())).max(Comparator.naturalOrder())
        .orElse(terms.payBy());
  }

  /** Whether some of its money is on its way, by a method that takes days. */
  private boolean isProcessing(OrderTerms terms) {
    return counted(terms).stream().anyMatch(OrderPayment::isProcessing);
  }

  /** Whether its money is only authorised, and the order waits for a capture. */
  private boolean isUncaptured(OrderTerms terms, OrderPhase phase) {
    return phase == OrderPhase.OPEN && progress(terms) == PaymentProgress.AUTHORIZED && !isMismatched(terms, phase);
  }

  /** Until when the first of what is authorised can be captured. */
  private Instant captureBefore(OrderTerms terms) {
    return counted(terms).stream().filter(OrderPayment::isOnlyAuthorized).map(it -> it.captureBefore(terms.payBy()))
        .min(Comparator.naturalOrder()).orElse(terms.payBy());
  }

  /** What has taken too long is marked for a person to see. @param asked whether somebody looks at it now */
  OrderMoney watched(OrderTerms terms, OrderPhase phase, boolean asked, Instant now) {
    if (!asked || !phase.placed()) {
      return this;
    }
    return new OrderMoney(payments.stream().map(it -> it.overdue(overdue(it, terms, phase, now))).toList());
  }

  private static OrderPayment.Overdue overdue(OrderPayment it, OrderTerms terms, OrderPhase phase, Instant now) {
    boolean expires = phase.goesOn() && it.counts() && it.isOnlyAuthorized()
        && !now.isBefore(it.captureBefore(terms.payBy()).minus(TO_CAPTURE));
    boolean travels = !it.counts() && it.refund().status() == RefundStatus.PENDING
        && !now.isBefore(it.refund().updatedAt().plus(TO_REFUND));
    return expires ? OrderPayment.Overdue.CAPTURE : travels ? OrderPayment.Overdue.REFUND : null;
  }

  /** Money that nobody is owed is to be refunded: all of it if there is no order, else what the order cannot use. */
  OrderMoney refunded(OrderTerms terms, OrderPhase phase, Instant now) {
    if (!phase.goesOn()) {
      RefundReason reason = phase.placed() ? RefundReason.ORDER_CANCELLED : RefundReason.NO_ORDER;
      return refunded(payments.stream()
          .filter(it -> it.counts() && (it.hasMoney() || isOwn(it, terms) && !it.isExternal())), reason, now);
    }
    Stream<OrderPayment> foreign = payments.stream()
        .filter(it -> !isOwn(it, terms) && it.counts() && it.hasMoney());
    return refunded(foreign, RefundReason.WRONG_ACCOUNT, now)
        .refunded(surplus(terms, phase).stream(), RefundReason.PAID_TWICE, now);
  }

  private OrderMoney refunded(Stream<OrderPayment> back, RefundReason reason, Instant now) {
    return back.map(it -> it.returned(Refund.requested(it.id(), reason, now)))
        .reduce(this, OrderMoney::with, (_, last) -> last);
  }

  /**
   * The payments without which the order is paid all the same, the latest first. If one is not what the order named, what
   * was too much is not decided before a person has looked, unless it is too late for that.
   */
  private List<OrderPayment> surplus(OrderTerms terms, OrderPhase phase) {
    var surplus = new ArrayList<OrderPayment>();
    List<OrderPayment> counted = counted(terms);
    boolean open = phase == OrderPhase.OPEN;
    if (open && counted.stream().anyMatch(it -> it.expected() != null && differs(it, terms))) {
      return surplus;
    }
    Money left = there(counted, terms.currency());
    for (OrderPayment it : counted.stream().filter(OrderPayment::hasMoney).sorted(LATEST_FIRST).toList()) {
      Money counts = there(List.of(it), terms.currency());
      boolean gone = it.payment().captured().isPositive() && !it.there().isPositive();
      boolean needed = left.minus(counts).compareTo(terms.total()) < 0 || gone
          || counts.isZero() && !it.isOnlyAuthorized() && open;
      if (!needed) {
        left = left.minus(counts);
        surplus.add(it);
      }
    }
    return surplus;
  }

  /** What was taken and not taken back beside us. Only what is in the order's currency counts. */
  private static Money there(List<OrderPayment> payments, String currency) {
    return payments.stream().filter(it -> currency.equals(it.payment().currency())).map(OrderPayment::there)
        .reduce(Money.zero(currency), Money::plus);
  }

  /** When to look after the money of a placed order; null if nothing is waited for. */
  Instant dueAt(OrderTerms terms, OrderPhase phase, Instant now) {
    return OrderState.earliest(refundDueAt(now), paymentDueAt(terms, phase, now));
  }

  private Instant refundDueAt(Instant now) {
    if (payments.stream().anyMatch(it -> it.needsRefund() || it.requestedParts().findAny().isPresent())) {
      return now.plus(TO_SETTLE);
    }
    return awaitsRefund() ? now.plus(TO_ARRIVE) : null;
  }

  private Instant paymentDueAt(OrderTerms terms, OrderPhase phase, Instant now) {
    if (isUncaptured(terms, phase)) {
      Instant last = captureBefore(terms);
      return Stream.of(last.minus(TO_CAPTURE), last.plus(TO_CAPTURE)).filter(now::isBefore).findFirst()
          .orElse(now.plus(TO_SETTLE));
    }
    if (!isUnpaid(terms, phase)) {
      return null;
    }
    if (now.isBefore(payBy(terms))) {
      return payBy(terms);
    }
    return now.plus(isProcessing(terms) ? TO_ARRIVE : TO_ANSWER);
  }

  /** Whether a person has granted something back. */
  boolean isAdjusted() {
    return payments.stream().anyMatch(it -> !it.parts().isEmpty());
  }

  Optional<OrderPayment> find(PaymentId id) {
    return payments.stream().filter(it -> it.id().equals(id)).findFirst();
  }

  /** @throws IllegalTransition if money cannot go here from where it was, or money that was taken is gone */
  void after(OrderMoney before, OrderTerms terms, OrderId order) {
    PaymentProgress was = before.progress(terms);
    boolean gone = before.payments.stream().anyMatch(it -> it.payment().captured().isPositive()
        && find(it.id()).filter(now -> now.payment().captured().minorUnits() >= it.payment().captured().minorUnits())
            .isEmpty());
    IllegalTransition.requireLegal(order, was, progress(terms), gone ? Set.of() : was.next());
  }
}
