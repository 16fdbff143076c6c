package waybill.inventory;

import module java.base;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.messages.*;
import waybill.messages.StockMessages.BackordersDue;
import waybill.platform.Backoff;
import waybill.platform.Outcome;
import waybill.platform.Ports;
import waybill.platform.Refused;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.platform.Table.Key;

/**
 * What is expected, and its receipts. An inbound, what its pool expects by it and the counters are written in one transaction, so no unit is
 * counted as coming after it has come.
 */
final class Inbounds {
  private final Table<Inbound> inbounds;
  private final Table<Receipt> receipts;
  private final Table<Expected> expected;
  private final Counters counters;
  private final Transactions transactions;

  Inbounds(Ports ports, String variable, Counters counters) {
    this.inbounds = new Table<>(ports, variable, Inbound.class, it -> key(it.id()));
    this.receipts = new Table<>(ports, variable, Receipt.class, it -> new Key(it.id().value(), "receipt"));
    this.expected = new Table<>(ports, variable, Expected.class, Expected::key);
    this.counters = counters;
    this.transactions = new Transactions(ports.dynamo());
  }

  private static Key key(InboundId id) {
    return new Key("inbound#" + id, "inbound");
  }

  Optional<Stored<Inbound>> find(InboundId id) {
    return inbounds.find(key(id));
  }

  /** What a pool expects of a SKU, the earliest first. */
  List<Expected> expected(Sku sku, StockPool pool) {
    return expected.findAll(Expected.partition(sku), Expected.prefix(pool)).stream().map(Stored::value)
        .sorted(Comparator.comparing(Expected::expectedAt).thenComparing(it -> it.inbound().value())).toList();
  }

  /** Those SKUs of an inbound for which orders wait: what comes, and when, decides about them. */
  List<BackordersDue> waitedFor(Inbound inbound) {
    return counters.waitedFor(inbound.lines().stream().map(Inbound.Line::sku).toList(), inbound.pool()).stream()
        .map(it -> new BackordersDue(it, inbound.pool(), true)).toList();
  }

  /** @throws Table.Contended if others were faster, again and again */
  Outcome<Stored<Inbound>> put(Inbound asked, OptionalInt ifMatch) {
    var backoff = new Backoff();
    do {
      Optional<Stored<Inbound>> current = find(asked.id());
      Outcome<Inbound> decided = asked.replacing(current.map(Stored::value));
      if (decided instanceof Outcome.Declined<Inbound>(Refused refused)) {
        return refused.outcome();
      }
      Inbound next = decided.orElseThrow();
      if (current.isPresent() && current.get().value().equals(next)) {
        return Outcome.of(current.get());
      }
      int revision = current.map(Stored::revision).orElse(0);
      if (ifMatch.isPresent() && ifMatch.getAsInt() != revision) {
        return Refused.of(Refused.Kind.OUTDATED, "revision_mismatch", "it is at revision %d".formatted(revision))
            .outcome();
      }
      List<Move> moves = expecting(current.map(Stored::value), next);
      Optional<Refused> excess = excess(moves);
      if (excess.isPresent()) {
        return excess.get().outcome();
      }
      if (transactions.write(writes(current, next, moves, null))) {
        return Outcome.of(find(asked.id()).orElseThrow());
      }
    } while (backoff.again());
    throw new Table.Contended("inbound");
  }

  /** @param now whether it was received just now; else it had been before */
  record Received(Stored<Inbound> inbound, Receipt receipt, boolean now) {}

