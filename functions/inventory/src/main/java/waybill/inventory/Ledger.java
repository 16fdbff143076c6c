package waybill.inventory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.messages.SkuQuantity;
import waybill.platform.Backoff;
import waybill.platform.Json;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.platform.Table.Key;

/**
 * The records of one kind of movement, and the counters that they move. A record and its counters are written together, on the
 * condition that the record is not there yet, or, if it is released, still is what was read, and that the counters allow it:
 * nothing moves twice, nothing is sold twice, and nothing is released twice.
 *
 * <p>The records of a batch are always read first. A record that is there already would cancel the whole transaction that it is
 * coalesced into, with all its write units paid; reading it costs less than a tenth of what writing it does. How often the
 * queue delivered a message says nothing, as senders repeat themselves too.
 */
final class Ledger<M extends Record & Movement<M>> {
  private final Table<M> records;
  private final Function<M, Key> keyOf;
  private final Counters counters;
  private final Transactions transactions;
  private final Function<List<M>, Owing<M>> owing;
  private final Function<M, List<TransactWriteItem>> beside;
  private final LotChoice<M> choice;

  /**
   * @param owing what may be owed of movements that are short, read only if some are
   * @param beside what is written together with one that has ended, as many items as it says
   * @param choice which lots movements take
   */
  Ledger(Table<M> records, Function<M, Key> keyOf, Counters counters, Transactions transactions,
      Function<List<M>, Owing<M>> owing, Function<M, List<TransactWriteItem>> beside, LotChoice<M> choice) {
    this.choice = choice;
    this.owing = owing;
    this.beside = beside;
    this.records = records;
    this.keyOf = keyOf;
    this.counters = counters;
    this.transactions = transactions;
  }

  /**
   * Brings all of them to their end, together if that saves writes, each alone if it fails.
   *
   * @param asked each {@code TAKING} to be taken or {@code RELEASED} to be released; may name a movement more than once
   * @return by the movements' ids
   */
  Map<String, Outcome<M>> settle(Collection<M> asked) {
    return new Settling(asked).toTheEnd();
  }

  /** One batch on its way: a round reads, decides and writes; what others were faster at is decided anew in the next. */
  private final class Settling {
    private final Map<String, M> open = new LinkedHashMap<>();
    /** What this round found and turns round: these are replaced, all others are inserted. */
    private final Map<String, Stored<M>> turned = new HashMap<>();
    private final Map<String, Outcome<M>> outcomes = new HashMap<>();

