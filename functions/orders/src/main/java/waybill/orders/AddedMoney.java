package waybill.orders;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import waybill.messages.Money;

/**
 * What was added to an order after it was placed, and is still to be paid. The whole order waits for it, so somebody looks after a while: the
 * providers are asked, and then a person is.
 */
record AddedMoney(OrderMoney money, OrderTerms terms, OrderPhase phase) {
  /** How long it may take to be paid before a person hears of it. */
  static final Duration TO_PAY = Duration.ofDays(1);

  /** Whether the order has all that it was to have when it was placed, and only lacks what was added since. */
  boolean isUnpaid() {
    return phase.goesOn() && terms.later() > 0 && money.isAwaited(terms) && !money.isAwaited(terms.firm())
        && !money.isMismatched(terms, phase) && !new MoneyHolds(money, terms, phase).areShort();
  }

  /** How much is not there: neither taken nor held. */
  Money due() {
    Money there = PaymentProgress.authorized(money.counted(terms), terms.currency());
    Money gone = PaymentProgress.captured(money.counted(terms), terms.currency())
        .minus(PaymentProgress.kept(money.counted(terms), terms.currency()));
    Money owed = PaymentProgress.owed(money.counted(terms), terms.total());
    return owed.minus(there.minus(gone)).max(Money.zero(terms.currency()));
  }

  /** Until when it is waited for: a payment that was named for it may take longer. */
  private Instant until() {
    Instant by = terms.laterBy() == null ? terms.payBy() : terms.laterBy();
    return money.own(terms).stream().filter(OrderPayment::isOutstanding).map(OrderPayment::dueAt)
        .filter(it -> it != null && it.isAfter(by)).max(Comparator.naturalOrder()).orElse(by);
  }

  private boolean isLate(Instant now) {
    return isUnpaid() && !now.isBefore(until());
  }

  /** The payments whose providers must say first how they stand; each is asked again from time to time. */
  List<OrderPayment> unanswered(Instant now) {
    if (!isLate(now)) {
      return List.of();
    }
    Instant recently = now.minus(MoneyTimes.TO_ARRIVE);
    Instant since = recently.isAfter(until()) ? recently : until();
    return money.own(terms).stream().filter(it -> it.isWatched() && !it.hasMoney() && !it.isAnswered(since)).toList();
  }

  /** Whether a person must look: nothing of it is on its way. */
  boolean isOverdue(Instant now) {
    return isLate(now) && unanswered(now).isEmpty()
        && money.counted(terms).stream().noneMatch(OrderPayment::isProcessing);
  }

  /** When to look after it; null if nothing is waited for. */
  Instant dueAt(Instant now) {
    if (!isUnpaid()) {
      return null;
    }
    if (!isLate(now)) {
      return until();
    }
    return now.plus(unanswered(now).isEmpty() ? MoneyTimes.TO_ARRIVE : MoneyTimes.TO_ANSWER);
  }
}
