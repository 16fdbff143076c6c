package waybill.inventory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.messages.SkuQuantity;
import waybill.platform.Backoff;
import waybill.platform.Json;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.platform.Table.Key;

/**
 * The records of one kind of movement, and the counters that they move. A record and its counters are written together, on the
 * condition that the record is not there yet and that the counters bear it: nothing moves twice, and nothing is sold twice.
 *
 * <p>The records of a batch are always read first. A record that is there already would cancel the whole transaction that it is
 * coalesced into, with all its write units paid; reading it costs less than a tenth of what writing it does. How often the
 * queue delivered a message tells nothing, as senders repeat themselves too.
 */
final class Ledger<M extends Record & Movement<M>> {
  private final Table<M> records;
  private final Function<M, Key> keyOf;
  private final Counters counters;
  private final Transactions transactions;

  Ledger(Table<M> records, Function<M, Key> keyOf, Counters counters, Transactions transactions) {
    this.records = records;
    this.keyOf = keyOf;
    this.counters = counters;
    this.transactions = transactions;
  }

  /**
   * Brings all of them to their end, together where that saves writes, each for itself where it fails.
   *
   * @param asked may name a movement more than once
   * @return by the movements' ids
   */
  Map<String, Outcome<M>> settle(Collection<M> asked) {
    return new Settling(asked).toTheEnd();
  }

  /** One batch on its way: a round reads, decides and writes; what others were faster at is decided anew in the next. */
  private final class Settling {
    private final Map<String, M> open = new LinkedHashMap<>();
    private final Map<String, Outcome<M>> outcomes = new HashMap<>();

    Settling(Collection<M> asked) {
      asked.forEach(it -> open.putIfAbsent(it.id(), it));
    }

    Map<String, Outcome<M>> toTheEnd() {
      var backoff = new Backoff();
      while (!open.isEmpty()) {
        int before = open.size();
        eachFailsWith(List.copyOf(open.values()), this::round);
        if (open.size() < before) {
          backoff = new Backoff();
        }
        if (!open.isEmpty() && !backoff.again()) {
          eachFailsWith(List.copyOf(open.values()), _ -> {
            throw new Table.Contended("stock");
          });
        }
      }
      return outcomes;
    }

    private void round(List<M> movements) {
      answerWhatIsKnown(movements);
      var wanted = new TreeSet<Counter>();
      open.values().forEach(it -> it.moves().forEach(move -> wanted.add(move.counter())));
      Map<Counter, Levels> levels = counters.read(wanted);
      for (List<M> group : Coalescing.groups(open.values())) {
        eachFailsWith(group, it -> write(Coalescing.decide(it, levels)));
      }
    }

    private void answerWhatIsKnown(List<M> movements) {
      for (Stored<M> known : records.findAll(movements.stream().map(keyOf).toList())) {
        M movement = known.value();
        if (movement.status().hasEnded()) {
          end(movement, false);
        } else {
          eachFailsWith(List.of(movement), _ -> end(inSteps(known), true));
        }
      }
    }

    /** Where it is not all written, the rest stays open: its decision rested on what is no longer so. */
    private void write(Decision<M> decision) {
      for (List<M> together : Coalescing.pack(decision.granted(), it -> Json.write(it).length())) {
        boolean done = Coalescing.isLarge(together.getFirst()) ? takeInSteps(together.getFirst()) : take(together);
        if (!done) {
          return;
        }
      }
      decision.refused()
          .forEach((movement, shortOf) -> eachFailsWith(List.of(movement), _ -> refuse(movement, shortOf)));
    }

    private boolean take(List<M> together) {
      try {
        List<M> taken = together.stream().map(Movement::taken).toList();
        boolean done = transactions.write(actions(taken.stream().map(records::insertion).toList(), moves(together)));
        if (done) {
          taken.forEach(it -> end(it, true));
        }
        return done;
      } catch (Transactions.Invalid e) {
        return takeApart(together, e);
      }
    }

    /** Finds the one that the table refuses; what others were denied because of it is decided anew. */
    private boolean takeApart(List<M> together, Transactions.Invalid reason) {
      if (together.size() == 1) {
        fail(together.getFirst(), reason);
        return false;
      }
      int half = together.size() / 2;
      return take(together.subList(0, half)) && take(together.subList(half, together.size()));
    }

    private boolean takeInSteps(M movement) {
      eachFailsWith(List.of(movement), _ -> {
        if (records.insert(movement)) {
          end(inSteps(records.find(keyOf.apply(movement)).orElseThrow()), true);
        }
      });
      return outcomes.get(movement.id()) instanceof Outcome.Ended<M>(M ended, _)
          && ended.status() == Movement.Status.TAKEN;
    }

    private void refuse(M movement, List<SkuQuantity> shortOf) {
      M refused = movement.refused(shortOf);
      if (records.insert(refused)) {
        end(refused, true);
      }
    }

    private void end(M movement, boolean now) {
      open.remove(movement.id());
      outcomes.put(movement.id(), new Outcome.Ended<>(movement, now));
    }

    private void fail(M movement, RuntimeException reason) {
      open.remove(movement.id());
      outcomes.put(movement.id(), new Outcome.Failed<>(reason));
    }

    /** Does the work for these; where it throws, those of them fail that have not ended. */
    private void eachFailsWith(List<M> movements, Consumer<List<M>> work) {
      try {
        work.accept(movements);
      } catch (RuntimeException e) {
        movements.stream().filter(it -> open.containsKey(it.id())).forEach(it -> fail(it, e));
      }
    }
  }

  /** Goes on with a movement that one transaction does not hold, from wherever it was left, to its end. */
  private M inSteps(Stored<M> from) {
    var current = from;
    var backoff = new Backoff();
    while (!current.value().status().hasEnded()) {
      M movement = current.value();
      List<Move> left = movement.moves().subList(movement.moved(), movement.moves().size());
      Step<M> step = Step.of(movement, counters.read(left.stream().map(Move::counter).toList()));
      if (transactions.write(actions(List.of(records.replacement(current, step.record())), step.moves()))) {
        backoff = new Backoff();
      } else if (!backoff.again()) {
        throw new Table.Contended("stock");
      }
      current = records.find(keyOf.apply(movement)).orElseThrow();
    }
    return current.value();
  }

  private List<Move> moves(List<M> movements) {
    return movements.stream().flatMap(it -> it.moves().stream()).toList();
  }

  private List<TransactWriteItem> actions(List<TransactWriteItem> written, List<Move> moves) {
    var actions = new ArrayList<>(written);
    Move.sum(moves).forEach((counter, change) -> actions.add(counters.change(counter, change)));
    return actions;
  }
}
