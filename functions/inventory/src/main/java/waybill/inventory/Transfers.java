package waybill.inventory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import waybill.catalog.Location;
import waybill.messages.Sku;
import waybill.messages.StockMessages.BackordersDue;
import waybill.platform.Backoff;
import waybill.platform.Outcome;
import waybill.platform.Ports;
import waybill.platform.Refused;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.platform.Violation;

/** Transfers, and the counters that they move. Only units that are free leave a location. */
final class Transfers {
  private final Arrivals<Transfer> arrivals;
  private final Counters counters;
  private final FreeUnits free;

  /** @param counters as far as they may be promised to orders that come now */
  Transfers(Ports ports, String variable, Counters counters, Supplier<List<Location>> locations) {
    this.arrivals = new Arrivals<>("transfer", Transfer.class, ports, variable, counters);
    this.counters = counters;
    this.free = new FreeUnits(counters, locations);
  }

  Optional<Stored<Transfer>> find(TransferId id) {
    return arrivals.find(id);
  }

  /** Makes a draft, once; refused if its key was used for another. */
  Outcome<Stored<Transfer>> draft(Transfer asked) {
    boolean made = arrivals.insert(asked);
    Stored<Transfer> stored = find(asked.id()).orElseThrow();
    return made || stored.value().isSameAs(asked)
        ? Outcome.of(stored)
        : Refused.of(Refused.Kind.INVALID, "idempotency_key_reused",
            "this Idempotency-Key was sent with another transfer; a new transfer needs a new key")
            .about("transfer_id", asked.id()).outcome();
  }

  /** Counts what has arrived, once. @param request what was received, of a transfer as it is read now */
  Outcome<Arrivals.Received<Transfer>> receive(TransferId id, Function<Transfer, Receipt> request,
      ArrivingLots lots) {
    return arrivals.receive(id, request, lots);
  }

  /**
   * Sends a draft on its way.
   *
   * @param expectedAt when it is expected now; null if that has not changed
   * @throws Table.Contended if others were faster, again and again
   */
  Outcome<Stored<Transfer>> dispatch(TransferId id, Instant expectedAt, String actor) {
    return change(id, it -> it.dispatched(expectedAt), Transfer::dispatching, this::notFree,
        it -> cause(it, LedgerEntry.Reason.TRANSFER_SENT, actor, it.note()));
  }

  /** @param rest what becomes of the units in transit; null if there are none */
  Outcome<Stored<Transfer>> cancel(TransferId id, Transfer.Rest rest, String actor, String note) {
    return change(id, it -> it.cancelled(rest), it -> rest == null ? List.of() : it.ending(rest), _ -> Optional.empty(),
        it -> rest == null ? null : cause(it, rest.reason(), actor, note));
  }

  private static LedgerEntry.Cause cause(Transfer it, LedgerEntry.Reason reason, String actor, String note) {
    return new LedgerEntry.Cause(reason, actor, List.of(it.id().value()), note);
  }

  private Outcome<Stored<Transfer>> change(TransferId id, Function<Transfer, Outcome<Transfer>> rule,
      Function<Transfer, List<Move>> moving, Function<Transfer, Optional<Refused>> lacking,
      Function<Transfer, LedgerEntry.Cause> cause) {
    var backoff = new Backoff();
    do {
      Optional<Stored<Transfer>> current = find(id);
      if (current.isEmpty()) {
        return Refused.absent("transfer").outcome();
      }
      Transfer before = current.get().value();
      Outcome<Transfer> decided = rule.apply(before);
      if (decided instanceof Outcome.Declined<Transfer>(Refused refused)) {
        return refused.outcome();
      }
      Transfer next = decided.orElseThrow();
      if (next.equals(before)) {
        return Outcome.of(current.get());
      }
      List<Move> moves = new ArrayList<>(arrivals.expecting(Optional.of(before), next));
      moves.addAll(moving.apply(before));
      Optional<Refused> refused = arrivals.excess(incoming(moves)).or(() -> lacking.apply(before));
      if (refused.isPresent()) {
        return refused.get().outcome();
      }
      if (arrivals.write(current, next, moves, cause.apply(before))) {
        return Outcome.of(find(id).orElseThrow());
      }
    } while (backoff.again());
    throw new Table.Contended("transfer");
  }

  /** All counters are read; only what grows is asked whether it is too much, as what is missing has an answer of its own. */
  private static List<Move> incoming(List<Move> moves) {
    return moves.stream().map(it -> it.change().available() < 0 ? new Move(it.counter(), Levels.NONE) : it).toList();
  }

  /** Why the units of a draft cannot leave: each line that asks for more than is free; empty if they can. */
  private Optional<Refused> notFree(Transfer it) {
    List<FreeUnits.Wanted> wanted = it.lines().stream()
        .map(line -> new FreeUnits.Wanted(line.sku(), line.lot(), line.quantity())).toList();
    List<Violation> violations = free.lacking(wanted, it.from(), it.fromPool()).stream()
        .map(lack -> new Violation("/lines/%d/quantity".formatted(lack.place()), "insufficient_stock",
            "only %d units of %s are free at %s; what is allocated, promised or kept is not transferred"
                .formatted(lack.free(), lack.wanted().sku(), it.from())))
        .toList();
    return violations.isEmpty()
        ? Optional.empty()
        : Optional
            .of(new Refused(Refused.Kind.CONFLICT, "insufficient_stock", violations.getFirst().detail(), violations,
                Map.of()));
  }

  /** Those SKUs for which orders wait, or of which storefronts know something else: where units come, and where they left or came back. */
  List<BackordersDue> waitedFor(Transfer transfer) {
    var due = new ArrayList<>(arrivals.waitedFor(transfer));
    if (transfer.stage() != Transfer.Stage.DRAFT && !transfer.fromPool().equals(transfer.pool())) {
      counters.waitedFor(transfer.skus(), transfer.fromPool())
          .forEach((Sku it) -> due.add(new BackordersDue(it, transfer.fromPool(), true)));
    }
    return due;
  }
}
