package waybill.payments;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import waybill.messages.CreditId;
import waybill.messages.Money;
import waybill.messages.OrderId;
import waybill.messages.Payment;
import waybill.messages.PaymentId;
import waybill.messages.PaymentStatus;
import waybill.messages.Refund;
import waybill.messages.RefundId;
import waybill.messages.RefundStatus;
import waybill.platform.Table.Key;

/**
 * What an order takes out of its customer's credit: all of the amount at once, or nothing. What is to go back before it was taken is never taken.
 *
 * @param currency of its amounts
 * @param spent 0 as long as nothing was taken
 * @param at when it was taken, or else when it was first refused or closed
 * @param backs what has gone back of it, each once
 * @param closed whether all of it goes back, so that nothing is taken any more
 */
record CreditSpending(PaymentId payment, OrderId order, CreditId credit, String currency, long spent, Instant at,
    List<Back> backs, boolean closed) {

  /** @param amount 0 if nothing was left of it */
  record Back(RefundId refund, long amount, Instant at) {}

  static Key key(PaymentId payment) {
    return new Key(payment.value(), "credit");
  }

  static CreditSpending none(OrderId order, Payment payment, Instant now) {
    return new CreditSpending(payment.id(), order, new CreditId(payment.account()), payment.currency(), 0, now,
        List.of(), false);
  }

  CreditSpending spending(long amount, Instant now) {
    return new CreditSpending(payment, order, credit, currency, amount, now, backs, closed);
  }

  CreditSpending with(Refund refund, long amount, Instant now) {
    return new CreditSpending(payment, order, credit, currency, spent, at,
        Stream.concat(backs.stream(), Stream.of(new Back(refund.id(), amount, now))).toList(),
        closed || !refund.reason().isPart());
  }

  long left() {
    return spent - backs.stream().mapToLong(Back::amount).sum();
  }

  Optional<Back> back(RefundId refund) {
    return backs.stream().filter(it -> it.refund.equals(refund)).findFirst();
  }

  /** The payment as its order knows it: paid, or refused. */
  Payment of(Payment named) {
    var money = new Money(spent, currency);
    return new Payment(named.id(), named.provider(), named.account(), named.reference(),
        spent > 0 ? PaymentStatus.CAPTURED : PaymentStatus.FAILED, money, money, at);
  }

  /** How a refund of it has ended. */
  Refund answer(Refund asked) {
    Optional<Back> back = back(asked.id());
    if (back.isEmpty()) {
      return new Refund(asked.id(), asked.reason(), RefundStatus.FAILED, asked.amount(), at);
    }
    boolean nothing = spent == 0;
    return new Refund(asked.id(), asked.reason(), nothing ? RefundStatus.VOIDED : RefundStatus.SUCCEEDED,
        nothing ? null : new Money(back.get().amount, currency), back.get().at);
  }
}
