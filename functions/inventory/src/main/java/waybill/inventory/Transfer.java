package waybill.inventory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import waybill.messages.LocationId;
import waybill.messages.LotNumber;
import waybill.messages.Sku;
import waybill.messages.StockPool;
import waybill.platform.Outcome;
import waybill.platform.Records;
import waybill.platform.Refused;
import waybill.platform.Violation;

/**
 * Units that go from one location to another. A draft moves nothing. What is dispatched has left the one and is in transit to the other, until
 * it is received there, goes back, or is written off.
 *
 * @param from where the units come from
 * @param fromPool the pool that location's stock counts for
 * @param location where they go
 * @param pool the pool that location's stock counts for
 * @param reference what the merchant calls it, or null
 * @param note or null
 * @param lines one a SKU, in the order in which they were named
 */
record Transfer(TransferId id, LocationId from, StockPool fromPool, LocationId location, StockPool pool,
    Instant expectedAt, String reference, String note, List<Line> lines, Stage stage) implements Arrival<Transfer> {
  /** What fits one transaction, with four counters, two entries of the ledger and what is expected of each. */
  static final int MAX_LINES = 14;
  /** A lot has two counters more. */
  static final int MAX_LOTS = 11;

  enum Stage {
    DRAFT, DISPATCHED, CANCELLED
  }

  enum Status {
    DRAFT, IN_TRANSIT, PARTIALLY_RECEIVED, RECEIVED, CANCELLED
  }

  /** What becomes of the units that are in transit if their transfer is cancelled. */
  enum Rest {
    /** They are on hand again where they came from. */
    BACK(LedgerEntry.Reason.TRANSFER_RETURNED),
    /** They are gone. */
    WRITTEN_OFF(LedgerEntry.Reason.TRANSFER_WRITTEN_OFF);

    private final LedgerEntry.Reason reason;

    Rest(LedgerEntry.Reason reason) {
      this.reason = reason;
    }

    LedgerEntry.Reason reason() {
      return reason;
    }
  }

  /**
   * A product of it.
   *
   * @param quantity the units that are sent
   * @param received the units that have arrived, which may be more
   * @param damaged how many of these were broken
   * @param returned the units that went back
   * @param writtenOff the units that are gone
   * @param lot which lot they are of; null if the product is not tracked by lots
   */
  record Line(Sku sku, int quantity, int received, int damaged, int returned, int writtenOff, LotNumber lot) {

    /** Of which nothing has arrived. */
    Line(Sku sku, int quantity, LotNumber lot) {
      this(sku, quantity, 0, 0, 0, 0, lot);
    }

    Line(Sku sku, int quantity) {
      this(sku, quantity, null);
    }

    int open() {
      return Math.max(0, quantity - received - returned - writtenOff);
    }

    private Line receiving(List<Arrived> arrived) {
      return new Line(sku, quantity, Math.toIntExact(received + Arrived.units(arrived)),
          Math.toIntExact(damaged + Arrived.damaged(arrived)), returned, writtenOff, lot);
    }

    private Line ending(Rest rest) {
      return switch (rest) {
        case BACK -> new Line(sku, quantity, received, damaged, returned + open(), writtenOff, lot);
        case WRITTEN_OFF -> new Line(sku, quantity, received, damaged, returned, writtenOff + open(), lot);
      };
    }
  }

  @Override
  public String source() {
    return "transfer#" + id;
  }

  @Override
  public List<Sku> skus() {
    return lines.stream().map(Line::sku).toList();
  }

  Status status() {
    return switch (stage) {
      case DRAFT -> Status.DRAFT;
      case CANCELLED -> Status.CANCELLED;
      case DISPATCHED -> expected().isEmpty()
          ? Status.RECEIVED
          : lines.stream().anyMatch(it -> it.received > 0) ? Status.PARTIALLY_RECEIVED : Status.IN_TRANSIT;
    };
  }

  @Override
  public Map<Sku, Integer> expected() {
    var expected = new TreeMap<Sku, Integer>();
    if (stage == Stage.DISPATCHED) {
      lines.stream().filter(it -> it.open() > 0).forEach(it -> expected.put(it.sku, it.open()));
    }
    return expected;
  }

  /** Whether the same is asked for, however far it has come since. */
  boolean isSameAs(Transfer draft) {
    return lines.stream().map(it -> new Line(it.sku, it.quantity, it.lot)).toList().equals(draft.lines)
        && (stage != Stage.DRAFT || expectedAt.equals(draft.expectedAt))
        && with(draft.lines, Stage.DRAFT, draft.expectedAt).equals(draft);
  }

  private Transfer with(List<Line> next, Stage nextStage, Instant expected) {
    return new Transfer(id, from, fromPool, location, pool, expected, reference, note, next, nextStage);
  }

  /**
   * On its way; the same if it is already.
   *
   * @param arrival when it is expected now; null if that has not changed
   */
  Outcome<Transfer> dispatched(Instant arrival) {
    return switch (stage) {
      case DRAFT -> Outcome.of(with(lines, Stage.DISPATCHED, arrival == null ? expectedAt : arrival));
      case CANCELLED -> cancelled();
      case DISPATCHED -> arrival == null || arrival.equals(expectedAt)
          ? Outcome.of(this)
          : Refused
              .conflict("transfer_dispatched", "it was dispatched before, and is expected at %s".formatted(expectedAt))
              .outcome();
    };
  }

  /** What moves if it is dispatched, beside what is expected. */
  List<Move> dispatching() {
    var moves = new ArrayList<Move>();
    lines.forEach(it -> moves.addAll(atSource(it, -it.quantity)));
    lines.forEach(it -> moves.addAll(inTransit(it, it.quantity)));
    return moves;
  }

  private List<Move> atSource(Line line, int units) {
    List<Move> moves = at(from, line, Levels.adjustedAtLocation(units));
    moves.add(new Move(Counter.of(line.sku, fromPool), Levels.adjustedInPool(units)));
    return moves;
  }

  private List<Move> inTransit(Line line, int units) {
    return at(location, line, Levels.of(Level.IN_TRANSIT, units));
  }

  /** At a location, and of its lot there. */
  private static List<Move> at(LocationId where, Line line, Levels change) {
    var moves = new ArrayList<>(List.of(new Move(Counter.of(line.sku, where), change)));
    if (line.lot != null) {
      moves.add(new Move(Counter.of(line.sku, where, line.lot), change));
    }
    return moves;
  }

  private Line line(Sku sku) {
    return lines.stream().filter(it -> it.sku.equals(sku)).findFirst().orElseThrow();
  }

  /** Units that are said to be of another lot than was sent. */
  private List<Violation> wrongLots(Receipt receipt) {
    var violations = new ArrayList<Violation>();
    for (int i = 0; i < receipt.items().size(); i++) {
      Arrived it = receipt.items().get(i);
      LotNumber sent = line(it.sku()).lot;
      if (sent != null && it.lot() != null && !sent.equals(it.lot())) {
        violations.add(new Violation("/lines/%d/lot".formatted(i), "wrong_lot", "lot %s was sent".formatted(sent)));
      }
    }
    return violations;
  }

  @Override
  public Outcome<Transfer> receiving(Receipt receipt) {
    if (stage == Stage.DRAFT) {
      return Refused.conflict("transfer_not_dispatched", "its units are still where they come from").outcome();
    }
    if (stage == Stage.CANCELLED) {
      return cancelled();
    }
    Optional<Refused> unexpected = receipt.unexpected(skus(), "transfer");
    if (unexpected.isPresent()) {
      return unexpected.get().outcome();
    }
    List<Violation> wrong = wrongLots(receipt);
    if (!wrong.isEmpty()) {
      return Refused.invalid(wrong).outcome();
    }
    Map<Sku, List<Arrived>> arrived = Arrived.bySku(receipt.items());
    return Outcome.of(with(
        lines.stream().map(it -> it.receiving(arrived.getOrDefault(it.sku, List.of()))).toList(), stage,
        expectedAt));
  }

  /** What arrived beyond what is in transit is counted too, because it is there: the source was wrong about it. */
  @Override
  public List<Move> arriving(Receipt receipt) {
    Map<Sku, Integer> open = expected();
    var moves = new ArrayList<Move>();
    for (Arrived it : receipt.items()) {
      moves.addAll(it.moves(receipt));
      moves.addAll(inTransit(line(it.sku()), -Math.min(it.quantity(), open.getOrDefault(it.sku(), 0))));
    }
    return moves;
  }

  @Override
  public LedgerEntry.Cause cause(Receipt receipt, Sku sku) {
    return receipt.cause(LedgerEntry.Reason.TRANSFER_RECEIVED);
  }

  /**
   * Of which nothing more arrives.
   *
   * @param rest what becomes of the units in transit; null if there are none
   */
  Outcome<Transfer> cancelled(Rest rest) {
    return switch (stage) {
      case DRAFT -> Outcome.of(with(lines, Stage.CANCELLED, expectedAt));
      case CANCELLED -> rest == null || endedAs(rest).isEmpty() ? Outcome.of(this) : cancelled();
      case DISPATCHED -> {
        if (expected().isEmpty()) {
          yield Refused.conflict("transfer_received", "all of it has arrived").outcome();
        }
        yield rest == null
            ? Refused.invalid("/units", "required", "says whether the units in transit are back or written_off")
                .outcome()
            : Outcome.of(with(lines.stream().map(it -> it.ending(rest)).toList(), Stage.CANCELLED, expectedAt));
      }
    };
  }

  /** The lines that ended otherwise. */
  private List<Line> endedAs(Rest rest) {
    return lines.stream().filter(it -> (rest == Rest.BACK ? it.writtenOff : it.returned) > 0).toList();
  }

  private static Outcome<Transfer> cancelled() {
    return Refused.conflict("transfer_cancelled", "it was cancelled; what turns up is an adjustment").outcome();
  }

  /** What moves if the rest ends so, beside what is expected. */
  List<Move> ending(Rest rest) {
    var moves = new ArrayList<Move>();
    expected().forEach((sku, units) -> {
      moves.addAll(inTransit(line(sku), -units));
      if (rest == Rest.BACK) {
        moves.addAll(atSource(line(sku), units));
      }
    });
    return moves;
  }

  /** As the API shows it, with what is null. */
  Map<String, Object> toTree() {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("id", id.value());
    tree.put("from", from.value());
    tree.put("to", location.value());
    tree.put("expected_at", Records.toTree(expectedAt));
    tree.put("reference", reference);
    tree.put("note", note);
    tree.put("status", Records.toTree(status()));
    tree.put("lines", lines.stream().map(Records::toObject).toList());
    return tree;
  }
}
