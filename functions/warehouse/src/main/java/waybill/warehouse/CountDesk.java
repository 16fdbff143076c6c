package waybill.warehouse;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import waybill.messages.LocationId;
import waybill.messages.StockMessages.CountApproved;
import waybill.messages.StockMessages.CountedDifference;
import waybill.platform.Backoff;
import waybill.platform.Outcome;
import waybill.platform.Ports;
import waybill.platform.Refused;
import waybill.platform.Stored;
import waybill.platform.Table;

/** Counts and what follows from them. Bins are asked to be counted here, also by other work. */
public final class CountDesk {
  private final Table<Count> counts;
  private final BinStock stock;
  private final InstantSource clock;

  public CountDesk(Ports ports) {
    this.counts = WarehouseTable.counts(ports);
    this.stock = new BinStock(ports);
    this.clock = ports.clock();
  }

  Table<Count> counts() {
    return counts;
  }

  BinStock stock() {
    return stock;
  }

  /** A bin is to be counted, once an id. */
  Outcome<Stored<Count>> request(Count asked) {
    Outcome<Stored<Count>> stored = counts.decide(WarehouseTable.key(asked.id()), OptionalInt.empty(),
        current -> current.isEmpty() || current.get().isSameRequest(asked)
            ? Outcome.of(current.orElse(asked))
            : Refused.of(Refused.Kind.INVALID, "idempotency_key_reused",
                "this Idempotency-Key was sent with another count; a new count needs a new key").outcome());
    return stored;
  }

  /** What was found empty, or short, by somebody who picked from it. @param parts what asks for it, for example a round and its scan */
  public CountId request(LocationId location, BinId bin, boolean isShort, String reference, String... parts) {
    CountId id = CountId.of(parts);
    request(Count.requested(id, location, bin, isShort ? Count.Reason.SHORT_PICK : Count.Reason.ZERO_CHECK, 0,
        reference)).orElseThrow();
    return id;
  }

  /** What somebody counted, with what the bin's ledger says that there was at that time. */
  Outcome<Stored<Count>> enter(CountId id, String key, String counter, Instant countedAt, List<Count.Line> lines) {
    return change(id,
        count -> count.counted(new Count.Tally(key, counter, countedAt, expected(count, countedAt, lines))));
  }

  /** Read again if something moved in between, as what lies there and what has moved are two reads. */
  private List<Count.Line> expected(Count count, Instant countedAt, List<Count.Line> lines) {
    var backoff = new Backoff();
    do {
      int before = stock.load(count.locationId(), count.bin()).entries();
      List<BinContent> now = stock.contents(count.locationId(), count.bin()).stream().map(Stored::value).toList();
      List<BinEntry> since = stock.entriesSince(count.locationId(), count.bin(), countedAt);
      if (stock.load(count.locationId(), count.bin()).entries() == before) {
        return Count.expecting(lines, now, since);
      }
    } while (backoff.again());
    throw new Table.Contended("bin");
  }

  Outcome<Stored<Count>> change(CountId id, Function<Count, Outcome<Count>> rule) {
    return counts.decide(WarehouseTable.key(id), OptionalInt.empty(),
        current -> current.map(rule).orElseGet(() -> Refused.absent("count").outcome()));
  }

  /**
   * Brings the bin to what was counted, and sends what the location's stock is to change by. Each difference is booked once, so who asks again goes on
   * where it ended.
   */
  Outcome<Stored<Count>> post(Count count, Consumer<CountApproved> sender) {
    List<Count.Line> differences = count.differences();
    var booked = new ArrayList<CountedDifference>();
    for (int i = 0; i < differences.size(); i++) {
      Count.Line line = differences.get(i);
      if (move(count, line, i) instanceof Outcome.Declined<BinStock.Made>(Refused refused)) {
        return refused.outcome();
      }
      if (count.verdict().booked().get(i) != 0) {
        booked.add(new CountedDifference(line.sku(), line.lot(), count.verdict().booked().get(i)));
      }
    }
    if (!booked.isEmpty()) {
      sender.accept(new CountApproved(count.id().value(), count.locationId(), booked, count.verdict().actor()));
    }
    return change(count.id(), it -> Outcome.of(it.posted()));
  }

  /** Once: what is booked is decided with the approval, so that whoever goes on books the same. */
  Outcome<Count> approve(Count count, Count.RootCause cause, String note, String actor) {
    return count.approved(new Count.Verdict(cause, note, actor, count.differences().stream()
        .map(it -> Count.booked(cause, it.difference(), stock.unplaced(count.locationId(), it.sku(), it.lot())))
        .toList()));
  }

  private Outcome<BinStock.Made> move(Count count, Count.Line line, int index) {
    boolean found = line.difference() > 0;
    var lines = List.of(new BinMove.Line(line.sku(), line.lot(), stock.expiresOn(line.sku(), line.lot()),
        Math.abs(line.difference())));
    return stock.move(new BinMove(BinMoveId.of(count.id().value(), Integer.toString(index)), count.locationId(),
        found ? null : count.bin(), found ? count.bin() : null, lines, false, null, BinMove.Reason.COUNTED,
        count.verdict().actor(), count.id().value(),
        clock.instant().truncatedTo(java.time.temporal.ChronoUnit.MILLIS)));
  }
}
