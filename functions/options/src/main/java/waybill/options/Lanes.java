package waybill.options;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import waybill.messages.ParcelId;
import waybill.platform.Backoff;
import waybill.platform.Ports;
import waybill.platform.Stored;
import waybill.platform.Table;

/** Where lanes are: few, and read together, so they share a partition. Each parcel counts once, by an item of its own beside them. */
final class Lanes {
  private static final String NAME = "OPTIONS_TABLE";
  private static final String LANES = "lanes";
  private static final String MEASURED = "measured";
  /** As long as a delivery may be reported again. */
  private static final long KEPT_SECONDS = 400L * 24 * 60 * 60;

  private final DynamoDbClient dynamo;
  private final Table<Lane> lanes;
  private final Table<Measured> measured;

  /** That a parcel counts. @param forgetAt in seconds since 1970 */
  record Measured(ParcelId parcel, long forgetAt) {}

  Lanes(Ports ports) {
    this.dynamo = ports.dynamo();
    this.lanes = new Table<>(ports, NAME, Lane.class, it -> key(it));
    this.measured = new Table<>(ports, NAME, Measured.class, it -> new Table.Key(it.parcel().value(), MEASURED));
  }

  private static Table.Key key(Lane lane) {
    return new Table.Key(LANES, lane.id());
  }

  /** Those of these that have seen a parcel, by their id. */
  Map<String, Lane> find(List<Lane> wanted) {
    return wanted.isEmpty()
        ? Map.of()
        : lanes.findAll(wanted.stream().map(Lanes::key).toList()).stream().map(Stored::value)
            .collect(Collectors.toMap(Lane::id, it -> it));
  }

  /** A page of them, by their ids. @param after the last one of the page before; empty for the first */
  List<Lane> after(String after, int limit) {
    return lanes.after(new Table.Key(LANES, after.isEmpty() ? " " : after), limit).stream().map(Stored::value).toList();
  }

  /**
   * Counts a parcel in its lanes, once.
   *
   * @param took null if that is not known
   * @param inTime null if it was not promised
   * @return whether this very call did
   * @throws Table.Contended if others count at the same lanes, again and again
   */
  boolean count(ParcelId parcel, List<Lane> in, Integer took, Boolean inTime, Instant now) {
    var mark = new Measured(parcel, now.getEpochSecond() + KEPT_SECONDS);
    var backoff = new Backoff();
    do {
      if (measured.find(new Table.Key(parcel.value(), MEASURED)).isPresent()) {
        return false;
      }
      var writes = new ArrayList<TransactWriteItem>(List.of(measured.insertion(mark)));
      for (Lane lane : in) {
        Optional<Stored<Lane>> current = lanes.find(key(lane));
        writes.add(current.map(it -> lanes.replacement(it, it.value().with(took, inTime)))
            .orElseGet(() -> lanes.insertion(lane.with(took, inTime))));
      }
      if (Table.writeAll(dynamo, writes)) {
        return true;
      }
    } while (backoff.again());
    throw new Table.Contended("lane");
  }
}
