package waybill.warehouse.picking;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.fulfillment.Fulfillments;
import waybill.messages.FulfillmentId;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
import waybill.messages.LotNumber;
import waybill.messages.LotQuantity;
import waybill.messages.PickId;
import waybill.platform.Backoff;
import waybill.platform.Outcome;
import waybill.platform.Ports;
import waybill.platform.Refused;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.warehouse.Bin;
import waybill.warehouse.BinId;
import waybill.warehouse.BinMove;
import waybill.warehouse.BinMoveId;
import waybill.warehouse.BinStock;
import waybill.warehouse.CountDesk;
import waybill.warehouse.Tote;
import waybill.warehouse.picking.Round.Change;
import waybill.warehouse.picking.Round.Effect;
import waybill.warehouse.picking.Round.LetGo;
import waybill.warehouse.picking.Round.Reduced;
import waybill.warehouse.picking.Round.ScannedBin;

/** Does what a person scans: the round, what is in the bins and whose a tote is change in one transaction, or nothing does. */
final class Picking {
  private final DynamoDbClient dynamo;
  /** Rounds whose picks are looked at for a lot that was swapped. */
  private static final int MOST_ROUNDS = 100;

  private final Table<Round> rounds;
  private final Rounds open;
  private final Table<Tote> totes;
  private final Table<ShortPick> shorts;
  private final CountDesk counts;
  private final Shelves shelves;
  private final BinStock stock;
  private final Fulfillments fulfillments;
  private final InstantSource clock;

  Picking(Ports ports) {
    this.dynamo = ports.dynamo();
    this.rounds = PickingTable.rounds(ports);
    this.open = new Rounds(ports);
    this.totes = PickingTable.totes(ports);
    this.shorts = PickingTable.shorts(ports);
    this.counts = new CountDesk(ports);
    this.shelves = new Shelves(ports);
    this.stock = new BinStock(ports);
    this.fulfillments = new Fulfillments(ports);
    this.clock = ports.clock();
  }

  /** Who sent something. @param words in their language */
  record Reader(String subject, Words words) {}

  /**
   * How a round stands after what was sent.
   *
   * @param message what became of that; null if it was done before
   * @param pick what was found to be missing; null if nothing was, now or when the same was sent before
   */
  record Done(Stored<Round> round, Map<String, Object> message, ShortPick pick) {}

  Optional<Stored<Round>> find(RoundId id) {
    return rounds.find(Rounds.key(id));
  }

  Outcome<Done> scan(RoundId id, String key, Reader person, String code, int quantity) {
    return change(id, key, person,
        round -> round.scan(person.words, code, quantity, bin(round, code), left(round)));
  }

  /**
   * Applies a rule to a round of the person's; what the rule refuses changes nothing and is said in a message.
   *
   * @param key by which a request that is repeated is known
   */
  Outcome<Done> change(RoundId id, String key, Reader person, Function<Round, Outcome<Change>> rule) {
    var backoff = new Backoff();
    do {
      Optional<Stored<Round>> found = find(id);
      if (found.isEmpty()) {
        return Refused.absent("work").outcome();
      }
      Stored<Round> current = found.get();
      if (current.value().hasHeard(key)) {
        return Outcome.of(new Done(current, null, shorts.find(ShortPick.key(PickId.of(id.value(), key)))
            .map(Stored::value).orElse(null)));
      }
      if (!(current.value().workedOnBy(person.subject,
          clock.instant()) instanceof Outcome.Accepted<Round>(Round round))) {
        return Refused.conflict("not_yours", "this work is not yours any more: ask for the next work").outcome();
      }
      Reduced reduced = following(round);
      Exchange exchange = reduced.letGo().isEmpty() ? exchange(round) : Exchange.NONE;
      Optional<Done> done = exchange.units() > 0
          ? exchanged(current, round, exchange, person.words)
          : reduced.letGo().isEmpty()
              ? apply(current, round, key, person, rule)
              : letGo(current, reduced, person.words);
      if (done.isPresent()) {
        return Outcome.of(done.get());
      }
    } while (backoff.again());
    throw new Table.Contended(id.toString());
  }

