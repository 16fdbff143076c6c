package waybill.orders;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import waybill.messages.Money;
import waybill.messages.OrderId;
import waybill.messages.PaymentId;
import waybill.messages.PaymentStatus;
import waybill.messages.Refund;
import waybill.messages.RefundReason;

/** The axis of an order's money: its payments, whose money counts, and what must be refunded. */
record OrderMoney(List<OrderPayment> payments) {
  static final OrderMoney NONE = new OrderMoney(List.of());
  private static final Comparator<OrderPayment> LATEST_FIRST = Comparator
      .<OrderPayment, Instant>comparing(it -> it.payment().updatedAt(),
          Comparator.nullsFirst(Comparator.naturalOrder()))
      .thenComparing(OrderPayment::id).reversed();

  /**
   * This money after what is held was requested as far as it is needed now.
   *
   * @param needs what must be taken in all before something may leave, each with what it is needed for
   * @param complete whether the order needs nothing more of it later
   */
  OrderMoney collecting(OrderTerms terms, List<OrderPacking.Need> needs, boolean complete, Instant now) {
    OrderMoney next = this;
    if (terms.capturesAtOnce() && progress(terms) == PaymentProgress.AUTHORIZED) {
      next = new MoneyCaptures(next, terms).collecting(terms.total(), MoneyCaptures.AUTHORIZATION, now);
    }
    for (OrderPacking.Need it : needs) {
      next = new MoneyCaptures(next, terms).collecting(it.sum().min(terms.total()), it.cause(), now);
    }
    var captures = new MoneyCaptures(next, terms);
    return complete && isPaid(terms) && !captures.areUnderWay() ? captures.releasing(now) : next;
  }

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

  static boolean isOwn(OrderPayment it, OrderTerms terms) {
    return it.isExternal() || it.isCredit() || terms == null
        || terms.paymentAccounts().stream().anyMatch(its -> its.is(it.payment().provider(), it.payment().account()));
  }

  List<OrderPayment> counted(OrderTerms terms) {
    return own(terms).stream().filter(OrderPayment::counts).toList();
  }

  /** Whether all that is owed is there, and nothing of it is to be looked at first. */
  boolean isSettled(OrderTerms terms, OrderPhase phase) {
    return terms != null && isPaid(terms) && !isMismatched(terms, phase);
  }

  /** Whether a payment is of another amount or currency than the order. */
  boolean isMismatched(OrderTerms terms, OrderPhase phase) {
    return new MoneyHolds(this, terms, phase).areMismatched();
  }

  /** Whether all of its money came once, whatever was taken back since. */
  boolean hasCome(OrderTerms terms) {
    return PaymentProgress.authorized(counted(terms), terms.currency()).compareTo(terms.total()) >= 0;
  }

  /** Whether all that is owed was taken once, and nothing of it is to be looked at first, whatever was taken back since. */
  boolean hasBeenPaid(OrderTerms terms) {
    List<OrderPayment> counted = counted(terms);
    Money taken = PaymentProgress.captured(counted, terms.currency());
    return taken.compareTo(PaymentProgress.owed(counted, terms.total())) >= 0 && !isMismatched(terms, OrderPhase.OPEN);
  }

  /** Whether what is kept is all that is owed. */
  boolean isPaid(OrderTerms terms) {
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
    return payments.stream().anyMatch(it -> it.awaitsRefund() || it.balance().requestedParts().findAny().isPresent()
        || it.balance().movingParts().findAny().isPresent());
  }

  /** Whether a payment that the order named was never heard of: perhaps nobody watches for it. */
  boolean isUnheard(OrderPhase phase) {
    return phase != OrderPhase.CANCELLED && payments.stream().anyMatch(it -> it.expected() != null && it.counts()
        && !it.isExternal() && it.payment().status() == PaymentStatus.PENDING);
  }

  /** What a person must look at. */
  List<Hold> holds(OrderTerms terms, OrderPhase phase) {
    return new MoneyHolds(this, terms, phase).all();
  }

  /** Whether nothing of the order may leave, as its money is in doubt. */
  boolean stops(OrderTerms terms, OrderPhase phase) {
    return new MoneyHolds(this, terms, phase).stop();
  }

  OrderMoney accepted(OrderPayment differing) {
    return replacing(differing.accepted());
  }

  /** Nobody waits for this payment any more, and until then for another one. */
  OrderMoney voided(OrderPayment unwanted, Refund back, Instant until) {
    return replacing(unwanted.returned(back).dueBy(until));
  }

  /** Until then another payment is waited for instead of this one. */
  OrderMoney dueBy(PaymentId payment, Instant until) {
    return find(payment).map(it -> replacing(it.dueBy(until))).orElse(this);
  }

  private OrderMoney replacing(OrderPayment payment) {
    return new OrderMoney(payments.stream().map(it -> it.id().equals(payment.id()) ? payment : it).toList());
  }

  /** What has taken too long is marked for a person to see. @param asked whether somebody looks at it now */
  OrderMoney watched(OrderTerms terms, OrderPhase phase, boolean asked, Instant now) {
    if (!asked || !phase.placed()) {
      return this;
    }
    var times = new MoneyTimes(this, terms, phase);
    return new OrderMoney(payments.stream().map(it -> it.overdue(times.overdue(it, now))).toList());
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
    var holds = new MoneyHolds(this, terms, phase);
    if (open && counted.stream().anyMatch(it -> it.expected() != null && holds.differs(it))) {
      return surplus;
    }
    Money left = there(counted, terms.currency());
    for (OrderPayment it : counted.stream().filter(OrderPayment::hasMoney).filter(it -> !it.balance().isCredited())
        .sorted(LATEST_FIRST).toList()) {
      Money counts = there(List.of(it), terms.currency());
      boolean gone = it.payment().captured().isPositive() && !it.balance().there().isPositive();
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
  static Money there(List<OrderPayment> payments, String currency) {
    return payments.stream().filter(it -> currency.equals(it.payment().currency())).map(it -> it.balance().there())
        .reduce(Money.zero(currency), Money::plus);
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