  /**
   * Counts what has arrived, once.
   *
   * @param request what was received, of an inbound as it is read now
   * @throws Table.Contended if others were faster, again and again
   */
  Outcome<Received> receive(InboundId id, Function<Inbound, Receipt> request) {
    var backoff = new Backoff();
    do {
      Optional<Stored<Inbound>> current = find(id);
      if (current.isEmpty()) {
        return Refused.absent("inbound").outcome();
      }
      Receipt asked = request.apply(current.get().value());
      Optional<Receipt> known = receipts.find(new Key(asked.id().value(), "receipt")).map(Stored::value);
      if (known.isPresent()) {
        return known.get().isSameAs(asked)
            ? Outcome.of(new Received(current.get(), known.get(), false))
            : reused(known.get()).outcome();
      }
      Outcome<Inbound> decided = current.get().value().receiving(asked);
      if (decided instanceof Outcome.Declined<Inbound>(Refused refused)) {
        return refused.outcome();
      }
      List<Move> moves = new ArrayList<>(expecting(Optional.of(current.get().value()), decided.orElseThrow()));
      moves.addAll(arriving(asked));
      Optional<Refused> excess = excess(moves);
      if (excess.isPresent()) {
        return excess.get().outcome();
      }
      List<TransactWriteItem> writes = writes(current, decided.orElseThrow(), moves, asked.cause());
      writes.add(receipts.insertion(asked));
      if (transactions.write(writes)) {
        return Outcome.of(new Received(find(id).orElseThrow(), asked, true));
      }
    } while (backoff.again());
    throw new Table.Contended("inbound");
  }

  private static Refused reused(Receipt known) {
    return Refused.of(Refused.Kind.INVALID, "idempotency_key_reused",
        "this Idempotency-Key was sent with another receipt; a new receipt needs a new key")
        .about("receipt_id", known.id());
  }

  /** By how much what the pool expects changes. */
  private static List<Move> expecting(Optional<Inbound> before, Inbound next) {
    var change = new TreeMap<>(next.expected());
    before.ifPresent(it -> it.expected().forEach((sku, units) -> change.merge(sku, -units, Integer::sum)));
    return change.entrySet().stream().filter(it -> it.getValue() != 0)
        .map(it -> new Move(Counter.of(it.getKey(), next.pool()), Levels.of(Level.INCOMING, it.getValue()))).toList();
  }

  private static List<Move> arriving(Receipt receipt) {
    return receipt.items().stream()
        .flatMap(it -> Stream.of(
            new Move(Counter.of(it.sku(), receipt.location()), Levels.adjustedAtLocation(it.quantity())),
            new Move(Counter.of(it.sku(), receipt.pool()), Levels.adjustedInPool(it.quantity()))))
        .toList();
  }

  private Optional<Refused> excess(List<Move> moves) {
    Map<Counter, Levels> changes = Move.sum(moves);
    Map<Counter, Levels> levels = counters.readWhole(changes.keySet());
    return changes.entrySet().stream()
        .anyMatch(it -> levels.getOrDefault(it.getKey(), Levels.NONE).excess(it.getValue()) > 0)
            ? Optional.of(Refused.conflict("stock_limit", "a counter holds at most %d units".formatted(Levels.MOST)))
            : Optional.empty();
  }

  /** The inbound, what is expected by it, and the counters with their entries. @param cause of what arrives; null if nothing does */
  private List<TransactWriteItem> writes(Optional<Stored<Inbound>> current, Inbound next, List<Move> moves,
      LedgerEntry.Cause cause) {
    var writes = new ArrayList<>(List.of(current.map(it -> inbounds.replacement(it, next))
        .orElseGet(() -> inbounds.insertion(next))));
    Map<Sku, Integer> open = next.expected();
    var skus = new TreeSet<>(open.keySet());
    current.ifPresent(it -> skus.addAll(it.value().expected().keySet()));
    Map<Sku, Stored<Expected>> known = new HashMap<>();
    expected.findAll(skus.stream().map(it -> Expected.key(it, next.pool(), next.id())).toList())
        .forEach(it -> known.put(it.value().sku(), it));
    for (Sku sku : skus) {
      Stored<Expected> before = known.get(sku);
      int units = open.getOrDefault(sku, 0);
      var entry = new Expected(sku, next.pool(), next.id(), next.expectedAt(), units);
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
    Move.sum(moves).forEach((counter, change) -> {
      if (new Move(counter, change).isEntered()) {
        writes.addAll(counters.enter(counter, change, cause));
      } else if (!change.isNothing()) {
        writes.add(counters.change(counter, change));
      }
    });
    return writes;
  }
}
