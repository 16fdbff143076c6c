package waybill.warehouse.picking;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.messages.FulfillmentId;
import waybill.messages.PickId;
import waybill.platform.Backoff;
import waybill.platform.Log;
import waybill.platform.Outcome;
import waybill.platform.Ports;
import waybill.platform.Refused;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.warehouse.BinContent;
import waybill.warehouse.BinId;
import waybill.warehouse.BinMove;
import waybill.warehouse.BinMoveId;
import waybill.warehouse.BinStock;
import waybill.warehouse.Tote;
import waybill.warehouse.picking.Round.LetGo;
import waybill.warehouse.picking.Round.Reduced;

/** What one round's picking means for the others, and what packing means for totes. */
final class Settlement {
  /** Rounds that are released at a location and that nobody has begun; more are looked at when their picks are. */
  private static final int MOST_ROUNDS = 500;
  /** Who moves what is packed; the fulfillment says who packed it. */
  private static final String PACKER = "packing";
  private static final Log LOG = Log.of(Settlement.class);

  private final DynamoDbClient dynamo;
  private final Table<Round> table;
  private final Rounds rounds;
  private final Table<PickedOrder> picked;
  private final Table<Tote> totes;
  private final Table<ShortPick> shorts;
  private final Shelves shelves;
  private final BinStock stock;
  private final InstantSource clock;

  Settlement(Ports ports) {
    this.dynamo = ports.dynamo();
    this.table = PickingTable.rounds(ports);
    this.rounds = new Rounds(ports);
    this.picked = PickingTable.picked(ports);
    this.totes = PickingTable.totes(ports);
    this.shorts = PickingTable.shorts(ports);
    this.shelves = new Shelves(ports);
    this.stock = new BinStock(ports);
    this.clock = ports.clock();
  }

  /**
   * Sends whoever is to take the same units out of the same bin elsewhere.
   *
   * @return what is not settled: the short pick, and those of others that it caused; none if it is settled already
   */
  List<ShortPick> elsewhere(PickId id) {
    ShortPick fell = shorts.find(ShortPick.key(id)).map(Stored::value).orElseThrow(
        () -> new IllegalStateException("there is no " + id));
    if (fell.settled()) {
      return List.of();
    }
    var unsettled = new ArrayList<ShortPick>(List.of(fell));
    for (Stored<Round> round : rounds.open(fell.locationId(), MOST_ROUNDS)) {
      unsettled.addAll(elsewhere(round.value().id(), fell));
    }
    return unsettled;
  }

  private List<ShortPick> elsewhere(RoundId id, ShortPick fell) {
    var backoff = new Backoff();
    do {
      Stored<Round> current = table.find(Rounds.key(id)).orElseThrow();
      Reduced reduced = current.value().leaving(fell.bin(), fell.sku(), fell.lot());
      if (reduced.letGo().isEmpty()) {
        return List.of();
      }
      Shelves.Promises promises = shelves.promises(fell.locationId());
      var sources = new Sources(new Layout(stock.bins(fell.locationId())),
          sku -> Sources.lying(stock, fell.locationId(), sku));
      var instead = new ArrayList<Pick>();
      var lacking = new ArrayList<ShortPick>();
      for (LetGo it : reduced.letGo()) {
        List<Pick> others = sources.pick(it.pick(), it.pick().lot(), it.units(), Set.of(fell.bin()));
        int missing = it.units() - Pick.units(others);
        instead.addAll(others);
        promises.letGo(it.pick(), it.units());
        others.forEach(pick -> promises.add(pick, pick.quantity()));
        if (missing > 0) {
          lacking.add(lacking(it, missing, id, fell));
        }
      }
      if (!promises.areKept()) {
        continue;
      }
      var writes = new ArrayList<TransactWriteItem>(
          List.of(table.replacement(current, reduced.round().taking(instead))));
      writes.addAll(promises.writes());
      lacking.forEach(it -> writes.add(shorts.insertion(it)));
      if (Table.writeAll(dynamo, writes)) {
        return lacking;
      }
    } while (backoff.again());
    throw new Table.Contended(id.toString());
  }

