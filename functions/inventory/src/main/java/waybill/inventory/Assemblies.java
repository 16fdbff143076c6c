package waybill.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.catalog.Location;
import waybill.messages.StockMessages.BackordersDue;
import waybill.platform.Backoff;
import waybill.platform.Outcome;
import waybill.platform.Ports;
import waybill.platform.Refused;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.platform.Violation;

/**
 * Work orders, and the counters that they move. A part that is completed is one transaction: its record, the work order, each counter that gives or
 * takes, and their entries of the ledger. So components are never gone without what was made of them.
 */
final class Assemblies {
  private final Table<Assembly> records;
  private final Table<Completion> completions;
  private final Counters counters;
  private final FreeUnits free;
  private final Transactions transactions;

  /** @param counters as far as they may be promised to orders that come now */
  Assemblies(Ports ports, String variable, Counters counters, Supplier<List<Location>> locations) {
    this.records = new Table<>(ports, variable, Assembly.class, Assembly::key);
    this.completions = new Table<>(ports, variable, Completion.class, it -> Completion.key(it.id()));
    this.counters = counters;
    this.free = new FreeUnits(counters, locations);
    this.transactions = new Transactions(ports.dynamo());
  }

  Optional<Stored<Assembly>> find(AssemblyId id) {
    return records.find(Assembly.key(id));
  }

  /** Opens a work order, once; refused if its key was used for another. */
  Outcome<Stored<Assembly>> open(Assembly asked) {
    boolean made = records.insert(asked);
    Stored<Assembly> stored = find(asked.id()).orElseThrow();
    return made || stored.value().isSameAs(asked)
        ? Outcome.of(stored)
        : reused("work order").about("assembly_id", asked.id()).outcome();
  }

  private static Refused reused(String what) {
    return Refused.of(Refused.Kind.INVALID, "idempotency_key_reused",
        "this Idempotency-Key was sent with another %1$s; a new %1$s needs a new key".formatted(what));
  }

  /** @param now whether it was completed just now; else it had been before */
  record Completed(Stored<Assembly> assembly, Completion completion, boolean now) {}

  /**
   * Does a part of a work order, once.
   *
   * @throws Table.Contended if others were faster, again and again
   */
  Outcome<Completed> complete(Completion asked) {
    var backoff = new Backoff();
    do {
      Optional<Stored<Assembly>> current = find(asked.assembly());
      if (current.isEmpty()) {
        return Refused.absent("assembly").outcome();
      }
      Optional<Completion> known = completions.find(Completion.key(asked.id())).map(Stored::value);
      if (known.isPresent()) {
        return known.get().isSameAs(asked)
            ? Outcome.of(new Completed(current.get(), known.get(), false))
            : reused("completion").about("completion_id", asked.id()).outcome();
      }
      Assembly before = current.get().value();
      Outcome<Assembly> decided = before.completing(asked.quantity());
      if (decided instanceof Outcome.Declined<Assembly>(Refused refused)) {
        return refused.outcome();
      }
      List<Move> moves = before.completion(asked.quantity());
      Optional<Refused> refused = excess(moves).or(() -> notFree(before, asked.quantity()));
      if (refused.isPresent()) {
        return refused.get().outcome();
      }
      if (write(current.get(), decided.orElseThrow(), asked, moves)) {
        return Outcome.of(new Completed(find(asked.assembly()).orElseThrow(), asked, true));
      }
    } while (backoff.again());
    throw new Table.Contended("assembly");
  }

  /** All counters are read; only what grows is asked whether it is too much, as what is missing has an answer of its own. */
  private Optional<Refused> excess(List<Move> moves) {
    Map<Counter, Levels> levels = counters.readWhole(moves.stream().map(Move::counter).toList());
    return moves.stream().filter(it -> it.change().available() > 0)
        .anyMatch(it -> levels.getOrDefault(it.counter(), Levels.NONE).excess(it.change()) > 0)
            ? Optional.of(Refused.conflict("stock_limit", "a counter holds at most %d units".formatted(Levels.MOST)))
            : Optional.empty();
  }

  /** Why so many units cannot be done: each product of which more is needed than is free; empty if they can. */
  private Optional<Refused> notFree(Assembly it, int units) {
    List<FreeUnits.Wanted> consumed = it.consumed(units).stream()
        .map(one -> new FreeUnits.Wanted(one.sku(), null, one.quantity())).toList();
    List<Violation> violations = free.lacking(consumed, it.location(), it.pool()).stream()
        .map(lack -> new Violation("/quantity", "insufficient_stock",
            "takes %d units of %s, of which only %d are free at %s; what is allocated, promised or kept is not used"
                .formatted(lack.wanted().quantity(), lack.wanted().sku(), lack.free(), it.location())))
        .toList();
    return violations.isEmpty()
        ? Optional.empty()
        : Optional.of(new Refused(Refused.Kind.CONFLICT, "insufficient_stock", violations.getFirst().detail(),
            violations, Map.of()));
  }

  private boolean write(Stored<Assembly> current, Assembly next, Completion completion, List<Move> moves) {
    LedgerEntry.Cause cause = completion.cause(next.type().reason());
    var writes = new ArrayList<TransactWriteItem>(
        List.of(records.replacement(current, next), completions.insertion(completion)));
    Move.sum(moves).forEach((counter, change) -> {
      if (counter.isPool()) {
        writes.add(counters.change(counter, change));
      } else {
        writes.addAll(counters.enter(counter, change, cause, Map.of()));
      }
    });
    return transactions.write(writes);
  }

  /** No more of it is done. @throws Table.Contended if others were faster, again and again */
  Outcome<Stored<Assembly>> cancel(AssemblyId id) {
    var backoff = new Backoff();
    do {
      Optional<Stored<Assembly>> current = find(id);
      if (current.isEmpty()) {
        return Refused.absent("assembly").outcome();
      }
      Outcome<Assembly> decided = current.get().value().cancelled();
      if (decided instanceof Outcome.Declined<Assembly>(Refused refused)) {
        return refused.outcome();
      }
      if (decided.orElseThrow().equals(current.get().value())) {
        return Outcome.of(current.get());
      }
      if (records.replace(current.get(), decided.orElseThrow())) {
        return Outcome.of(find(id).orElseThrow());
      }
    } while (backoff.again());
    throw new Table.Contended("assembly");
  }

  /** Those SKUs for which orders wait, or of which storefronts know something else. */
  List<BackordersDue> waitedFor(Assembly assembly) {
    return counters.waitedFor(assembly.skus(), assembly.pool()).stream()
        .map(it -> new BackordersDue(it, assembly.pool(), true)).toList();
  }
}
