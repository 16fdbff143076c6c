package waybill.payments;

import java.time.Instant;
import java.util.Optional;
import waybill.messages.CreditId;
import waybill.messages.OrderId;
import waybill.platform.Outcome;
import waybill.platform.Refused;
import waybill.platform.Table.Key;

/**
 * One movement of a customer's store credit. Entries are numbered from 1 and never change, and the balance is what the latest says: whoever
 * appends writes the next number, which nobody else can have written. So no amount is spent twice, and no balance is below zero.
 *
 * @param amount in minor units: what is given is positive, what is spent is negative
 * @param balance after it; never negative
 * @param reference what somebody calls it, or null
 * @param order that it is of; null if a person gave or took it
 * @param by who decided it; null for what an order does by itself
 */
record CreditEntry(CreditId credit, int number, Kind kind, long amount, long balance, String reason, String reference,
    OrderId order, String by, Instant at) {
  /** A balance is an exact number in every client's JSON. */
  static final long MOST = 1_000_000_000_000_000L;

  enum Kind {
    /** A refund that did not go to what was paid by. */
    REFUND,
    /** An order is paid by it. */
    PAYMENT,
    /** An order that was paid by it is cancelled or refunded. */
    RELEASE,
    /** A person gave it or took it. */
    ADJUSTMENT
  }

  /** What is to be appended. */
  record Draft(Kind kind, long amount, String reason, String reference, OrderId order, String by, Instant at) {}

  static Key key(CreditId credit, int number) {
    return new Key(credit.value(), "%010d".formatted(number));
  }

  static Key key(CreditEntry it) {
    return key(it.credit, it.number);
  }

  /** The next entry; refused if there is not as much, or too much. @param last empty if there is none yet */
  static Outcome<CreditEntry> after(Optional<CreditEntry> last, CreditId credit, Draft draft) {
    long balance = last.map(CreditEntry::balance).orElse(0L);
    if (draft.amount < 0 && balance + draft.amount < 0) {
      return Refused.invalid("/amount", "too_much", "of the credit %d is left".formatted(balance))
          .about("maximum", balance).outcome();
    }
    if (balance + draft.amount > MOST) {
      return Refused.invalid("/amount", "too_much", "a credit is at most %d".formatted(MOST)).outcome();
    }
    return Outcome.of(new CreditEntry(credit, last.map(CreditEntry::number).orElse(0) + 1, draft.kind, draft.amount,
        balance + draft.amount, draft.reason, draft.reference, draft.order, draft.by, draft.at));
  }
}