  /** Given back: whoever asks next goes on. */
  Outcome<Done> release(RoundId id, String key, Reader person) {
    return change(id, key, person,
        round -> Outcome.of(new Change(round.released(), null, person.words.say("released"))));
  }

  // What its orders want may have changed.

  private Reduced following(Round round) {
    return round.current().map(pick -> round.following(pick.fulfillment(), wanted(pick.fulfillment())))
        .orElse(new Reduced(round, List.of()));
  }

  private Map<LineId, Integer> wanted(FulfillmentId id) {
    return fulfillments.waiting(id).map(it -> it.lines().stream()
        .collect(Collectors.toMap(LineQuantity::lineId, LineQuantity::quantity))).orElse(Map.of());
  }

  private Optional<Done> letGo(Stored<Round> current, Reduced reduced, Words words) {
    Shelves.Promises promises = shelves.promises(current.value().locationId());
    reduced.letGo().forEach(it -> promises.add(it.pick(), -it.units()));
    String text = words.say("order_changed", reduced.letGo().stream().mapToInt(LetGo::units).sum(),
        reduced.round().instruction(words));
    return write(current, reduced.round(), promises.writes())
        .map(it -> new Done(it, WorkView.message(WorkView.Level.ERROR, "order_changed", text), null));
  }

  /**
   * What is taken of other lots instead of a pick's.
   *
   * @param given the other round that gives it up for the pick's units; null if none does, or a pick of the same round
   * @param gives the pick that gives it up, as its order's lots were swapped with these; null if nobody was promised it
   */
  private record Exchange(Pick pick, List<Pick> instead, Stored<Round> given, Pick gives) {
    private static final Exchange NONE = new Exchange(null, List.of(), null, null);

    static Exchange ofFree(Pick pick, List<Pick> instead) {
      return new Exchange(pick, instead, null, null);
    }

    private int units() {
      return Pick.units(instead);
    }

    /** With the units of the pick in the place of those that are given up. */
    private Round inReturn(Round other) {
      return other.exchanging(gives, units(), List.of(gives.from(pick.source(units()), units())));
    }
  }

  /**
   * The lots of an order may have been swapped since its round was released. What nobody was promised of them in the bins is taken instead. What another order is to take is not: only if that
   * order was given the lot of this one, do the two change places.
   */
  private Exchange exchange(Round round) {
    Pick pick = round.current().filter(it -> it.lot() != null && round.hand() == 0).orElse(null);
    if (pick == null) {
      return Exchange.NONE;
    }
    Map<LotNumber, Integer> wanted = lots(pick);
    int left = Math.min(pick.left(), round.unitsOf(pick, pick.lot()) - wanted.getOrDefault(pick.lot(), 0));
    if (wanted.isEmpty() || left <= 0) {
      return Exchange.NONE;
    }
    LocationId location = round.locationId();
    var sources = new Sources(new Layout(stock.bins(location)), sku -> Sources.lying(stock, location, sku));
    var instead = new ArrayList<Pick>();
    for (Map.Entry<LotNumber, Integer> it : wanted.entrySet()) {
      int lacking = Math.min(left, it.getValue() - round.unitsOf(pick, it.getKey()));
      if (lacking > 0) {
        List<Pick> found = sources.pick(pick, it.getKey(), lacking, Set.of());
        instead.addAll(found);
        left -= Pick.units(found);
      }
    }
    return instead.isEmpty() ? changing(round, pick, wanted, left) : Exchange.ofFree(pick, instead);
  }

  /** How many units of a pick's line are to come from which lot. */
  private Map<LotNumber, Integer> lots(Pick pick) {
    return fulfillments.waiting(pick.fulfillment()).stream().flatMap(it -> it.lots().stream())
        .filter(it -> it.lineId().equals(pick.line()))
        .collect(Collectors.groupingBy(LotQuantity::lot, TreeMap::new, Collectors.summingInt(LotQuantity::quantity)));
  }

