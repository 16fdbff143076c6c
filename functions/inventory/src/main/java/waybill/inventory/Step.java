package waybill.inventory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import waybill.messages.SkuQuantity;

/**
 * The next transaction of a movement that is too large for one. The record holds how many of its moves are done and goes on
 * with each step, so whoever reads it, after a crash or at the same time, knows what is next; the record's revision lets each
 * step happen once.
 *
 * <p>While it is under way its first units are taken already, so a smaller order may be refused for units that come back when the
 * rest turns out to be gone. Only orders of a hundred SKUs and more pay with this for being promised whole or not at all.
 *
 * @param record what the record becomes
 * @param moves what moves with it
 */
record Step<M>(M record, List<Move> moves) {
  /** The record itself is one of a transaction's actions. */
  static final int MAX_MOVES = Coalescing.MAX_ACTIONS - 1;

  /** @param levels what the counters stand at that are still to be moved */
  static <M extends Movement<M>> Step<M> of(M movement, Map<Counter, Levels> levels) {
    return switch (movement.status()) {
      case TAKING -> forward(movement, levels);
      case RETURNING, RELEASING -> back(movement);
      case TAKEN, REFUSED, RELEASED -> throw new IllegalArgumentException("it has ended");
    };
  }

  private static <M extends Movement<M>> Step<M> forward(M movement, Map<Counter, Levels> levels) {
    List<Move> all = movement.moves();
    List<SkuQuantity> shortOf = Coalescing.shortOf(all.subList(movement.moved(), all.size()), levels);
    if (!shortOf.isEmpty()) {
      var status = movement.moved() == 0 ? Movement.Status.REFUSED : Movement.Status.RETURNING;
      return new Step<>(movement.with(status, movement.moved(), shortOf), List.of());
    }
    int moved = movement.moved();
    for (int left = MAX_MOVES; moved < all.size() && all.get(moved).actions() <= left; moved++) {
      left -= all.get(moved).actions();
    }
    var status = moved == all.size() ? Movement.Status.TAKEN : Movement.Status.TAKING;
    return new Step<>(movement.with(status, moved, List.of()), all.subList(movement.moved(), moved));
  }

  /**
   * The next transaction of what is taken and is to have another size.
   *
   * @param levels what counters stand at; read only if more is to be taken
   */
  static <M extends Movement<M>> Step<M> resizing(M taken, M asked,
      Function<Collection<Counter>, Map<Counter, Levels>> levels) {
    M next = taken.toward(asked, MAX_MOVES);
    var changes = new ArrayList<>(next.moves());
    taken.moves().forEach(it -> changes.add(it.back()));
    List<Move> moves = Move.sum(changes).entrySet().stream().filter(it -> !it.getValue().isNothing())
        .map(it -> new Move(it.getKey(), it.getValue())).toList();
    List<Move> more = moves.stream().filter(it -> it.change().available() < 0).toList();
    List<SkuQuantity> shortOf = more.isEmpty()
        ? List.of()
        : Coalescing.shortOf(more, levels.apply(more.stream().map(Move::counter).toList()));
    return shortOf.isEmpty()
        ? new Step<>(next, moves)
        : new Step<>(taken.unchanged(asked.change(), shortOf), List.of());
  }

  private static <M extends Movement<M>> Step<M> back(M movement) {
    List<Move> all = movement.moves();
    int moved = movement.moved();
    for (int left = MAX_MOVES; moved > 0 && all.get(moved - 1).actions() <= left; moved--) {
      left -= all.get(moved - 1).actions();
    }
    List<Move> undone = all.subList(moved, movement.moved()).stream().map(Move::back).toList();
    M next = moved == 0 ? movement.ended() : movement.with(movement.status(), moved, movement.shortOf());
    return new Step<>(next, undone);
  }
}
