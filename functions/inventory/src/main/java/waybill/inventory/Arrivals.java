package waybill.inventory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.messages.Sku;
import waybill.messages.StockMessages.BackordersDue;
import waybill.platform.Backoff;
import waybill.platform.Outcome;
import waybill.platform.Ports;
import waybill.platform.Refused;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.platform.Table.Key;

/**
 * Writes goods that are on their way. Their record, what its pool expects by it and the counters are written in one transaction, so no unit
 * is counted as coming after it has come.
 */
final class Arrivals<A extends Record & Arrival<A>> {
  private final String name;
  private final Table<A> records;
  private final Table<Receipt> receipts;
  private final Table<Expected> expected;
  private final Counters counters;
  private final Transactions transactions;

  /** @param name what one is called, for who asks for one that there is not */
  Arrivals(String name, Class<A> type, Ports ports, String variable, Counters counters) {
    this.name = name;
    this.records = new Table<>(ports, variable, type, it -> key(it.id()));
    this.receipts = new Table<>(ports, variable, Receipt.class, it -> new Key(it.id().value(), "receipt"));
    this.expected = new Table<>(ports, variable, Expected.class, Expected::key);
    this.counters = counters;
    this.transactions = new Transactions(ports.dynamo());
  }

  private Key key(Object id) {
    return new Key(name + "#" + id, name);
  }

  Optional<Stored<A>> find(Object id) {
    return records.find(key(id));
  }

  /** @return whether it was written; else there is one already */
  boolean insert(A first) {
    return records.insert(first);
  }

  /** Those SKUs for which orders wait: what comes, and when, decides about them. */
  List<BackordersDue> waitedFor(A arrival) {
    return counters.waitedFor(List.copyOf(arrival.skus()), arrival.pool()).stream()
        .map(it -> new BackordersDue(it, arrival.pool(), true)).toList();
  }

  /** @param now whether it was received just now; else it had been before */
  record Received<A extends Record & Arrival<A>>(Stored<A> arrival, Receipt receipt, boolean now) {}

  /**
   * Counts what has arrived, once.
   *
   * @param request what was received, of goods as they are read now
   * @param lots checks those that it names
   * @throws Table.Contended if others were faster, again and again
   */
  Outcome<Received<A>> receive(Object id, Function<A, Receipt> request, ArrivingLots lots) {
    var backoff = new Backoff();
    do {
      Optional<Stored<A>> current = find(id);
      if (current.isEmpty()) {
        return Refused.absent(name).outcome();
      }
      A before = current.get().value();
      Receipt asked = request.apply(before);
      Optional<Receipt> known = receipts.find(new Key(asked.id().value(), "receipt")).map(Stored::value);
      if (known.isPresent()) {
        return known.get().isSameAs(asked)
            ? Outcome.of(new Received<>(current.get(), known.get(), false))
            : reused(known.get()).outcome();
      }
      Outcome<A> decided = before.receiving(asked);
      if (decided instanceof Outcome.Declined<A>(Refused refused)) {
        return refused.outcome();
      }
      Outcome<List<Lot>> opened = lots.check(asked);
      if (opened instanceof Outcome.Declined<List<Lot>>(Refused refused)) {
        return refused.outcome();
      }
      List<Move> moves = expecting(Optional.of(before), decided.orElseThrow());
      moves.addAll(before.arriving(asked));
      Optional<Refused> excess = excess(moves);
      if (excess.isPresent()) {
        return excess.get().outcome();
      }
      var more = new ArrayList<>(List.of(receipts.insertion(asked)));
      more.addAll(lots.opening(opened.orElseThrow()));
      List<TransactWriteItem> writes = writes(current, decided.orElseThrow(), moves,
          sku -> before.cause(asked, sku), more);
      if (writes.size() > Coalescing.MAX_ACTIONS) {
        return Refused.invalid("/lines", "too_many",
            "is more than one receipt writes at once, as lots are counted apart: send fewer products a receipt")
            .outcome();
      }
      if (transactions.write(writes)) {
        return Outcome.of(new Received<>(find(id).orElseThrow(), asked, true));
      }
    } while (backoff.again());
    throw new Table.Contended(name);
  }