  /** The first pick of another order that has too much of a lot that this one lacks, and lacks this one's. */
  private Exchange changing(Round round, Pick pick, Map<LotNumber, Integer> wanted, int most) {
    Exchange own = changing(round, pick, wanted, most, round, null);
    return own != Exchange.NONE
        ? own
        : open.open(round.locationId(), MOST_ROUNDS).stream().filter(it -> !it.value().id().equals(round.id()))
            .map(it -> changing(round, pick, wanted, most, it.value(), it)).filter(it -> it != Exchange.NONE)
            .findFirst().orElse(Exchange.NONE);
  }

  private Exchange changing(Round round, Pick pick, Map<LotNumber, Integer> wanted, int most, Round other,
      Stored<Round> stored) {
    for (Pick it : other.picks()) {
      int lacking = it.lot() == null ? 0 : wanted.getOrDefault(it.lot(), 0) - round.unitsOf(pick, it.lot());
      boolean inHand = other.hand() > 0 && other.current().filter(now -> now == it).isPresent();
      if (lacking > 0 && it.isOpen() && it.sku().equals(pick.sku()) && !inHand) {
        Map<LotNumber, Integer> theirs = lots(it);
        int surplus = other.unitsOf(it, it.lot()) - theirs.getOrDefault(it.lot(), 0);
        int missing = theirs.getOrDefault(pick.lot(), 0) - other.unitsOf(it, pick.lot());
        int units = Math.min(Math.min(most, lacking), Math.min(it.left(), Math.min(surplus, missing)));
        if (units > 0) {
          return new Exchange(pick, List.of(pick.from(it.source(units), units)), stored, it);
        }
      }
    }
    return Exchange.NONE;
  }

  private Optional<Done> exchanged(Stored<Round> current, Round round, Exchange exchange, Words words) {
    var writes = new ArrayList<TransactWriteItem>();
    if (exchange.gives == null) {
      Shelves.Promises promises = shelves.promises(round.locationId());
      promises.add(exchange.pick, -exchange.units());
      exchange.instead.forEach(it -> promises.add(it, it.quantity()));
      if (!promises.areKept()) {
        return Optional.empty();
      }
      writes.addAll(promises.writes());
    }
    // What the bins hold for two that change places stays as it is.
    Round next = round.exchanging(exchange.pick, exchange.units(), exchange.instead);
    if (exchange.given != null) {
      writes.add(rounds.replacement(exchange.given, exchange.inReturn(exchange.given.value())));
    } else if (exchange.gives != null) {
      next = exchange.inReturn(next);
    }
    String text = words.say("lot_swapped", exchange.units(), exchange.pick.product(), next.instruction(words));
    return write(current, next, writes)
        .map(it -> new Done(it, WorkView.message(WorkView.Level.ERROR, "lot_swapped", text), null));
  }

  // What was sent is done.

  private Optional<Done> apply(Stored<Round> current, Round round, String key, Reader person,
      Function<Round, Outcome<Change>> rule) {
    return switch (rule.apply(round)) {
      case Outcome.Declined<Change>(Refused refused) ->
        Optional.of(new Done(current, WorkView.refused(refused), null));
      case Outcome.Accepted<Change>(Change change) -> apply(current, change, key, person);
    };
  }

  private Optional<Done> apply(Stored<Round> current, Change change, String key, Reader person) {
    LocationId location = current.value().locationId();
    return switch (change.effect()) {
      case null -> written(current, change.round(), key, List.of(), change.text(), null);
      case Effect.Put put -> put(current, change, put, key, person.subject);
      case Effect.Count(BinId bin, Integer found) -> {
        String work = current.value().id().value();
        CountDesk.Asked asked = counts.asked(location, bin, false, found == null ? work : work + " saw " + found,
            work, key);
        yield written(current, change.round(), key, List.of(asked.write()), change.text(), null);
      }
      case Effect.Missing(Pick pick, int units) -> missing(current, change, pick, units, key, person);
    };
  }

  private Optional<Done> written(Stored<Round> current, Round next, String key, List<TransactWriteItem> more,
      String text, ShortPick pick) {
    return write(current, next.hearing(key), more).map(it -> new Done(it, WorkView.done(text), pick));
  }