    Settling(Collection<M> asked) {
      asked.forEach(it -> open.merge(it.id(), it, (one, other) -> other.change() > one.change() ? other : one));
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

    private void round(List<M> asked) {
      List<M> movements = whatIsToMove(asked);
      var wanted = new TreeSet<Counter>();
      movements.forEach(it -> wanted.addAll(toBeRead(it)));
      Map<Counter, Levels> levels = counters.read(wanted);
      choice.read(movements, levels);
      for (List<M> group : Coalescing.groups(movements)) {
        eachFailsWith(group, it -> write(decided(it, levels)));
      }
    }

    private Decision<M> decided(List<M> group, Map<Counter, Levels> levels) {
      Decision<M> decision = Coalescing.decide(group, levels, Owing.none(), choice);
      return decision.refused().isEmpty() ? decision : Coalescing.decide(group, levels, owing.apply(group), choice);
    }

    /**
     * Answers what has ended, goes on with what is under way, and leaves tombstones.
     *
     * @return the rest: what is to be taken, and what one transaction can release
     */
    private List<M> whatIsToMove(List<M> asked) {
      turned.clear();
      records.findAll(asked.stream().map(keyOf).toList()).forEach(it -> resume(open.get(it.value().id()), it));
      var movements = new ArrayList<M>();
      for (M it : asked) {
        if (turned.containsKey(it.id())) {
          movements.add(turned.get(it.id()).value());
        } else if (open.containsKey(it.id()) && it.status() == Movement.Status.TAKING) {
          movements.add(it);
        } else if (open.containsKey(it.id())) {
          eachFailsWith(List.of(it), _ -> insertEnded(it));
        }
      }
      return movements;
    }

    private void resume(M asked, Stored<M> known) {
      Stored<M> next = turned(known, asked);
      if (next.value().resizesTo(asked) || next == known && !next.value().status().hasEnded()
          || Coalescing.isLarge(next.value())) {
        eachFailsWith(List.of(asked), _ -> end(resized(inSteps(next, asked), asked), true));
      } else if (next.value().status().hasEnded()) {
        end(next.value(), false);
      } else {
        turned.put(asked.id(), next);
      }
    }

    /** If not all is written, the rest stays open: its decision rested on counters that have changed. */
    private void write(Decision<M> decision) {
      for (List<M> together : Coalescing.pack(decision.granted(), it -> Json.write(it).length())) {
        boolean done = Coalescing.isLarge(together.getFirst()) ? takeInSteps(together.getFirst()) : move(together);
        if (!done) {
          return;
        }
      }
      decision.refused()
          .forEach((movement, shortOf) -> eachFailsWith(List.of(movement), _ -> refuse(movement, shortOf)));
    }

    /** What cannot be refused may have moved meanwhile, for the same message received twice: the next round finds it. */
    private void refuse(M movement, List<SkuQuantity> shortOf) {
      Stored<M> before = turned.get(movement.id());
      if (before != null) {
        // It was refused before, and what it asks for now is missing too.
        M refused = movement.refused(shortOf);
        if (records.replace(before, refused)) {
          end(refused, true);
        }
      } else if (movement.isRefusable() || records.find(keyOf.apply(movement)).isEmpty()) {
        insertEnded(movement.refused(shortOf));
      }
    }

    private boolean move(List<M> together) {
      try {
        List<M> moved = together.stream().map(Movement::ended).toList();
        boolean done = writeTogether(moved.stream()
            .flatMap(it -> Stream.concat(Stream.of(written(it)), beside.apply(it).stream())).toList(), moves(together),
            together);
        if (done) {
          moved.forEach(it -> end(it, true));
        }
        return done;
      } catch (Transactions.Invalid e) {
        return moveApart(together, e);
      }
    }

    private TransactWriteItem written(M movement) {
      Stored<M> known = turned.get(movement.id());
      return known == null ? records.insertion(movement) : records.replacement(known, movement);
    }

    /** Finds the one that the table refuses; what others were denied because of it is decided anew. */
    private boolean moveApart(List<M> together, Transactions.Invalid reason) {
      if (together.size() == 1) {
        fail(together.getFirst(), reason);
        return false;
      }
      int half = together.size() / 2;
      return move(together.subList(0, half)) && move(together.subList(half, together.size()));
    }

    private boolean takeInSteps(M movement) {
      eachFailsWith(List.of(movement), _ -> {
        if (records.insert(movement)) {
          end(inSteps(records.find(keyOf.apply(movement)).orElseThrow(), movement), true);
        }
      });
      return outcomes.get(movement.id()) instanceof Outcome.Ended<M>(M ended, _)
          && ended.status() == Movement.Status.TAKEN;
    }

    /** A refusal or a tombstone: nothing moves with it. */
    private void insertEnded(M ended) {
      if (records.insert(ended)) {
        end(ended, true);
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

    /** Does the work for these; if it throws, those of them fail that have not ended. */
    private void eachFailsWith(List<M> movements, Consumer<List<M>> work) {
      try {
        work.accept(movements);
      } catch (RuntimeException e) {
        movements.stream().filter(it -> open.containsKey(it.id())).forEach(it -> fail(it, e));
      }
    }
  }

  /** What is taken must be there, and what really moves is entered behind what moved before. */
  private static Set<Counter> toBeRead(Movement<?> movement) {
    List<Move> due = movement.due();
    return movement.status() == Movement.Status.TAKING || due.stream().anyMatch(Move::isEntered)
        ? due.stream().map(Move::counter).collect(Collectors.toSet())
        : Set.of();
  }

  /**
   * Goes on with a movement that one transaction does not hold, from wherever it was left, to its end.
   *
   * @throws Table.Contended if others were faster, again and again
   */
  M inSteps(Stored<M> from, M asked) {
    var current = from;
    var backoff = new Backoff();
    while (!current.value().status().hasEnded()) {
      M movement = current.value();
      Step<M> step = Step.of(movement, counters.read(toBeRead(movement)));
      if (writeTogether(List.of(records.replacement(current, step.record())), step.moves(), List.of(step.record()))) {
        backoff = new Backoff();
      } else if (!backoff.again()) {
        throw new Table.Contended("stock");
      }
      current = turned(records.find(keyOf.apply(movement)).orElseThrow(), asked);
    }
    return current.value();
  }

  /** What is taken, as the latest change wants it: as much less as that takes, or as much more, unless some of that is missing. */
  private M resized(M from, M asked) {
    M known = from;
    var backoff = new Backoff();
    while (known.resizesTo(asked)) {
      Stored<M> current = records.find(keyOf.apply(known)).orElseThrow();
      if (current.value().resizesTo(asked)) {
        Step<M> step = Step.resizing(current.value(), asked, counters::read);
        if (writeTogether(List.of(records.replacement(current, step.record())), step.moves(), List.of(step.record()))) {
          backoff = new Backoff();
        } else if (!backoff.again()) {
          throw new Table.Contended("stock");
        }
      }
      known = records.find(keyOf.apply(known)).orElseThrow().value();
    }
    return known;
  }

  /** What was read, as what is asked turns it: with the revision that a write must still find. */
  private static <M extends Record & Movement<M>> Stored<M> turned(Stored<M> known, M asked) {
    M next = Movement.turned(known.value(), asked);
    return next == known.value() ? known : new Stored<>(next, known.revision(), known.createdAt(), known.updatedAt());
  }

  private List<Move> moves(List<M> movements) {
    return movements.stream().flatMap(it -> it.due().stream()).toList();
  }

  /** @param movers whose moves they are */
  private boolean writeTogether(List<TransactWriteItem> written, List<Move> moves, List<M> movers) {
    var actions = new ArrayList<>(written);
    Map<Counter, Levels> changes = Move.sum(moves);
    changes.forEach((counter, change) -> {
      if (new Move(counter, change).isEntered()) {
        actions.addAll(counters.enter(counter, change, cause(counter, movers), Move.ofLots(changes, counter)));
      } else {
        actions.add(counters.change(counter, change));
      }
    });
    boolean done = transactions.write(actions);
    if (done) {
      changes.forEach(counters::written);
    }
    return done;
  }

  /** One entry for all of them that move the counter. */
  private static <M extends Movement<M>> LedgerEntry.Cause cause(Counter counter, List<M> movers) {
    LedgerEntry.Cause first = movers.getFirst().cause();
    List<String> references = movers.stream()
        .filter(it -> it.moves().stream().anyMatch(move -> move.counter().equals(counter)))
        .flatMap(it -> it.cause().references().stream()).toList();
    return new LedgerEntry.Cause(first.reason(), first.actor(), references, first.note());
  }
}