  private static Refused reused(Receipt known) {
    return Refused.of(Refused.Kind.INVALID, "idempotency_key_reused",
        "this Idempotency-Key was sent with another receipt; a new receipt needs a new key")
        .about("receipt_id", known.id());
  }

  /** By how much what the pool expects changes. */
  List<Move> expecting(Optional<A> before, A next) {
    var change = new TreeMap<>(next.expected());
    before.ifPresent(it -> it.expected().forEach((sku, units) -> change.merge(sku, -units, Integer::sum)));
    var moves = new ArrayList<Move>();
    change.entrySet().stream().filter(it -> it.getValue() != 0).forEach(it -> moves
        .add(new Move(Counter.of(it.getKey(), next.pool()), Levels.of(Level.INCOMING, it.getValue()))));
    return moves;
  }

  /** Why the counters, which it reads, do not hold so much; empty if they do. */
  Optional<Refused> excess(List<Move> moves) {
    Map<Counter, Levels> changes = Move.sum(moves);
    Map<Counter, Levels> levels = counters.readWhole(changes.keySet());
    return changes.entrySet().stream()
        .anyMatch(it -> levels.getOrDefault(it.getKey(), Levels.NONE).excess(it.getValue()) > 0)
            ? Optional.of(Refused.conflict("stock_limit", "a counter holds at most %d units".formatted(Levels.MOST)))
            : Optional.empty();
  }

  /**
   * Writes the record, what is expected by it, and the counters, which must have been read, with their entries.
   *
   * @param cause of what moves; null if nothing does but what is expected
   * @return false if others were faster
   */
  boolean write(Optional<Stored<A>> current, A next, List<Move> moves, LedgerEntry.Cause cause) {
    return transactions.write(writes(current, next, moves, _ -> cause, List.of()));
  }

  /** @param cause of what moves of a product @param more what is written with it */
  private List<TransactWriteItem> writes(Optional<Stored<A>> current, A next, List<Move> moves,
      Function<Sku, LedgerEntry.Cause> cause, List<TransactWriteItem> more) {
    var writes = new ArrayList<>(more);
    writes.add(current.map(it -> records.replacement(it, next)).orElseGet(() -> records.insertion(next)));
    writes.addAll(expectations(current, next));
    Map<Counter, Levels> changes = Move.sum(moves);
    changes.forEach((counter, change) -> {
      if (new Move(counter, change).isEntered()) {
        writes.addAll(counters.enter(counter, change, cause.apply(counter.sku()), Move.ofLots(changes, counter)));
      } else if (!change.isNothing()) {
        writes.add(counters.change(counter, change));
      }
    });
    return writes;
  }

  private List<TransactWriteItem> expectations(Optional<Stored<A>> current, A next) {
    Map<Sku, Integer> open = next.expected();
    var skus = new TreeSet<>(open.keySet());
    current.ifPresent(it -> skus.addAll(it.value().expected().keySet()));
    Map<Sku, Stored<Expected>> known = new HashMap<>();
    expected.findAll(skus.stream().map(it -> Expected.key(it, next.pool(), next.source())).toList())
        .forEach(it -> known.put(it.value().sku(), it));
    var writes = new ArrayList<TransactWriteItem>();
    for (Sku sku : skus) {
      Stored<Expected> before = known.get(sku);
      int units = open.getOrDefault(sku, 0);
      var entry = new Expected(sku, next.pool(), next.source(), next.expectedAt(), units);
      if (before == null) {
        if (units > 0) {
          writes.add(expected.insertion(entry));
        }
      } else if (units == 0) {
        writes.add(expected.removal(before));
      } else if (!entry.equals(before.value())) {
        writes.add(expected.replacement(before, entry));
      }
    }
    return writes;
  }
}