  /** What the bins do not allow is said, and changes nothing. */
  private Optional<Done> put(Stored<Round> current, Change change, Effect.Put put, String key, String person) {
    Pick pick = put.pick();
    LocationId location = current.value().locationId();
    var move = new BinMove(BinMoveId.of("picked", current.value().id().value(), key), location, pick.bin(), put.tote(),
        List.of(new BinMove.Line(pick.sku(), pick.lot(), pick.expiresOn(), put.units())), true, null,
        BinMove.Reason.PICKED, person, pick.fulfillment().value(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
    return switch (stock.writes(move)) {
      case Outcome.Declined<List<TransactWriteItem>>(Refused refused) ->
        Optional.of(new Done(current, WorkView.refused(refused), null));
      case Outcome.Accepted<List<TransactWriteItem>>(List<TransactWriteItem> moved) -> {
        var writes = new ArrayList<>(moved);
        if (totes.find(Tote.key(location, put.tote())).isEmpty()) {
          writes.add(totes.insertion(new Tote(location, put.tote(), pick.fulfillment())));
        }
        yield written(current, change.round(), key, writes, change.text(), null);
      }
    };
  }

  /** What is taken elsewhere is promised there; what the bin should still hold is promised to whoever counts it. */
  private Optional<Done> missing(Stored<Round> current, Change change, Pick pick, int units, String key,
      Reader person) {
    LocationId location = current.value().locationId();
    List<Pick> instead = instead(location, pick, units);
    var missing = new ShortPick(PickId.of(current.value().id().value(), key), location, pick.bin(), pick.sku(),
        pick.lot(), pick.fulfillment(), pick.line(), units, units - Pick.units(instead), person.subject,
        clock.instant(),
        false);
    Shelves.Promises promises = shelves.promises(location);
    instead.forEach(it -> promises.add(it, it.quantity()));
    String work = current.value().id().value();
    CountDesk.Asked asked = counts.asked(location, pick.bin(), true, work, work, key);
    promises.doubt(pick, units, asked.id());
    if (!promises.areKept()) {
      return Optional.empty();
    }
    var writes = new ArrayList<>(promises.writes());
    writes.add(shorts.insertion(missing));
    writes.add(asked.write());
    return written(current, change.round().taking(instead), key, writes,
        change.text() + " " + said(person.words, instead, missing), missing);
  }

  private Optional<Stored<Round>> write(Stored<Round> current, Round next, List<TransactWriteItem> more) {
    var writes = new ArrayList<TransactWriteItem>(List.of(rounds.replacement(current, next)));
    writes.addAll(more);
    boolean written = more.isEmpty() ? rounds.replace(current, next) : Table.writeAll(dynamo, writes);
    return written
        ? Optional.of(new Stored<>(next, current.revision() + 1, current.createdAt(), clock.instant()))
        : Optional.empty();
  }

  private List<Pick> instead(LocationId location, Pick pick, int units) {
    var sources = new Sources(new Layout(stock.bins(location)), sku -> Sources.lying(stock, location, sku));
    return sources.pick(pick, pick.lot(), units, Set.of(pick.bin()));
  }

  private static String said(Words words, List<Pick> instead, ShortPick missing) {
    String taken = instead.stream().map(it -> words.say("elsewhere", it.quantity(), it.bin()))
        .collect(Collectors.joining(", "));
    String lacking = missing.lacking() == 0
        ? ""
        : words.say("nowhere", missing.lacking());
    return List.of(taken, lacking).stream().filter(it -> !it.isEmpty()).collect(Collectors.joining("; ")) + ".";
  }

  // What is known of what was scanned.

  private Optional<ScannedBin> bin(Round round, String code) {
    BinId id;
    try {
      id = new BinId(code);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return stock.bin(round.locationId(), id).map(Stored::value).map(it -> {
      boolean tote = it.purpose() == Bin.Purpose.TOTE;
      FulfillmentId of = tote
          ? totes.find(Tote.key(round.locationId(), id)).map(one -> one.value().fulfillment()).orElse(null)
          : null;
      return new ScannedBin(id, it.locked(), tote, of);
    });
  }

  private int left(Round round) {
    return round.hand() == 0
        ? 0
        : round.current().flatMap(it -> shelves.content(round.locationId(), it)).map(it -> it.value().quantity())
            .orElse(0);
  }
}