  private ShortPick lacking(LetGo it, int missing, RoundId round, ShortPick fell) {
    var id = PickId.of(round.value(),
        "%s %s %s".formatted(fell.id(), it.pick().fulfillment(), it.pick().line()));
    return new ShortPick(id, fell.locationId(), fell.bin(), fell.sku(), fell.lot(), it.pick().fulfillment(),
        it.pick().line(), it.units(), missing, fell.by(), clock.instant(), false);
  }

  /** What is in no bin leaves the one that should have it, once, as it leaves the location's stock. */
  void leave(ShortPick it) {
    var line = new BinMove.Line(it.sku(), it.lot(), null, it.lacking());
    move(new BinMove(BinMoveId.of("lacking", it.id().value()), it.locationId(), it.bin(), null, List.of(line), true,
        null, BinMove.Reason.MISSING, it.by(), it.id().value(), it.at().truncatedTo(ChronoUnit.MILLIS)));
  }

  /** Whoever counts a bin may have corrected it before: then there is nothing to take. */
  private void move(BinMove move) {
    if (stock.move(move) instanceof Outcome.Declined<BinStock.Made>(Refused refused)) {
      LOG.info("Units do not leave their bin", "location", move.locationId(), "bin", move.from(), "move", move.id(),
          "reason", refused.code());
    }
  }

  void settled(PickId id) {
    shorts.change(ShortPick.key(id), it -> it.orElseThrow().done());
  }

  /**
   * Units that have left the bins.
   *
   * @param picked how many of them a round has picked; the others were packed without that
   */
  record Left(int units, int picked) {
    private static final Left NOTHING = new Left(0, 0);
  }

  /** What of a fulfillment is in totes, or was packed without being picked, has left the bins. @return what left just now */
  Left packed(FulfillmentId fulfillment) {
    Optional<PickedOrder> order = picked.find(PickedOrder.key(fulfillment)).map(Stored::value);
    if (order.isEmpty()) {
      return Left.NOTHING;
    }
    var backoff = new Backoff();
    do {
      Stored<Round> current = table.find(Rounds.key(order.get().round())).orElseThrow();
      Round next = current.value().packed(fulfillment);
      if (next.equals(current.value())) {
        return Left.NOTHING;
      }
      int units = leave(current.value(), fulfillment);
      var writes = new ArrayList<TransactWriteItem>(List.of(table.replacement(current, next)));
      for (BinId tote : current.value().order(fulfillment).totes()) {
        totes.find(Tote.key(next.locationId(), tote)).filter(it -> it.value().fulfillment().equals(fulfillment))
            .ifPresent(it -> writes.add(totes.removal(it)));
      }
      if (Table.writeAll(dynamo, writes)) {
        return new Left(units, current.value().picks().stream().filter(it -> it.fulfillment().equals(fulfillment))
            .mapToInt(Pick::picked).sum());
      }
    } while (backoff.again());
    throw new Table.Contended(fulfillment.toString());
  }

  private int leave(Round round, FulfillmentId fulfillment) {
    int units = 0;
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    for (LetGo it : round.following(fulfillment, Map.of()).letGo()) {
      Pick pick = it.pick();
      move(Shelves.leaving(round.locationId(), pick, it.units(), BinMove.Reason.PACKED, PACKER, fulfillment.value(),
          now, "packed", fulfillment.value(), pick.line().value(), pick.bin().value(), String.valueOf(pick.lot())));
      units += it.units();
    }
    for (BinId tote : round.order(fulfillment).totes()) {
      List<BinMove.Line> lines = stock.contents(round.locationId(), tote).stream().map(Stored::value)
          .map(Settlement::line).limit(BinMove.MAX_LINES).toList();
      if (!lines.isEmpty()) {
        move(new BinMove(BinMoveId.of("packed", fulfillment.value(), tote.value()), round.locationId(), tote, null,
            lines, false, null, BinMove.Reason.PACKED, PACKER, fulfillment.value(), now));
      }
      units += lines.stream().mapToInt(BinMove.Line::quantity).sum();
    }
    return units;
  }

  private static BinMove.Line line(BinContent it) {
    return new BinMove.Line(it.sku(), it.lot(), it.expiresOn(), it.quantity());
  }
}
