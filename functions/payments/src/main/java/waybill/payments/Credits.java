package waybill.payments;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.messages.CreditId;
import waybill.messages.Money;
import waybill.messages.OrderId;
import waybill.messages.Payment;
import waybill.messages.Refund;
import waybill.payments.CreditEntry.Draft;
import waybill.payments.CreditEntry.Kind;
import waybill.platform.Backoff;
import waybill.platform.Outcome;
import waybill.platform.Outcome.Declined;
import waybill.platform.Ports;
import waybill.platform.Stored;
import waybill.platform.Table;

/** The ledgers of store credit. Each entry stands with what says that it was made, in one transaction. */
record Credits(DynamoDbClient dynamo, Table<CreditEntry> entries, Table<CreditCause> causes,
    Table<CreditSpending> spendings) {

  static Credits of(Ports ports) {
    return new Credits(ports.dynamo(), new Table<>(ports, "PAYMENTS_TABLE", CreditEntry.class, CreditEntry::key),
        new Table<>(ports, "PAYMENTS_TABLE", CreditCause.class, CreditCause::key),
        new Table<>(ports, "PAYMENTS_TABLE", CreditSpending.class, it -> CreditSpending.key(it.payment())));
  }

  Optional<CreditEntry> last(CreditId credit) {
    return entries.last(credit.value()).map(Stored::value);
  }

  /** The entries before one, the newest first. @param before its number; empty for the newest */
  List<CreditEntry> page(CreditId credit, int before, int limit) {
    return entries.between(credit.value(), CreditEntry.key(credit, 0).sk(), CreditEntry.key(credit, before - 1).sk(),
        false, limit).stream().map(Stored::value).toList();
  }

  /** Moves a credit once for its cause. @return the entry that did, also if it was made before, of whichever credit; refused if there is not as much */
  Outcome<CreditEntry> move(CreditId credit, String cause, Draft draft) {
    var backoff = new Backoff();
    do {
      Optional<CreditEntry> before = causes.find(CreditCause.key(cause))
          .flatMap(it -> entries.find(CreditEntry.key(it.value().credit(), it.value().number()))).map(Stored::value);
      if (before.isPresent()) {
        return Outcome.of(before.get());
      }
      Outcome<CreditEntry> next = CreditEntry.after(last(credit), credit, draft);
      if (next instanceof Declined<CreditEntry>) {
        return next;
      }
      CreditEntry made = next.orElseThrow();
      if (Table.writeAll(dynamo, List.of(entries.insertion(made),
          causes.insertion(new CreditCause(credit, cause, made.number()))))) {
        return next;
      }
    } while (backoff.again());
    throw new Table.Contended("a credit");
  }

  /** Takes an amount for an order: all of it, or nothing if there is not as much. What goes back already is not taken. */
  CreditSpending spend(OrderId order, Payment payment, Money amount, Instant now) {
    var backoff = new Backoff();
    do {
      Optional<Stored<CreditSpending>> found = spendings.find(CreditSpending.key(payment.id()));
      if (found.filter(it -> it.value().spent() > 0 || it.value().closed()).isPresent()) {
        return found.get().value();
      }
      CreditSpending before = found.map(Stored::value).orElseGet(() -> CreditSpending.none(order, payment, now));
      Outcome<CreditEntry> taken = CreditEntry.after(last(before.credit()), before.credit(),
          new Draft(Kind.PAYMENT, -amount.minorUnits(), null, payment.reference(), order, null, now));
      if (taken instanceof Declined<CreditEntry>) {
        if (found.isPresent() || spendings.insert(before)) {
          return before;
        }
        continue; // somebody else has taken it, or closed it
      }
      CreditSpending spent = before.spending(amount.minorUnits(), now);
      if (write(found, spent, Optional.of(taken.orElseThrow()))) {
        return spent;
      }
    } while (backoff.again());
    throw new Table.Contended("a credit");
  }

  /** Puts back what an order has taken, all that is left of it or a part, once for its refund. A part of which not as much is left stays out. */
  CreditSpending release(OrderId order, Payment payment, Refund refund, Instant now) {
    var backoff = new Backoff();
    do {
      Optional<Stored<CreditSpending>> found = spendings.find(CreditSpending.key(payment.id()));
      CreditSpending before = found.map(Stored::value).orElseGet(() -> CreditSpending.none(order, payment, now));
      long amount = refund.reason().isPart()
          ? refund.amount().minorUnits()
          : refund.amount() == null ? before.left() : Math.min(refund.amount().minorUnits(), before.left());
      if (before.back(refund.id()).isPresent() || refund.reason().isPart() && amount > before.left()) {
        return before;
      }
      CreditSpending after = before.with(refund, amount, now);
      Optional<CreditEntry> entry = amount == 0
          ? Optional.empty()
          : Optional.of(CreditEntry.after(last(before.credit()), before.credit(), new Draft(Kind.RELEASE, amount, null,
              payment.reference(), order, null, now)).orElseThrow());
      if (write(found, after, entry)) {
        return after;
      }
    } while (backoff.again());
    throw new Table.Contended("a credit");
  }

  private boolean write(Optional<Stored<CreditSpending>> before, CreditSpending after, Optional<CreditEntry> entry) {
    TransactWriteItem moved = before.map(it -> spendings.replacement(it, after))
        .orElseGet(() -> spendings.insertion(after));
    return Table.writeAll(dynamo, entry.map(it -> List.of(entries.insertion(it), moved)).orElse(List.of(moved)));
  }
}
