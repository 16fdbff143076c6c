package waybill.orders;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import waybill.messages.Capture;
import waybill.messages.CaptureId;
import waybill.messages.Money;
import waybill.messages.WithoutMulticapture;

/**
 * What of an order's authorised money is captured, by which payments, and what is released at the end. A payment is captured once for each
 * cause; what the provider refuses for good is not tried again by itself.
 */
record MoneyCaptures(OrderMoney money, OrderTerms terms) {
  /** The cause of what is captured as soon as it is authorised. */
  static final String AUTHORIZATION = "authorization";
  /** The cause of what is released once the order needs no more. */
  static final String REST = "rest";

  /** What the order has taken, whatever has gone back since. */
  Money taken() {
    return PaymentProgress.captured(money.counted(terms), terms.currency());
  }

  /** Whether the provider must still answer a capture. */
  boolean areUnderWay() {
    return pending().findAny().isPresent();
  }

  /** The payments with captures that the provider must still answer. */
  Stream<OrderPayment> pending() {
    return money.counted(terms).stream().filter(it -> it.captures().pending().findAny().isPresent());
  }

  /**
   * The order's money after all was requested that makes up a sum together with what is taken already. Of one payment there is one
   * capture under way at most: the last one releases the rest, and must not overtake another. The answer asks for the next.
   *
   * @param sum at most what the order is to have in all
   * @param cause what needs it; for one cause there is one capture of each payment
   */
  OrderMoney collecting(Money sum, String cause, Instant now) {
    long collected = ours().map(OrderPayment::collected).mapToLong(Money::minorUnits).sum();
    long needed = sum.minorUnits() - collected;
    long inAll = terms.total().minorUnits() - collected;
    OrderMoney next = money;
    for (OrderPayment it : ours().filter(its -> its.capturable().isPositive()).toList()) {
      long held = it.capturable().minorUnits();
      long wanted = Math.min(held, Math.max(0, inAll));
      long amount = Math.min(wanted, chargeable(it, Math.max(0, needed)));
      CaptureId id = CaptureId.of(it.id(), cause);
      boolean free = it.captures().pending().findAny().isEmpty() && !it.captures().isFull();
      if (amount > 0 && free && it.captures().find(id).isEmpty()) {
        next = next.with(it.with(Capture.requested(id, inCurrency(amount), inCurrency(wanted - amount),
            wanted == amount, otherwise(it), now)));
      }
      needed -= amount;
      inAll -= wanted;
    }
    return next;
  }

  /** At least so much, in the steps in which its provider charges. */
  private static long chargeable(OrderPayment payment, long amount) {
    long step = Placing.step(payment.payment().provider(), payment.payment().currency());
    return Math.ceilDiv(amount, step) * step;
  }

  /** What is still to be captured before a sum is taken. */
  Money missing(Money sum) {
    return inCurrency(Math.max(0,
        sum.minorUnits() - ours().map(OrderPayment::collected).mapToLong(Money::minorUnits).sum()));
  }

  /** What is left of payments that were captured in part is released: the order has all that it needs. */
  OrderMoney releasing(Instant now) {
    OrderMoney next = money;
    for (OrderPayment it : ours().filter(its -> its.capturable().isPositive() && its.payment().captured().isPositive())
        .toList()) {
      next = next.with(releasing(it, REST, now));
    }
    return next;
  }

  /** A payment whose rest is to be released. */
  OrderPayment releasing(OrderPayment it, String cause, Instant now) {
    Money nothing = Money.zero(it.payment().currency());
    return it.with(Capture.requested(CaptureId.of(it.id(), cause), nothing, nothing, true, otherwise(it), now));
  }

  private Stream<OrderPayment> ours() {
    return money.counted(terms).stream().filter(it -> it.payment().currency().equals(terms.currency()));
  }

  private Money inCurrency(long amount) {
    return new Money(amount, terms.currency());
  }

  /** What its account says about payments that can be captured only once. */
  WithoutMulticapture otherwise(OrderPayment payment) {
    return terms.paymentAccounts().stream()
        .filter(it -> it.is(payment.payment().provider(), payment.payment().account()))
        .map(it -> it.withoutMulticapture()).findFirst().orElse(WithoutMulticapture.HOLD);
  }

  /** The payments of which less was captured than the order named, which was decided here or when the authorisation expired. */
  List<OrderPayment> shortened() {
    List<OrderPayment> less = ours().filter(OrderPayment::isShort).toList();
    boolean open = !less.isEmpty() && money.progress(terms) == PaymentProgress.PARTIALLY_PAID && !areUnderWay();
    return open ? less : List.of();
  }
}
