package waybill.warehouse.picking;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.fulfillment.Fulfillments;
import waybill.messages.FulfillmentId;
import waybill.messages.LineId;
import waybill.messages.LineQuantity;
import waybill.messages.LocationId;
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
  private final Table<Round> rounds;
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
      Optional<Done> done = reduced.letGo().isEmpty()
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
