package waybill.warehouse;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.messages.LocationId;
import waybill.messages.StockMessages.CountApproved;
import waybill.messages.StockMessages.CountedDifference;
import waybill.platform.Backoff;
import waybill.platform.Log;
import waybill.platform.Outcome;
import waybill.platform.Ports;
import waybill.platform.Refused;
import waybill.platform.Stored;
import waybill.platform.Sweep;
import waybill.platform.Table;
import waybill.platform.TimeKey;

/** Counts and what follows from them. Bins are asked to be counted here, also by other work. */
public final class CountDesk {
  private static final int MOST_OF_A_BIN = 100;
  /** Units that a count misses may come back into their bin by themselves. */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private final Table<Count> counts;
  private final Table<Posting> postings;
  private final BinStock stock;
  private final DynamoDbClient dynamo;
  private final InstantSource clock;

  public CountDesk(Ports ports) {
    this.counts = WarehouseTable.counts(ports);
    this.postings = WarehouseTable.postings(ports);
    this.stock = new BinStock(ports);
    this.dynamo = ports.dynamo();
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

  /** @param write the part of a transaction by which it is asked for */
  public record Asked(CountId id, TransactWriteItem write) {}

  /**
   * A bin is to be counted because of what somebody saw who picks from it, as a part of the transaction that says what. A count of the bin that
   * somebody still is to begin, or to repeat, is enough: that is written anew, so that it does not end at the same moment.
   *
   * @param isShort whether units are missing; else the bin should be empty, and is not
   * @param parts what asks for it, for example a round and its scan
   */
  public Asked asked(LocationId location, BinId bin, boolean isShort, String reference, String... parts) {
    List<Table.Key> open = counts.keys(WarehouseTable.counts(location, bin), MOST_OF_A_BIN, null).orElseThrow().data();
    return counts.findAll(open).stream().filter(it -> it.value().status().isCounting()).findFirst()
        .map(it -> new Asked(it.value().id(), counts.replacement(it, it.value()))).orElseGet(() -> {
          var count = Count.requested(CountId.of(parts), location, bin,
              isShort ? Count.Reason.SHORT_PICK : Count.Reason.ZERO_CHECK, 0, reference);
          return new Asked(count.id(), counts.insertion(count));
        });
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

  /** With the end of a count, what its bin held for it is let go. */
  Outcome<Stored<Count>> change(CountId id, Function<Count, Outcome<Count>> rule) {
    var backoff = new Backoff();
    do {
      Optional<Stored<Count>> found = counts.find(WarehouseTable.key(id));
      if (found.isEmpty()) {
        return Refused.absent("count").outcome();
      }
      Stored<Count> current = found.get();
      Outcome<Count> outcome = rule.apply(current.value());
      if (outcome instanceof Outcome.Declined<Count>(Refused refused)) {
        return refused.outcome();
      }
      Count next = outcome.orElseThrow();
      if (next.equals(current.value())) {
        return Outcome.of(current);
      }
      var writes = new ArrayList<TransactWriteItem>(List.of(counts.replacement(current, next)));
      writes.addAll(posting(current.value(), next));
      if (!next.status().isOpen()) {
        writes.addAll(stock.counted(next));
      }
      boolean written = writes.size() == 1 ? counts.replace(current, next) : Table.writeAll(dynamo, writes);
      if (written) {
        return Outcome.of(new Stored<>(next, current.revision() + 1, current.createdAt(), clock.instant()));
      }
    } while (backoff.again());
    throw new Table.Contended("count");
  }

  /** As long as what differs is being booked, it is listed among what somebody goes on with. */
  private List<TransactWriteItem> posting(Count before, Count after) {
    boolean was = before.status() == Count.Status.POSTING;
    if (was == (after.status() == Count.Status.POSTING)) {
      return List.of();
    }
    return was
        ? postings.find(WarehouseTable.posting(after.id())).map(postings::removal).stream().toList()
        : List.of(postings.insertion(new Posting(after.id(), clock.instant())));
  }

  /**
   * Goes on with counts that were approved and whose caller vanished.
   *
   * @param after how long nobody else has been booking them
   * @throws Sweep.Unfinished if one cannot be booked for so long that a person must look
   */
  public void resume(Duration after, Log log, Consumer<CountApproved> sender) {
    Instant now = clock.instant();
    Stream<Table.Key> keys = postings
        .listedUpTo(WarehouseTable.BY_PLACE, WarehouseTable.POSTINGS, TimeKey.of(now.minus(after)) + "~")
        .map(Table.Listed::key);
    Sweep.each(postings, keys, log, it -> {
      Count count = counts.find(WarehouseTable.key(it.value().id())).orElseThrow().value();
      if (count.status() == Count.Status.POSTING
          && post(count, sender) instanceof Outcome.Declined<Stored<Count>>(Refused refused)) {
        log.info("Count cannot be booked", "count", count.id(), "location", count.locationId(), "bin", count.bin(),
            "reason", refused.code());
        if (it.value().at().isBefore(now.minus(PATIENCE))) {
          throw new IllegalStateException("%s cannot be booked: %s".formatted(count.id(), refused.code()));
        }
      }
    });
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
