package waybill.warehouse.picking;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.messages.LocationId;
import waybill.platform.Outcome;
import waybill.platform.Ports;
import waybill.platform.Stored;
import waybill.platform.Table;
import waybill.platform.Table.Key;
import waybill.platform.Table.Listing;

/**
 * Where rounds are stored: those of one release in one partition. The index lists, by location, what nobody has begun, the most urgent first, and what
 * somebody works on, the longest silent first.
 */
final class Rounds {
  /** More people than pick at one place at once. */
  private static final int MOST_HELD = 200;
  private static final int AT_ONCE = 5;

  private final DynamoDbClient dynamo;
  private final Table<Round> table;
  private final Table<Picker> pickers;
  private final InstantSource clock;

  Rounds(Ports ports) {
    this.dynamo = ports.dynamo();
    this.table = PickingTable.rounds(ports);
    this.pickers = PickingTable.pickers(ports);
    this.clock = ports.clock();
  }

  static Key key(RoundId id) {
    return new Key(id.wave(), "round#%04d".formatted(id.number()));
  }

  static Listing ready(LocationId location) {
    return new Listing(PickingTable.BY_PLACE, "rounds#%s#ready".formatted(location), "", false);
  }

  static Listing held(LocationId location) {
    return new Listing(PickingTable.BY_PLACE, "rounds#%s#held".formatted(location), "", false);
  }

  /** What is not done at a location, a moment ago. */
  List<Stored<Round>> open(LocationId location, int most) {
    var keys = new ArrayList<Key>(table.keys(held(location), MOST_HELD, null).orElseThrow().data());
    keys.addAll(table.keys(ready(location), most, null).orElseThrow().data());
    return table.findAll(keys).stream().filter(it -> !it.value().isDone()).toList();
  }

  /**
   * What a person works on, or is to begin: their own round if they have one, else one whose holder is silent, else the most urgent that nobody has
   * begun. Two who ask at once get different ones.
   */
  Optional<Stored<Round>> next(LocationId location, String person) {
    Optional<Stored<Picker>> known = pickers.find(Picker.key(location, person));
    Optional<Stored<Round>> own = known.flatMap(it -> table.find(key(it.value().round())))
        .filter(it -> !it.value().isDone() && person.equals(it.value().holder()));
    if (own.isPresent()) {
      return own;
    }
    List<Key> held = table.keys(held(location), MOST_HELD, null).orElseThrow().data();
    List<Stored<Round>> silent = table.findAll(held).stream()
        .filter(it -> it.value().holder() != null && !it.value().isHeldByOther(person, clock.instant())).toList();
    return first(silent, person, known).or(() -> ready(location, person, known));
  }

  private Optional<Stored<Round>> ready(LocationId location, String person, Optional<Stored<Picker>> known) {
    String cursor = null;
    do {
      var page = table.keys(ready(location), AT_ONCE, cursor).orElseThrow();
      Optional<Stored<Round>> taken = first(
          table.findAll(page.data()).stream().filter(it -> it.value().holder() == null).toList(), person, known);
      if (taken.isPresent()) {
        return taken;
      }
      cursor = page.nextCursor();
    } while (cursor != null);
    return Optional.empty();
  }

  private Optional<Stored<Round>> first(List<Stored<Round>> candidates, String person,
      Optional<Stored<Picker>> known) {
    return candidates.stream().filter(it -> !it.value().isDone())
        .flatMap(it -> take(it, person, known).stream()).findFirst();
  }

  /** Empty if somebody was faster. */
  private Optional<Stored<Round>> take(Stored<Round> round, String person, Optional<Stored<Picker>> known) {
    if (!(round.value().takenBy(person, clock.instant()) instanceof Outcome.Accepted<Round>(Round taken))) {
      return Optional.empty();
    }
    var picker = new Picker(taken.locationId(), person, taken.id());
    var writes = new ArrayList<TransactWriteItem>(List.of(table.replacement(round, taken)));
    if (known.isEmpty()) {
      writes.add(pickers.insertion(picker));
    } else if (!known.get().value().equals(picker)) {
      writes.add(pickers.replacement(known.get(), picker));
    }
    return Table.writeAll(dynamo, writes)
        ? Optional.of(new Stored<>(taken, round.revision() + 1, round.createdAt(), clock.instant()))
        : Optional.empty();
  }
}
